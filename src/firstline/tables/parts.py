"""The guards in front of the xlsx reader, on the parts of the package; and what that reader does not tell.

It lays a sheet out as the rectangle that holds all its cells, and a central directory may lie about sizes. So every
part is unpacked here once, counted, and its cell references read, before the reader sees it.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from .errors import Damaged, TooManyCells, TooManyColumns, TooManyRows
from .layout import Budget
from .limits import MEGABYTE, Limits
from .markup import Attributes, Markup
from .notes import LINKS_NOT_FOLLOWED, MACROS_NOT_RUN
from .package import opened, path_of, unpacked

# Parts that say what there is, not what stands in it: a workbook of a hundred sheets has a few kilobytes of each.
_MOST_OF_A_DIRECTORY = 4 * MEGABYTE
_WORKBOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHARED_PART = "sharedstrings.xml"
_SLICE = 4 * 1024 * 1024
_OPENINGS = (b"<c ", b"<c>", b"<c\t", b"<c\n", b"<c\r", b":c ", b":c>", b":c\t", b":c\n", b":c\r")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: [a-z]+="[^"<>]*")*( ?/)?>')
_ROW_OF_CELL = re.compile(rb'<c r="[A-Z]{1,3}([1-9][0-9]{0,6})"')
_OTHER = re.compile(rb"<c[a-zA-Z]")
_COLUMN_OF_CELL = re.compile(rb'<c r="([A-Z]{1,3})[1-9]')
# Cells with something in them: an empty formatted cell closes itself and takes no room in the reader.
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>])(?:[^>\"']|\"[^\"]*\"|'[^']*')*?(?<!/)>")
_REFERENCE = re.compile(rb"\sr\s*=\s*[\"']([^\"']*)[\"']")
_PLACE = re.compile(rb"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s>])[^>]*>")
_SHARED_CELL = re.compile(rb"\st=[\"']s[\"'][^>]*>\s*<(?:\w+:)?v>\s*(\d{1,9})\s*<")
_SHARED = re.compile(rb"<(?:\w+:)?si(?=[\s>/])")
# Formulas and errors: the reader gives an empty cell where no value was saved, and for every error.
_SPECIAL = re.compile(
    rb"<(?:\w+:)?c\s(?=[^>]*\sr=\"([A-Z]{1,3}[0-9]{1,7})\"|r=\"([A-Z]{1,3}[0-9]{1,7})\")([^>]*)(?<!/)>(.*?)</(?:\w+:)?c>",
    re.DOTALL,
)
_SIGN = re.compile(rb"<f[\s/>]|\st=\"e\"")
_HIDDEN_ROW = re.compile(rb"<(?:\w+:)?row(?=\s)(?=[^>]*\shidden=\"(?:1|true)\")[^>]*\sr=\"([0-9]{1,7})\"")
_HIDDEN_COLUMNS = re.compile(rb"<(?:\w+:)?col(?=\s)(?=[^>]*\s(?:hidden=\"(?:1|true)\"|width=\"0\"))[^>]*>")
_BOUND = re.compile(rb"\s(min|max)=\"([0-9]{1,5})\"")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)</|<(?:\w+:)?f(?:\s[^>]*)?/>")


@dataclass(slots=True)
class SheetParts:
    """What the package says of one sheet: extent of its filled cells, and whatever the reader does not tell."""

    rows: int = 0
    columns: int = 0
    valueless: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(slots=True)
class Parts:
    """The sheets by name, and notes on the whole file."""

    sheets: dict[str, SheetParts]
    notes: tuple[str, ...] = ()


def inspect(data: bytes, limits: Limits) -> Parts:
    """Unpacks and measures every part; raises what is too much, and Damaged."""
    with opened(data, limits) as package:
        return _inspect(package, limits)


def _inspect(package: zipfile.ZipFile, limits: Limits) -> Parts:
    entries = {path_of(entry.filename): entry for entry in package.infolist()}
    names = _sheet_names(package)
    shared = any(path.endswith(_SHARED_PART) for path in entries)
    longest = shared_cells = 0
    sheets: dict[str, SheetParts] = {}
    for path, entry in entries.items():
        if path in names:
            content = _xml(package, entry)
            sheets[names[path]] = _measure(content, names[path], limits)
            if shared:
                shared_cells += content.count(b't="s"') + content.count(b"t='s'")
        elif path.endswith(_SHARED_PART):
            content = _xml(package, entry)
            if content.count(b"<si") > limits.cells:
                raise TooManyCells(sheet="")
            longest = max(map(len, _SHARED.split(content)[1:]), default=0)
        else:
            for _ in unpacked(package, entry):
                pass  # only so that a wrong size or checksum shows before the reader meets it
    # One long shared text named by a million cells would unfold to terabytes.
    if shared_cells * longest > limits.text and _spread(package, names) > limits.text:
        raise TooManyCells(sheet="")
    budget = Budget(limits)
    for path, name in names.items():
        if name in sheets:
            sheets[name].comments = _comments(package, entries, path, budget)
    return Parts(sheets, _notes(entries))


def _notes(paths: Container[str]) -> tuple[str, ...]:
    found = (MACROS_NOT_RUN,) if "xl/vbaproject.bin" in paths else ()
    return (*found, LINKS_NOT_FOLLOWED) if "xl/externallinks/externallink1.xml" in paths else found


def _xml(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    content = b"".join(unpacked(package, entry))
    # Entities, which need a document type, can unfold, and another encoding would hide references from the patterns
    # above. No office program writes either.
    if b"<!DOCTYPE" in content or b"\x00" in content:
        raise Damaged
    return content


class _Elements(Markup):
    """All elements of one name, by their attributes without namespaces."""

    def __init__(self, wanted: str) -> None:
        self._wanted = wanted
        self.found: list[Attributes] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name.rpartition(" ")[2] == self._wanted:
            self.found.append({key.rpartition(" ")[2]: value for key, value in attributes.items()})


def _elements(package: zipfile.ZipFile, part: zipfile.ZipInfo, wanted: str) -> list[Attributes]:
    if part.file_size > _MOST_OF_A_DIRECTORY:
        raise Damaged
    elements = _Elements(wanted)
    elements.read(unpacked(package, part))
    return elements.found


def _sheet_names(package: zipfile.ZipFile) -> dict[str, str]:
    """Path of each sheet part -> name of the sheet, by the workbook and its relations."""
    targets = _targets(package, package.getinfo(_RELATIONS), _WORKBOOK)
    names: dict[str, str] = {}
    for sheet in _elements(package, package.getinfo(_WORKBOOK), "sheet"):
        if target := targets.get(sheet.get("id", "")):
            names[target[0]] = sheet.get("name", "")
    return names


def _targets(package: zipfile.ZipFile, relations: zipfile.ZipInfo, source: str) -> dict[str, tuple[str, str]]:
    """Id of each relation of a part inside the package -> path and kind of what it leads to."""
    found = {}
    for relation in _elements(package, relations, "Relationship"):
        if relation.get("TargetMode") != "External":
            place = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), relation.get("Target", "")))
            found[relation.get("Id", "")] = path_of(place), relation.get("Type", "").rpartition("/")[2]
    return found


class _Comments(Markup):
    def __init__(self, sheet: str, budget: Budget) -> None:
        self.found: dict[tuple[int, int], str] = {}
        self._sheet = sheet
        self._budget = budget
        self._place: tuple[int, int] | None = None
        self._texts: list[str] = []
        self._open = False

    def start(self, name: str, attributes: Attributes) -> None:
        local = name.rpartition(" ")[2]
        if local == "comment":
            place = _PLACE.fullmatch(attributes.get("ref", "").encode())
            self._place = (int(place[2]), column_number(place[1])) if place else None
            self._texts = []
        self._open = local == "t" and self._place is not None

    def text(self, text: str) -> None:
        if self._open:
            self._texts.append(text)

    def end(self, name: str) -> None:
        self._open = False
        if name.rpartition(" ")[2] == "comment" and self._place and (text := "".join(self._texts).strip()):
            self._budget.spend(self._sheet, cells=1, text=len(text))
            self.found[self._place] = text


def _comments(
    package: zipfile.ZipFile, entries: Mapping[str, zipfile.ZipInfo], sheet: str, budget: Budget
) -> Mapping[tuple[int, int], str]:
    folder, _, file = sheet.rpartition("/")
    relations = entries.get(f"{folder}/_rels/{file}.rels")
    if relations is None:
        return {}
    comments = _Comments(sheet, budget)
    for path, kind in _targets(package, relations, sheet).values():
        if kind == "comments" and path in entries:
            comments.read(unpacked(package, entries[path]))
    return comments.found


def _measure(content: bytes, sheet: str, limits: Limits) -> SheetParts:
    parts = _outer_extent(content)
    if parts is None or not _fits(parts, limits):
        # Formatted empty cells reach far beyond the list; a closer look leaves them out.
        parts = _plain_extent(content) or _any_extent(content)
    if parts.columns > limits.columns:
        raise TooManyColumns(sheet=sheet, columns=parts.columns, limit=limits.columns)
    if parts.rows > limits.rows:
        raise TooManyRows(sheet=sheet, rows=parts.rows, limit=limits.rows)
    if parts.rows * parts.columns > limits.cells:
        raise TooManyCells(sheet=sheet)
    if content.count(b"mergeCell ") > limits.cells // 20:
        raise TooManyCells(sheet=sheet)
    if b"<f" in content or b't="e"' in content or (b":c" in content and b":f" in content):
        parts.valueless = _valueless(content)
    _tell_hidden(content, parts)
    return parts


def _fits(parts: SheetParts, limits: Limits) -> bool:
    return parts.rows <= limits.rows and parts.columns <= limits.columns and parts.rows * parts.columns <= limits.cells


def _tell_hidden(content: bytes, parts: SheetParts) -> None:
    """As far as something stands there: sheets are often hidden to their very end."""
    if b'hidden="' in content:
        rows = (int(row) for row in _HIDDEN_ROW.findall(content))
        parts.hidden_rows = frozenset(row for row in rows if row <= parts.rows)
    columns: set[int] = set()
    for element in _HIDDEN_COLUMNS.findall(content, 0, max(content.find(b"sheetData"), 0)):
        bounds = {name: int(number) for name, number in _BOUND.findall(element)}
        columns.update(range(bounds.get(b"min", 1), min(bounds.get(b"max", 0), parts.columns) + 1))
    parts.hidden_columns = frozenset(columns)


def _outer_extent(content: bytes) -> SheetParts | None:
    """A bound that costs little: all cells, empty ones too; None when a single one is written in an unusual form."""
    if b":c" in content:
        return None
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    read = 0
    for start, end in _slices(content):
        found = _ROW_OF_CELL.findall(content, start, end)
        read += len(found)
        rows.update(found)
        columns.update(_COLUMN_OF_CELL.findall(content, start, end))
    # Each opening is a cell that was read, or another element before or behind the cells (cols, cfRule).
    first, last = max(content.find(b"<sheetData"), 0), max(content.rfind(b"</sheetData>"), 0)
    others = len(_OTHER.findall(content, 0, first)) + len(_OTHER.findall(content, last))
    return _extent(rows, columns) if read + others == content.count(b"<c") else None


def _slices(content: bytes) -> Iterator[tuple[int, int]]:
    """Pieces that each begin with a cell, so that what is found in one never fills the memory."""
    start = 0
    while start < len(content):
        end = content.find(b"<c ", start + _SLICE)
        end = len(content) if end < 0 else end
        yield start, end
        start = end


def _plain_extent(content: bytes) -> SheetParts | None:
    """The form every office program writes, read fast; None when a single cell is written otherwise."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    read = 0
    for start, end in _slices(content):
        for column, row, closed in _PLAIN_CELL.findall(content, start, end):
            read += 1
            if not closed:
                columns.add(column)
                rows.add(row)
    if read != sum(content.count(opening) for opening in _OPENINGS):
        return None
    return _extent(rows, columns)


def _any_extent(content: bytes) -> SheetParts:
    """Any well-formed XML: prefixes, other quotes, references left out."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    unplaced = 0
    for match in _CELL.finditer(content):
        reference = _REFERENCE.search(match.group())
        if reference is None:
            unplaced += 1
            continue
        place = _PLACE.fullmatch(reference.group(1))
        if place is None:
            raise Damaged
        columns.add(place.group(1))
        rows.add(place.group(2))
    parts = _extent(rows, columns)
    if unplaced:
        # A cell without reference stands right of the one before it, a row without number below the one before it.
        starts = [match.start() for match in _ROW.finditer(content)] + [len(content)]
        widest = max((len(_CELL.findall(content, start, end)) for start, end in pairwise(starts)), default=unplaced)
        parts.rows += len(starts) - 1
        parts.columns += widest
    return parts


def _extent(rows: set[bytes], columns: set[bytes]) -> SheetParts:
    return SheetParts(rows=max(map(int, rows), default=0), columns=max(map(column_number, columns), default=0))


def _valueless(content: bytes) -> dict[tuple[int, int], str]:
    """Errors by their name, formulas without a saved value by their text. Nothing is ever computed."""
    found: dict[tuple[int, int], str] = {}
    for match in _SPECIAL.finditer(content) if b":c" in content else _special(content):
        reference = (match.group(1) or match.group(2)).decode("ascii")
        attributes, body = match.group(3), match.group(4)
        value = _VALUE.search(body)
        if b't="e"' in attributes:
            text = value.group(1).decode("utf-8", "replace") if value else "#ERROR"
        elif value is None and (formula := _FORMULA.search(body)):
            text = "=" + (formula.group(1) or b"").decode("utf-8", "replace")
        else:
            continue
        letters = reference.rstrip("0123456789")
        found[int(reference[len(letters) :]), column_number(letters.encode("ascii"))] = text
    return found


def _special(content: bytes) -> Iterator[re.Match[bytes]]:
    """The cells with a formula or an error, and no look at the others."""
    end = 0
    for sign in _SIGN.finditer(content):
        start = content.rfind(b"<c", end, sign.start())
        if start >= 0 and (match := _SPECIAL.match(content, start)):
            end = match.end()
            yield match


def _spread(package: zipfile.ZipFile, sheets: Container[str]) -> int:
    """Bytes of all shared texts, each as often as cells name it. Slow, so asked only when it could matter."""
    shared = next(entry for entry in package.infolist() if path_of(entry.filename).endswith(_SHARED_PART))
    lengths = [len(piece) for piece in _SHARED.split(_xml(package, shared))[1:]]
    named: Counter[int] = Counter()
    for entry in package.infolist():
        if path_of(entry.filename) in sheets:
            named.update(int(index) for index in _SHARED_CELL.findall(_xml(package, entry)))
    return sum(lengths[index] * count for index, count in named.items() if index < len(lengths))


def column_number(letters: bytes) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
