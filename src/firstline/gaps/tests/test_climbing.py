"""Homes show how the clock of an overdue cause stands: who has it, where it is, when it climbs."""

from datetime import timedelta

from firstline.census import actions as census
from firstline.gaps import actions
from firstline.gaps.board import board_for
from firstline.gaps.climbing import Next
from firstline.gaps.models import Gap
from firstline.gaps.sweeping import sweep
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor, console
from firstline.testing.cast import Cast
from firstline.testing.time import Clock


def _late(cast: Cast, clock_at: Clock) -> Gap:
    again = clock.now() + timedelta(hours=1)
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="come_back", again_at=again)
    clock_at.move(hours=1, minutes=1)
    sweep(console())
    return Gap.objects.get(kind="steps_overdue")


def _row(actor: Actor) -> tuple[Next, str]:
    with scope.enter(actor):
        row = next(row for row in board_for(actor, None).rows if row.kind == "steps_overdue" and row.stage == "gap")
    return row.next, row.gap_url


def test_it_says_when_it_climbs_and_then_who_has_it(cast: Cast, clock_at: Clock) -> None:
    gap = _late(cast, clock_at)
    before, url = _row(cast.director)
    assert str(gap.pk) in url
    assert (before.step, before.at) == ("to_township", gap.climbs_at)
    actions.take(cast.worker, gap_id=gap.pk, until=clock.now() + timedelta(hours=2))
    said, _url = _row(cast.director)
    assert (said.step, said.name) == ("taken", cast.worker.name)


def test_what_has_reached_the_county_stands_first_there(cast: Cast, clock_at: Clock) -> None:
    _late(cast, clock_at)
    clock_at.move(days=2)
    sweep(console())
    with scope.enter(cast.county_officer):
        rows = board_for(cast.county_officer).rows
    reached = {gap.kind for gap in Gap.objects.filter(closed_at=None, tier=3)}
    assert rows[0].stage == "gap"
    assert rows[0].kind in reached


def test_elsewhere_nobody_sees_it(cast: Cast, clock_at: Clock) -> None:
    _late(cast, clock_at)
    with scope.enter(cast.other_county_officer):
        assert "steps_overdue" not in {row.kind for row in board_for(cast.other_county_officer, None).rows}
