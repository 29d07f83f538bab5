"""Whose copy a file is: by what stands in it, and by its rows when that was cut off."""

import csv
import io
import re
import uuid
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from firstline.audit.actions import EXPORT
from firstline.audit.copies.marks import Agreement, Carried, agreement, carried_by
from firstline.audit.errors import NoCopy
from firstline.audit.models import LedgerEntry
from firstline.kernel import crypto

_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
# More rows than convince; the rest of a long file is not compared with every copy ever taken.
_MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Traced:
    """A copy that a file comes from. ``named``: its id stands in the file; ``rows``: how its rows agree."""

    entry: LedgerEntry
    named: bool
    rows: Agreement


def trace(file: Path) -> list[Traced]:
    """The copies that a file comes from, the likeliest first; several when it was put together. Raises NoCopy."""
    content = file.read_bytes()
    lines = list(_cells(content))
    carried = [found for line in lines if (found := carried_by(line))][:_MOST_ROWS]
    named = _named(content, lines)
    traced = []
    for entry in LedgerEntry.objects.filter(action=EXPORT).order_by("at"):
        agreed = _agreement(carried, entry)
        if entry.subject_id in named or agreed.convinces:
            traced.append(Traced(entry, entry.subject_id in named, agreed))
    if not traced:
        raise NoCopy(rows=len(carried))
    return sorted(traced, key=lambda one: (one.rows.convinces, one.named), reverse=True)


def _agreement(carried: list[Carried], entry: LedgerEntry) -> Agreement:
    # The rows were marked under the key that its entry is sealed under.
    return agreement(carried, entry.subject_id, crypto.key_of(entry.sealed))


def _cells(content: bytes) -> Iterator[list[str]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    except (CalamineError, ValueError, OSError):
        yield from csv.reader(io.StringIO(_text(content)))
        return
    for name in book.sheet_names:
        for row in book.get_sheet_by_name(name).to_python():
            yield [str(cell) for cell in row]


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", "replace")


def _named(content: bytes, lines: list[list[str]]) -> set[uuid.UUID]:
    said = [cell for line in lines for cell in line if not carried_by([cell])]
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            said += [packed.read(name).decode() for name in packed.namelist() if name.startswith("docProps/")]
    except (zipfile.BadZipFile, UnicodeDecodeError):
        pass
    return {uuid.UUID(found) for text in said for found in _ID.findall(text)}
