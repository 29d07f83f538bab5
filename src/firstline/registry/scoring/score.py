"""The measures, each a share with the goal it is held to.

Joined by file, sheet and row, and where one row holds several doors by column: a record whose `column` is the nearest
at or left of the door's own cell is about that door.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from .truth import Expected

Json = Mapping[str, Any]
_LOCAL_DIGITS = 7  # a landline without its area code


class Goal(StrEnum):
    """What is measured; the share each must reach stands in `LEAST`."""

    PRECISION = "doors_precision"
    RECALL = "doors_recall"
    PHONES = "first_phones"
    HEADS = "names_of_heads"
    KEPT = "rows_kept"
    CLOSED = "accounts_closed"
    UNASKED = "rows_without_question"
    OTHERS = "further_names"


# None: told, but no goal is set for it.
LEAST: dict[Goal, float | None] = {
    Goal.PRECISION: 0.995,
    Goal.RECALL: 0.995,
    Goal.PHONES: 0.99,
    Goal.HEADS: 0.995,
    Goal.KEPT: 1.0,
    Goal.CLOSED: 1.0,
    Goal.UNASKED: 0.97,
    Goal.OTHERS: None,
}


@dataclass(slots=True)
class Measure:
    """`right` of `of`. Nothing to measure is a goal that is met."""

    right: int = 0
    of: int = 0

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 1.0

    def add(self, right: int, of: int = 1) -> None:
        self.right += right
        self.of += of


@dataclass(frozen=True, slots=True)
class Miss:
    """One thing that was told wrong, and what is so; empty where nothing was told, or nothing is."""

    goal: Goal
    file: str
    sheet: str
    row: int
    expected: str
    told: str


@dataclass(slots=True)
class Score:
    """`rows` is how many the answer accounts for, `parked` how many of them wait for a person."""

    measures: dict[Goal, Measure] = field(default_factory=lambda: {goal: Measure() for goal in Goal})
    misses: list[Miss] = field(default_factory=list)
    rows: int = 0
    parked: int = 0
    questions: int = 0

    @property
    def short_of(self) -> tuple[Goal, ...]:
        """The goals that are not met."""
        return tuple(goal for goal, least in LEAST.items() if least is not None and self.measures[goal].share < least)

    def include(self, other: Score) -> None:
        for goal, measure in other.measures.items():
            self.measures[goal].add(measure.right, measure.of)
        self.misses += other.misses
        self.rows += other.rows
        self.parked += other.parked
        self.questions += other.questions


def score(answer: Json, expected: Iterable[Expected]) -> dict[str, Score]:
    """By name of the file: those truth knows and those the answer knows. A file without answer has lost its rows."""
    wanted: dict[str, list[Expected]] = defaultdict(list)
    for one in expected:
        wanted[one.file].append(one)
    parts: dict[str, list[Json]] = defaultdict(list)
    for part in answer["files"]:
        parts[part["file"]].append(part)
    questions: dict[str, int] = defaultdict(int)
    for question in answer["questions"]:
        questions[question["file"]] += 1
    return {name: _file(parts[name], wanted[name], questions[name]) for name in [*wanted, *(parts.keys() - wanted)]}


class _Told:
    """The rows of an answer about one file."""

    def __init__(self, parts: Sequence[Json]) -> None:
        self.rows: list[Json] = []
        self._at: dict[tuple[str, int], list[Json]] = defaultdict(list)
        self.broken: list[tuple[str, str]] = []
        for part in parts:
            self.rows += part["rows"]
            for row in part["rows"]:
                self._at[part["sheet"], row["row"]].append(row)
            if problem := _unclosed(part["rows"]):
                self.broken.append((part["sheet"], problem))
        self.sheets = len(parts)

    def about(self, one: Expected) -> Json | None:
        here = self._at.get((one.sheet, one.row), [])
        if not one.several and len(here) == 1:
            return here[0]
        left = [row for row in here if row.get("column", 0) <= one.column]
        return max(left, key=lambda row: row.get("column", 0), default=None)


def _unclosed(rows: Sequence[Json]) -> str:
    """Every row from 1 to the last is told, each door in it once; empty when so."""
    places = [(row["row"], row.get("column", 0)) for row in rows]
    if len(set(places)) != len(places):
        return "a row is told twice"
    numbers = {row for row, _ in places}
    if numbers != set(range(1, len(numbers) + 1)):
        return "a row is not told"
    if any(row["kind"] not in ("record", "parked", "no_data") for row in rows):
        return "a row is neither record nor parked nor no data"
    return ""


def _file(parts: Sequence[Json], expected: Sequence[Expected], questions: int) -> Score:
    told = _Told(parts)
    found = Score(rows=len(told.rows), parked=sum(row["kind"] == "parked" for row in told.rows), questions=questions)
    found.measures[Goal.CLOSED].add(told.sheets - len(told.broken), told.sheets)
    found.misses += [Miss(Goal.CLOSED, _name(expected), sheet, 0, "", problem) for sheet, problem in told.broken]
    found.measures[Goal.UNASKED].add(len(told.rows) - questions, len(told.rows))
    placed: set[int] = set()
    for one in expected:
        row = told.about(one)
        if row is not None:
            placed.add(id(row))
        for goal, right, is_so, was_told in _judged(one, row):
            found.measures[goal].add(right)
            if not right:
                found.misses.append(Miss(goal, one.file, one.sheet, one.row, is_so, was_told))
    for part in parts:
        for row in part["rows"]:
            if row["kind"] == "record" and id(row) not in placed:
                # A door where there is none: a total, a note, a heading was taken for one.
                found.measures[Goal.PRECISION].add(0)
                found.misses.append(
                    Miss(Goal.PRECISION, part["file"], part["sheet"], row["row"], "", row["door_label"])
                )
    return found


def _name(expected: Sequence[Expected]) -> str:
    return expected[0].file if expected else ""


def _judged(one: Expected, row: Json | None) -> Iterator[tuple[Goal, bool, str, str]]:
    """Goal, whether it was hit, what is so, what was told."""
    kind = row["kind"] if row else ""
    yield Goal.KEPT, kind in ("record", "parked"), one.door, kind or "not told"
    label = row["door_label"] if row and kind == "record" else ""
    said = label or (row["reason"] if row else "")
    if one.door:
        if label:
            yield Goal.PRECISION, label == one.door, one.door, label
        yield Goal.RECALL, label == one.door or (one.ambiguous and kind == "parked"), one.door, said
    people: Sequence[Json] = row["people"] if row else []
    head: Json = people[0] if people else {"name": "", "phones": []}
    if one.head:
        yield Goal.HEADS, head["name"] == one.head, one.head, head["name"]
    if one.phone:
        first = head["phones"][0] if head["phones"] else ""
        yield Goal.PHONES, _same_phone(one, first), one.phone, first
    names = {person["name"] for person in people}
    for name in one.others:
        yield Goal.OTHERS, name in names, name, "、".join(sorted(names))


def _same_phone(one: Expected, told: str) -> bool:
    """A landline is written with or without its area code, and either is what stands there."""
    return told == one.phone or (one.landline and len(told) >= _LOCAL_DIGITS and one.phone.endswith(told))
