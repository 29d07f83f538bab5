"""Every result through every channel has its AAPOR disposition, and it agrees with the outcome of the door."""

from itertools import product

import pytest

from firstline.census.dispositions import NOT_ATTEMPTED, Category, codes_of, disposition
from firstline.census.results import Channel, Outcome, Result, outcome_by

EVERY = list(product(Channel, Result))
# What the first two figures of a code say in all tables of the standard.
CATEGORY_OF = {
    "1.1": {"i"},
    "1.2": {"p"},
    "2.1": {"r"},
    "2.2": {"nc"},
    "3.1": {"uh"},
    "3.2": {"uo"},
    "4.5": {"ne"},
    "4.6": {"ne"},
}
# What a door that stands at an outcome may count as.
COUNTED_AS = {
    Outcome.REGISTERED: {"i"},
    Outcome.PARTIAL: {"p"},
    Outcome.VACANT: {"ne"},
    Outcome.NOT_A_HOME: {"ne"},
    Outcome.REFUSED: {"r"},
    Outcome.NOTICE: {"nc"},
    Outcome.FORM: {"nc"},
    Outcome.TONIGHT: {"nc"},
    Outcome.KNOCKED_ONCE: {"nc"},
    Outcome.UNKNOWN: {"uh", "uo"},
}


@pytest.mark.parametrize(("channel", "result"), EVERY)
def test_a_code_says_its_category(channel: str, result: str) -> None:
    found = disposition(channel, result)
    assert {found.category.value} == CATEGORY_OF[found.code[:3]]


@pytest.mark.parametrize(("channel", "result"), EVERY)
def test_the_rates_count_a_door_as_what_it_stands_at(channel: str, result: str) -> None:
    outcome = outcome_by(channel, result)
    if outcome is not None:
        assert disposition(channel, result).category.value in COUNTED_AS[outcome]


@pytest.mark.parametrize(
    ("channel", "result", "code"),
    [
        ("door", "registered", "1.1"),
        ("paper", "form_returned", "1.1"),
        ("online", "registered", "1.1"),
        ("intercom", "partial", "1.2"),
        ("door", "refused", "2.11"),
        ("phone", "refused", "2.112"),
        ("door", "no_answer", "2.24"),
        ("phone", "no_answer", "3.13"),
        ("online", "no_answer", "3.19"),
        ("door", "come_back", "2.25"),
        ("phone", "call_later", "2.21"),
        ("door", "form_slipped", "2.24"),
        ("door", "vacant", "4.6"),
        ("door", "seal_intact", "4.6"),
        ("phone", "vacant", "3.21"),
        ("list", "vacant", "3.21"),
        ("door", "said_vacant", "3.21"),
        ("door", "seal_broken", "3.21"),
        ("door", "window_lit", "3.21"),
        ("door", "not_a_home", "4.5"),
        ("door", "not_found", "3.18"),
        ("phone", "number_dead", "3.1"),
        ("phone", "wrong_number", "3.1"),
        ("phone", "hung_up", "3.1"),
        ("phone", "busy", "3.12"),
        ("phone", "switched_off", "3.16"),
        ("list", "listed", "3.21"),
    ],
)
def test_codes(channel: str, result: str, code: str) -> None:
    assert disposition(channel, result).code == code


def test_a_number_never_makes_a_door_not_eligible() -> None:
    numbers = {"number_dead", "wrong_number", "switched_off", "suspended", "busy", "hung_up", "no_answer"}
    assert {disposition("phone", result).category for result in numbers} == {Category.UNKNOWN_HOUSEHOLD}


def test_a_form_nobody_took_is_no_contact() -> None:
    """REF and CON would otherwise get better by paper alone."""
    assert {disposition(channel, "form_slipped").category for channel in Channel} == {Category.NON_CONTACT}


def test_a_list_settles_doors_only_where_the_campaign_says_so() -> None:
    assert disposition("list", "listed").category == Category.UNKNOWN_OTHER
    assert disposition("list", "listed", lists_complete=True).category == Category.COMPLETE


def test_codes_of_categories_are_disjoint_and_hold_every_code() -> None:
    codes = [code for category in Category for code in codes_of(category)]
    assert len(codes) == len(set(codes))
    assert set(codes) == {disposition(channel, result).code for channel, result in EVERY}
    assert NOT_ATTEMPTED.code not in codes


@pytest.mark.parametrize(("channel", "result"), [("door", "nonsense"), ("pigeon", "registered")])
def test_words_that_are_none(channel: str, result: str) -> None:
    with pytest.raises(ValueError, match=r"nonsense|pigeon"):
        disposition(channel, result)
