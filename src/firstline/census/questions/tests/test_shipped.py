"""The sets that come along are sets like any other, and their workbooks say the same."""

import pytest

from firstline.census.questions import shipped, validation
from firstline.census.questions.definition import Kind
from firstline.census.questions.sets import read_set
from firstline.tables.apart import read_apart


@pytest.mark.parametrize("name", shipped.NAMES)
def test_the_workbook_of_a_shipped_set_is_the_set(name: str) -> None:
    said = shipped.read(name)

    assert read_set(read_apart(shipped.workbook(name))) == said
    assert said.name == name and said.version and said.languages == ["zh", "en"]


@pytest.mark.parametrize("name", shipped.NAMES)
def test_every_text_of_a_shipped_set_stands_in_both_languages(name: str) -> None:
    said = shipped.read(name)
    texts = [one.label for one in said.questions] + [one.hint for one in said.questions if one.hint]
    texts += [one.message for one in said.questions if one.constraint] + [one.label for one in said.groups]
    texts += [choice.label for choices in said.choices.values() for choice in choices]

    assert [one for one in texts if not (one.get("zh") and one.get("en"))] == []


def test_no_shipped_set_asks_for_names_or_numbers_that_the_register_keeps() -> None:
    asked = [one.label["zh"] for name in shipped.NAMES for one in shipped.read(name).questions]

    assert [label for label in asked if any(word in label for word in ("姓名", "身份证", "手机", "电话"))] == []


def test_a_returnee_is_asked_what_a_stay_at_home_is_not() -> None:
    said = shipped.read("epidemic-2020")
    home = {"people": "3", "back": "no", "signs": ["none"]}

    assert validation.problems(said, home) == []
    assert "arrived" not in validation.relevant(said, home)
    missing = {one.name for one in validation.problems(said, {**home, "back": "yes"})}
    assert missing == {"origin", "arrived", "contact"}


def test_a_household_counted_elsewhere_is_asked_nothing_that_could_count_it_twice() -> None:
    said = shipped.read("flood-evacuation")
    counted = validation.relevant(said, {"counted": "yes", "people": "4", "hazards": ["house", "river"]})

    assert counted == ["counted", "counted_where"]
    assert said.question("hazards") is not None and said.question("hazards").kind is Kind.SELECT_MULTIPLE  # type: ignore[union-attr]


def test_more_cannot_need_help_than_are_there() -> None:
    said = shipped.read("flood-evacuation")
    answers = {"counted": "no", "hazards": ["low"], "people": "2", "helped": "3", "why": ["old"]}

    assert ("helped", "constraint") in [(one.name, one.code) for one in validation.problems(said, answers)]
