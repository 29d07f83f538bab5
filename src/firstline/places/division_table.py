"""Our table of official divisions, made by ``tools/divisions.py``: codes (GB/T 2260, GB/T 10114) and official names."""

import csv
import gzip
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from firstline.identifiers import division
from firstline.places.divisions import KIND_OF_LEVEL
from firstline.places.errors import DivisionsMissing
from firstline.places.models import PlaceKind
from firstline.places.village_list import spoken_name


@dataclass(frozen=True, slots=True)
class DivisionRow:
    """One division: its path (the code without padding), that of the place above, its official and its spoken name."""

    path: str
    parent: str
    kind: PlaceKind
    official: str
    spoken: str

    @property
    def code(self) -> str:
        """The full code of 12 digits."""
        return self.path.ljust(12, "0")


def read_table(path: Path, below: str = "") -> list[DivisionRow]:
    """The divisions at or below a code, and those above it, from the top down. Raises DivisionsMissing."""
    try:
        with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
            listed = [(row["code"], row["name"]) for row in csv.DictReader(file)]
    except FileNotFoundError:
        raise DivisionsMissing(path=str(path)) from None
    rows = [row for code, name in listed if _wanted(code, below) and (row := _row(code, name))]
    # Two places of one kind under one parent cannot share a name: those keep their official ones.
    taken = Counter((row.parent, row.spoken) for row in rows)
    unique = (row if taken[row.parent, row.spoken] == 1 else _as_official(row) for row in rows)
    return sorted(unique, key=lambda row: (len(row.path), row.path))


def _wanted(code: str, below: str) -> bool:
    return code.startswith(below) or below.startswith(code)


def _row(code: str, official: str) -> DivisionRow | None:
    read = division.parse(code)
    if read.problems or read.level is None:
        return None
    name = spoken_name(official) if read.level == "community" else official
    return DivisionRow(read.code, read.parent or "", KIND_OF_LEVEL[read.level], official, name)


def _as_official(row: DivisionRow) -> DivisionRow:
    return DivisionRow(row.path, row.parent, row.kind, row.official, row.official)
