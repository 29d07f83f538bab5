"""How much of a file is read: what a county's largest list needs, with room, and no more."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    bytes: int = 50 * MEGABYTE
    unpacked: int = 200 * MEGABYTE
    entries: int = 4096
    rows: int = 200_000
    columns: int = 512
    cells: int = 2_000_000  # of the rectangle that holds everything: it is laid out in memory
    text: int = 128 * MEGABYTE  # of all cells together: one long shared text may stand in a million cells


DEFAULT = Limits()
