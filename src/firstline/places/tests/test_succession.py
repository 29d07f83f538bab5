"""Divisions renamed, renumbered, merged and split: codes by date, paths for ever, and every role where it was."""

import uuid
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.accounts.actions import end_grant, grant_role
from firstline.accounts.devices.actions import revoke_device
from firstline.accounts.models import DeviceGrant, RoleGrant
from firstline.accounts.roles import Role
from firstline.accounts.selectors import actor_of_person
from firstline.audit.models import LedgerEntry
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places import actions
from firstline.places.actions import Part
from firstline.places.errors import CodeTooEarly, DateAhead, PlaceClosed, SplitIncomplete
from firstline.places.models import Place
from firstline.places.selectors import communities_for, filed_elsewhere, place_by_code, successors_at
from firstline.sync.tests.phones import phone_of
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, SINCE, TOWNSHIP, Cast

FROM = date(2019, 7, 1)
BEFORE, AFTER = FROM - timedelta(days=1), FROM + timedelta(days=1)
NEW, OTHER = "141102003021", "141102003022"


def at(path: str) -> Place:
    return Place.objects.get(path=path)


def found(code: str, on: date) -> str:
    place = place_by_code(code, on)
    return place.path if place else ""


def merged(cast: Cast, code: str = NEW) -> Place:
    ids = [at(COMMUNITY).pk, at(COMMUNITY_ELSEWHERE).pk]
    return actions.merge_places(cast.county_officer, place_ids=ids, code=code, name="龙凤社区", valid_from=FROM)


def split(cast: Cast) -> tuple[Place, Place]:
    first, second = actions.split_place(
        cast.county_officer,
        place_id=at(COMMUNITY).pk,
        parts=[Part(NEW, "丽景东社区", [cast.compound.pk]), Part(OTHER, "丽景西社区", [cast.compound_next.pk])],
        valid_from=FROM,
    )
    return first, second


def sees(person_id: uuid.UUID, path: str) -> bool:
    return any(path in one for one in actor_of_person(person_id).ranges("places.read"))


def test_a_new_name_and_a_new_code_hold_from_a_day_on_and_the_path_stays(cast: Cast) -> None:
    actions.rename_place(cast.county_officer, place_id=at(COMMUNITY).pk, name="丽景新社区", valid_from=FROM)
    actions.renumber_place(cast.county_officer, place_id=at(COMMUNITY).pk, code=NEW, valid_from=AFTER)

    place = at(COMMUNITY)
    assert place.name == "丽景新社区"
    assert list(place.codes.order_by("valid_from").values_list("code", "name", "valid_until")) == [
        (COMMUNITY, "丽景街社区", FROM),
        (COMMUNITY, "丽景新社区", AFTER),
        (NEW, "丽景新社区", None),
    ]
    assert (found(COMMUNITY, BEFORE), found(NEW, BEFORE)) == (COMMUNITY, "")
    assert (found(COMMUNITY, AFTER), found(NEW, AFTER)) == ("", COMMUNITY)


def test_phones_go_on_where_their_division_went_over(cast: Cast) -> None:
    long_ago = clock.now() - timedelta(days=4000)
    used, over, revoked = (phone_of(cast.director.person_id, COMMUNITY).device_id for _phone in range(3))
    DeviceGrant.objects.filter(device=over).update(valid_from=long_ago, valid_until=long_ago + timedelta(days=1))
    revoke_device(cast.director, device_id=revoked)
    merged(cast)

    def given(device_id: uuid.UUID | None) -> list[str]:
        return sorted(DeviceGrant.objects.filter(device=device_id, valid_until=None).values_list("path", flat=True))

    assert given(used) == sorted([COMMUNITY, NEW])
    assert given(over) == given(revoked) == []
    assert not DeviceGrant.objects.filter(device__in=[over, revoked], path=NEW).exists()


def test_days_that_cannot_be_are_refused(cast: Cast) -> None:
    officer, place_id = cast.county_officer, at(COMMUNITY).pk
    tomorrow = clock.now().date() + timedelta(days=2)
    with pytest.raises(CodeTooEarly):
        actions.rename_place(officer, place_id=place_id, name="新", valid_from=SINCE)
    with pytest.raises(DateAhead):
        actions.rename_place(officer, place_id=place_id, name="新", valid_from=tomorrow)


def test_only_whose_county_it_is(cast: Cast) -> None:
    with pytest.raises(NotFound):
        actions.rename_place(cast.other_county_officer, place_id=at(COMMUNITY).pk, name="新", valid_from=FROM)
    with pytest.raises(Forbidden):
        actions.rename_place(cast.director, place_id=at(COMMUNITY).pk, name="新", valid_from=FROM)
    with pytest.raises(NotFound):
        actions.merge_places(
            cast.other_county_officer,
            place_ids=[at(COMMUNITY).pk, at(COMMUNITY_ELSEWHERE).pk],
            code=NEW,
            name="新",
            valid_from=FROM,
        )
    assert at(COMMUNITY).closed_on is None


def test_merged_communities_are_found_by_their_codes_of_then(cast: Cast) -> None:
    successor = merged(cast)

    assert successor.path == NEW
    assert successors_at(COMMUNITY) == successors_at(COMMUNITY_ELSEWHERE) == [NEW]
    assert (found(COMMUNITY, BEFORE), found(COMMUNITY, AFTER), found(NEW, AFTER)) == (COMMUNITY, "", NEW)
    assert filed_elsewhere(successor) == [COMMUNITY_ELSEWHERE, COMMUNITY]
    with scope.enter(cast.county_officer):
        assert LedgerEntry.objects.filter(action="places.merge").count() == 2


def test_a_successor_that_keeps_an_old_code_has_a_path_of_its_own(cast: Cast) -> None:
    successor = merged(cast, code=COMMUNITY)

    assert successor.path == f"{TOWNSHIP}V01"
    assert (found(COMMUNITY, BEFORE), found(COMMUNITY, AFTER)) == (COMMUNITY, successor.path)


def test_a_closed_division_takes_nothing_new(cast: Cast) -> None:
    merged(cast)
    with pytest.raises(PlaceClosed):
        actions.create_compound(cast.director, community_path=COMMUNITY, name="新小区")
    with pytest.raises(PlaceClosed):
        actions.rename_place(cast.county_officer, place_id=at(COMMUNITY).pk, name="新", valid_from=AFTER)
    made = actions.create_compound(actor_of_person(cast.director.person_id), community_path=NEW, name="新小区")
    assert made.place.path == f"{NEW}/0001"
    assert [place.path for place in communities_for(console(), needs="places.create_compound")].count(COMMUNITY) == 0


def test_a_split_puts_each_compound_under_its_part_and_leaves_its_path(cast: Cast) -> None:
    first, second = split(cast)

    cast.compound.place.refresh_from_db()
    assert (cast.compound.place.parent_id, cast.compound.place.path[:12]) == (first.pk, COMMUNITY)
    assert filed_elsewhere(first) == [cast.compound.place.path]
    assert filed_elsewhere(second) == [cast.compound_next.place.path]


def test_a_split_that_forgets_a_compound_is_refused(cast: Cast) -> None:
    with pytest.raises(SplitIncomplete) as refused:
        actions.split_place(
            cast.county_officer,
            place_id=at(COMMUNITY).pk,
            parts=[Part(NEW, "东", [cast.compound.pk]), Part(OTHER, "西")],
            valid_from=FROM,
        )
    assert "邮电局家属院" in str(refused.value)


def test_roles_end_at_the_old_place_and_go_on_at_the_new_one(cast: Cast) -> None:
    merged(cast)

    grants = RoleGrant.objects.filter(person_id=cast.director.person_id).order_by("path", "id")
    assert [(grant.path, grant.valid_until is None) for grant in grants] == [
        (COMMUNITY, False),
        (COMMUNITY, True),
        (NEW, True),
    ]
    assert sees(cast.director.person_id, cast.door.path)
    assert sees(cast.director.person_id, f"{NEW}/0001")
    assert not sees(cast.director.person_id, cast.door_elsewhere.path), "what the other director sees stays theirs"
    assert sees(cast.worker.person_id, cast.door.path)
    assert not sees(cast.worker.person_id, f"{NEW}/0001")


def test_whoever_is_given_the_successor_answers_for_all_of_it(cast: Cast) -> None:
    merged(cast)
    clerk = cast.clerk.person_id

    given = grant_role(cast.county_officer, person_id=clerk, role=Role.COMMUNITY_DIRECTOR, path=NEW)
    assert all(sees(clerk, path) for path in (cast.door.path, cast.door_elsewhere.path, f"{NEW}/0001"))

    end_grant(cast.county_officer, grant_id=given.pk)
    left = actor_of_person(clerk)
    assert not any(cast.door.path in one for one in left.ranges("census.record_attempt"))


def test_ending_the_role_at_the_successor_ends_it_at_the_old_path_too(cast: Cast) -> None:
    merged(cast)
    grant = RoleGrant.objects.get(person_id=cast.director.person_id, path=NEW)

    end_grant(cast.county_officer, grant_id=grant.pk)
    assert not sees(cast.director.person_id, cast.door.path)


def test_of_two_parts_one_role_may_end(cast: Cast) -> None:
    first, second = split(cast)
    grant = RoleGrant.objects.get(person_id=cast.director.person_id, path=first.path)

    end_grant(cast.county_officer, grant_id=grant.pk)
    assert sees(cast.director.person_id, second.path)
    assert sees(cast.director.person_id, cast.door.path)


def test_who_leaves_after_a_merger_leaves_everything(cast: Cast) -> None:
    merged(cast)
    call_command("dismiss", login="director", stdout=StringIO())
    assert actor_of_person(cast.director.person_id).ranges("places.read") == []


def change(*arguments: str) -> str:
    said = StringIO()
    call_command("change_division", *arguments, "--since", FROM.isoformat(), stdout=said)
    return said.getvalue()


def test_the_console_changes_divisions_too(cast: Cast) -> None:
    change("rename", COMMUNITY, "丽景新社区")
    assert at(COMMUNITY).name == "丽景新社区"


def test_the_console_splits_and_merges(cast: Cast) -> None:
    first, second = cast.compound.place.path, cast.compound_next.place.path
    parts = ["--part", f"{NEW}=丽景东社区:{first}", "--part", f"{OTHER}=丽景西社区:{second}"]
    assert change("split", COMMUNITY, *parts).split() == [NEW, "丽景东社区", OTHER, "丽景西社区"]
    with pytest.raises(CommandError):
        change("merge", COMMUNITY, COMMUNITY_ELSEWHERE, "--into", "141102003031=龙凤社区")
    for wrong in (["rename", "99", "新"], ["merge", NEW, OTHER, "--into", "龙凤社区"]):
        with pytest.raises(CommandError) as refused:
            change(*wrong)
        assert refused.value.returncode == 2


PEOPLE = ("director", "worker", "worker_next", "worker_elsewhere", "typist", "clerk", "county_officer", "lapsed")
GIVEN = st.tuples(
    st.sampled_from(PEOPLE),
    st.sampled_from([Role.COMMUNITY_DIRECTOR, Role.INFORMATION_CLERK, Role.GRID_WORKER]),
    st.integers(0, 9),
)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(given_first=st.lists(GIVEN, max_size=4), steps=st.lists(st.tuples(st.booleans(), st.integers(0, 9)), max_size=4))
def test_who_saw_before_sees_after_and_nobody_else_does(
    cast: Cast, given_first: list[tuple[str, Role, int]], steps: list[tuple[bool, int]]
) -> None:
    with transaction.atomic():
        operator = console()
        for name, role, number in given_first:
            open_ones = _communities()
            person_id = getattr(cast, name).person_id
            if not RoleGrant.objects.filter(person_id=person_id, role=role, path=open_ones[number % 2].path).exists():
                grant_role(operator, person_id=person_id, role=role, path=open_ones[number % 2].path)
        paths = [cast.door.path, cast.door_next.path, cast.door_elsewhere.path, COMMUNITY, COMMUNITY_ELSEWHERE]
        before = _seen(cast, paths)
        for step, (merging, number) in enumerate(steps):
            day = FROM + timedelta(days=step)
            _step(operator, day, merging=merging, number=number, code=141102003030 + 2 * step)
        assert _seen(cast, paths) == before
        with scope.enter(operator):
            ended = RoleGrant.objects.filter(path__in=Place.objects.exclude(closed_on=None).values("path"))
            assert all(grant.continued_by.exists() or grant.continues_id for grant in ended)
        transaction.set_rollback(True)


def _communities() -> list[Place]:
    found = Place.objects.filter(kind="community", closed_on=None, path__startswith=TOWNSHIP)
    return list(found.order_by("path"))


def _seen(cast: Cast, paths: list[str]) -> dict[str, list[tuple[bool, bool]]]:
    """Of each person and path: may it be read, may an attempt be recorded there."""
    now = {}
    for name in PEOPLE:
        actor: Actor = actor_of_person(getattr(cast, name).person_id)
        reads, records = actor.ranges("places.read"), actor.ranges("census.record_attempt")
        now[name] = [(any(path in r for r in reads), any(path in r for r in records)) for path in paths]
    return now


def _step(operator: Actor, day: date, *, merging: bool, number: int, code: int) -> None:
    standing = _communities()
    chosen = standing[number % len(standing)]
    if merging and len(standing) > 1:
        other = standing[(number + 1) % len(standing)]
        ids = [chosen.pk, other.pk]
        actions.merge_places(operator, place_ids=ids, code=str(code), name=f"新{code}", valid_from=day)
        return
    below = list(Place.objects.filter(parent=chosen).values_list("pk", flat=True))
    parts = [Part(str(code), f"东{code}", below[::2]), Part(str(code + 1), f"西{code}", below[1::2])]
    actions.split_place(operator, place_id=chosen.pk, parts=parts, valid_from=day)
