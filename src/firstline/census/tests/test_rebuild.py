"""Any history, in any order of arrival, with attempts taken back, adds up to what is stored; the account closes."""

from collections import Counter
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.census.actions import record_attempt, void_attempt
from firstline.census.coverage import coverage
from firstline.census.models import BuildingTally, DoorState
from firstline.census.rebuild import rebuild
from firstline.census.results import Channel, Outcome, Result
from firstline.census.selectors import standings
from firstline.kernel import clock, scope
from firstline.kernel.paths import subtree
from firstline.places.models import Building, Door
from firstline.testing.cast import Cast

LABELS = ("1-1-101", "1-1-102", "1-2-301", "2-1-101")
STEP = st.tuples(
    st.sampled_from(LABELS),
    st.sampled_from(Result.values),
    st.sampled_from(Channel.values),
    st.integers(0, 47),  # hours ago: arrival is not the order in which things happened
    st.booleans(),  # taken back at once
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(STEP, max_size=12), taken_back_late=st.sets(st.integers(0, 11), max_size=4))
def test_what_is_stored_is_what_the_facts_add_up_to(
    cast: Cast, history: list[tuple[str, str, str, int, bool]], taken_back_late: set[int]
) -> None:
    with transaction.atomic():
        _live_through(cast, history, taken_back_late)

        within = subtree(cast.compound.place.path)
        assert list(rebuild(cast.director, cast.campaign.pk, within, write=False)) == []
        total = coverage(within).total
        assert total.doors == 24
        assert min(total.counts.values()) >= 0
        with scope.enter(cast.director):
            drawn = Counter(standing.outcome for standing in standings(cast.campaign.pk, within))
        assert {outcome.value: count for outcome, count in total.counts.items() if count} == drawn
        transaction.set_rollback(True)


def _live_through(cast: Cast, history: list[tuple[str, str, str, int, bool]], taken_back_late: set[int]) -> None:
    late = []
    for number, (label, result, channel, hours, void) in enumerate(history):
        attempt = record_attempt(
            cast.worker,
            door_id=Door.id_for(cast.compound.pk, label),
            result=result,
            channel=channel,
            happened_at=clock.now() - timedelta(hours=hours),
        )
        if void:
            void_attempt(cast.worker, attempt_id=attempt.pk)
        elif number in taken_back_late:
            late.append(attempt.pk)
    for attempt_id in late:
        void_attempt(cast.worker, attempt_id=attempt_id)


@pytest.fixture
def visited(cast: Cast) -> Cast:
    for label, result in zip(LABELS, ("registered", "no_answer", "refused", "vacant"), strict=True):
        record_attempt(cast.worker, door_id=Door.id_for(cast.compound.pk, label), result=result)
    return cast


def test_a_wrong_state_and_a_wrong_count_are_found_and_mended(visited: Cast) -> None:
    with scope.enter(visited.director):
        DoorState.objects.filter(door=visited.door).update(outcome="vacant")
    BuildingTally.objects.filter(building=visited.building_of(visited.compound, "2")).update(vacant=7, form=1)
    within = subtree(visited.compound.place.path)

    found = list(rebuild(visited.director, visited.campaign.pk, within))

    assert [difference.path for difference in found] == [
        visited.door.path,
        visited.building_of(visited.compound, "2").place.path,
    ]
    assert list(rebuild(visited.director, visited.campaign.pk, within, write=False)) == []
    assert coverage(within).total.counts[Outcome.REGISTERED] == 1


def test_everything_stored_can_be_lost_and_comes_back(visited: Cast) -> None:
    within = subtree(visited.compound.place.path)
    before = coverage(within)
    with scope.enter(visited.director):
        DoorState.objects.all().delete()
    BuildingTally.objects.all().delete()

    assert list(rebuild(visited.director, visited.campaign.pk, within))
    assert coverage(within) == before


def test_the_command_checks_and_mends(visited: Cast) -> None:
    said = StringIO()
    call_command("rebuild_census", check=True, stdout=said)
    assert "No difference" in said.getvalue()

    BuildingTally.objects.filter(building=visited.building).update(refused=5)
    with pytest.raises(CommandError):
        call_command("rebuild_census", check=True, stdout=said)
    call_command("rebuild_census", stdout=said)
    assert "1 differences, mended" in said.getvalue()
    call_command("rebuild_census", check=True, stdout=StringIO())


def test_the_command_also_derives_frames(cast: Cast) -> None:
    Building.objects.filter(pk=cast.building.pk).update(door_count=3)
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("rebuild_census", check=True, stdout=said)
    assert f"{cast.building.place.path}: stored 3 doors, declared; facts say 12 doors, declared" in said.getvalue()
    call_command("rebuild_census", stdout=StringIO())
    assert cast.building.door_count == 12
