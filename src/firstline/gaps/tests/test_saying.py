"""What people say of a gap: it stops the clock, it never closes anything, and it is on record."""

from datetime import timedelta

import pytest

from firstline.audit.models import LedgerEntry
from firstline.census import actions as census
from firstline.gaps import actions
from firstline.gaps.errors import (
    GapClosed,
    GapNotDisputed,
    GapNotYours,
    GapOwnDispute,
    GapReasonMissing,
    GapTakenByAnother,
    GapTakenTooLong,
    RulesWrong,
)
from firstline.gaps.escalation import Band, Rules
from firstline.gaps.models import Gap, Reach
from firstline.gaps.selectors import open_gaps, story_of
from firstline.gaps.sweeping import sweep
from firstline.kernel import clock, scope
from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.paths import subtree
from firstline.testing.cast import COMMUNITY, Cast
from firstline.testing.time import Clock


@pytest.fixture
def gap(cast: Cast, clock_at: Clock) -> Gap:
    """A door of the worker's compound whose hour has passed."""
    again = clock.now() + timedelta(hours=1)
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="come_back", again_at=again)
    clock_at.move(hours=1, minutes=1)
    sweep(console())
    return Gap.objects.get(kind="steps_overdue")


def again(gap: Gap) -> Gap:
    return Gap.objects.get(pk=gap.pk)


def test_taken_it_waits_until_then_and_goes_on(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    climbs_at = gap.climbs_at
    assert climbs_at is not None
    actions.take(cast.worker, gap_id=gap.pk, until=clock.now() + timedelta(hours=5), words="我去敲门")
    assert again(gap).climbs_at == climbs_at + timedelta(hours=5)
    clock_at.set(climbs_at + timedelta(hours=1))
    sweep(console())
    assert again(gap).tier == Reach.VILLAGE
    clock_at.set(climbs_at + timedelta(hours=5))
    sweep(console())
    assert again(gap).tier == Reach.TOWNSHIP
    assert again(gap).closed_at is None


def test_given_back_the_clock_goes_on_at_once(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    actions.take(cast.worker, gap_id=gap.pk, until=clock.now() + timedelta(hours=5))
    clock_at.move(hours=1)
    actions.give_back(cast.worker, gap_id=gap.pk)
    assert again(gap).climbs_at == (gap.climbs_at or clock.now()) + timedelta(hours=1)


def test_one_has_it_at_a_time(cast: Cast, gap: Gap) -> None:
    actions.take(cast.worker, gap_id=gap.pk, until=clock.now() + timedelta(hours=2))
    with pytest.raises(GapTakenByAnother, match=cast.worker.name):
        actions.take(cast.director, gap_id=gap.pk, until=clock.now() + timedelta(hours=2))
    with pytest.raises(GapNotYours):
        actions.give_back(cast.director, gap_id=gap.pk)


@pytest.mark.parametrize("hours", [-1, 0, 25])
def test_nobody_stops_a_clock_for_as_long_as_they_like(cast: Cast, gap: Gap, hours: int) -> None:
    with pytest.raises(GapTakenTooLong):
        actions.take(cast.worker, gap_id=gap.pk, until=clock.now() + timedelta(hours=hours))


def test_a_wrong_one_is_set_aside_by_somebody_else_and_comes_back(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    with pytest.raises(GapReasonMissing):
        actions.dispute(cast.director, gap_id=gap.pk, reason=" ")
    with pytest.raises(GapNotDisputed):
        actions.settle_dispute(cast.director, gap_id=gap.pk, set_aside_until=None)
    actions.dispute(cast.director, gap_id=gap.pk, reason="这户已经搬走")
    with pytest.raises(GapOwnDispute):
        actions.settle_dispute(cast.director, gap_id=gap.pk, set_aside_until=None)
    actions.settle_dispute(cast.clerk, gap_id=gap.pk, set_aside_until=clock.now() + timedelta(days=1))
    here = [subtree(COMMUNITY)]
    assert not open_gaps(here).filter(pk=gap.pk).exists()
    assert not open_gaps(here, clock.now()).filter(pk=gap.pk).exists()
    clock_at.move(days=1, minutes=1)
    assert open_gaps(here).filter(pk=gap.pk).exists()
    with scope.enter(cast.director):
        told = [event.what for event in story_of(gap)]
    assert told == ["opened", "disputed", "set_aside"]


def test_only_the_fact_closes_it_and_then_nothing_is_left_to_say(cast: Cast, gap: Gap) -> None:
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="vacant")
    sweep(console())
    with pytest.raises(GapClosed):
        actions.take(cast.worker, gap_id=gap.pk, until=clock.now() + timedelta(hours=1))
    with pytest.raises(GapClosed):
        actions.dispute(cast.worker, gap_id=gap.pk, reason="不对")


def test_what_comes_back_soon_goes_on_at_the_tier_it_had_reached(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    clock_at.move(hours=5)
    sweep(console())
    assert again(gap).tier == Reach.TOWNSHIP
    tomorrow = clock.now() + timedelta(hours=1)
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="come_back", again_at=tomorrow)
    sweep(console())
    assert again(gap).closed_at is not None
    clock_at.move(hours=2)
    sweep(console())
    relapse = Gap.objects.get(previous=gap)
    assert (relapse.tier, relapse.first_tier) == (Reach.TOWNSHIP, Reach.TOWNSHIP)
    with scope.enter(cast.director):
        assert [event.what for event in story_of(relapse)] == ["opened", "climbed", "closed", "relapsed"]


def test_other_rules_hold_from_then_on_and_the_past_stays(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    quick = Rules(bands=(Band(0, 1, 2),))
    actions.change_rules(cast.county_officer, emergency_id=cast.emergency.pk, rules=quick)
    clock_at.move(minutes=10)
    sweep(console())
    assert again(gap).tier == Reach.COUNTY
    for wrong in (Rules(bands=()), Rules(bands=(Band(10, 5, 5),)), Rules(bands=(Band(0, 0, 5),))):
        with pytest.raises(RulesWrong):
            actions.change_rules(cast.county_officer, emergency_id=cast.emergency.pk, rules=wrong)


def test_elsewhere_or_without_the_hat_nobody_says_anything(cast: Cast, gap: Gap) -> None:
    until = clock.now() + timedelta(hours=1)
    with pytest.raises(NotFound):
        actions.take(cast.worker_next, gap_id=gap.pk, until=until)
    with pytest.raises(Forbidden):
        actions.take(cast.lapsed, gap_id=gap.pk, until=until)
    with pytest.raises(Forbidden):
        actions.change_rules(cast.director, emergency_id=cast.emergency.pk, rules=Rules())
    with pytest.raises(NotFound):
        actions.change_rules(cast.other_county_officer, emergency_id=cast.emergency.pk, rules=Rules())


def test_a_sweep_is_one_entry_in_the_ledger_and_none_without_a_change(cast: Cast, gap: Gap) -> None:
    with scope.enter(console()):
        told = LedgerEntry.objects.filter(action="gaps.sweep").count()
    assert told == 1
    sweep(console())
    with scope.enter(console()):
        assert LedgerEntry.objects.filter(action="gaps.sweep").count() == told
    assert Gap.objects.filter(kind=gap.kind, closed_at=None).count() == 1
