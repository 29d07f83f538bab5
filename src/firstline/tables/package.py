"""The guards in front of the xlsx reader, on the bytes of the package itself.

The reader lays a sheet out as the rectangle that holds all its cells, and a central directory may lie about
sizes. So every part is unpacked here once, counted, and its cell references read, before the reader sees it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from xml.etree import ElementTree

from .errors import ArchiveBomb, Damaged, TooManyCells, TooManyColumns, TooManyRows
from .limits import MEGABYTE, Limits

_CHUNK = 1024 * 1024
_SHARED_PART = "sharedstrings.xml"
_SLICE = 4 * 1024 * 1024
_OPENINGS = (b"<c ", b"<c>", b"<c\t", b"<c\n", b"<c\r", b":c ", b":c>", b":c\t", b":c\n", b":c\r")
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: [a-z]+="[^"<>]*")*( ?/)?>')
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
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)</|<(?:\w+:)?f(?:\s[^>]*)?/>")


@dataclass(slots=True)
class SheetParts:
    """What the package says of one sheet part: extent of its filled cells, and cells without a saved value."""

    rows: int = 0
    columns: int = 0
    valueless: dict[tuple[int, int], str] = field(default_factory=dict)


def inspect(data: bytes, limits: Limits) -> dict[str, SheetParts]:
    """Unpacks and measures every part; answers the sheet parts by sheet name, or raises what is too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _inspect(package, limits)
    except (
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        ElementTree.ParseError,
        KeyError,
    ) as problem:
        raise Damaged from problem
    except Exception as problem:
        if type(problem).__module__ in ("zlib", "lzma"):
            raise Damaged from problem
        raise


def _inspect(package: zipfile.ZipFile, limits: Limits) -> dict[str, SheetParts]:
    entries = package.infolist()
    if len(entries) > limits.entries or sum(entry.file_size for entry in entries) > limits.unpacked:
        raise ArchiveBomb(limit=limits.unpacked // MEGABYTE)
    if len({_path(entry.filename) for entry in entries}) != len(entries):
        raise Damaged  # two parts of one name: which one is read depends on the reader
    paths = _sheet_paths(package)
    longest = 0
    shared_cells = 0
    parts: dict[str, SheetParts] = {}
    for entry in entries:
        path = _path(entry.filename)
        if path in paths or path.endswith(_SHARED_PART):
            content = _xml(package, entry)
            if path in paths:
                parts[paths[path]] = _measure(content, paths[path], limits)
                shared_cells += len(_SHARED_CELL.findall(content))
            else:
                longest = max(map(len, _SHARED.split(content)[1:]), default=0)
        else:
            for _ in _unpacked(package, entry):
                pass  # only so that a wrong size or checksum shows before the reader meets it
    # One long shared text named by a million cells would unfold to terabytes.
    if shared_cells * longest > limits.text and _spread(package, paths) > limits.text:
        raise TooManyCells(sheet="")
    return parts


def _unpacked(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """Reading to the end checks the size and checksum, so a directory that lies is an error, not a flood."""
    with package.open(entry) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def _xml(package: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    content = b"".join(_unpacked(package, entry))
    # Entities can unfold, and another encoding would hide references from the patterns above.
    # No office program writes either.
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or b"\x00" in content:
        raise Damaged
    return content


def _path(name: str) -> str:
    """Some programs write backslashes or other capitals, and the reader finds the part all the same."""
    return name.replace("\\", "/").lstrip("/").lower()


def _sheet_paths(package: zipfile.ZipFile) -> dict[str, str]:
    """Path of each sheet part -> name of the sheet, by the workbook and its relations."""
    names = set(package.namelist())
    workbook = "xl/workbook.xml"
    relations = "xl/_rels/workbook.xml.rels"
    if workbook not in names or relations not in names:
        raise Damaged
    targets: dict[str, str] = {}
    for element in _elements(package, relations):
        if element.get("Id") and element.get("TargetMode") != "External":
            target = element.get("Target", "")
            targets[element.get("Id", "")] = _path(target) if target.startswith("/") else _path("xl/" + target)
    paths: dict[str, str] = {}
    for element in _elements(package, workbook):
        if element.tag.rpartition("}")[2] == "sheet":
            relation = next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == "id"), "")
            if relation in targets:
                paths[targets[relation]] = element.get("name", "")
    return paths


def _elements(package: zipfile.ZipFile, part: str) -> Iterator[ElementTree.Element]:
    # What makes XML dangerous, entities, `_xml` has refused.
    return ElementTree.fromstring(_xml(package, package.getinfo(part))).iter()  # noqa: S314


def _measure(content: bytes, sheet: str, limits: Limits) -> SheetParts:
    parts = _plain_extent(content) or _any_extent(content)
    if parts.columns > limits.columns:
        raise TooManyColumns(sheet=sheet, columns=parts.columns, limit=limits.columns)
    if parts.rows > limits.rows:
        raise TooManyRows(sheet=sheet, rows=parts.rows, limit=limits.rows)
    if parts.rows * parts.columns > limits.cells:
        raise TooManyCells(sheet=sheet)
    if b"<f" in content or b":f" in content or b't="e"' in content:
        parts.valueless = _valueless(content)
    return parts


def _plain_extent(content: bytes) -> SheetParts | None:
    """The form every office program writes, read fast; None when a single cell is written otherwise."""
    columns: set[bytes] = set()
    rows: set[bytes] = set()
    read = start = 0
    while start < len(content):
        end = content.find(b"<c ", start + _SLICE)
        end = len(content) if end < 0 else end
        for column, row, closed in _PLAIN_CELL.findall(content, start, end):
            read += 1
            if not closed:
                columns.add(column)
                rows.add(row)
        start = end
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
    for match in _SPECIAL.finditer(content):
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


def _spread(package: zipfile.ZipFile, sheets: Container[str]) -> int:
    """Bytes of all shared texts, each as often as cells name it. Slow, so asked only when it could matter."""
    shared = next(entry for entry in package.infolist() if _path(entry.filename).endswith(_SHARED_PART))
    lengths = [len(piece) for piece in _SHARED.split(_xml(package, shared))[1:]]
    named: Counter[int] = Counter()
    for entry in package.infolist():
        if _path(entry.filename) in sheets:
            named.update(int(index) for index in _SHARED_CELL.findall(_xml(package, entry)))
    return sum(lengths[index] * count for index, count in named.items() if index < len(lengths))


def column_number(letters: bytes) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
