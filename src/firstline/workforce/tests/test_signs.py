"""Signing in and out: whose it is, once whatever comes twice, and what cannot be."""

import uuid
from datetime import timedelta

import pytest

from firstline.audit.models import LedgerEntry
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.kernel.errors import Forbidden, Invalid, NotFound
from firstline.kernel.offline import CommandIdTaken, Moment, Received, find
from firstline.testing.cast import COMMUNITY, Cast
from firstline.workforce.actions import sign_for, sign_in, sign_out
from firstline.workforce.models import DutySign, Step
from firstline.workforce.offline import DutyBody


def kept(actor: Actor) -> list[tuple[uuid.UUID, str]]:
    with scope.enter(actor):
        return list(DutySign.objects.order_by("happened_at", "id").values_list("person_id", "step"))


def test_a_sign_is_a_fact_with_its_note_sealed(cast: Cast) -> None:
    sign = sign_in(cast.worker, path=cast.compound.place.path, note=" 北门 ")
    assert (sign.person_id, sign.by_person_id, sign.step) == (cast.worker.person_id, cast.worker.person_id, Step.IN)
    with scope.enter(cast.director):
        found = DutySign.objects.get()
        assert found.open().note == "北门"
        assert "北门".encode() not in bytes(found.sealed)
        assert LedgerEntry.objects.get().action == "workforce.sign_in"


def test_the_same_id_again_is_the_same_sign(cast: Cast) -> None:
    once, path = uuid.uuid4(), cast.compound.place.path
    first = sign_in(cast.worker, path=path, sign_id=once)
    assert sign_in(cast.worker, path=path, sign_id=once).pk == first.pk
    with scope.enter(cast.director):
        assert (DutySign.objects.count(), LedgerEntry.objects.count()) == (1, 1)
    with pytest.raises(CommandIdTaken):
        sign_out(cast.worker, path=path, sign_id=once)


@pytest.mark.parametrize("path", [COMMUNITY, "141102003001", "141102003005999"])
def test_only_at_a_place_of_ones_own_that_there_is(cast: Cast, path: str) -> None:
    with pytest.raises(NotFound):
        sign_in(cast.worker, path=path)
    assert kept(cast.director) == []


@pytest.mark.parametrize("name", ["lapsed", "typist", "clerk", "county_officer"])
def test_who_has_no_duty_signs_none(cast: Cast, name: str) -> None:
    with pytest.raises(Forbidden):
        sign_in(getattr(cast, name), path=cast.compound.place.path)


def test_a_note_that_is_too_long_is_said_to_be(cast: Cast) -> None:
    with pytest.raises(Invalid, match="200"):
        sign_in(cast.worker, path=cast.compound.place.path, note="x" * 201)


def test_a_director_signs_for_those_of_their_places(cast: Cast) -> None:
    path = cast.compound.place.path
    sign = sign_for(cast.director, person_id=cast.worker.person_id, step=Step.IN, path=path)
    assert (sign.person_id, sign.by_person_id) == (cast.worker.person_id, cast.director.person_id)
    with pytest.raises(NotFound):
        sign_for(cast.director, person_id=cast.worker_elsewhere.person_id, step=Step.IN, path=path)
    with pytest.raises(NotFound):
        sign_for(cast.director, person_id=cast.lapsed.person_id, step=Step.IN, path=path)
    with pytest.raises(Forbidden):
        sign_for(cast.worker, person_id=cast.director.person_id, step=Step.IN, path=path)
    assert kept(cast.director) == [(cast.worker.person_id, "in")]


def carry_out(actor: Actor, kind: str, path: str, moment: Moment, command_id: uuid.UUID) -> tuple[str, str]:
    command = find(kind, 1)
    assert command is not None
    body = DutyBody(path)
    assert command.place_of(body) == path
    done = command.carry_out(actor, Received(command_id, body, moment, ""))
    return done.path, done.code


def test_what_a_phone_hands_in_has_the_time_of_the_tap(cast: Cast) -> None:
    path, at = cast.compound.place.path, clock.now() - timedelta(hours=9)
    moment, once = Moment(at, Precision.MINUTE, at), uuid.uuid4()
    assert carry_out(cast.worker, "workforce.sign_in", path, moment, once) == (path, "")
    assert carry_out(cast.worker, "workforce.sign_in", path, moment, once) == (path, "")
    later = Moment(clock.now(), Precision.DAY, at + timedelta(days=40), "clock_ahead")
    assert carry_out(cast.worker, "workforce.sign_out", path, later, uuid.uuid4()) == (path, "clock_ahead")
    with scope.enter(cast.director):
        first, second = DutySign.objects.order_by("happened_at")
        assert (first.pk, first.happened_at, second.happened_precision) == (once, at, Precision.DAY)


def test_a_place_there_is_not_belongs_to_nobody() -> None:
    command = find("workforce.sign_out", 1)
    assert command is not None
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("firstline.workforce.offline.place_at", lambda _path: None)
        assert command.place_of(DutyBody("141102003005999")) is None
