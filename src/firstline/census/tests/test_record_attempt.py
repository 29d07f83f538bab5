"""Writing down an attempt: what follows from it, who may, what is refused, and that a repeat changes nothing."""

from datetime import timedelta
from typing import Any
from unittest.mock import patch

import pytest
from django.db import ProgrammingError, connection
from django.test.utils import CaptureQueriesContext

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt
from firstline.census.errors import (
    AttemptIdTaken,
    BeforeCampaign,
    HappenedInFuture,
    MinutesImpossible,
    NoteTooLong,
    TooManyPeople,
    UnknownResult,
)
from firstline.census.giving import CLOCK_SLACK
from firstline.census.models import TALLIED, Attempt, BuildingTally, DoorState
from firstline.census.results import Channel, Outcome, Result
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.ids import uuid7
from firstline.registry.models import Mention
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import Cast

WANG = PersonSaid(name="王建国", sex="male", birth_year=1964, relation="head")


def registration(cast: Cast) -> dict[str, Any]:
    return {"door_id": cast.door.pk, "result": "registered", "people": [WANG], "note": "x", "attempt_id": uuid7()}


def outcome_at(cast: Cast) -> str | None:
    with scope.enter(cast.director):
        return DoorState.objects.filter(door=cast.door).values_list("outcome", flat=True).first()


def tally(cast: Cast) -> dict[str, int]:
    row = BuildingTally.objects.filter(building=cast.building).first()
    counts = {outcome.value: getattr(row, outcome.value) for outcome in TALLIED} if row else {}
    return {outcome: count for outcome, count in counts.items() if count}


def test_an_attempt_gives_the_door_its_state_and_the_building_its_count(cast: Cast) -> None:
    attempt = record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", note="车在楼下")

    assert outcome_at(cast) == Outcome.KNOCKED_ONCE
    assert tally(cast) == {"knocked1": 1}
    assert attempt.open().note == "车在楼下"
    assert b"\xe8\xbd\xa6" not in bytes(attempt.sealed)


def test_a_second_knock_moves_the_count(cast: Cast) -> None:
    for _ in range(2):
        record_attempt(cast.worker, door_id=cast.door.pk, result=Result.NO_ANSWER)

    assert outcome_at(cast) == Outcome.KNOCKED_TWICE
    assert tally(cast) == {"knocked2": 1}


def test_people_said_at_the_door_become_mentions(cast: Cast) -> None:
    attempt = record_attempt(cast.worker, door_id=cast.door.pk, result=Result.REGISTERED, people=[WANG])

    with scope.enter(cast.worker):
        (mention,) = Mention.objects.filter(source_id=attempt.pk)
        assert mention.open().name == "王建国"
    assert attempt.persons_met == 1
    assert tally(cast) == {"registered": 1}


def test_the_ledger_tells_before_and_after(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result=Result.NO_ANSWER)
    record_attempt(cast.worker, door_id=cast.door.pk, result=Result.REFUSED_PRIVACY)

    with scope.enter(cast.director):
        entries = [entry.open() for entry in LedgerEntry.objects.filter(action="census.record_attempt").order_by("at")]
    assert [(entry.before["outcome"], entry.after["outcome"]) for entry in entries] == [
        ("untried", "knocked1"),
        ("knocked1", "refused"),
    ]


def test_a_call_that_reached_nobody_leaves_the_door_untried(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result=Result.NO_ANSWER, channel=Channel.PHONE)

    assert outcome_at(cast) == Outcome.UNTRIED
    assert tally(cast) == {}


def test_the_same_attempt_again_is_the_same_attempt(cast: Cast) -> None:
    said = registration(cast)
    first = record_attempt(cast.worker, **said)
    again = record_attempt(cast.worker, **said)

    assert again.pk == first.pk
    assert tally(cast) == {"registered": 1}
    with scope.enter(cast.worker):
        assert Mention.objects.filter(source_id=first.pk).count() == 1
        assert LedgerEntry.objects.filter(action="census.record_attempt").count() == 1


@pytest.mark.parametrize(
    "other",
    [{"result": "refused"}, {"note": "y"}, {"minutes": 5}, {"people": []}, {"channel": Channel.INTERCOM}],
    ids=lambda other: next(iter(other)),
)
def test_the_same_id_with_another_body_is_refused(cast: Cast, other: dict[str, Any]) -> None:
    said = registration(cast)
    record_attempt(cast.worker, **said)

    with pytest.raises(AttemptIdTaken):
        record_attempt(cast.worker, **(said | other))
    assert tally(cast) == {"registered": 1}


def test_the_same_id_at_another_door_is_refused(cast: Cast) -> None:
    attempt_id = uuid7()
    record_attempt(cast.worker, door_id=cast.door.pk, result="vacant", attempt_id=attempt_id)

    other = cast.door_of(cast.compound, "1-1-102")
    with pytest.raises(AttemptIdTaken):
        record_attempt(cast.worker, door_id=other.pk, result="vacant", attempt_id=attempt_id)
    assert tally(cast) == {"vacant": 1}


def test_an_attempt_made_offline_days_ago_is_taken_and_counts_where_it_belongs(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result=Result.VACANT)
    earlier = clock.now() - timedelta(hours=30)
    record_attempt(cast.worker, door_id=cast.door.pk, result=Result.NOT_A_HOME, happened_at=earlier)

    assert outcome_at(cast) == Outcome.VACANT


def test_a_moment_that_has_not_come_is_refused(cast: Cast) -> None:
    ahead = clock.now() + CLOCK_SLACK + timedelta(minutes=1)
    with pytest.raises(HappenedInFuture):
        record_attempt(cast.worker, door_id=cast.door.pk, result="vacant", happened_at=ahead)


def test_a_moment_before_the_census_is_refused(cast: Cast) -> None:
    before = cast.emergency.started_at - timedelta(seconds=1)
    with pytest.raises(BeforeCampaign):
        record_attempt(cast.worker, door_id=cast.door.pk, result="vacant", happened_at=before)


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"result": "abandoned"}, UnknownResult),
        ({"channel": "pigeon"}, UnknownResult),
        ({"note": "长" * 2_001}, NoteTooLong),
        ({"minutes": -1}, MinutesImpossible),
        ({"minutes": 1_441}, MinutesImpossible),
        ({"people": [WANG] * 61}, TooManyPeople),
    ],
)
def test_what_cannot_be_written_down_is_said_and_changes_nothing(
    cast: Cast, said: dict[str, Any], error: type[Exception]
) -> None:
    vacant: dict[str, Any] = {"door_id": cast.door.pk, "result": "vacant"}
    with pytest.raises(error):
        record_attempt(cast.worker, **(vacant | said))
    assert tally(cast) == {}


def test_forty_people_at_one_door_are_taken(cast: Cast) -> None:
    people = [PersonSaid(name=f"住户{number}😀") for number in range(40)]
    assert record_attempt(cast.worker, door_id=cast.door.pk, result="registered", people=people).persons_met == 40


@pytest.mark.parametrize("who", ["worker_elsewhere", "worker_next", "other_county_officer"])
def test_a_door_elsewhere_is_not_there(cast: Cast, who: str) -> None:
    with pytest.raises((NotFound, Forbidden)) as refused:
        record_attempt(getattr(cast, who), door_id=cast.door.pk, result="vacant")
    assert refused.type is (Forbidden if who == "other_county_officer" else NotFound)
    assert tally(cast) == {}


def test_the_ledger_refuses_an_act_elsewhere_also_without_the_selectors_check(cast: Cast) -> None:
    with patch("firstline.census.actions.attempts.door_to_record", return_value=cast.door), pytest.raises(NotFound):
        record_attempt(cast.worker_elsewhere, door_id=cast.door.pk, result="vacant")
    assert tally(cast) == {}


def test_the_database_refuses_an_attempt_elsewhere_with_both_checks_taken_out(cast: Cast) -> None:
    with (
        patch("firstline.census.actions.attempts.door_to_record", return_value=cast.door),
        patch("firstline.census.actions.attempts.ledger.record"),
        pytest.raises(ProgrammingError, match="row-level security"),
    ):
        record_attempt(cast.worker_elsewhere, door_id=cast.door.pk, result="vacant")
    with scope.enter(cast.director):
        assert not Attempt.objects.exists()


def test_who_only_reads_cannot_record(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        record_attempt(cast.clerk, door_id=cast.door.pk, result="vacant")


def test_at_most_twelve_statements(cast: Cast) -> None:
    door = cast.door
    # As from a page: the request's own transaction and scope are there already.
    with scope.enter(cast.worker), CaptureQueriesContext(connection) as sent:
        record_attempt(cast.worker, door_id=door.pk, result="registered", people=[WANG], note="x")
    assert len(sent) <= 12, [query["sql"][:80] for query in sent]
