"""The three container indices of Aedes surveys, from inspected houses. Pure.

    house index      HI = houses with at least one positive container / houses inspected x 100
    container index  CI = positive containers / containers holding water inspected x 100
    Breteau index    BI = positive containers / houses inspected x 100

WHO, Dengue: guidelines for diagnosis, treatment, prevention and control, new edition, 2009, chapter 5 (surveillance),
on larval indices; GB/T 23797-2020 defines the Breteau index alike.
A container is positive with larvae or pupae in it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from firstline.census.questions.definition import Kind, QuestionSet
from firstline.census.questions.validation import Answers

SEEN, POSITIVE = "_seen", "_positive"


@dataclass(frozen=True, slots=True)
class Found:
    """Containers of one type in one house, or in many."""

    seen: int = 0
    positive: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.seen + other.seen, self.positive + other.positive)


@dataclass(frozen=True, slots=True)
class Indices:
    """What inspected houses add up to. The indices are None where they would divide by nothing."""

    houses: int
    houses_positive: int
    containers: Found
    by_type: Mapping[str, Found]

    @property
    def house_index(self) -> float | None:
        return _per_hundred(self.houses_positive, self.houses)

    @property
    def container_index(self) -> float | None:
        return _per_hundred(self.containers.positive, self.containers.seen)

    @property
    def breteau_index(self) -> float | None:
        return _per_hundred(self.containers.positive, self.houses)


def types_in(said: QuestionSet) -> list[str]:
    """The container types a set asks for: each has two whole numbers, NAME_seen and NAME_positive."""
    numbers = {one.name for one in said.questions if one.kind is Kind.INTEGER}
    seen = (name.removesuffix(SEEN) for name in (one.name for one in said.questions) if name.endswith(SEEN))
    return [name for name in seen if {name + SEEN, name + POSITIVE} <= numbers]


def found_in(types: Sequence[str], answers: Answers) -> dict[str, Found]:
    """What one house's checked answers say, by type; a number left out is none."""
    return {one: Found(_number(answers.get(one + SEEN)), _number(answers.get(one + POSITIVE))) for one in types}


def indices(types: Sequence[str], houses: Sequence[Answers]) -> Indices:
    """The indices of houses inspected, one entry of answers for each house."""
    found = [found_in(types, answers) for answers in houses]
    by_type = {one: sum((house[one] for house in found), Found()) for one in types}
    positive = sum(any(one.positive for one in house.values()) for house in found)
    return Indices(len(found), positive, sum(by_type.values(), Found()), by_type)


def _number(answer: object) -> int:
    return int(answer) if isinstance(answer, str) and answer else 0


def _per_hundred(part: int, whole: int) -> float | None:
    return 100 * part / whole if whole else None
