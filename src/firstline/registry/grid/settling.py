"""One decision that settles many rows: all rows of a cause at once, or the lines of a grid."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.http import QueryDict

from firstline.identifiers.door_label import Shape
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.places.frames import DoorProposal
from firstline.registry import actions, standing
from firstline.registry.actions import PutRight
from firstline.registry.grid.aside import door_of, fragment_of
from firstline.registry.grid.doors import DoorCells, read_cells, shape_of
from firstline.registry.models import FileContents, MentionDetails, RowContents, RowKind, SourceFile, SourceRow
from firstline.registry.person_line import PersonSaid


@dataclass(frozen=True, slots=True)
class Together:
    """What a form says of all rows of a cause: no rows, in this building, or their so-manieth reading."""

    cause: str
    how: str
    building: str = ""
    unit: str = ""
    reading: int = 0

    @classmethod
    def of(cls, form: QueryDict) -> "Together":
        reading = form.get("reading", "")
        return cls(
            form.get("cause", ""),
            form.get("how", ""),
            form.get("building", "").strip(),
            form.get("unit", "").strip(),
            int(reading) if reading.isdecimal() and len(reading) < 3 else 0,
        )


def settle(actor: Actor, file: SourceFile, said: Together) -> int:
    """Settle the rows of a cause as far as the decision fits them; how many. Those it does not fit stay set aside.

    Raises what ``actions.put_right`` raises.
    """
    with scope.enter(actor):
        rows = list(_fitting(file, said))
    if rows:
        actions.put_right(actor, file_id=file.id, rows=rows)
    return len(rows)


def file_lines(actor: Actor, file: SourceFile, rows: Sequence[PutRight]) -> None:
    """Settle the lines of a grid as one decision; what was kept of them while typing goes."""
    actions.put_right(actor, file_id=file.id, rows=rows)
    actions.keep_draft(actor, compound_id=file.compound_id, file_id=file.id, lines=[])


def rows_of(file: SourceFile, decision_id: uuid.UUID | None, row_id: uuid.UUID | None) -> list[uuid.UUID]:
    """The rows put right by one decision, or the one row."""
    found = standing.corrections().filter(source_file=file)
    found = found.filter(decision_id=decision_id) if decision_id else found.filter(source_row=row_id)
    return list(found.values_list("source_row", flat=True))


def people_of(people: list[MentionDetails]) -> tuple[PersonSaid, ...]:
    """The people of a row set aside, as the source named them."""
    return tuple(
        PersonSaid(
            one.name,
            relation=one.relation,
            phones=tuple(one.phones),
            id_number=one.id_number,
            id_problem=one.id_problem,
        )
        for one in people
    )


def _fitting(file: SourceFile, said: Together) -> Iterator[PutRight]:
    contents: FileContents = file.open()
    meanings = {sheet.number: {at.index: at.meaning for at in sheet.columns} for sheet in contents.sheets}
    shape = shape_of(file.compound)
    settled = standing.corrections().filter(source_file=file).values("source_row")
    rows = SourceRow.objects.filter(source_file=file, kind=RowKind.PARKED, reason=said.cause).exclude(pk__in=settled)
    for row in rows.order_by("sheet", "number", "column"):
        if said.how == "none":
            yield PutRight(row.pk)
        elif door := _door(row.open(), meanings.get(row.sheet, {}), said, shape):
            yield PutRight(row.pk, door, people_of(row.open().people))


def _door(contents: RowContents, meanings: Mapping[int, str], said: Together, shape: Shape) -> DoorProposal | None:
    if said.how == "reading":
        fits = contents.choices[said.reading : said.reading + 1]
        return DoorProposal.of(door_of(fits[0])) if fits else None
    if said.how != "building" or not said.building:
        return None
    cells: DoorCells = replace(fragment_of(contents, meanings), building=said.building)
    return read_cells(replace(cells, unit=cells.unit or said.unit), shape).door
