"""The sweep: late things open, met ones close, waiting ones climb; twice is as once."""

from datetime import timedelta

from firstline.census import actions as census
from firstline.gaps.models import Gap, GapEvent, Reach, Sweep, What
from firstline.gaps.sweeping import sweep
from firstline.kernel import clock
from firstline.kernel.actors import console
from firstline.testing.cast import Cast
from firstline.testing.time import Clock


def _put_off(cast: Cast) -> None:
    """Somebody is to come again in an hour."""
    again = clock.now() + timedelta(hours=1)
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="come_back", again_at=again)


def _overdue() -> Gap:
    return Gap.objects.get(kind="steps_overdue")


def test_what_is_late_opens_once_and_closes_by_the_fact(cast: Cast, clock_at: Clock) -> None:
    _put_off(cast)
    sweep(console())
    assert not Gap.objects.filter(kind="steps_overdue").exists(), "it is to do, not a gap, before its time"
    clock_at.move(hours=3)
    assert sweep(console()).opened == 1
    gap = _overdue()
    assert gap.path == cast.compound.place.path
    assert (gap.count, gap.tier) == (1, Reach.VILLAGE)
    before = Sweep.objects.count()
    assert not sweep(console()).changed
    assert Sweep.objects.count() == before
    clock_at.move(minutes=10)
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="vacant")
    assert sweep(console()).closed == 1
    assert _overdue().closed_at is not None
    assert list(GapEvent.objects.filter(gap=gap).order_by("at").values_list("what", flat=True)) == [
        What.OPENED,
        What.CLOSED,
    ]
    assert (GapEvent.objects.get(what=What.CLOSED).seconds or 0) > 0


def test_it_climbs_by_the_clock_and_never_down(cast: Cast, clock_at: Clock) -> None:
    _put_off(cast)
    clock_at.move(hours=2)
    sweep(console())
    tiers = [_overdue().tier]
    for _hour in range(24):
        clock_at.move(hours=1)
        sweep(console())
        tiers.append(_overdue().tier)
    assert tiers == sorted(tiers)
    assert set(tiers) == set(Reach.values)
    assert _overdue().climbs_at is None
