"""Rows set aside, to be put right one by one: the source's cells, what would fit, and what somebody says of each."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from firstline.accounts.selectors import names_of
from firstline.identifiers import door_label
from firstline.identifiers.door_label import Incomplete, Shape
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.places.frames import DoorProposal
from firstline.places.models import Door
from firstline.places.names import door_name
from firstline.registry import selectors, standing
from firstline.registry.actions import PutRight, keep_draft
from firstline.registry.grid.doors import DoorCell, DoorCells, read_cells, shape_of
from firstline.registry.masks import masked
from firstline.registry.mentions import name_key, relation_text
from firstline.registry.models import (
    FileContents,
    MentionDetails,
    RowContents,
    RowCorrection,
    RowKind,
    SourceFile,
    SourceRow,
)
from firstline.registry.person_line import PersonSaid, read_person
from firstline.registry.reading.codes import PARKED, SETTLED_TOGETHER, Meaning
from firstline.registry.reading.words import RELATION_WORDS
from firstline.registry.review.accounts import equation_of
from firstline.registry.upload import id_of

# So many rows stand in the grid at once; the next ones follow when these are settled.
SHOWN = 60
_NUMBERS_SHOWN = 6
LATER, TYPED, NO_ROW = "", "typed", "none"
_BETWEEN = ("；", ";", "\n")
_DOOR_MEANINGS = (Meaning.DOOR, Meaning.BUILDING, Meaning.BUILDING_UNIT, Meaning.UNIT, Meaning.ROOM)
_FIELDS = ("row", "what", "building", "unit", "room", "people")


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form says of one row: ``what`` is nothing yet, no row, a label that fits, or a door as typed."""

    row_id: uuid.UUID
    what: str
    cells: DoorCells
    people: str

    def as_line(self) -> list[str]:
        return [str(self.row_id), self.what, self.cells.building, self.cells.unit, self.cells.room, self.people]

    @classmethod
    def of_line(cls, line: Sequence[str]) -> "Typed | None":
        row_id = id_of(line[0]) if len(line) == len(_FIELDS) else None
        return cls(row_id, line[1], DoorCells(line[2], line[3], line[4]), line[5]) if row_id else None


@dataclass(slots=True)
class AsideRow:
    """One row of the grid: what the source wrote beside what somebody says it means."""

    id: uuid.UUID
    number: int
    sheet: str
    source: str
    choices: list[dict[str, str]]
    typed: Typed
    people: Sequence[MentionDetails] = ()
    reading: str = ""
    problem: str = ""
    at_door: bool = False
    known: bool = False


@dataclass(slots=True)
class AsideGroup:
    """The rows of one cause; ``together`` when one decision may settle them all."""

    cause: str
    title: str
    count: int
    together: bool
    rows: list[AsideRow] = field(default_factory=list)
    readings: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Aside:
    """The grid of a list: rows by cause, and how many stand further down."""

    groups: list[AsideGroup]
    more: int

    @property
    def rows(self) -> list[AsideRow]:
        return [row for group in self.groups for row in group.rows]


def typed_of(form: QueryDict) -> list[Typed]:
    """The lines of a posted grid. Raises NotFound for a row id that is none."""
    columns = [form.getlist(name) for name in _FIELDS]
    lines = zip(*columns, strict=False)
    return [typed for line in lines if (typed := Typed.of_line([cell.strip() for cell in line]))]


def grid_of(file: SourceFile, typed: Sequence[Typed]) -> Aside:
    """The rows of a list that are set aside, with what was typed about them so far."""
    contents: FileContents = file.open()
    sheets = {sheet.number: sheet for sheet in contents.sheets}
    rows = _parked(file)
    said = {one.row_id: one for one in typed}
    groups: dict[str, AsideGroup] = {}
    for row in sorted(rows, key=lambda row: (-sum(other.reason == row.reason for other in rows), row.reason)):
        title = gettext(PARKED.get(row.reason, row.reason))
        group = groups.setdefault(row.reason, AsideGroup(row.reason, title, 0, row.reason in SETTLED_TOGETHER))
        group.count += 1
        if sum(len(one.rows) for one in groups.values()) < SHOWN:
            sheet = sheets.get(row.sheet)
            meanings = {column.index: column.meaning for column in sheet.columns} if sheet else {}
            name = sheet.name if sheet and len(sheets) > 1 else ""
            group.rows.append(_row(row, row.open(), meanings, said.get(row.pk), name))
    for group in groups.values():
        group.readings = _together(group.rows)
    shown = sum(len(group.rows) for group in groups.values())
    return Aside([group for group in groups.values() if group.rows], len(rows) - shown)


def understood(file: SourceFile, aside: Aside) -> list[PutRight]:
    """What the typed lines settle; rows that say nothing yet are left. Puts reading and problem into each row."""
    shape = shape_of(file.compound)
    settled = []
    for row in aside.rows:
        if row.typed.what == LATER:
            continue
        if row.typed.what == NO_ROW:
            row.reading = gettext("no data")
            settled.append(PutRight(row.id))
            continue
        found = _door(row, shape)
        people, doubts = _people(row)
        row.problem = found.problem or doubts
        if found.door and not row.problem:
            row.reading = _said(found.door, people)
            settled.append(PutRight(row.id, found.door, people))
    _mark_known(file, aside, settled)
    return settled


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody put right with one press: which rows, and what they say since."""

    id: uuid.UUID
    rows: str
    said: str
    at: datetime
    by: str


def _decisions(file: SourceFile) -> list[Decision]:
    """The decisions about rows of a list that stand, the latest first."""
    found = standing.corrections().filter(source_file=file).select_related("source_row").order_by("-recorded_at")
    by_id: dict[uuid.UUID, list[RowCorrection]] = {}
    for one in found:
        by_id.setdefault(one.decision_id, []).append(one)
    people = names_of({one.by_person_id for one in found})
    return [_decision(those, people) for those in by_id.values()]


def _decision(those: Sequence[RowCorrection], people: Mapping[uuid.UUID, str]) -> Decision:
    first = those[0]
    rows = sorted((one.source_row for one in those), key=lambda row: (row.sheet, row.number))
    numbers = gettext(", ").join(str(row.number) for row in rows[:_NUMBERS_SHOWN])
    if len(those) > _NUMBERS_SHOWN:
        numbers = gettext("%(labels)s and %(more)s more") % {"labels": numbers, "more": len(those) - _NUMBERS_SHOWN}
    doors = list(dict.fromkeys(one.door_label for one in those if one.door_label))
    said = gettext(", ").join(doors[:_NUMBERS_SHOWN]) or gettext("no data")
    return Decision(first.decision_id, numbers, said, first.recorded_at, people.get(first.by_person_id, ""))


def problems_of(aside: Aside) -> int:
    """How many lines say something that cannot be filed."""
    return sum(bool(row.problem) for row in aside.rows)


def context(
    actor: Actor, file: SourceFile, aside: Aside, *, checked: bool = False, kept: bool = False, unfit: bool = False
) -> dict[str, Any]:
    """The context of ``registry/rows_aside.html``."""
    contents: FileContents = file.open()
    account = standing.accounts_of([file])[file.id]
    settled = sum(bool(row.reading) and not row.problem for row in aside.rows)
    label = ngettext("File %(count)s row", "File %(count)s rows", settled) % {"count": settled}
    return {
        "name": contents.name,
        "compound": file.compound.place.name,
        "equation": equation_of(account, ""),
        "decisions": _decisions(file),
        "take_back_url": reverse("registry:take_back", args=[file.id]),
        "groups": aside.groups,
        "more": aside.more,
        "checked": checked,
        "kept": kept,
        "unfit": unfit,
        "mistakes": problems_of(aside),
        "file_label": label if checked and settled and not problems_of(aside) else "",
        "aside_url": reverse("registry:aside", args=[file.id]),
        "settle_url": reverse("registry:settle", args=[file.id]),
        "back_url": reverse("registry:review", args=[file.id]),
        "section": "registry:lists",
    }


def door_of(label: str) -> door_label.Door:
    """The door of a label that fits a row; what is no label of a block or yard is the address of a scattered home."""
    return door_label.from_label(label) or door_label.Door("", "", "", label)


def keep(actor: Actor, file: SourceFile, typed: Sequence[Typed]) -> None:
    """Keep what was typed so far, sealed, for this person and list."""
    lines = [one.as_line() for one in typed]
    keep_draft(actor, compound_id=file.compound_id, file_id=file.id, lines=lines)


def draft_lines(actor: Actor, file: SourceFile) -> list[Typed]:
    """What the actor typed about this list before, as far as it is understood still."""
    draft = selectors.draft_of(actor, file.compound, file.id)
    return [typed for line in draft.open().lines if (typed := Typed.of_line(line))] if draft else []


def fragment_of(contents: RowContents, meanings: Mapping[int, str]) -> DoorCells:
    """What a row says of its door, in the cells of the grid; a choice that fits stands for all of it."""
    if len(contents.choices) == 1:
        door = door_of(contents.choices[0])
        return DoorCells(door.building, door.unit, door.address or door.room)
    parsed = door_label.parse(contents.written or _written(contents, meanings))
    if isinstance(parsed, Incomplete):
        part = parsed.fragment
        return DoorCells(part.building or "", part.unit or "", part.room or "")
    return DoorCells()


def _parked(file: SourceFile) -> list[SourceRow]:
    """The rows of a list that are set aside still, in its order."""
    settled = standing.corrections().filter(source_file=file).values("source_row")
    found = file.rows.filter(kind=RowKind.PARKED).exclude(pk__in=settled)
    return list(found.order_by("sheet", "number", "column"))


def _row(
    row: SourceRow, contents: RowContents, meanings: Mapping[int, str], typed: Typed | None, sheet: str
) -> AsideRow:
    choices = [{"value": label, "label": _spoken(label)} for label in contents.choices]
    read = Typed(row.pk, LATER, fragment_of(contents, meanings), _people_line(contents.people))
    return AsideRow(
        id=row.pk,
        number=row.number,
        sheet=sheet,
        source="  ".join(masked(cell) for cell in contents.cells if cell.strip()),
        choices=choices,
        typed=typed or read,
        people=contents.people,
    )


def _together(rows: Sequence[AsideRow]) -> list[dict[str, Any]]:
    """The readings that all rows of a cause may take at once: the first of each, the second of each."""
    first = rows[0].choices if rows else []
    return [
        {"value": str(at), "label": gettext("all as %(door)s") % {"door": choice["label"]}}
        for at, choice in enumerate(first)
        if len(first) > 1
    ]


def _written(contents: RowContents, meanings: Mapping[int, str]) -> str:
    cells = dict(enumerate(contents.cells, start=1))
    return "".join(cells.get(at, "") for at, meaning in meanings.items() if meaning in _DOOR_MEANINGS)


def _door(row: AsideRow, shape: Shape) -> DoorCell:
    if row.typed.what in {choice["value"] for choice in row.choices}:
        return DoorCell(DoorProposal.of(door_of(row.typed.what)))
    return read_cells(row.typed.cells, shape)


def _people(row: AsideRow) -> tuple[tuple[PersonSaid, ...], str]:
    """The people typed, each with the numbers that the source gives under the same name; and what is wrong."""
    text = row.typed.people
    for mark in _BETWEEN:
        text = text.replace(mark, "\n")
    written = {name_key(person.name): person for person in row.people}
    people = []
    for line in filter(None, map(str.strip, text.split("\n"))):
        read = read_person(line, today=timezone.localdate(clock.now()))
        if read.person is None:
            return (), gettext("“%(line)s” names nobody.") % {"line": line}
        people.append(_with_numbers(read.person, written.get(name_key(read.person.name))))
    return tuple(people), ""


def _with_numbers(said: PersonSaid, written: MentionDetails | None) -> PersonSaid:
    if written is None:
        return said
    return replace(
        said,
        relation=said.relation or written.relation,
        phones=said.phones or tuple(written.phones),
        id_number=said.id_number or written.id_number,
        id_problem=said.id_problem or (written.id_problem if not said.id_number else ""),
    )


def _people_line(people: Sequence[MentionDetails]) -> str:
    """Names and relations as they would be typed; numbers stay with the row."""
    words = {code: word for word, code in reversed(RELATION_WORDS.items())}
    said = [f"{person.name} {words.get(person.relation, '')}".strip() for person in people if person.name]
    return "；".join(said)


def _said(door: DoorProposal, people: Sequence[PersonSaid]) -> str:
    named = [f"{person.name} {relation_text(person.relation)}".strip() for person in people]
    return gettext(", ").join([door_name(door.building, door.unit, door.room), *named])


def _spoken(label: str) -> str:
    door = door_of(label)
    return door_name(door.building, door.unit, door.address or door.room)


def _mark_known(file: SourceFile, aside: Aside, settled: Sequence[PutRight]) -> None:
    ids = {row.row_id: Door.id_for(file.compound_id, row.door.label) for row in settled if row.door}
    known = set(Door.objects.filter(pk__in=list(ids.values())).values_list("pk", flat=True))
    for row in aside.rows:
        row.at_door, row.known = row.id in ids, ids.get(row.id) in known
