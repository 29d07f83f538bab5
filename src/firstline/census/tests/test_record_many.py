"""Many attempts at once: what a log, a list or an evening's typing brings."""

from datetime import timedelta

import pytest

from firstline.census.actions import record_attempt, record_many, void_many
from firstline.census.coverage import coverage
from firstline.census.errors import HappenedInFuture, NotYourAttempt
from firstline.census.giving import Given
from firstline.census.models import Attempt, AttemptVoid, DoorState
from firstline.census.rebuild import rebuild
from firstline.census.results import Channel, Outcome
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.paths import subtree
from firstline.registry.mentions import mentions_at
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import Cast

WANG = PersonSaid(name="王建国")


def given(cast: Cast) -> list[Given]:
    now = clock.now()
    labels = ("1-1-101", "1-1-102", "2-1-101")
    return [
        Given(cast.door_of(cast.compound, labels[0]).pk, "no_answer", happened_at=now - timedelta(hours=5)),
        Given(cast.door_of(cast.compound, labels[0]).pk, "registered", people=(WANG,), visitor="薛建刚"),
        Given(cast.door_of(cast.compound, labels[1]).pk, "vacant", Channel.PHONE),
        Given(cast.door_of(cast.compound, labels[2]).pk, "refused"),
    ]


def counts(cast: Cast) -> dict[Outcome, int]:
    found = coverage(subtree(cast.compound.place.path)).total.counts
    return {outcome: count for outcome, count in found.items() if count}


def test_all_are_recorded_and_counted(cast: Cast) -> None:
    new = record_many(cast.director, compound_id=cast.compound.pk, attempts=given(cast))
    assert len(new) == 4
    assert counts(cast) == {Outcome.REGISTERED: 1, Outcome.UNKNOWN: 1, Outcome.REFUSED: 1, Outcome.UNTRIED: 21}
    assert list(rebuild(cast.director, cast.campaign.pk, subtree(cast.compound.place.path), write=False)) == []
    with scope.enter(cast.director):
        assert [seen.name for seen in mentions_at(cast.door.pk)] == ["王建国"]
        attempt = Attempt.objects.get(door=cast.door, result="registered")
        assert attempt.open().visitor == "薛建刚"
        assert attempt.visitor_id is None


def test_they_add_up_to_what_each_alone_would(cast: Cast) -> None:
    attempts = given(cast)
    record_many(cast.director, compound_id=cast.compound.pk, attempts=attempts)
    with scope.enter(cast.director):
        together = list(DoorState.objects.order_by("path").values_list("path", "outcome", "step", "attempts"))
    void_many(cast.director, compound_id=cast.compound.pk, attempt_ids=[one.attempt_id for one in attempts])
    assert counts(cast) == {Outcome.UNTRIED: 24}
    for one in attempts:
        record_attempt(
            cast.director, door_id=one.door_id, result=one.result, channel=one.channel, happened_at=one.happened_at
        )
    with scope.enter(cast.director):
        alone = list(DoorState.objects.order_by("path").values_list("path", "outcome", "step", "attempts"))
    assert together == alone


def test_the_same_again_changes_nothing(cast: Cast) -> None:
    attempts = given(cast)
    record_many(cast.director, compound_id=cast.compound.pk, attempts=attempts[:2])
    assert len(record_many(cast.director, compound_id=cast.compound.pk, attempts=attempts)) == 2
    assert record_many(cast.director, compound_id=cast.compound.pk, attempts=attempts) == []
    with scope.enter(cast.director):
        assert Attempt.objects.count() == 4


def test_one_that_cannot_be_leaves_none(cast: Cast) -> None:
    ahead = Given(cast.door.pk, "vacant", happened_at=clock.now() + timedelta(hours=1))
    with pytest.raises(HappenedInFuture):
        record_many(cast.director, compound_id=cast.compound.pk, attempts=[*given(cast), ahead])
    assert counts(cast) == {Outcome.UNTRIED: 24}


def test_a_door_of_another_compound_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        record_many(cast.director, compound_id=cast.compound.pk, attempts=[Given(cast.door_next.pk, "vacant")])


def test_who_may_not_record_many(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        record_many(cast.clerk, compound_id=cast.compound.pk, attempts=given(cast))
    with pytest.raises(NotFound):
        record_many(cast.director, compound_id=cast.compound_elsewhere.pk, attempts=[])


def test_taken_back_once_however_often(cast: Cast) -> None:
    new = record_many(cast.director, compound_id=cast.compound.pk, attempts=given(cast))
    assert void_many(cast.director, compound_id=cast.compound.pk, attempt_ids=new[:2]) == 2
    assert void_many(cast.director, compound_id=cast.compound.pk, attempt_ids=new[:3]) == 1
    assert counts(cast) == {Outcome.REFUSED: 1, Outcome.UNTRIED: 23}
    with scope.enter(cast.director):
        assert AttemptVoid.objects.count() == 3
        assert mentions_at(cast.door.pk) == []


def test_somebody_elses_are_for_the_director_to_take_back(cast: Cast) -> None:
    new = record_many(cast.director, compound_id=cast.compound.pk, attempts=given(cast))
    with pytest.raises(NotYourAttempt):
        void_many(cast.typist, compound_id=cast.compound.pk, attempt_ids=new)
    typed = record_many(cast.typist, compound_id=cast.compound_next.pk, attempts=[Given(cast.door_next.pk, "vacant")])
    assert void_many(cast.director, compound_id=cast.compound_next.pk, attempt_ids=typed) == 1
