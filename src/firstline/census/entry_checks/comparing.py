"""Two typings of one paper line, cell by cell; and how sure an error rate is. Pure: no database."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from math import sqrt

from firstline.census.night.cells import Cells
from firstline.census.night.legend import in_words, read_channel, read_result
from firstline.census.night.moments import read_moment
from firstline.census.night.rows import people_of
from firstline.identifiers import names
from firstline.identifiers.width import halve
from firstline.registry.person_line import PersonSaid, read_person

# The cells that stand on paper; door and sheet are what the second person is shown.
COMPARED = ("outcome", "people", "note", "time", "channel", "visitor")
_Z = 1.959963984540054  # 97.5 % of the normal distribution lie below


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of how many were wrong, and between which shares the truth lies with 95 % (None: nothing counted)."""

    wrong: int
    of: int
    low: float | None
    high: float | None

    @property
    def share(self) -> float | None:
        return self.wrong / self.of if self.of else None

    @classmethod
    def counted(cls, wrong: int, of: int) -> "Rate":
        """Wilson's score interval (Wilson 1927; recommended for few cases by Brown, Cai and DasGupta 2001)."""
        if not of:
            return cls(0, 0, None, None)
        share, square = wrong / of, _Z * _Z
        middle = (share + square / (2 * of)) / (1 + square / of)
        half = _Z * sqrt(share * (1 - share) / of + square / (4 * of * of)) / (1 + square / of)
        # At the ends the formula meets 0 and 1 but for rounding.
        low, high = (0.0 if not wrong else middle - half), (1.0 if wrong == of else middle + half)
        return cls(wrong, of, low, high)


def compare(first: Cells, second: Cells, *, today: date) -> tuple[int, list[str]]:
    """How many cells there were to compare (something in either), and which differ in what they mean."""
    filled = [name for name in COMPARED if getattr(first, name) or getattr(second, name)]
    meaning = _meanings(today)
    differing = [name for name in filled if meaning[name](getattr(first, name)) != meaning[name](getattr(second, name))]
    return len(filled), differing


def merged(first: Cells, second: Cells, wrong: Iterable[str]) -> Cells:
    """The line as it is on paper: the first typing, with the second's cells where the first was wrong."""
    cells = {name: getattr(first, name) for name in first.__struct_fields__}
    return Cells(**{**cells, **{name: getattr(second, name) for name in wrong}})


def _meanings(today: date) -> dict[str, Callable[[str], object]]:
    return {
        "outcome": lambda text: read_result(text) or text,
        "channel": lambda text: read_channel(text) or text,
        "time": lambda text: read_moment(text, None, today=today).moment or text,
        "visitor": lambda text: names.clean(text) or halve(text),
        "note": lambda text: "".join(sign for sign in halve(text).casefold() if sign.isalnum()),
        "people": lambda text: _people(text, today),
    }


def _people(text: str, today: date) -> Sequence[object]:
    """Everybody named, in no order; a line that names nobody stands for itself."""
    read = [(line, read_person(in_words(line), today=today).person) for line in people_of(text)]
    return sorted(repr(_told(person) if person else line) for line, person in read)


def _told(person: PersonSaid) -> tuple[object, ...]:
    born = person.birth_date or person.birth_year
    return (names.clean(person.name), person.sex, born, person.relation, sorted(person.phones), person.id_number)
