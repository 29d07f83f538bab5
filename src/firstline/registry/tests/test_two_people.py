"""Two people with one list at one moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.places.frames import DoorProposal
from firstline.places.models import Door
from firstline.registry import actions
from firstline.registry.actions import PutRight
from firstline.registry.errors import ListDecided, RowSettled
from firstline.registry.models import Mention, RowKind, SourceFile, SourceRow
from firstline.registry.tests.lists import long_list, staged
from firstline.testing.cast import Cast

Answer = TypeVar("Answer")
ROWS = 60


def _at_once(*acts: Callable[[], Answer]) -> list[Answer]:
    barrier = Barrier(len(acts))

    def run(act: Callable[[], Answer]) -> Answer:
        barrier.wait()
        try:
            return act()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def test_the_same_file_is_one_list(transactional_db: None, cast: Cast) -> None:
    content = long_list(ROWS)
    files = _at_once(
        lambda: staged(cast.director, cast.compound, content).pk, lambda: staged(cast.typist, cast.compound, content).pk
    )
    assert files[0] == files[1]
    with scope.enter(cast.director):
        assert (SourceFile.objects.count(), SourceRow.objects.count(), Mention.objects.count()) == (1, ROWS + 1, ROWS)


def test_two_files_of_one_compound_are_two_lists_and_each_door_stands_once(transactional_db: None, cast: Cast) -> None:
    files = _at_once(
        lambda: staged(cast.director, cast.compound, long_list(ROWS)).pk,
        lambda: staged(cast.typist, cast.compound, long_list(ROWS + 1)).pk,
    )
    _at_once(
        lambda: actions.accept_file(cast.director, file_id=files[0]),
        lambda: actions.accept_file(cast.typist, file_id=files[1]),
    )
    assert Door.objects.filter(building__compound=cast.compound, building__label="9").count() == ROWS + 1


def test_one_of_two_decisions_wins(transactional_db: None, cast: Cast) -> None:
    file = staged(cast.director, cast.compound)

    def decide(decision: Callable[..., SourceFile], actor: object) -> str:
        try:
            decision(actor, file_id=file.pk)
        except ListDecided:
            return "too late"
        return "decided"

    answers = _at_once(
        lambda: decide(actions.accept_file, cast.director), lambda: decide(actions.discard_file, cast.typist)
    )
    assert sorted(answers) == ["decided", "too late"]


def test_of_two_who_put_one_row_right_one_is_too_late(transactional_db: None, cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    actions.accept_file(cast.director, file_id=file.pk)
    with scope.enter(cast.director):
        row = file.rows.get(kind=RowKind.PARKED).pk

    def put_right(actor: Actor, room: str) -> str:
        door = DoorProposal("4", "1", room, f"4-1-{room}", 1)
        try:
            actions.put_right(actor, file_id=file.pk, rows=[PutRight(row, door)])
        except RowSettled:
            return "too late"
        return "put right"

    answers = _at_once(lambda: put_right(cast.director, "101"), lambda: put_right(cast.typist, "102"))
    assert sorted(answers) == ["put right", "too late"]
    assert Door.objects.filter(building__compound=cast.compound, building__label="4").count() == 1


def test_a_row_put_right_while_its_list_is_accepted_has_its_door(transactional_db: None, cast: Cast) -> None:
    """Whichever comes first, the door stands: both hold the compound."""
    file = staged(cast.director, cast.compound)
    with scope.enter(cast.director):
        row = file.rows.get(kind=RowKind.PARKED).pk
    door = DoorProposal("4", "1", "101", "4-1-101", 1)
    _at_once(
        lambda: actions.accept_file(cast.director, file_id=file.pk).pk,
        lambda: actions.put_right(cast.typist, file_id=file.pk, rows=[PutRight(row, door)]),
    )
    assert Door.objects.filter(building__compound=cast.compound, label="4-1-101").exists()
