"""Where everything stands on a printed form, in millimetres from the top left corner of an A4 page. Pure.

The places are computed here and not by the typesetter, because a camera is to read the filled form later: it finds the
four corner marks (the top left one is a ring, so that a page upside down is known), then each box by its name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

WIDTH, HEIGHT = 210.0, 297.0
LEFT, RIGHT, TOP, BOTTOM = 18.0, 192.0, 15.0, 281.0
MARK = 6.0
MARKS: tuple[tuple[float, float], ...] = tuple(
    (x, y) for y in (7.0, HEIGHT - 7.0 - MARK) for x in (7.0, WIDTH - 7.0 - MARK)
)
PERSONS = 6
_CELL, _COMB, _TICK = 5.0, 6.0, 4.0
# How high a person's block is at least; where questions leave room, up to so much more.
_PERSON, _PERSON_MORE = 20.0, 5.0
# Labels, boxes and combs of a line share its middle.
_LABEL = 1.4
_CODE = 24.0


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to draw. ``kind``: text, box, comb (``cells`` boxes side by side), line, mark, ring, or code (a QR)."""

    kind: Literal["text", "box", "comb", "line", "mark", "ring", "code"]
    x: float
    y: float
    w: float = 0.0
    h: float = 0.0
    text: str = ""
    size: float = 9.0
    bold: bool = False
    align: Literal["left", "center", "right"] = "left"
    cells: int = 1


@dataclass(frozen=True, slots=True)
class Box:
    """A place to be filled in by hand, by name: ``person.2.sex.male``; ``cells`` digits stand side by side in it."""

    name: str
    page: int
    x: float
    y: float
    w: float
    h: float
    cells: int = 1


@dataclass(frozen=True, slots=True)
class Question:
    """A question as paper asks it. ``choices`` (value, words) are boxes to tick, ``digits`` a comb of so many.

    Without either there is a line to write on; with ``note`` there is nothing to fill in.
    """

    name: str
    text: str
    choices: Sequence[tuple[str, str]] = ()
    digits: int = 0
    note: bool = False


@dataclass(slots=True)
class Form:
    """What all forms of a batch have in common: pages of items, the boxes on them, and where their own things go."""

    pages: list[list[Item]] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def own(self, page: int, *, number: str, code: str, door: str) -> list[Item]:
        """What differs from sheet to sheet: its number and code on every page, its door on the first."""
        items = [
            Item("code", RIGHT - _CODE, TOP, _CODE, _CODE, text=code),
            Item("text", LEFT, TOP - 1, RIGHT - LEFT - _CODE - 4, text=number, size=20, bold=True, align="right"),
        ]
        if page == 0 and door:
            items.append(Item("text", LEFT, TOP + 16, 140, text=door, size=15, bold=True))
        return items

    def drawn(self) -> list[list[dict[str, Any]]]:
        """The pages as the template takes them."""
        return [[asdict(item) for item in page] for page in self.pages]


@dataclass(frozen=True, slots=True)
class Words:
    """What a form says besides its questions."""

    title: str
    lead: str
    consent: str
    contact: str


def form(words: Words, questions: Sequence[Question] = (), *, blank: bool = False) -> Form:
    """Lay a form out: household, six persons, the questions, consent. ``blank``: the door is written in by hand.

    Questions that do not fit go on to further pages, each with its own corner marks.
    """
    tight = _laid(words, questions, _PERSON, blank=blank)
    if len(tight.form.pages) > 1:
        return tight.form
    spare = max(BOTTOM - tight.y, 0) / PERSONS
    return _laid(words, questions, _PERSON + min(spare, _PERSON_MORE), blank=blank).form


def _laid(words: Words, questions: Sequence[Question], person: float, *, blank: bool) -> "_Draft":
    draft = _Draft()
    draft.head(words, blank=blank)
    draft.household()
    for number in range(1, PERSONS + 1):
        draft.person(number, person)
    for question in questions:
        draft.question(question)
    draft.end(words)
    return draft


class _Draft:
    """A form being laid out, from the top down."""

    def __init__(self) -> None:
        self.form, self.y = Form(), 0.0
        self._turn()

    def head(self, words: Words, *, blank: bool) -> None:
        self.text(LEFT, words.title, size=17, bold=True, width=100)
        self.y += 9
        self.text(LEFT, words.lead, size=9, width=140)
        self.y += 7
        if blank:
            self.text(LEFT, _("Door"), size=11, dy=_LABEL)
            self.box("door", LEFT + 14, 8, 110)
        self.y += 12

    def household(self) -> None:
        self.text(LEFT, _("Living here now"), dy=_LABEL)
        self.comb("persons", LEFT + 26, 2)
        self.text(LEFT + 38, pgettext("form", "people"), dy=_LABEL)
        self.text(LEFT + 70, _("A phone we may call"), dy=_LABEL)
        self.comb("phone", RIGHT - 11 * _CELL, 11)
        self.y += 8
        self.text(
            LEFT, _("One person a block. Tick ☑ what is right, one digit a box; a mistake is crossed out."), size=8
        )
        self.y += 5

    def person(self, number: int, height: float) -> None:
        at, spare = f"person.{number}", (height - _PERSON) / 3
        self.rule()
        self.y += 3 + spare
        self.text(LEFT, str(number), size=13, bold=True, dy=0.4)
        x = LEFT + 7
        self.text(x, pgettext("form", "Name"), dy=_LABEL)
        self.box(f"{at}.name", x + 9, 8, 35)
        x += 48
        for value, words in (("male", pgettext("form", "man")), ("female", pgettext("form", "woman"))):
            x = self.tick(f"{at}.sex.{value}", x, words)
        x += 5
        for value, words in _relations():
            x = self.tick(f"{at}.relation.{value}", x, words)
        self.y += 9 + spare
        x = LEFT + 7
        self.text(x, _("ID number"), dy=_LABEL)
        self.comb(f"{at}.id_number", x + 17, 18)
        x += 17 + 18 * _CELL + 6
        self.text(x, pgettext("form", "born"), dy=_LABEL)
        self.comb(f"{at}.birth_year", x + 9, 4)
        self.comb(f"{at}.birth_month", x + 11 + 4 * _CELL, 2)
        self.y += _PERSON - 12 + spare

    def question(self, question: Question) -> None:
        rows = list(_rows(question))
        self.room(15.5 if not rows else 6.5 + 6.5 * len(rows))
        self.rule()
        self.y += 2
        self.text(LEFT, question.text, size=9, bold=not question.note, width=RIGHT - LEFT)
        self.y += 5
        for row in rows:
            x = LEFT + 7
            for value, words in row:
                x = self.tick(f"question.{question.name}.{value}", x, words)
            self.y += 6.5
        if question.digits:
            self.y -= 5.5
            self.comb(f"question.{question.name}", RIGHT - question.digits * _CELL, question.digits)
            self.y += 7.5
        elif not question.choices and not question.note:
            self.y += 1
            self.box(f"question.{question.name}", LEFT + 7, 8, RIGHT - LEFT - 7)
            self.y += 8

    def end(self, words: Words) -> None:
        self.room(27)
        self.rule()
        self.y += 2.5
        self.text(LEFT, words.consent, size=9, width=RIGHT - LEFT)
        self.y += 14
        self.text(LEFT, _("Filled in by"), dy=_LABEL)
        self.box("signature", LEFT + 20, 8, 45)
        self.text(LEFT + 72, pgettext("form", "on"), dy=_LABEL)
        self.comb("month", LEFT + 80, 2)
        self.text(LEFT + 91, pgettext("form", "month"), dy=_LABEL)
        self.comb("day", LEFT + 104, 2)
        self.text(LEFT + 115, pgettext("form", "day"), dy=_LABEL)
        self.text(LEFT, words.contact, size=9, bold=True, width=RIGHT - LEFT, align="right", dy=_LABEL)
        self.y += 8

    def room(self, height: float) -> None:
        """Begin another page when so much no longer fits."""
        if self.y + height > BOTTOM:
            self._turn()
            self.y += _CODE + 4

    def tick(self, name: str, x: float, words: str, *, gap: float = 3.0) -> float:
        """A box to tick and what it means; where the next one may begin."""
        self._put(name, Item("box", x, self.y + _COMB / 2 - _TICK / 2, _TICK, _TICK))
        self.text(x + _TICK + 1, words, dy=_LABEL)
        return x + _TICK + 1 + _breadth(words, 9) + gap

    def box(self, name: str, x: float, height: float, width: float) -> None:
        self._put(name, Item("box", x, self.y + _COMB / 2 - height / 2, width, height))

    def comb(self, name: str, x: float, cells: int) -> None:
        self._put(name, Item("comb", x, self.y, _CELL * cells, _COMB, cells=cells))

    def text(
        self,
        x: float,
        said: str,
        *,
        size: float = 9,
        bold: bool = False,
        width: float = 0,
        dy: float = 0,
        align: Literal["left", "right"] = "left",
    ) -> None:
        self.page.append(Item("text", x, self.y + dy, width, text=said, size=size, bold=bold, align=align))

    def rule(self) -> None:
        self.page.append(Item("line", LEFT, self.y, RIGHT - LEFT))

    @property
    def page(self) -> list[Item]:
        return self.form.pages[-1]

    def _put(self, name: str, item: Item) -> None:
        self.page.append(item)
        place = Box(name, len(self.form.pages) - 1, item.x, item.y, item.w, item.h, item.cells)
        self.form.boxes.append(place)

    def _turn(self) -> None:
        marks = [Item("mark" if at else "ring", x, y, MARK, MARK) for at, (x, y) in enumerate(MARKS)]
        self.form.pages.append(marks)
        self.y = TOP


def _relations() -> list[tuple[str, str]]:
    return [
        ("head", pgettext("form", "head")),
        ("spouse", pgettext("form", "spouse")),
        ("child", pgettext("form", "child")),
        ("parent", pgettext("form", "parent")),
        ("other", pgettext("form", "other")),
    ]


def _rows(question: Question) -> Iterator[list[tuple[str, str]]]:
    """Choices, as many a line as fit."""
    row: list[tuple[str, str]] = []
    x = LEFT + 7
    for value, words in question.choices:
        needed = _TICK + 4 + _breadth(words, 9)
        if row and x + needed > RIGHT:
            yield row
            row, x = [], LEFT + 7
        row.append((value, words))
        x += needed
    if row:
        yield row


def _breadth(words: str, size: float) -> float:
    """The breadth of words at most, in mm: a Han character is as wide as the type is high, a Latin one 0.6."""
    ems = sum(1.0 if ord(character) > 0x2E80 else 0.6 for character in words)
    return ems * size * 25.4 / 72
