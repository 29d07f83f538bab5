"""The rows of a list as far as they are not sealed: enough to decide what is shown and what is folded."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from firstline.registry.models import RowKind, SourceFile

# So that one sees how the list was understood before anything is folded.
_FIRST_SHOWN = 4
_SHORTEST_FOLD = 3
# Of one cause this many rows stand open; the others unfold by the cause itself.
_OPEN_A_CAUSE = 15
MOST_UNFOLDED = 400


@dataclass(frozen=True, slots=True)
class RowHead:
    """What is known of a row in clear; ``put_right`` for one that somebody has settled since it was set aside."""

    id: uuid.UUID
    number: int
    kind: str
    reason: str
    doubts: tuple[str, ...]
    label: str
    building: str
    sheet: int = 1
    put_right: bool = False

    @property
    def causes(self) -> tuple[str, ...]:
        """Why somebody should look at it; none for a row that is plain."""
        return (self.reason,) if self.kind == RowKind.PARKED else self.doubts


@dataclass(frozen=True, slots=True)
class Fold:
    """A run of rows that is not shown."""

    rows: Sequence[RowHead]

    @property
    def doubts(self) -> int:
        return sum(bool(row.causes) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Unfolded:
    """What the address asks to see beyond the usual: a run of rows, or all rows of one cause."""

    first: int = 0
    last: int = 0
    cause: str = ""
    sheet: int = 0

    @classmethod
    def parse(cls, rows: str, cause: str, sheet: str = "") -> "Unfolded":
        """From ``10-27``, a cause and the number of a sheet (0: the first); anything else asks for nothing."""
        at = int(sheet) if sheet.isdecimal() and len(sheet) < 4 else 0
        first, _, last = rows.partition("-")
        if not (first.isdecimal() and last.isdecimal() and len(first) < 9 and len(last) < 9):
            return cls(cause=cause, sheet=at)
        return cls(int(first), min(int(last), int(first) + MOST_UNFOLDED - 1), cause, at)

    def wants(self, row: RowHead) -> bool:
        return self.first <= row.number <= self.last or (bool(self.cause) and self.cause in row.causes)


def heads_of(file: SourceFile) -> list[RowHead]:
    """All rows of a list in their order, nothing opened."""
    rows = file.rows.order_by("sheet", "number", "column")
    fields = ("id", "number", "kind", "reason", "doubts", "door_label", "door_building", "sheet")
    return [
        RowHead(pk, number, kind, reason, tuple(doubts), label, building, sheet)
        for pk, number, kind, reason, doubts, label, building, sheet in rows.values_list(*fields)
    ]


def folded(rows: Sequence[RowHead], asked: Unfolded) -> Iterator[RowHead | Fold]:
    """Rows to show, and between them the runs that are folded; a run too short to be worth it is shown."""
    shown = _shown(rows, asked)
    run: list[RowHead] = []
    for row in rows:
        if row.id not in shown:
            run.append(row)
            continue
        yield from _closed(run)
        run = []
        yield row
    yield from _closed(run)


def _closed(run: list[RowHead]) -> Iterable[RowHead | Fold]:
    if len(run) < _SHORTEST_FOLD:
        return run
    return [Fold(run)]


def _shown(rows: Sequence[RowHead], asked: Unfolded) -> set[uuid.UUID]:
    shown: set[uuid.UUID] = set()
    open_by_cause: Counter[str] = Counter()
    records = 0
    for row in rows:
        if row.kind == RowKind.NO_DATA:
            wanted = row.reason not in {"blank", "repeated_header", "number_only"}
        else:
            records += row.kind == RowKind.RECORD
            wanted = records <= _FIRST_SHOWN and row.kind == RowKind.RECORD
        for cause in row.causes:
            open_by_cause[cause] += 1
            wanted = wanted or open_by_cause[cause] <= _OPEN_A_CAUSE
        if wanted or asked.wants(row):
            shown.add(row.id)
    return shown
