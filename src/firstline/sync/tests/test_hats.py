"""Nothing that is not listed is allowed: every route of devices stands in exactly one list of routes."""

from firstline.accounts.devices.hats import PERMISSIONS, Hat
from firstline.accounts.roles import PERMISSIONS as ROLES
from firstline.sync import hats, urls


def test_every_route_stands_in_a_list() -> None:
    routes = {f"{urls.app_name}:{one.name}" for one in urls.urlpatterns if str(one.pattern).startswith("sync/")}
    read = frozenset().union(*hats.READ.values())
    assert routes <= hats.OPEN | hats.HANDED_IN | read
    assert not hats.OPEN & hats.HANDED_IN
    assert not read & (hats.OPEN | hats.HANDED_IN)


def test_every_hat_has_its_lists() -> None:
    assert set(hats.COMMANDS) == set(hats.READ) == set(PERMISSIONS) == set(Hat)


def test_a_hat_leaves_nothing_that_no_role_has() -> None:
    known = frozenset().union(*ROLES.values())
    assert PERMISSIONS[Hat.DOORS] <= known
