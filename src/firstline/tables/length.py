"""Whether a file is long, told without reading it: cheap, bounded, and never an error."""

from __future__ import annotations

import io
import zipfile

_CHUNK = 256 * 1024
_ROWS = (b"<row ", b":row ", b"<table:table-row")
_LINES = (b"\n", b"\r", b"<tr")
# What unfolds to more without many rows is a formatted desert or a bomb: whoever reads it with every guard may take it.
_MOST_UNPACKED = 32 * 1024 * 1024


def longer_than(data: bytes, rows: int) -> bool:
    """Whether a file has more than about so many rows. Stops as soon as it has; a damaged file is short.

    One whose sheets unfold without end counts as long.
    """
    if not data.startswith(b"PK"):
        return any(data.count(line) > rows for line in _LINES)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return _rows_exceed(package, rows)
    except Exception:  # noqa: BLE001  # whoever reads it says what is wrong with it
        return False


def _rows_exceed(package: zipfile.ZipFile, rows: int) -> bool:
    found = unpacked = 0
    for entry in package.infolist():
        if not ("sheet" in entry.filename.lower() or entry.filename == "content.xml"):
            continue
        with package.open(entry) as part:
            while chunk := part.read(_CHUNK):
                # A row that falls between two chunks is not missed by much.
                found += sum(chunk.count(row) for row in _ROWS)
                unpacked += len(chunk)
                if found > rows or unpacked > _MOST_UNPACKED:
                    return True
    return False
