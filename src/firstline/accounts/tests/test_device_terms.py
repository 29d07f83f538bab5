"""Whatever was given to a device and to its person: at no moment may it do more than both allow."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from firstline.accounts.devices.hats import PERMISSIONS as HATS
from firstline.accounts.devices.hats import Hat
from firstline.accounts.devices.terms import Given, Terms, narrower
from firstline.accounts.roles import PERMISSIONS as ROLES
from firstline.accounts.roles import Role
from firstline.kernel.actors import Actor, Grant
from firstline.kernel.ids import uuid7
from firstline.kernel.paths import subtree

START = datetime(2020, 2, 1, tzinfo=UTC)
PLACES = ("141102", "141102003005", "141102003005/0001", "141102003005/0001/002", "141102003005/0002", "141126100001")

hours = st.integers(0, 48).map(lambda n: START + timedelta(hours=n))
places = st.sampled_from(PLACES)
ends = st.one_of(st.none(), hours)
given_to_it = st.builds(Given, places, st.sets(st.sampled_from(Hat), min_size=1).map(tuple), hours, ends)
worn = st.builds(
    lambda role, path, begins, until: Grant(role, path, ROLES[role], begins, until),
    st.sampled_from(Role),
    places,
    hours,
    ends,
)
permissions = st.sampled_from(sorted(frozenset().union(*HATS.values(), {"census.open_campaign", "audit.read_ledger"})))


@given(st.lists(given_to_it, max_size=4), st.lists(worn, max_size=4), hours, permissions, places)
def test_a_device_may_what_both_allow_and_nothing_else(
    its_own: list[Given], roles: list[Grant], at: datetime, permission: str, path: str
) -> None:
    device = Actor(uuid7(), "device", Terms(tuple(its_own), tuple(roles)).grants(at))
    by_device = any(
        one.in_force(at) and path in subtree(one.path) and any(permission in HATS[hat] for hat in one.hats)
        for one in its_own
    )
    by_person = any(role.covers(permission, path, at) for role in roles)
    assert device.may(permission, path) == (by_device and by_person)


@given(places, places)
def test_of_two_places_the_inner_one_counts_or_none(one: str, other: str) -> None:
    inner = narrower(one, other)
    assert inner == narrower(other, one)
    assert (inner is None) == (one not in subtree(other) and other not in subtree(one))
    assert inner is None or (inner in subtree(one) and inner in subtree(other))
