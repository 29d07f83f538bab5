"""The source as it came beside our reading, row for row; numbers hidden unless the look was recorded."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from firstline.registry.masks import masked
from firstline.registry.mentions import relation_text
from firstline.registry.models import FileContents, Mention, MentionDetails, RowContents, RowKind, SheetRead, SourceRow
from firstline.registry.reading.codes import DOUBTS, ID_PROBLEMS, NO_DATA, PARKED, Meaning
from firstline.registry.review.rows import Fold, RowHead

SURE, DOUBTFUL, UNDECIDED = 3, 2, 1

MEANINGS: dict[str, str | Promise] = {
    Meaning.DOOR: _("Door"),
    Meaning.BUILDING: _("Building"),
    Meaning.UNIT: _("Unit"),
    Meaning.BUILDING_UNIT: _("Building and unit"),
    Meaning.ROOM: _("Room"),
    Meaning.NAME: _("Name"),
    Meaning.PHONE: _("Phone"),
    Meaning.ID_NUMBER: _("Document"),
    Meaning.PERSONS: _("Persons"),
    Meaning.REMARK: _("Remark"),
    Meaning.RELATION: _("Relation"),
    Meaning.TENANT_NAME: _("Tenant"),
    Meaning.TENANT_PHONE: _("Tenant's phone"),
}
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
    letter: str
    header: str
    reading: str | Promise
    numeric: bool


@dataclass(frozen=True, slots=True)
class Cell:
    text: str
    flagged: bool
    numeric: bool


@dataclass(frozen=True, slots=True)
class RowLine:
    number: int
    cells: list[Cell]
    door: str
    first: bool
    person: str
    relation: str
    sure: int
    doubt: str
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
    """The columns of the list from A on, each with its heading and what it was taken to say."""
    read = {column.index: column for column in sheet.columns}
    found = []
    for index in range(1, max([width, *read, 1]) + 1):
        column = read.get(index)
        header, meaning = (column.header, column.meaning) if column else ("", "")
        found.append(Column(letter(index), masked(header), MEANINGS.get(meaning, ""), meaning in _RIGHT_ALIGNED))
    return found


def letter(index: int) -> str:
    """1 is A, 27 is AA, as spreadsheets name columns."""
    name = ""
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


class Table:
    """Opens the rows that are shown or set aside, and only those."""

    def __init__(self, contents: FileContents, rows: Iterable[RowHead], *, in_clear: bool) -> None:
        self._in_clear = in_clear
        self.sheet = contents.sheets[0] if contents.sheets else SheetRead(1)
        self._meaning = {column.index: column.meaning for column in self.sheet.columns}
        ids = [row.id for row in rows]
        self._contents = _opened_rows(ids)
        self._people = _opened_people(ids)
        self.width = max((len(row.cells) for row in self._contents.values()), default=0)

    def choices(self) -> set[str]:
        """The doors that the opened rows set aside name, or may name."""
        return {label for row in self._contents.values() for label in row.choices}

    def lines(self, parts: Sequence[RowHead | Fold], fold_url: str, header_row: int) -> Iterator[Line]:
        """The lines of the table; the heading stands above it already."""
        before = ""
        for part in parts:
            if isinstance(part, Fold):
                first, last = part.rows[0].number, part.rows[-1].number
                yield FoldLine(first, last, part.doubts, f"{fold_url}?rows={first}-{last}#row-{first}")
                before = ""
            elif part.number == header_row:
                continue
            elif part.kind == RowKind.NO_DATA:
                yield self._plain(part)
            else:
                yield self._row(part, first=part.label != before or not part.label)
                before = part.label

    def _plain(self, row: RowHead) -> PlainLine:
        words = " ".join(text for text in self._contents[row.id].cells if text.strip())
        return PlainLine(
            row.number, self._shown(words), gettext("No data: %(what)s") % {"what": gettext(NO_DATA[row.reason])}
        )

    def _row(self, row: RowHead, *, first: bool) -> RowLine:
        contents, people = self._contents[row.id], self._people.get(row.id, [])
        parked = row.kind == RowKind.PARKED
        return RowLine(
            number=row.number,
            cells=self._cells(contents, row.causes),
            door=row.label or " / ".join(contents.choices[:3]),
            first=first,
            person=people[0].name if people else "",
            relation=_relations(people),
            sure=UNDECIDED if parked else DOUBTFUL if row.doubts else SURE,
            doubt=gettext("; ").join(_said(cause, people) for cause in row.causes),
        )

    def _cells(self, contents: RowContents, causes: Sequence[str]) -> list[Cell]:
        flagged = frozenset[str]().union(*(_WHERE.get(cause.partition("_")[0], frozenset()) for cause in causes))
        texts = contents.cells + [""] * (self.width - len(contents.cells))
        return [
            Cell(self._shown(text), self._meaning.get(at, "") in flagged, self._meaning.get(at, "") in _RIGHT_ALIGNED)
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


def _opened_rows(ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, RowContents]:
    return {row.id: row.open() for row in SourceRow.objects.filter(pk__in=ids).only("id", "sealed")}


def _opened_people(ids: Sequence[uuid.UUID]) -> Mapping[uuid.UUID, list[MentionDetails]]:
    people: dict[uuid.UUID, list[MentionDetails]] = defaultdict(list)
    for mention in Mention.objects.filter(source_id__in=ids).only("id", "sealed", "source_id").order_by("part"):
        people[mention.source_id].append(mention.open())
    return people
