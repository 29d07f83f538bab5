"""Whatever the order, however often and in whatever parts commands arrive: each is one fact, and states are alike."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.census.models import Attempt, AttemptVoid, BuildingTally, DoorState
from firstline.census.rebuild import rebuild
from firstline.kernel import scope
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.sync.models import Kept, KeptState
from firstline.sync.tests.commands import attempt, command, send
from firstline.sync.tests.phones import phone_of
from firstline.testing.cast import Cast

RESULTS = ["no_answer", "registered", "come_back", "refused_safety", "vacant", "notice_posted", "partial"]
# Doors by number; the last one is found on the spot, so its visits wait for it.
visits = st.lists(
    st.tuples(st.integers(0, 3), st.sampled_from(RESULTS), st.booleans(), st.integers(0, 2)), min_size=1, max_size=10
)


def commands_of(cast: Cast, said: list[tuple[int, str, bool, int]]) -> list[dict[str, Any]]:
    """The commands of a shift: visits, some of them with people, some taken back."""
    found = Door.id_for(cast.compound.pk, "1-1-901")
    body = {"door_id": str(found), "building_id": str(cast.building.pk), "unit": "1", "room": "901"}
    added = command("places.add_door", body)
    doors = [*(door.pk for door in cast.building.doors.order_by("position")[:3]), found]
    made = [added]
    for number, result, taken_back, people in said:
        after = [added["id"]] if number == 3 else []
        names = [{"name": f"王建{part}"} for part in range(people)]
        made.append(attempt(doors[number], result, after=after, body={"people": names}))
        if taken_back:
            made.append(command("census.void_attempt", {"attempt_id": made[-1]["id"]}))
    return made


def stand(cast: Cast) -> tuple[Any, ...]:
    """All that follows from what was handed in, without what differs with the moment of receipt."""
    with scope.enter(cast.director):
        states = list(DoorState.objects.order_by("path").values_list("path", "outcome", "attempts", "step", "since"))
        tallies = list(BuildingTally.objects.values_list("registered", "vacant", "refused", "knocked1", "knocked2"))
        facts = set(Attempt.objects.values_list("pk", flat=True)), AttemptVoid.objects.count()
        waiting = Kept.objects.exclude(state=KeptState.CARRIED_OUT).count()
        differs = list(rebuild(cast.director, cast.campaign.pk, subtree(cast.compound.place.path), write=False))
    return states, [row for row in tallies if any(row)], facts, waiting, differs


@contextmanager
def taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.database_time
@pytest.mark.usefixtures("cast")
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=visits, seed=st.integers(0, 2**32), sizes=st.lists(st.integers(1, 6), min_size=1, max_size=4))
def test_any_order_ends_alike(cast: Cast, said: list[tuple[int, str, bool, int]], seed: int, sizes: list[int]) -> None:
    made = commands_of(cast, said)
    with taken_back():
        phone = phone_of(cast.worker.person_id, cast.compound.place.path)
        assert set(send(phone, *made).statuses) == {"accepted"}
        expected = stand(cast)
    with taken_back():
        phone = phone_of(cast.worker.person_id, cast.compound.place.path)
        dice = random.Random(seed)
        # Each at least once, some again, in any order and in any parts.
        sent = [*made, *dice.choices(made, k=len(made) // 2)]
        dice.shuffle(sent)
        while sent:
            size = dice.choice(sizes)
            part, sent = sent[:size], sent[size:]
            send(phone, *part)
        assert set(send(phone, *made).statuses) == {"duplicate"}
        assert stand(cast) == expected
    assert expected[3:] == (0, [])
