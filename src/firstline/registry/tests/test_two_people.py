"""Two people with one list at one moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connection

from firstline.kernel import scope
from firstline.places.models import Door
from firstline.registry import actions
from firstline.registry.errors import ListDecided
from firstline.registry.models import Mention, SourceFile, SourceRow
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
