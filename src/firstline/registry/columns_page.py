"""The page on which somebody says what the columns of a list mean."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.registry import looks, selectors
from firstline.registry.errors import ListDecided
from firstline.registry.masks import masked
from firstline.registry.meanings import MEANINGS, NOT_READ
from firstline.registry.models import ChosenColumns, FileContents, SheetRead, SourceFile, SourceRow
from firstline.registry.reading import Meaning
from firstline.registry.review.table import letter

SAMPLE = 10
_SURE, _FAIR = 0.9, 0.6
_MOST_COLUMNS = 100
_READ = frozenset(meaning.value for meaning in Meaning) - {Meaning.OTHER.value}


@dataclass(frozen=True, slots=True)
class ColumnField:
    """One source column: its heading, a select above it, and how sure our own reading was (3, 2, 1; 0 says nothing)."""

    name: str
    index: int
    letter: str
    header: str
    meaning: str
    sure: int
    hidden: bool


@dataclass(frozen=True, slots=True)
class SheetFields:
    """One sheet: its columns, and sample rows as they came (numbers masked)."""

    number: int
    name: str
    header_row: int
    building: str
    chosen: bool
    columns: list[ColumnField]
    rows: list[tuple[int, list[str]]]


def context(actor: Actor, file_id: uuid.UUID) -> dict[str, Any]:
    """The context of ``registry/list_columns.html``; names are shown, so the look is recorded. Raises NotFound."""
    with scope.enter(actor):
        file = selectors.file_for(actor, file_id, needs="registry.choose_columns")
        if selectors.decision_of(file):
            raise ListDecided
        looks.at_list(actor, file, fields=["name"])
        contents: FileContents = file.open()
        sheets = [_sheet(sheet, _sample(file, sheet)) for sheet in contents.sheets]
    return {
        "name": contents.name,
        "compound": file.compound.place.name,
        "sheets": sheets,
        "meanings": [{"value": value, "label": label} for value, label in {**MEANINGS, **NOT_READ}.items()],
        "save_url": reverse("registry:columns", args=[file.id]),
        "back_url": reverse("registry:review", args=[file.id]),
        "section": "registry:lists",
    }


def choices_of(form: QueryDict) -> dict[int, ChosenColumns]:
    """What a form says of each sheet; a meaning nobody knows is passed by."""
    choices: dict[int, ChosenColumns] = {}
    for number in filter(str.isdecimal, form.getlist("sheet")):
        headers: list[str] = form.getlist(f"header-{number}")[:_MOST_COLUMNS]
        said = enumerate(form.getlist(f"column-{number}")[:_MOST_COLUMNS], start=1)
        columns = {index: meaning for index, meaning in said if meaning in _READ}
        row = form.get(f"header_row-{number}", "")
        header_row = int(row) if row.isdecimal() and len(row) < 7 else 0
        building = form.get(f"building-{number}", "").strip()
        choices[int(number)] = ChosenColumns(header_row, columns, headers, building)
    return choices


def _sheet(sheet: SheetRead, rows: Sequence[tuple[int, list[str]]]) -> SheetFields:
    read = {column.index: column for column in sheet.columns}
    width = min(_MOST_COLUMNS, max([1, *read, *(len(cells) for _number, cells in rows)]))
    fields = []
    for index in range(1, width + 1):
        column = read.get(index)
        meaning = column.meaning if column else Meaning.OTHER.value
        confidence = column.confidence if column and meaning != Meaning.OTHER else 0.0
        fields.append(
            ColumnField(
                name=f"column-{sheet.number}",
                index=index,
                letter=letter(index),
                header=masked(column.header) if column else "",
                meaning=meaning,
                sure=3 if confidence >= _SURE else 2 if confidence >= _FAIR else 1 if confidence else 0,
                hidden=index in sheet.hidden_columns,
            )
        )
    padded = [(number, [masked(cell) for cell in [*cells, *[""] * width][:width]]) for number, cells in rows]
    chosen = sheet.chosen
    building = chosen.building if chosen else ""
    return SheetFields(sheet.number, sheet.name, sheet.header_row, building, bool(chosen), fields, padded)


def _sample(file: SourceFile, sheet: SheetRead) -> list[tuple[int, list[str]]]:
    """Ten rows from where the list begins, so that headings and data can be told apart."""
    first = max(1, sheet.header_row - 1)
    rows = SourceRow.objects.filter(source_file=file, sheet=sheet.number, number__gte=first)
    found: dict[int, list[str]] = {}
    for row in rows.only("id", "sealed", "number").order_by("number", "column")[: SAMPLE + 2]:
        found.setdefault(row.number, row.open().cells)
    return list(found.items())
