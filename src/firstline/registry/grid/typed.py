"""A short list typed from paper: lines of a grid, read and stored like a file that somebody sent."""

import csv
import io
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.places.models import Compound, Door
from firstline.registry import selectors, staging
from firstline.registry.actions import Named, keep_draft
from firstline.registry.errors import NothingTyped
from firstline.registry.grid.doors import DoorCells
from firstline.registry.grid.posted import copied_rows, posted_lines
from firstline.registry.models import SourceFile, SourceKind
from firstline.registry.reading import Kind, Reading, RowReading
from firstline.registry.reading.codes import DOUBTS, NO_DATA, PARKED

BLANK_LINES = 10
MOST_LINES = 500
# The fields of a line, and the heading under which its column is read, as a company would have headed it.
FIELDS = {
    "building": "楼号",
    "unit": "单元",
    "room": "房号",
    "name": "姓名",
    "relation": "与户主关系",
    "phone": "电话",
    "id_number": "身份证号",
    "remark": "备注",
}
LABELS = {
    "building": _("Building"),
    "unit": _("Unit"),
    "room": _("Room"),
    "name": _("Name"),
    "relation": _("Relation"),
    "phone": _("Phone"),
    "id_number": _("Document"),
    "remark": _("Remark"),
}


@dataclass(slots=True)
class TypedLine:
    """One line of the grid as it stands, and how it was understood."""

    cells: list[dict[str, Any]]
    reading: str = ""
    problem: str = ""
    known: bool = False


def lines_of(form: QueryDict) -> list[list[str]]:
    """The lines of a posted grid, blank ones at the end left out; what was pasted as text follows them."""
    lines = posted_lines(form, FIELDS)
    lines += _pasted(form.get("pasted", ""))
    while lines and not any(lines[-1]):
        lines.pop()
    return lines[:MOST_LINES]


def carried_down(lines: Sequence[Sequence[str]]) -> list[list[str]]:
    """The lines with building, unit and room taken from above where they are empty; blank lines carry nothing."""
    above, carried = DoorCells(), []
    for line in lines:
        if any(line):
            above = DoorCells(*line[:3]).below(above)
            carried.append([above.building, above.unit, above.room, *line[3:]])
        else:
            carried.append(list(line))
    return carried


def content_of(lines: Sequence[Sequence[str]]) -> bytes:
    """The list as the file it would have been. Raises NothingTyped."""
    if not any(any(line) for line in lines):
        raise NothingTyped
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(FIELDS.values())
    writer.writerows(carried_down(lines))
    return text.getvalue().encode("utf-8-sig")


def file_typed(actor: Actor, compound: Compound, lines: Sequence[Sequence[str]]) -> SourceFile:
    """Store a typed list like a file; the draft goes. Raises NothingTyped. Not inside a transaction."""
    content = content_of(lines)
    when = timezone.localtime(clock.now())
    named = Named(gettext("Typed %(when)s") % {"when": f"{when:%Y-%m-%d %H:%M}"}, kind=SourceKind.TYPED)
    staged = staging.stage(actor, compound=compound, named=named, content=content, reading=staging.read(content))
    keep_draft(actor, compound_id=compound.pk, file_id=None, lines=[])
    return staged.file


def context(
    actor: Actor,
    compound: Compound,
    lines: Sequence[Sequence[str]] | None = None,
    *,
    checked: bool = False,
    kept: bool = False,
    mistake: str = "",
) -> dict[str, Any]:
    """The context of ``registry/rows_typed.html``: what was posted, else what was kept, and blank lines below."""
    draft = None if lines is not None else selectors.draft_of(actor, compound, None)
    standing_lines = list(draft.open().lines if draft else lines or [])
    shown = [_line(line) for line in standing_lines]
    filled = checked and any(any(line) for line in standing_lines)
    if filled:
        _understand(compound, standing_lines, shown)
    count = sum(any(line) for line in standing_lines)
    return {
        "compound": compound.place.name,
        "labels": [{"name": name, "label": LABELS[name]} for name in FIELDS],
        "lines": shown + [_line([]) for _blank in range(BLANK_LINES)],
        "checked": filled,
        "kept": kept,
        "draft_at": draft.saved_at if draft else None,
        "mistake": mistake,
        "mistakes": sum(bool(line.problem) for line in shown),
        "file_label": ngettext("File %(count)s line", "File %(count)s lines", count) % {"count": count}
        if filled
        else "",
        "typed_url": reverse("registry:typed", args=[compound.pk]),
        "back_url": reverse("registry:lists"),
        "section": "registry:lists",
    }


def _understand(compound: Compound, lines: Sequence[Sequence[str]], shown: Sequence[TypedLine]) -> None:
    """Put into each line what the reader of lists makes of it."""
    (reading,) = staging.read(content_of(lines)).readings
    told = _rows_by_line(reading)
    ids: dict[uuid.UUID, list[TypedLine]] = {}
    for at, line in enumerate(shown):
        row = told.get(at)
        if row is None or not any(lines[at]):
            continue
        line.reading, line.problem = _said(row)
        if row.door and row.kind is Kind.RECORD:
            ids.setdefault(Door.id_for(compound.pk, row.door.label), []).append(line)
    for pk in Door.objects.filter(pk__in=list(ids)).values_list("pk", flat=True):
        for line in ids[pk]:
            line.known = True


def _rows_by_line(reading: Reading) -> dict[int, RowReading]:
    # Row 1 has the headings, so line 0 stands in row 2.
    return {row.row - 2: row for row in reading.rows if row.row >= 2}


def _said(row: RowReading) -> tuple[str, str]:
    """A line's door, and what is wrong or doubtful about it."""
    if row.kind is Kind.PARKED:
        return "", gettext(PARKED.get(row.reason, row.reason))
    if row.kind is Kind.NO_DATA:
        return gettext(NO_DATA.get(row.reason, row.reason)), ""
    doubts = gettext("; ").join(gettext(DOUBTS[doubt]) for doubt in row.doubts if doubt in DOUBTS)
    return gettext("; ").join(filter(None, [row.door_label, doubts])), ""


def _line(cells: Sequence[str]) -> TypedLine:
    padded = [*cells, *[""] * (len(FIELDS) - len(cells))]
    named = zip(FIELDS, padded, strict=False)
    return TypedLine([{"name": name, "label": LABELS[name], "value": value} for name, value in named])


def _pasted(text: str) -> Iterator[list[str]]:
    """Lines copied out of a spreadsheet, as wide as the grid."""
    for row in copied_rows(text):
        cells = row[: len(FIELDS)]
        if any(cells):
            yield [*cells, *[""] * (len(FIELDS) - len(cells))]
