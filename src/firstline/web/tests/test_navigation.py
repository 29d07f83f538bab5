"""The bars show what exists and what this person may open."""

import uuid
from datetime import UTC, datetime
from unittest.mock import Mock

import pytest
from django.http import HttpRequest

from firstline.kernel import navigation as registered
from firstline.kernel.actors import Actor, Grant
from firstline.kernel.navigation import NavItem
from firstline.web.context_processors import navigation

ITEMS = [
    NavItem("Today", "gaps:home", 10, "gaps.read"),
    NavItem("Ledger", "audit:ledger", 40, "audit.read_ledger", phone=False),
    NavItem("Lists", "registry:import_list", 30, "gaps.read"),
]


@pytest.fixture(autouse=True)
def three_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registered, "_items", list(ITEMS))
    monkeypatch.setattr("firstline.web.context_processors.reverse", lambda name: f"/{name.replace(':', '/')}/")


def asked(permissions: set[str], view_name: str = "gaps:home") -> HttpRequest:
    request = HttpRequest()
    grant = Grant("clerk", "141102", frozenset(permissions), datetime(2020, 1, 1, tzinfo=UTC), None)
    request.actor = Actor(uuid.uuid4(), "zhao", (grant,))  # type: ignore[attr-defined]  # set by kernel.pages
    request.resolver_match = Mock(view_name=view_name, namespace=view_name.partition(":")[0])
    return request


def test_entries_stand_in_order_and_only_where_a_grant_opens_them() -> None:
    names = [entry.name for entry in navigation(asked({"gaps.read"}))["nav"]]

    assert names == ["gaps:home", "registry:import_list"]


def test_the_page_of_the_same_app_lights_its_entry() -> None:
    nav = navigation(asked({"gaps.read"}, "registry:import_review"))["nav"]

    assert [entry.name for entry in nav if entry.active] == ["registry:import_list"]


def test_what_is_not_for_the_phones_bar_stands_behind_the_last_tab() -> None:
    context = navigation(asked({"gaps.read", "audit.read_ledger"}))

    assert [entry.name for entry in context["tabs"]] == ["gaps:home", "registry:import_list"]
    assert [entry.name for entry in context["tabs_rest"]] == ["audit:ledger"]


def test_a_bar_that_would_wrap_folds_its_last_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    def divided(labels: list[str]) -> tuple[int, int]:
        listed = [NavItem(label, f"gaps:{number}", number, "gaps.read") for number, label in enumerate(labels)]
        monkeypatch.setattr(registered, "_items", listed)
        context = navigation(asked({"gaps.read"}))
        assert context["bar"] + context["bar_rest"] == context["nav"]
        return len(context["bar"]), len(context["bar_rest"])

    assert divided(["今天"] * 10) == (10, 0)
    assert divided(["今天"] * 11) == (11, 0), "a fold takes as much room as a single entry"
    assert divided(["今天"] * 13) == (10, 3)
    assert divided(["Walking list"] * 13) == (4, 9), "longer words, fewer of them"


def test_search_is_offered_to_those_who_may_search() -> None:
    assert navigation(asked({"gaps.read", "registry.search"}))["search_url"] == "/registry/search/"
    assert navigation(asked({"gaps.read"}))["search_url"] == ""


def test_without_a_login_there_is_no_navigation() -> None:
    nothing: dict[str, object] = {
        "nav": [],
        "bar": [],
        "bar_rest": [],
        "tabs": [],
        "tabs_rest": [],
        "actor": None,
        "search_url": "",
        "lock_minutes": 0,
    }
    assert navigation(HttpRequest()) == nothing
