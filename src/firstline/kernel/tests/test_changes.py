"""The log of touched paths: no reader who goes from position to position misses one, whoever commits when."""

import random
import threading
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from queue import Queue

import pytest
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app

from firstline.config.testing.databases import owner_connection
from firstline.kernel import changes
from firstline.kernel.changes import Position
from firstline.kernel.models import Touched
from firstline.kernel.paths import subtree
from firstline.kernel.tests.positions import settled

COMMUNITY = "141102003005"
DOOR = f"{COMMUNITY}/0007/003/0014"
ALL = [subtree(COMMUNITY)]


class Writer:
    """Somebody with a transaction of their own, in a thread of their own, who does one thing after another."""

    def __init__(self) -> None:
        self._asked: Queue[Callable[[], object] | None] = Queue()
        self._done: Queue[object] = Queue()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def touch(self, path: str) -> None:
        self.does(lambda: changes.touch([path]))

    def begin_without_touching(self) -> None:
        """Take a transaction id and write nothing yet."""
        self.does(lambda: connection.cursor().execute("SELECT pg_current_xact_id()"))

    def commit(self) -> None:
        self.does(_commit)

    def roll_back(self) -> None:
        self.does(_roll_back)

    def leave(self) -> None:
        self._asked.put(None)
        self._thread.join()

    def does(self, what: Callable[[], object]) -> None:
        """Do something in this transaction, and raise here what it raises there."""
        self._asked.put(what)
        if isinstance(problem := self._done.get(timeout=30), Exception):
            raise problem

    def _work(self) -> None:
        connection.set_autocommit(False)
        while (what := self._asked.get()) is not None:
            try:
                self._done.put(what())
            except Exception as problem:  # noqa: BLE001  # raised again by whoever asked
                self._done.put(problem)
        connection.rollback()
        connection.close()


def _commit() -> None:
    # Asked for in the writer's thread: each thread has a connection of its own.
    connection.commit()


def _roll_back() -> None:
    connection.rollback()


class Reader:
    """Reads from watermark to watermark, as a device does."""

    def __init__(self) -> None:
        self.at = changes.watermark()
        self.seen: list[str] = []

    def read_all(self) -> list[str]:
        """What there is once nobody is at work any more."""
        settled()
        return self.read()

    def read(self) -> list[str]:
        until = changes.watermark()
        found = changes.between(self.at, until, ALL).paths
        self.at = until
        self.seen += found
        return found


@contextmanager
def writers(count: int) -> Iterator[list[Writer]]:
    found = [Writer() for _writer in range(count)]
    try:
        yield found
    finally:
        for writer in found:
            writer.leave()


@pytest.mark.usefixtures("transactional_db")
class TestCommitSafety:
    def test_what_commits_late_under_a_lower_id_is_not_missed(self) -> None:
        reader = Reader()
        with writers(2) as (early, late):
            early.touch(f"{COMMUNITY}/0001")  # has the lower transaction id, and stays open
            late.touch(f"{COMMUNITY}/0002")
            late.commit()
            assert reader.read() == []  # a reader who took the highest committed id would go past the open one here
            early.commit()
            assert reader.read_all() == [f"{COMMUNITY}/0001", f"{COMMUNITY}/0002"]
            assert reader.read_all() == []

    def test_who_reads_only_what_is_committed_so_far_does_miss_it(self) -> None:
        """The trap itself, so that the test above is known to set it."""
        with writers(2) as (early, late):
            early.touch(f"{COMMUNITY}/0001")
            late.touch(f"{COMMUNITY}/0002")
            late.commit()
            naive = max(int(row.txid) for row in Touched.objects.all())
            early.commit()
            assert not [row.path for row in Touched.objects.all() if int(row.txid) > naive]
            assert Touched.objects.count() == 2

    def test_a_transaction_that_touches_long_after_it_began_is_waited_for(self) -> None:
        reader = Reader()
        with writers(2) as (slow, quick):
            slow.begin_without_touching()
            quick.touch(f"{COMMUNITY}/0002")
            quick.commit()
            reader.read()
            slow.touch(f"{COMMUNITY}/0001")
            reader.read()
            slow.commit()
            reader.read_all()
        assert reader.seen == [f"{COMMUNITY}/0001", f"{COMMUNITY}/0002"]

    def test_what_is_rolled_back_was_never_touched_and_holds_nobody_up(self) -> None:
        reader = Reader()
        with writers(2) as (never, quick):
            never.touch(f"{COMMUNITY}/0001")
            quick.touch(f"{COMMUNITY}/0002")
            quick.commit()
            never.roll_back()
            assert reader.read_all() == [f"{COMMUNITY}/0002"]

    @pytest.mark.parametrize("seed", range(6))
    def test_no_interleaving_hides_a_change(self, seed: int) -> None:
        dice, reader = random.Random(seed), Reader()
        committed: list[str] = []
        number = 0
        with writers(4) as team:
            pending: dict[Writer, list[str]] = {writer: [] for writer in team}
            for _step in range(120):
                writer = dice.choice(team)
                match dice.choice(["touch", "touch", "begin", "commit", "roll back", "read", "read"]):
                    case "touch":
                        number += 1
                        path = f"{COMMUNITY}/{number:04d}"
                        writer.touch(path)
                        pending[writer].append(path)
                    case "begin":
                        writer.begin_without_touching()
                    case "commit":
                        writer.commit()
                        committed += pending[writer]
                        pending[writer] = []
                    case "roll back":
                        writer.roll_back()
                        pending[writer] = []
                    case "read":
                        assert set(reader.read()) <= set(committed)
            for writer in team:
                writer.commit()
                committed += pending[writer]
        reader.read_all()
        # Each exactly once: a position is never gone below, and never passed twice.
        assert sorted(reader.seen) == sorted(committed)

    def test_nothing_is_missed_while_many_write_at_once(self) -> None:
        reader, written, stop = Reader(), 8 * 40, threading.Event()

        def write(hand: int) -> None:
            for number in range(40):
                with transaction.atomic():
                    changes.touch([f"{COMMUNITY}/{hand:04d}/{number:03d}"])
                    if number % 3 == 0:
                        connection.cursor().execute("SELECT pg_sleep(0.002)")
            connection.close()

        def read() -> None:
            while not stop.is_set():
                reader.read()
            connection.close()

        with ThreadPoolExecutor(9) as pool:
            reading = pool.submit(read)
            for writing in [pool.submit(write, hand) for hand in range(8)]:
                writing.result()
            stop.set()
            reading.result()
        reader.read_all()
        assert len(reader.seen) == len(set(reader.seen)) == written


@pytest.mark.django_db
class TestLog:
    def test_what_lies_above_below_and_beside(self) -> None:
        beside = f"{COMMUNITY[:-1]}6/0001"
        changes.touch([DOOR, f"{COMMUNITY}/0007", "141102", "", beside])
        until = _behind_this_transaction()
        found = changes.between(Position(1, 0), until, [subtree(f"{COMMUNITY}/0007")])
        assert found.paths == ["", "141102", f"{COMMUNITY}/0007", DOOR]

    def test_several_places_are_read_at_once(self) -> None:
        changes.touch([f"{COMMUNITY}/0001/001/0001", f"{COMMUNITY}/0002/001/0001", f"{COMMUNITY}/0003/001/0001"])
        ranges = [subtree(f"{COMMUNITY}/0001"), subtree(f"{COMMUNITY}/0003")]
        found = changes.between(Position(1, 0), _behind_this_transaction(), ranges)
        assert [path[13:17] for path in found.paths] == ["0001", "0003"]
        assert changes.between(Position(1, 0), _behind_this_transaction(), []).paths == []

    def test_once_a_transaction_is_enough(self) -> None:
        changes.touch([DOOR])
        changes.touch([DOOR, DOOR])
        assert Touched.objects.count() == 1

    def test_what_was_deleted_is_named_beside_what_changed_there(self) -> None:
        door_id = uuid.uuid4()
        changes.touch([DOOR])
        changes.part_with([(DOOR, door_id)])
        found = changes.between(Position(1, 0), _behind_this_transaction(), ALL)
        assert found == ([DOOR], [door_id])

    def test_nothing_touched_asks_nothing(self, django_assert_num_queries: Callable[[int], object]) -> None:
        with django_assert_num_queries(0):  # type: ignore[attr-defined]
            changes.touch([])
            changes.part_with([])

    def test_another_life_of_the_database_has_its_own_positions(self) -> None:
        changes.touch([DOOR])
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('firstline.generation', '7', true)")
        assert changes.watermark().generation == 7
        until = _behind_this_transaction()
        assert changes.between(Position(7, 0), until, ALL).paths == []
        changes.touch([DOOR])
        assert changes.between(Position(7, 0), until, ALL).paths == [DOOR]


@pytest.mark.usefixtures("transactional_db")
def test_only_what_nobody_may_read_any_more_is_pruned() -> None:
    changes.touch([f"{COMMUNITY}/0001", f"{COMMUNITY}/0002"])
    with owner_connection() as owner:
        owner.execute(
            "UPDATE kernel_touched SET received_at = statement_timestamp() - interval '31 days' WHERE path LIKE '%0001'"
        )
    assert changes.prune() == 1
    assert list(Touched.objects.values_list("path", flat=True)) == [f"{COMMUNITY}/0002"]
    with pytest.raises(DatabaseError, match="permission denied"):
        Touched.objects.all().delete()


def test_the_worker_prunes_every_night() -> None:
    task = app.tasks["kernel.prune_touched"]
    (planned,) = [one for one in app.periodic_registry.periodic_tasks.values() if one.task is task]
    assert planned.cron == "17 19 * * *"


def _behind_this_transaction() -> Position:
    """The test's own transaction is still running, so its touches lie above the watermark."""
    here = changes.watermark()
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        return here._replace(txid=int(cursor.fetchone()[0]) + 1)
