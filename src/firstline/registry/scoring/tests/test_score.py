"""Each measure counts what it says, hit and miss; joined by the contract alone."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from firstline.registry.scoring import Goal, NoTruth, Score, expectations, score
from firstline.registry.scoring.tests.worlds import Row, link, world

FAMILY = [
    link(2, 1, "door"),
    link(2, 2, "owner", person="P1"),
    link(2, 3, "member", person="P2", part="1"),
    link(2, 4, "phone", person="P1"),
]


def told(row: int, label: str = "", *people: Any, kind: str = "record", **more: Any) -> dict[str, Any]:
    return {"row": row, "kind": kind, "reason": "", "door_label": label, "people": list(people), **more}


def person(name: str, *phones: str) -> dict[str, Any]:
    return {"name": name, "phones": list(phones)}


def scored(path: Path, links: Sequence[Row], rows: Sequence[Any], questions: int = 0) -> Score:
    answer = {
        "files": [{"file": "a.csv", "sheet": "", "rows": [told(1, kind="no_data"), *rows]}],
        "questions": [{"file": "a.csv"}] * questions,
    }
    return score(answer, expectations(world(path, links)))["a.csv"]


def counts(found: Score, goal: Goal) -> tuple[int, int]:
    return found.measures[goal].right, found.measures[goal].of


def test_a_row_read_rightly_hits_every_goal(tmp_path: Path) -> None:
    row = told(2, "1-1-101", person("王建国", "13912345678", "13700000000"), person("李秀英"))
    found = scored(tmp_path, FAMILY, [row])
    assert {goal: counts(found, goal) for goal in Goal} == dict.fromkeys(Goal, (1, 1)) | {Goal.UNASKED: (2, 2)}
    assert found.short_of == () and found.misses == []


@pytest.mark.parametrize(
    ("row", "missed"),
    [
        (told(2, "1-1-102", person("王建国", "13912345678"), person("李秀英")), {Goal.PRECISION, Goal.RECALL}),
        (told(2, "1-1-101", person("李秀英", "13912345678")), {Goal.HEADS}),
        (told(2, "1-1-101", person("王建国", "13700000000", "13912345678"), person("李秀英")), {Goal.PHONES}),
        (told(2, "1-1-101", person("王建国", "13912345678")), {Goal.OTHERS}),
        (told(2, "", person("王建国", "13912345678"), person("李秀英"), kind="parked"), {Goal.RECALL}),
        (told(2, kind="no_data"), set(Goal) - {Goal.PRECISION, Goal.CLOSED, Goal.UNASKED}),
        (told(3, "1-1-101"), set(Goal) - {Goal.UNASKED}),
    ],
)
def test_what_is_read_wrong_misses_its_goal(tmp_path: Path, row: Any, missed: set[Goal]) -> None:
    assert {miss.goal for miss in scored(tmp_path, FAMILY, [row]).misses} == missed


def test_a_file_that_was_not_read_has_lost_its_rows(tmp_path: Path) -> None:
    found = score({"files": [], "questions": []}, expectations(world(tmp_path, FAMILY)))["a.csv"]
    assert Goal.KEPT in found.short_of and counts(found, Goal.RECALL) == (0, 1)


def test_furniture_taken_for_a_door_costs_precision(tmp_path: Path) -> None:
    found = scored(tmp_path, FAMILY, [told(2, "1-1-101"), told(3, "1-1-103"), told(4, kind="parked")])
    assert counts(found, Goal.PRECISION) == (1, 2)


def test_what_the_list_has_wrong_is_left_out(tmp_path: Path) -> None:
    wrong = [
        link(2, 1, "door", wrong="door_wrong"),
        link(2, 2, "person", person="P1", wrong="name_homophone"),
        link(2, 4, "phone", person="P1", wrong="phone_missing"),
        link(3, 2, "person", person="P2"),  # leans on the wrong door above
    ]
    found = scored(tmp_path, wrong, [told(2, "9-9-999"), told(3, "9-9-999", person("李秀英"))])
    assert [counts(found, goal) for goal in (Goal.PRECISION, Goal.RECALL, Goal.PHONES)] == [(0, 0)] * 3
    assert counts(found, Goal.HEADS) == (1, 1) and counts(found, Goal.KEPT) == (2, 2)


def test_several_doors_in_a_row_are_told_apart_by_column(tmp_path: Path) -> None:
    links = [
        link(2, 2, "door"),
        link(2, 3, "owner", person="P1"),
        link(2, 7, "door", "D2"),
        link(2, 8, "owner", "D2", person="P2"),
    ]
    rows = [told(2, "1-1-101", person("王建国"), column=1), told(2, "1-1-102", person("李秀英"), column=6)]
    found = scored(tmp_path, links, rows)
    assert found.misses == [] and counts(found, Goal.RECALL) == (2, 2)


def test_a_door_that_became_a_date_may_be_asked_about(tmp_path: Path) -> None:
    links = [link(2, 1, "door_building_unit", form="door_became_date"), link(2, 2, "door")]
    assert counts(scored(tmp_path, links, [told(2, kind="parked")]), Goal.RECALL) == (1, 1)


def test_a_landline_counts_with_and_without_its_area_code(tmp_path: Path) -> None:
    links = [link(2, 1, "door"), link(2, 2, "phone", person="P3", form="phone_landline")]
    assert counts(scored(tmp_path, links, [told(2, "1-1-101", person("", "8222333"))]), Goal.PHONES) == (1, 1)


def test_a_row_told_twice_or_not_at_all_breaks_the_account(tmp_path: Path) -> None:
    found = scored(tmp_path, FAMILY, [told(2, "1-1-101"), told(2, "1-1-101"), told(4, kind="no_data")])
    assert counts(found, Goal.CLOSED) == (0, 1)


def test_questions_are_counted_against_rows(tmp_path: Path) -> None:
    found = scored(tmp_path, FAMILY, [told(2, kind="parked")], questions=1)
    assert found.measures[Goal.UNASKED].share == 0.5 and Goal.UNASKED in found.short_of


def test_a_directory_without_truth_is_named(tmp_path: Path) -> None:
    with pytest.raises(NoTruth, match=r"doors\.csv"):
        expectations(tmp_path)
