"""Whatever is late when, and whoever has it meanwhile: the sets come to what the pure functions say, gap by gap."""

from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.gaps import actions
from firstline.gaps.errors import GapTakenByAnother
from firstline.gaps.escalation import Band, Rules, climb_from, merged, tier_at
from firstline.gaps.models import Gap, GapEvent, What
from firstline.gaps.rules import RulesInForce, taken_of
from firstline.gaps.sweeping import sweep
from firstline.gaps.tests.open import only_late
from firstline.kernel import clock
from firstline.kernel.actors import console
from firstline.kernel.gap_sources import Late
from firstline.testing.cast import COMMUNITY, OTHER_COMMUNITY, TOWNSHIP, Cast

# Within the county that has rules of its own, and without.
_PLACES = (f"{COMMUNITY}/0001", f"{COMMUNITY}/0002", COMMUNITY, TOWNSHIP, f"{OTHER_COMMUNITY}/0001")
_OWN = Rules(bands=(Band(60, 7, 90), Band(0, 300, 5)), taken_minutes_at_most=600, relapse_minutes=200)
_LATE = st.sets(st.tuples(st.sampled_from(["steps_overdue", "deliveries_failed"]), st.integers(0, 4)))
_STEPS = st.lists(
    st.tuples(st.integers(0, 400), _LATE, st.sampled_from(["", "take", "give_back"]), st.integers(1, 500)),
    min_size=1,
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_any_history_stands_as_the_functions_say(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[int, set[tuple[str, int]], str, int]]
) -> None:
    with transaction.atomic(), monkeypatch.context() as patched:
        moment = clock.now()
        patched.setattr(clock, "now", lambda: moment)
        actions.change_rules(cast.county_officer, emergency_id=cast.emergency.pk, rules=_OWN)
        for minutes, found, said, length in steps:
            moment += timedelta(minutes=minutes)
            late = [
                Late(kind, _PLACES[place], place + 1, moment - timedelta(hours=9), moment - timedelta(minutes=length))
                for kind, place in found
            ]
            only_late(patched, late)
            sweep(console())
            assert not sweep(console()).changed, "the same again changes nothing"
            open_now = Gap.objects.filter(closed_at=None)
            assert {(gap.kind, gap.path, gap.count) for gap in open_now} == {
                (one.kind, one.path, one.count) for one in late
            }
            _assert_as_the_functions_say()
            _say(cast, said, length)
        _assert_nothing_lost()
        transaction.set_rollback(True)


def _say(cast: Cast, said: str, minutes: int) -> None:
    gap = Gap.objects.filter(closed_at=None, path__startswith=COMMUNITY).order_by("path", "kind").first()
    if gap is None:
        return
    if said == "take":
        until = clock.now() + timedelta(minutes=minutes)
        try:
            actions.take(cast.director, gap_id=gap.pk, until=until)
        except GapTakenByAnother:
            raise AssertionError("only the director takes any here") from None
    elif said == "give_back" and gap.taken_by_id == cast.director.person_id:
        actions.give_back(cast.director, gap_id=gap.pk)


def _assert_as_the_functions_say() -> None:
    now = clock.now()
    rules, gaps = RulesInForce(now), list(Gap.objects.filter(closed_at=None))
    taken = taken_of(gaps)
    for gap in gaps:
        band = rules.at(gap.path).band_of(gap.severity)
        assert gap.tier == tier_at(gap.opened_at, gap.first_tier, band, taken[gap.pk], now)
        assert gap.climbs_at == climb_from(gap.opened_at, gap.first_tier, gap.tier, band, merged(taken[gap.pk]))


def _assert_nothing_lost() -> None:
    """Every gap began once and ended once or not at all, and its story says how far it has climbed."""
    for gap in Gap.objects.all():
        told = list(GapEvent.objects.filter(gap=gap).order_by("at", "received_at", "id"))
        began = [event.what for event in told if event.what in {What.OPENED, What.RELAPSED}]
        assert began == [What.RELAPSED if gap.previous_id else What.OPENED]
        assert [event.what == What.CLOSED for event in told].count(True) == (0 if gap.closed_at is None else 1)
        tiers = [event.tier for event in told]
        assert tiers == sorted(tiers)
        assert tiers[-1] == gap.tier
