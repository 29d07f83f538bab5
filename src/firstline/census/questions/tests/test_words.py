"""Question sets in words: conditions, lines of a paper form, fields of a page."""

import pytest
from django.http import QueryDict
from django.utils import translation

from firstline.census.questions import fields, posted, shipped, words
from firstline.census.questions.printing import lines
from firstline.census.questions.tests.sheets import a_set


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ("${back} = 'yes'", "“回来”是“是”，才问"),
        ("selected(${signs}, 'no')", "“症状”是“否”，才问"),
        ("3 < ${n}", "“几口”大于3，才问"),
        (
            "${n} >= 3 and (${back} != 'yes' or ${day} < '2020-01-23')",
            "“几口”不小于3，并且(“回来”不是“是”，或者“日子”早于2020-01-23)，才问",
        ),
        ("${n} != ''", "“几口”答了，才问"),
        ("not(${n} = ${m})", "不是（“几口”是“大人”），才问"),
    ],
)
def test_a_condition_is_said_in_words(condition: str, said: str) -> None:
    asked = a_set(
        ("select_one yn", "back", "回来"),
        ("select_multiple yn", "signs", "症状"),
        ("integer", "n", "几口"),
        ("integer", "m", "大人"),
        ("date", "day", "日子"),
        ("text", "last", "末", "", condition),
    )
    last = asked.question("last")
    assert last is not None
    with translation.override("zh-hans"):
        assert words.condition_of(asked, last, "zh") == said


def test_a_paper_form_has_headings_boxes_and_conditions_and_no_pictures() -> None:
    with translation.override("zh-hans"):
        printed = lines(shipped.read("flood-evacuation"))

    assert "photo" not in {line.kind for line in printed}
    assert [line.label for line in printed if line.kind == "group"] == ["这一户", "转移"]
    hazards = next(line for line in printed if line.label == "这里有哪些危险")
    assert hazards.choices[:2] == ["山洪", "滑坡、泥石流"] and hazards.required
    assert hazards.condition == "“这家人已在别处登记转移”是“否”，才问"


def test_a_form_is_read_by_its_fields_and_shown_again_as_typed() -> None:
    asked = shipped.read("epidemic-2020")
    form = QueryDict("q.people=３&q.back=no&q.signs=fever&q.signs=cough&q.origin=wuhan&other=x")
    kept, problems = posted.answers(asked, form)

    assert kept == {"people": "3", "back": "no", "signs": ["fever", "cough"]} and problems == []
    context = fields.questions_for(asked, fields.typed(asked, form), problems)
    shown = {one.name: one for one in context["fields"]}
    assert shown["people"].value == "３" and shown["people"].post_name == "q.people"
    assert [one.name for one in shown["signs"].choices if one.chosen] == ["fever", "cough"]
    assert shown["origin"].heading == "回来的人" or shown["origin"].heading == "Who came back"
