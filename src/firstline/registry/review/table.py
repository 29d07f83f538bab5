"""The source as it came beside our reading, row for row; numbers hidden unless the look was recorded."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.utils.functional import Promise
from django.utils.translation import gettext

from firstline.registry.masks import masked
from firstline.registry.meanings import MEANINGS
from firstline.registry.mentions import relation_text
from firstline.registry.models import (
    ColumnRead,
    FileContents,
    Mention,
    MentionDetails,
    RowContents,
    RowKind,
    SheetRead,
    SourceRow,
)
from firstline.registry.reading.codes import DOUBTS, ID_PROBLEMS, NO_DATA, PARKED, Meaning
from firstline.registry.review.rows import Fold, RowHead
from firstline.registry.standing import corrections

SURE, DOUBTFUL, UNDECIDED = 3, 2, 1
# From which confidence on a column counts as sure, and as fairly so.
_SURE_FROM, _FAIR_FROM = 0.9, 0.6

_DOOR_COLUMNS = frozenset({Meaning.DOOR, Meaning.BUILDING, Meaning.UNIT, Meaning.BUILDING_UNIT, Meaning.ROOM})
# In which columns a cause sits, by the beginning of its code.
_WHERE = {
    "door": _DOOR_COLUMNS,
    "building": _DOOR_COLUMNS,
    "unit": _DOOR_COLUMNS,
    "room": _DOOR_COLUMNS,
    "name": frozenset({Meaning.NAME, Meaning.TENANT_NAME}),
    "several": frozenset({Meaning.NAME, Meaning.TENANT_NAME}),
    "phone": frozenset({Meaning.PHONE, Meaning.TENANT_PHONE}),
    "id": frozenset({Meaning.ID_NUMBER}),
    "persons": frozenset({Meaning.PERSONS}),
    "relation": frozenset({Meaning.RELATION}),
}
_RIGHT_ALIGNED = frozenset({Meaning.NUMBER, Meaning.PERSONS})


@dataclass(frozen=True, slots=True)
class Column:
    """``sure`` says how sure our reading of the column is, as of a row; ``hidden`` that the file hides it."""

    letter: str
    header: str
    reading: str | Promise
    numeric: bool
    sure: int = 0
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it came; ``comment`` is the note somebody pinned to it in the file."""

    text: str
    flagged: bool
    numeric: bool
    comment: str = ""


@dataclass(frozen=True, slots=True)
class RowLine:
    """One door of a row; ``again`` when the row's cells stand in a line above, with another door of it."""

    number: int
    cells: list[Cell]
    door: str
    first: bool
    person: str
    relation: str
    sure: int
    doubt: str
    hidden: bool = False
    put_right: bool = False
    again: bool = False
    kind: str = "row"


@dataclass(frozen=True, slots=True)
class PlainLine:
    number: int
    text: str
    reading: str
    kind: str = "plain"


@dataclass(frozen=True, slots=True)
class FoldLine:
    first: int
    last: int
    doubts: int
    url: str
    kind: str = "fold"


Line = RowLine | PlainLine | FoldLine


def columns_of(sheet: SheetRead, width: int) -> list[Column]:
    """The columns of a sheet from A on, each with its heading and what it was taken to say."""
    read = {column.index: column for column in sheet.columns}
    found = []
    for index in range(1, max([width, *read, 1]) + 1):
        column = read.get(index) or ColumnRead(index, "", "", 0.0)
        reading = MEANINGS.get(column.meaning, "")
        sure = _sure_of(column.confidence) if reading else 0
        numeric, hidden = column.meaning in _RIGHT_ALIGNED, index in sheet.hidden_columns
        found.append(Column(letter(index), masked(column.header), reading, numeric, sure, hidden))
    return found


def _sure_of(confidence: float) -> int:
    if confidence >= _SURE_FROM:
        return SURE
    return DOUBTFUL if confidence >= _FAIR_FROM else UNDECIDED


def letter(index: int) -> str:
    """1 is A, 27 is AA, as spreadsheets name columns."""
    name = ""
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class Table:
    """Opens the rows that are shown or set aside, and only those; shows one sheet of the list."""

    def __init__(self, contents: FileContents, rows: Iterable[RowHead], *, sheet: int, in_clear: bool) -> None:
        self._in_clear = in_clear
        self.sheet = _sheet_of(contents, sheet)
        self._meaning = {column.index: column.meaning for column in self.sheet.columns}
        self._comments = {(one.row, one.column): one.text for one in self.sheet.comments}
        self._hidden = frozenset(self.sheet.hidden_rows)
        heads = list(rows)
        self._contents, self._settled = _opened_rows([row.id for row in heads])
        said_by = {row.id: row.id for row in heads} | {uuid.UUID(one["id"]): pk for pk, one in self._settled.items()}
        self._people = _opened_people(said_by)
        shown = [self._contents[row.id] for row in heads if row.sheet == self.sheet.number and row.id in self._contents]
        self.width = max((len(row.cells) for row in shown), default=0)

    def choices(self) -> set[str]:
        """The doors that the opened rows set aside name, or may name."""
        aside = (row for pk, row in self._contents.items() if pk not in self._settled)
        return {label for row in aside for label in row.choices}

    def as_it_stands(self, row: RowHead) -> RowHead:
        """A row with what was put right in it since."""
        said = self._settled.get(row.id)
        if said is None:
            return row
        building, label = said["building"], said["label"]
        return replace(row, kind=said["kind"], reason="", label=label, building=building, put_right=True)

    def lines(self, parts: Sequence[RowHead | Fold], fold_url: str, header_row: int) -> Iterator[Line]:
        """The lines of the table; the heading stands above it already."""
        before, number = "", 0
        for part in parts:
            if isinstance(part, Fold):
                first, last = part.rows[0].number, part.rows[-1].number
                yield FoldLine(first, last, part.doubts, f"{fold_url}&rows={first}-{last}#row-{first}")
                before, number = "", 0
            elif part.number == header_row and part.kind == RowKind.NO_DATA:
                continue
            elif (part := self.as_it_stands(part)).kind == RowKind.NO_DATA and part.number != number:
                yield self._plain(part)
            elif part.kind != RowKind.NO_DATA:
                line = self._row(part, first=part.label != before or not part.label)
                yield replace(line, again=part.number == number)
                before, number = part.label, part.number

    def _plain(self, row: RowHead) -> PlainLine:
        words = " ".join(text for text in self._contents[row.id].cells if text.strip())
        what = gettext("said by hand") if row.put_right else gettext(NO_DATA[row.reason])
        return PlainLine(row.number, self._shown(words), gettext("No data: %(what)s") % {"what": what})

    def _row(self, row: RowHead, *, first: bool) -> RowLine:
        contents, people = self._contents[row.id], self._people.get(row.id, [])
        parked = row.kind == RowKind.PARKED
        return RowLine(
            number=row.number,
            cells=self._cells(row.number, contents, row.causes),
            door=row.label or " / ".join(contents.choices[:3]),
            first=first,
            person=people[0].name if people else "",
            relation=_relations(people),
            sure=UNDECIDED if parked else DOUBTFUL if row.doubts else SURE,
            doubt=gettext("put right by hand")
            if row.put_right
            else gettext("; ").join(_said(cause, people) for cause in row.causes),
            hidden=row.number in self._hidden,
            put_right=row.put_right,
        )

    def _cells(self, number: int, contents: RowContents, causes: Sequence[str]) -> list[Cell]:
        flagged = frozenset[str]().union(*(_WHERE.get(cause.partition("_")[0], frozenset()) for cause in causes))
        texts = contents.cells + [""] * (self.width - len(contents.cells))
        return [
            Cell(
                self._shown(text),
                self._meaning.get(at, "") in flagged,
                self._meaning.get(at, "") in _RIGHT_ALIGNED,
                self._shown(self._comments.get((number, at), "")),
            )
            for at, text in enumerate(texts, start=1)
        ]

    def _shown(self, text: str) -> str:
        return text if self._in_clear else masked(text)


def _said(cause: str, people: Sequence[MentionDetails]) -> str:
    """A cause in words, as exactly as it is known."""
    problem = next((person.id_problem for person in people if person.id_problem), "")
    if cause == "id_problem" and problem in ID_PROBLEMS:
        return gettext("document number: %(problem)s") % {"problem": gettext(ID_PROBLEMS[problem])}
    return gettext(PARKED.get(cause) or DOUBTS.get(cause, cause))


def _relations(people: Sequence[MentionDetails]) -> str:
    """The relation of the first; of the others name and relation, since one row may name the tenant too."""
    said = [relation_text(person.relation) if person.relation not in {"", "unspecified"} else "" for person in people]
    others = [f"{person.name} {relation}".strip() for person, relation in zip(people[1:], said[1:], strict=True)]
    return gettext("; ").join(part for part in [*said[:1], *others] if part)


def _sheet_of(contents: FileContents, number: int) -> SheetRead:
    """The sheet of this number, else the first."""
    found = [sheet for sheet in contents.sheets if sheet.number == number] or contents.sheets
    return found[0] if found else SheetRead(1)


def _opened_rows(
    ids: Sequence[uuid.UUID],
) -> tuple[dict[uuid.UUID, RowContents], dict[uuid.UUID, dict[str, str]]]:
    """Rows opened, and of those that were put right by what and where; one statement."""
    said = JSONObject(id="id", kind="kind", building="door_building", label="door_label")
    put_right = Subquery(corrections().filter(source_row=OuterRef("pk")).values(said=said)[:1])
    rows = SourceRow.objects.filter(pk__in=ids).only("id", "sealed").annotate(put_right=put_right)
    found = list(rows)
    return {row.id: row.open() for row in found}, {row.id: row.put_right for row in found if row.put_right}


def _opened_people(said_by: Mapping[uuid.UUID, uuid.UUID]) -> Mapping[uuid.UUID, list[MentionDetails]]:
    """The people of rows; ``said_by`` gives the row of each source: the row itself, or what was put right in it."""
    people: dict[uuid.UUID, list[MentionDetails]] = defaultdict(list)
    mentions = Mention.objects.filter(source_id__in=list(said_by)).only("id", "sealed", "source_id")
    for mention in mentions.order_by("part"):
        people[said_by[mention.source_id]].append(mention.open())
    return people
