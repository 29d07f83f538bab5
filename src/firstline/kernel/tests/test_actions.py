"""Actions: allowed or not, recorded or undone, and a broken constraint said in words."""

import uuid

import pytest
from django.db import IntegrityError, connection

from firstline.audit.models import LedgerEntry
from firstline.kernel import actions, ledger, scope
from firstline.kernel.actions import NothingRecordedError, action, running_action
from firstline.kernel.actors import Actor, console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.errors import NameTaken
from firstline.places.models import Place, PlaceKind
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast


@pytest.fixture(autouse=True)
def _own_names(monkeypatch: pytest.MonkeyPatch) -> None:
    # Names of these tests' actions must not look like the project's own.
    monkeypatch.setattr(actions, "NAMES", set(actions.NAMES))


def rename(name: str = "census.record_attempt", *, record: bool = True, at: str = COMMUNITY):  # type: ignore[no-untyped-def]
    """An action that renames a place, under a name the cast is granted."""

    @action(name)
    def run(actor: Actor, *, place: Place, to: str) -> str:
        before, place.name = place.name, to
        place.save()
        if record:
            ledger.record(path=at, subject=place, before={"name": before}, after={"name": to})
        return f"{running_action().name} by {actor.label}"

    return run


@pytest.fixture
def place(cast: Cast) -> Place:
    return Place.objects.get(path=COMMUNITY)


def entries() -> list[LedgerEntry]:
    with scope.enter(console()):
        return list(LedgerEntry.objects.order_by("id"))


def test_recorded_act_is_done(cast: Cast, place: Place) -> None:
    assert rename()(cast.director, place=place, to="新名") == "census.record_attempt by director"
    assert Place.objects.get(pk=place.pk).name == "新名"
    (entry,) = entries()
    assert (entry.action, entry.path, entry.actor_label) == ("census.record_attempt", COMMUNITY, "director")
    assert (entry.subject_kind, entry.subject_id) == ("places.place", place.pk)
    assert (entry.open().before, entry.open().after) == ({"name": "丽景街社区"}, {"name": "新名"})


def test_unrecorded_act_is_undone(cast: Cast, place: Place) -> None:
    with pytest.raises(NothingRecordedError):
        rename(record=False)(cast.director, place=place, to="新名")
    assert Place.objects.get(pk=place.pk).name == "丽景街社区"
    assert entries() == []


def test_repeat_of_a_recorded_command_needs_no_second_entry(cast: Cast, place: Place) -> None:
    @action("census.record_attempt")
    def again(actor: Actor, *, path: str) -> str:
        ledger.repeated(path=path)
        return "as before"

    assert again(cast.director, path=COMMUNITY) == "as before"
    assert entries() == []
    with pytest.raises(NotFound):
        again(cast.director, path=COMMUNITY_ELSEWHERE)


def test_without_the_hat_it_is_forbidden_and_not_tried(cast: Cast, place: Place) -> None:
    with pytest.raises(Forbidden):
        rename()(cast.clerk, place=place, to="新名")
    with pytest.raises(Forbidden):
        rename()(cast.lapsed, place=place, to="新名")
    assert Place.objects.get(pk=place.pk).name == "丽景街社区"


def test_with_the_hat_elsewhere_it_is_not_found_and_undone(cast: Cast, place: Place) -> None:
    with pytest.raises(NotFound):
        rename(at=COMMUNITY_ELSEWHERE)(cast.director, place=place, to="新名")
    assert Place.objects.get(pk=place.pk).name == "丽景街社区"


def test_error_inside_undoes_act_and_entry(cast: Cast, place: Place) -> None:
    @action("census.record_attempt")
    def fail(actor: Actor) -> None:
        place.name = "新名"
        place.save()
        ledger.record(path=COMMUNITY, subject=place)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail(cast.director)
    assert Place.objects.get(pk=place.pk).name == "丽景街社区"
    assert entries() == []


def test_broken_constraint_is_said_in_words(cast: Cast, place: Place) -> None:
    @action("census.record_attempt")
    def twin(actor: Actor) -> None:
        Place.objects.create(path="141102003999", kind=PlaceKind.COMMUNITY, name=place.name, parent_id=place.parent_id)

    with pytest.raises(NameTaken) as taken:
        twin(cast.director)
    assert isinstance(taken.value.__cause__, IntegrityError)


def test_unexplained_constraint_stays_a_fault(cast: Cast, place: Place) -> None:
    @action("census.record_attempt")
    def twin(actor: Actor) -> None:
        Place.objects.create(path=COMMUNITY, kind=PlaceKind.COMMUNITY, name="another", parent_id=place.parent_id)

    with pytest.raises(IntegrityError):
        twin(cast.director)


def test_action_inside_an_action_needs_its_own_entry(cast: Cast, place: Place) -> None:
    inner = rename(record=False)

    @action("census.record_attempt")
    def outer(actor: Actor) -> None:
        ledger.record(path=COMMUNITY, subject=place)
        inner(actor, place=place, to="新名")

    with pytest.raises(NothingRecordedError):
        outer(cast.director)
    assert entries() == []


def test_entries_belong_to_the_innermost_action(cast: Cast, place: Place) -> None:
    inner = rename("census.void_attempt")

    @action("census.record_attempt")
    def outer(actor: Actor) -> str:
        inner(actor, place=place, to="新名")
        ledger.record(path=COMMUNITY, subject=place)
        return running_action().name

    assert outer(cast.director) == "census.record_attempt"
    assert [entry.action for entry in entries()] == ["census.void_attempt", "census.record_attempt"]


def test_recording_outside_of_an_action_is_a_mistake(cast: Cast, place: Place) -> None:
    with pytest.raises(RuntimeError), scope.enter(cast.director):
        ledger.record(path=COMMUNITY, subject=place)


def test_effects_wait_for_the_commit(transactional_db: None, cast: Cast) -> None:
    done: list[str] = []

    @action("census.record_attempt")
    def act(actor: Actor, *, fail: bool) -> None:
        actions.on_commit(lambda: done.append("told"))
        ledger.record(path=COMMUNITY, subject=Place.objects.get(path=COMMUNITY))
        assert done == []
        if fail:
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        act(cast.director, fail=True)
    assert done == []
    act(cast.director, fail=False)
    assert done == ["told"]


def test_values_of_a_change_are_sealed(cast: Cast, place: Place) -> None:
    rename()(cast.director, place=place, to="王海燕的小区")
    with scope.enter(console()), connection.cursor() as cursor:
        cursor.execute("SELECT l::text FROM audit_ledgerentry l")
        stored = cursor.fetchall()[0][0]
    assert "王海燕" not in stored
    assert "王海燕".encode().hex() not in stored


def test_look_is_marked_and_sealed_under_the_emergencys_key(cast: Cast) -> None:
    with scope.enter(cast.worker):
        ledger.look(
            cast.worker, "registry.search", path=cast.door.path, subject=cast.door, fields=["phone"],
            details={"asked": "王某"}, key_id=cast.emergency.key_id,
        )  # fmt: skip
    (entry,) = entries()
    assert entry.is_look
    assert entry.open().after == {"fields": ["phone"], "asked": "王某"}
    assert uuid.UUID(bytes=bytes(entry.sealed)[1:17]) == cast.emergency.key_id
