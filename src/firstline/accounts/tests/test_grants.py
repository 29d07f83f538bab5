"""Roles: who may give which where, that an end takes effect at the next request, and that the past can be judged."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from firstline.accounts import actions, selectors
from firstline.accounts.errors import (
    GrantDatesWrong,
    GrantEndsSooner,
    GrantExists,
    PlaceUnfit,
    RoleEnded,
    RoleNotYours,
)
from firstline.accounts.models import Login, RoleGrant
from firstline.accounts.roles import PERMISSIONS, Role
from firstline.audit.models import LedgerEntry
from firstline.kernel import clock, scope
from firstline.kernel.actions import NAMES
from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, COUNTY, OTHER_COUNTY, Cast, Member


def grant_of(member: Member) -> RoleGrant:
    return RoleGrant.objects.get(person_id=member.person_id)


def newcomer(cast: Cast) -> Member:
    person = actions.enrol_person(cast.director, name="新来的人", home_path=COMMUNITY)
    return Member(person.pk, "", ())


def test_director_gives_a_grid_and_it_is_on_record(cast: Cast) -> None:
    person = newcomer(cast)
    path = cast.compound_next.place.path
    grant = actions.grant_role(cast.director, person_id=person.person_id, role=Role.GRID_WORKER, path=path)
    assert selectors.actor_of_person(person.person_id).may("census.record_attempt", cast.door_next.path)
    with scope.enter(console()):
        entry = LedgerEntry.objects.get(action="accounts.grant_role")
    assert (entry.path, entry.subject_id) == (path, grant.pk)
    assert entry.open().after["person"] == "新来的人"


@pytest.mark.parametrize(
    ("giver", "role", "path", "error"),
    [
        ("director", Role.COMMUNITY_DIRECTOR, COMMUNITY, RoleNotYours),
        ("director", Role.COUNTY_OFFICER, COUNTY, RoleNotYours),
        ("director", Role.GRID_WORKER, COMMUNITY_ELSEWHERE, NotFound),
        ("other_county_officer", Role.COMMUNITY_DIRECTOR, COMMUNITY, NotFound),
        ("worker", Role.GRID_WORKER, COMMUNITY, Forbidden),
        ("lapsed", Role.GRID_WORKER, COMMUNITY, Forbidden),
        ("county_officer", Role.COMMUNITY_DIRECTOR, COUNTY, PlaceUnfit),
        ("county_officer", Role.COUNTY_OFFICER, OTHER_COUNTY, NotFound),
        ("county_officer", Role.GRID_WORKER, "999999999999", PlaceUnfit),
    ],
)
def test_roles_are_given_down_and_at_home_only(
    cast: Cast, giver: str, role: Role, path: str, error: type[Exception]
) -> None:
    person = newcomer(cast)
    with pytest.raises(error):
        actions.grant_role(getattr(cast, giver), person_id=person.person_id, role=role, path=path)
    assert not RoleGrant.objects.filter(person_id=person.person_id).exists()


def test_nobody_gives_a_role_to_themselves(cast: Cast) -> None:
    with pytest.raises(RoleNotYours):
        actions.grant_role(
            cast.county_officer, person_id=cast.county_officer.person_id, role=Role.COMMUNITY_DIRECTOR, path=COMMUNITY
        )


def test_a_hat_worn_elsewhere_gives_nothing_here(cast: Cast) -> None:
    """A director here who is county officer of the other county as well."""
    actions.grant_role(console(), person_id=cast.director.person_id, role=Role.COUNTY_OFFICER, path=OTHER_COUNTY)
    both, person = selectors.actor_of_person(cast.director.person_id), newcomer(cast)
    with pytest.raises(RoleNotYours):
        actions.grant_role(both, person_id=person.person_id, role=Role.COMMUNITY_DIRECTOR, path=COMMUNITY)
    assert not RoleGrant.objects.filter(person_id=person.person_id).exists()
    other = actions.enrol_person(cast.county_officer, name="另一位主任", home_path=COMMUNITY)
    grant = actions.grant_role(cast.county_officer, person_id=other.pk, role=Role.COMMUNITY_DIRECTOR, path=COMMUNITY)
    with pytest.raises(RoleNotYours):
        actions.end_grant(both, grant_id=grant.pk)


def test_unknown_person_is_not_found(cast: Cast) -> None:
    with pytest.raises(NotFound):
        actions.grant_role(
            cast.director, person_id=cast.emergency.pk, role=Role.GRID_WORKER, path=cast.compound.place.path
        )


def test_same_role_is_not_given_twice(cast: Cast) -> None:
    with pytest.raises(GrantExists):
        actions.grant_role(
            cast.director, person_id=cast.worker.person_id, role=Role.GRID_WORKER, path=cast.compound.place.path
        )


def test_role_that_lapsed_can_be_given_again(cast: Cast) -> None:
    actions.grant_role(
        cast.director, person_id=cast.lapsed.person_id, role=Role.GRID_WORKER, path=cast.compound.place.path
    )
    assert selectors.actor_of_person(cast.lapsed.person_id).may("census.record_attempt", cast.door.path)


def test_end_takes_effect_at_the_next_request(cast: Cast) -> None:
    client = cast.director.client()
    assert client.get("/ledger/").status_code == 200
    actions.end_grant(cast.county_officer, grant_id=grant_of(cast.director).pk)
    assert client.get("/ledger/").status_code == 403


def test_a_request_knows_who_asks_by_one_statement(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    director = Login.objects.get(person_id=cast.director.person_id)
    person = actions.enrol_person(
        cast.director, name="冯玉梅", home_path=COMMUNITY, username="block-3", password="feng-yumei-03"
    )
    without = Login.objects.get(person=person)
    with django_assert_num_queries(2):
        read, empty = selectors.login_with_grants(director.pk), selectors.login_with_grants(without.pk)
    assert read is not None
    assert empty is not None
    assert read.grants == selectors.actor_of_person(director.person_id).grants
    assert empty.grants == ()


def test_ended_grant_still_judges_the_past(cast: Cast) -> None:
    hour_ago = clock.now() - timedelta(hours=1)
    actions.end_grant(cast.director, grant_id=grant_of(cast.worker).pk)
    worker = selectors.actor_of_person(cast.worker.person_id)
    assert not worker.may("census.record_attempt", cast.door.path)
    assert worker.may("census.record_attempt", cast.door.path, at=hour_ago)


def test_ended_grant_stays_ended(cast: Cast) -> None:
    with pytest.raises(RoleEnded):
        actions.end_grant(cast.director, grant_id=grant_of(cast.lapsed).pk)


def test_an_end_is_brought_forward_and_never_put_off(cast: Cast) -> None:
    now = clock.now()
    grant = actions.grant_role(
        cast.director,
        person_id=newcomer(cast).person_id,
        role=Role.GRID_WORKER,
        path=cast.compound.place.path,
        valid_until=now + timedelta(days=3),
    )
    with pytest.raises(GrantEndsSooner):
        actions.end_grant(cast.director, grant_id=grant.pk, at=now + timedelta(days=4))
    actions.end_grant(cast.director, grant_id=grant.pk, at=now + timedelta(days=2))
    grant.refresh_from_db()
    assert grant.valid_until == now + timedelta(days=2)


def test_end_before_the_beginning_is_refused_by_the_database(cast: Cast) -> None:
    long_ago = clock.now() - timedelta(days=365)
    with pytest.raises(GrantDatesWrong):
        actions.end_grant(cast.director, grant_id=grant_of(cast.worker).pk, at=long_ago)


@pytest.mark.parametrize(
    ("ender", "whose", "error"),
    [
        ("director", "worker_elsewhere", NotFound),
        ("other_county_officer", "director", NotFound),
        ("director", "director", RoleNotYours),
        ("worker", "worker", Forbidden),
    ],
)
def test_ends_are_for_those_who_may_give(cast: Cast, ender: str, whose: str, error: type[Exception]) -> None:
    grant = grant_of(getattr(cast, whose))
    with pytest.raises(error):
        actions.end_grant(getattr(cast, ender), grant_id=grant.pk)
    assert grant_of(getattr(cast, whose)).valid_until is None


def test_every_action_is_granted_to_somebody() -> None:
    # Opened by the operator at the console only: an installation is set up once.
    console_only = {"accounts.reset_password", "places.load_divisions", "response.rotate_organisation_key"}
    # What the clock does, for all places at once.
    console_only |= {"gaps.sweep"}
    # What comes in from the public page: nobody who logs in speaks for a household there.
    households = {"census.take_report"}

    # What a phone says of itself: it comes in by its invitation, and may always say that it is wiped.
    phones = {"accounts.enrol_device", "accounts.confirm_wipe", "sync.keep_commands"}
    granted = frozenset().union(*PERMISSIONS.values())
    assert {name for name in NAMES if not name.startswith("tests.")} - granted == console_only | households | phones
