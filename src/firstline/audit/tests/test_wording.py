"""Every act and every look of every app is said in words, in the reader's language."""

import pytest
from django.utils import translation

from firstline.accounts.roles import PERMISSIONS
from firstline.audit.models import Change
from firstline.audit.pages import _changes
from firstline.kernel import wording
from firstline.kernel.actions import NAMES
from firstline.kernel.actors import KNOW_RESIDENTS

EVENTS = {"accounts.log_in", "accounts.fail_to_log_in", "accounts.change_password", "accounts.unlock"}
# Reading that leaves no line of its own: coverage, places, figures and phones are no residents' data.
SILENT = {
    "notify.read_robots",
    "places.read",
    "gaps.read",
    "gaps.read_boards",
    "gaps.read_confirmed",
    "gaps.read_as_city",
    "census.read",
    "census.read_sheets",
    "accounts.read_devices",
    "workforce.read",
    "workforce.read_staff",
    "response.read_answers",
    "response.read_levels",
}
# Whose attempts may be taken back, which rows the database shows; the act or the look itself is another.
WIDENING = {"census.void_others_attempt", "census.manage_campaigns", "census.read_entry_checks", KNOW_RESIDENTS}
# At which of the three levels somebody may name who answers.
WIDENING |= {f"response.name_{level}" for level in ("county", "township", "village", "sent")}


def test_every_act_and_look_is_said() -> None:
    named = EVENTS.union(*PERMISSIONS.values(), (name for name in NAMES if not name.startswith("tests.")))
    assert {name for name in named - SILENT - WIDENING if wording.act(name) == name} == set()


def test_what_was_seen_at_a_door_is_said_in_words() -> None:
    (change,) = _changes(Change(None, {"fields": ["names", "notes"]}))
    assert change.after == "姓名、备注"


def test_codes_are_said_as_their_words() -> None:
    with translation.override("en"):
        (change,) = _changes(Change({"outcome": "untried"}, {"outcome": "knocked1"}))
    assert (change.field, change.before, change.after) == ("Outcome", "Nobody has been there", "Not at home once")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("2020-02-12T10:20:00+00:00", "02/12/2020 6:20 p.m."),
        (True, "yes"),
        (None, ""),
        (["name", "phones"], "name, phones"),
        ({"parked": 3}, "Rows set aside 3"),
        ("2020-02-12 in the evening", "2020-02-12 in the evening"),
    ],
)
def test_values_are_said_for_people(value: object, expected: str) -> None:
    with translation.override("en"):
        (change,) = _changes(Change({"fields": "before"}, {"fields": value}))
    assert change.after == expected


def test_ids_say_nothing_to_a_reader() -> None:
    assert _changes(Change(None, {"declaration": "01927f3e-0000-7000-8000-000000000001"})) == []


def test_from_unknown_to_no_is_a_change_and_from_nothing_to_nothing_is_none() -> None:
    assert _changes(Change({"gatehouse": None}, {"gatehouse": False}))[0].after
    assert _changes(Change({"post": None, "phone": ""}, {"post": "", "phone": ""})) == []


def test_what_stayed_the_same_is_not_shown() -> None:
    assert _changes(Change({"name": "x", "post": "a"}, {"name": "x", "post": "b"}))[0].field == wording.field("post")
