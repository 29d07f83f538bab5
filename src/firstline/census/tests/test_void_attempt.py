"""Taking an attempt back: by whom, once, and everything is as if it had not been."""

from unittest.mock import patch

import pytest
from django.db import ProgrammingError

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt, void_attempt
from firstline.census.errors import AlreadyVoided, NotYourAttempt
from firstline.census.models import Attempt, AttemptVoid, BuildingTally, DoorState
from firstline.census.results import Outcome
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Forbidden, NotFound
from firstline.registry.mentions import mentions_at
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import Cast


@pytest.fixture
def attempt(cast: Cast) -> Attempt:
    return record_attempt(cast.worker, door_id=cast.door.pk, result="vacant")


def test_the_only_attempt_taken_back_leaves_the_door_untried(cast: Cast, attempt: Attempt) -> None:
    void_attempt(cast.worker, attempt_id=attempt.pk)

    with scope.enter(cast.worker):
        assert not DoorState.objects.exists()
        assert Attempt.objects.count() == 1
    assert BuildingTally.objects.get(building=cast.building).vacant == 0


def test_an_earlier_attempt_counts_again(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer")
    mistake = record_attempt(cast.worker, door_id=cast.door.pk, result="registered")
    void_attempt(cast.worker, attempt_id=mistake.pk)

    with scope.enter(cast.worker):
        state = DoorState.objects.get(door=cast.door)
    assert (state.outcome, state.attempts) == (Outcome.KNOCKED_ONCE, 1)
    tally = BuildingTally.objects.get(building=cast.building)
    assert (tally.registered, tally.knocked1) == (0, 1)


def test_the_names_said_in_it_are_expected_no_longer(cast: Cast) -> None:
    mistake = record_attempt(cast.worker, door_id=cast.door.pk, result="registered", people=[PersonSaid(name="王建国")])
    with scope.enter(cast.worker):
        assert [seen.name for seen in mentions_at(cast.door.pk)] == ["王建国"]
    void_attempt(cast.worker, attempt_id=mistake.pk)

    with scope.enter(cast.worker):
        assert mentions_at(cast.door.pk) == []


def test_it_is_in_the_ledger_with_before_and_after(cast: Cast, attempt: Attempt) -> None:
    void_attempt(cast.director, attempt_id=attempt.pk)

    with scope.enter(cast.director):
        entry = LedgerEntry.objects.get(action="census.void_attempt")
        change = entry.open()
    assert (change.before["outcome"], change.after["outcome"]) == ("vacant", "untried")
    assert entry.actor_id == cast.director.person_id


def test_twice_is_said_in_words(cast: Cast, attempt: Attempt) -> None:
    void_attempt(cast.worker, attempt_id=attempt.pk)

    with pytest.raises(AlreadyVoided):
        void_attempt(cast.director, attempt_id=attempt.pk)
    assert BuildingTally.objects.get(building=cast.building).vacant == 0


@pytest.mark.parametrize(
    ("who", "error"),
    [
        ("typist", NotYourAttempt),
        ("worker_elsewhere", NotFound),
        ("worker_next", NotFound),
        ("lapsed", Forbidden),
        ("clerk", Forbidden),
        ("other_county_officer", Forbidden),
    ],
)
def test_others_cannot(cast: Cast, attempt: Attempt, who: str, error: type[Exception]) -> None:
    actor: Actor = getattr(cast, who)
    with pytest.raises(error):
        void_attempt(actor, attempt_id=attempt.pk)
    with scope.enter(cast.director):
        assert not AttemptVoid.objects.exists()


def test_elsewhere_the_database_refuses_also_without_the_checks(cast: Cast, attempt: Attempt) -> None:
    with scope.enter(cast.director):
        found = Attempt.objects.select_related("door__building").get(pk=attempt.pk)
    found.by_person_id = cast.worker_elsewhere.person_id
    with (
        patch("firstline.census.actions.attempts.attempt_for", return_value=found),
        patch("firstline.census.actions.attempts.ledger.record"),
        pytest.raises(ProgrammingError, match="row-level security"),
    ):
        void_attempt(cast.worker_elsewhere, attempt_id=attempt.pk)
