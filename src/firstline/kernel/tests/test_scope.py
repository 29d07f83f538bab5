"""Scope in the database: no scope, no rows; the asker's places and no others; nothing left over afterwards."""

import uuid
from collections.abc import Iterable
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from firstline.audit.models import LedgerEntry
from firstline.census.models import Attempt
from firstline.census.results import Result
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor, Grant, console
from firstline.kernel.errors import NotFound
from firstline.kernel.scope import ScopeConflictError
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, COUNTY, OTHER_COMMUNITY, OTHER_COUNTY, Cast

PLACES = (COUNTY, COMMUNITY, f"{COMMUNITY}/0001/001/0001", COMMUNITY_ELSEWHERE, OTHER_COUNTY, OTHER_COMMUNITY, "")


def actor_at(*paths: str, days_left: int = 1) -> Actor:
    now = clock.now()
    grants = (
        Grant("tester", path, frozenset({"*"}), now - timedelta(days=9), now + timedelta(days=days_left))
        for path in paths
    )
    return Actor(uuid.uuid4(), "tester", tuple(grants))


@pytest.fixture
def _entries(cast: Cast) -> None:
    """One ledger entry at each place."""
    write(PLACES)


def write(places: Iterable[str]) -> None:
    rows = []
    for path in places:
        row = LedgerEntry(
            action="tests.x",
            path=path,
            actor_id=uuid.uuid4(),
            actor_label="x",
            subject_kind="x",
            subject_id=uuid.uuid4(),
        )
        row.sealed = b""
        rows.append(row)
    LedgerEntry.objects.bulk_create(rows)


def write_and_fail(path: str) -> None:
    write([path])
    raise NotFound


def visible() -> set[str]:
    return set(LedgerEntry.objects.values_list("path", flat=True))


def settings_now() -> list[str]:
    with connection.cursor() as cursor:
        names = [f"{reach}.{name}" for reach in ("firstline", "firstline_residents") for name in ("lo", "hi", "ranges")]
        cursor.execute("SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in names))
        return list(cursor.fetchone())


@pytest.mark.usefixtures("_entries")
class TestWhatIsSeen:
    def test_nothing_without_a_scope(self) -> None:
        assert visible() == set()

    def test_nothing_with_no_place(self) -> None:
        with scope.enter(actor_at()):
            assert visible() == set()

    def test_nothing_with_grants_that_have_ended(self) -> None:
        with scope.enter(actor_at(COUNTY, days_left=-1)):
            assert visible() == set()

    def test_subtree_of_one_place(self) -> None:
        with scope.enter(actor_at(COUNTY)):
            assert visible() == {COUNTY, COMMUNITY, f"{COMMUNITY}/0001/001/0001", COMMUNITY_ELSEWHERE}

    def test_several_places_and_nothing_between_them(self) -> None:
        # 141102003005 lies between the two in order, and inside the covering range.
        with scope.enter(actor_at(COMMUNITY_ELSEWHERE, OTHER_COMMUNITY)):
            assert visible() == {COMMUNITY_ELSEWHERE, OTHER_COMMUNITY}

    def test_place_within_another_adds_nothing(self) -> None:
        with scope.enter(actor_at(COMMUNITY, f"{COMMUNITY}/0001")):
            assert visible() == {COMMUNITY, f"{COMMUNITY}/0001/001/0001"}

    def test_console_sees_all(self) -> None:
        with scope.enter(console()):
            assert visible() == set(PLACES)

    def test_neighbour_whose_code_begins_alike_is_not_seen(self) -> None:
        with scope.enter(actor_at("14110200300")):
            write(["141102003", "1411020031"])
        with scope.enter(actor_at("141102003005/000")):
            assert visible() == {f"{COMMUNITY}/0001/001/0001"}

    def test_raw_statements_are_bound_too(self) -> None:
        with scope.enter(actor_at(OTHER_COUNTY)), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM audit_ledgerentry")
            assert cursor.fetchone() == (2,)


def attempt_at(cast: Cast) -> Attempt:
    return Attempt(
        path=cast.door.path,
        door=cast.door,
        emergency_id=cast.emergency.pk,
        campaign_id=cast.campaign.pk,
        by_person_id=cast.worker.person_id,
        result=Result.NO_ANSWER,
        claim=b"",
        sealed=b"",
    )


def test_rows_elsewhere_cannot_be_written_either(cast: Cast) -> None:
    attempt = attempt_at(cast)
    for actor in (cast.worker_next, cast.other_county_officer):
        with pytest.raises(DatabaseError, match="row-level security"), scope.enter(actor):
            attempt.save(force_insert=True)
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        attempt.save(force_insert=True)
    with scope.enter(cast.worker):
        attempt.save(force_insert=True)
        assert Attempt.objects.count() == 1


class TestWhatIsLeftOver:
    def test_nothing_after_the_block(self, cast: Cast) -> None:
        with scope.enter(cast.director):
            assert settings_now()[0] == COMMUNITY
        assert settings_now() == [""] * 6
        assert scope.current() is None

    def test_nothing_after_an_error(self, cast: Cast) -> None:
        with pytest.raises(NotFound), scope.enter(cast.director):
            write_and_fail(COMMUNITY)
        assert settings_now() == [""] * 6
        assert scope.current() is None

    def test_next_asker_gets_their_own(self, cast: Cast) -> None:
        with scope.enter(actor_at(COUNTY, OTHER_COUNTY)):
            assert settings_now()[2] != ""
        with scope.enter(cast.worker):
            of_compound = [cast.compound.place.path, f"{cast.compound.place.path}~", ""]
            assert settings_now() == of_compound * 2
        with scope.enter(cast.county_officer):
            assert settings_now() == [COUNTY, f"{COUNTY}~", "", "", "", ""]
        with scope.enter(actor_at()):
            assert settings_now() == [""] * 6

    def test_pooled_connection_inherits_nothing(self, transactional_db: None, cast: Cast) -> None:
        write([COMMUNITY])
        with scope.enter(cast.director):
            assert visible() == {COMMUNITY}
            same = connection.connection
        assert connection.connection is same
        assert visible() == set()
        with transaction.atomic():
            assert visible() == set()
        assert settings_now() == [""] * 6


class TestNesting:
    def test_same_person_nests(self, cast: Cast) -> None:
        with scope.enter(cast.director):
            with scope.enter(cast.director):
                assert settings_now()[0] == COMMUNITY
            assert settings_now()[0] == COMMUNITY

    def test_another_person_inside_is_a_mistake(self, cast: Cast) -> None:
        with scope.enter(cast.worker), pytest.raises(ScopeConflictError), scope.enter(cast.county_officer):
            pass

    def test_inner_error_undoes_the_inner_part_only(self, cast: Cast) -> None:
        with scope.enter(cast.director):
            write([COMMUNITY])
            with pytest.raises(NotFound), scope.enter(cast.director):
                write_and_fail(f"{COMMUNITY}/0001")
            assert visible() == {COMMUNITY}
            assert settings_now()[0] == COMMUNITY

    def test_memo_lives_as_long_as_the_scope(self, cast: Cast) -> None:
        with scope.enter(cast.director):
            scope.memo()["x"] = 1
            with scope.enter(cast.director):
                assert scope.memo() == {"x": 1}
        assert scope.memo() == {}
        scope.memo()["x"] = 1
        assert scope.memo() == {}
