"""What of lists counts today: rows as they were read, rows put right, and whose doors they name."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from firstline.kernel.paths import Range
from firstline.places.frames import DoorProposal
from firstline.places.leaving import Source
from firstline.places.models import Compound
from firstline.places.selectors import in_ranges
from firstline.registry import selectors
from firstline.registry.models import RowCorrection, RowKind, SourceFile, SourceRow, SourceVoid, Verdict

_ACCEPTED = Q(source_file__decision__verdict=Verdict.ACCEPTED, source_file__void=None)
_DOOR = ("door_building", "door_unit", "door_room", "door_label")


@dataclass(frozen=True, slots=True)
class Account:
    """``rows`` = ``records`` + ``put_right`` + ``parked`` + ``no_data``, whatever was put right and taken back.

    ``records`` are the rows that were read as standing at a door, ``put_right`` those placed by hand since;
    ``no_data`` counts what was read as none and what somebody said is none.
    """

    rows: int
    records: int
    put_right: int
    parked: int
    no_data: int

    @property
    def placed(self) -> int:
        return self.records + self.put_right


def corrections() -> QuerySet[RowCorrection]:
    """The corrections that nobody has taken back."""
    return RowCorrection.objects.filter(~Exists(SourceVoid.objects.filter(source_id=OuterRef("pk"))))


def accounts_of(files: Iterable[SourceFile]) -> dict[uuid.UUID, Account]:
    """The account of each list as it stands today; one statement."""
    files = list(files)
    settled: dict[uuid.UUID, dict[str, int]] = defaultdict(dict)
    found = corrections().filter(source_file__in=[file.id for file in files])
    for file_id, kind, count in found.values_list("source_file", "kind").annotate(Count("pk")).order_by():
        settled[file_id][kind] = count
    return {file.id: _account(file, settled[file.id]) for file in files}


def aside_at(within: Sequence[Range]) -> dict[str, int]:
    """Rows of accepted lists that are at no door yet, by the path of the list's compound; two statements."""
    accepted = Q(decision__verdict=Verdict.ACCEPTED, void=None, parked_count__gt=0)
    files = list(SourceFile.objects.filter(in_ranges(within)).filter(accepted).defer("sealed", "sealed_content"))
    aside: dict[str, int] = defaultdict(int)
    accounts = accounts_of(files) if files else {}
    for file in files:
        aside[file.path] += accounts[file.id].parked
    return dict(aside)


def compounds_listed(compounds: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Those of the compounds that have an accepted list already: a newer one is compared with it."""
    accepted = SourceFile.objects.filter(compound__in=compounds, decision__verdict=Verdict.ACCEPTED, void=None)
    return set(accepted.values_list("compound", flat=True).distinct())


def proposals(file: SourceFile) -> list[DoorProposal]:
    """The doors of a list in its own order, each once: of rows that were read, then of rows put right."""
    rows = file.rows.filter(kind=RowKind.RECORD).order_by("sheet", "number", "column").values_list(*_DOOR)
    by_hand = corrections().filter(source_file=file, kind=RowKind.RECORD).order_by("pk").values_list(*_DOOR)
    return [selectors.proposal(*door) for door in dict.fromkeys([*rows, *by_hand])]


def labels_of(file: SourceFile) -> set[str]:
    """The labels of all doors that a list names today."""
    return {label for (label,) in _placed(Q(source_file=file), "door_label")}


def buildings_of(file: SourceFile) -> set[str]:
    """The labels of all buildings at whose doors a list names somebody today."""
    return {label for (label,) in _placed(Q(source_file=file), "door_building")}


def listed_labels(compound: Compound) -> set[str]:
    """The labels of all doors that the accepted lists of a compound name."""
    return _listed(compound).labels


def source_of(file: SourceFile, named: set[str] | None = None) -> Source:
    """An accepted list about to be taken back, as those who bring doors see it; ``named`` are its labels if known."""
    others = _listed(file.compound, but=file)
    mine = labels_of(file) if named is None else named
    decisions = set(corrections().filter(source_file=file).values_list("decision_id", flat=True))
    everything = {file.id, *decisions}
    return Source(mine - others.labels, everything, ended=everything, heirs=others.heirs)


def decision_of(file: SourceFile, put_right: Collection[RowCorrection]) -> Source:
    """Corrections of an accepted list that were just taken back, as those who bring doors see them."""
    others = _listed(file.compound)
    decisions = {correction.decision_id for correction in put_right}
    left = set(corrections().filter(decision_id__in=decisions).values_list("decision_id", flat=True))
    labels = {correction.door_label for correction in put_right if correction.door_label}
    return Source(labels - others.labels, {file.id, *decisions}, ended=decisions - left, heirs=others.heirs)


@dataclass(frozen=True, slots=True)
class _Listed:
    """What accepted lists of a compound name: door labels, and for each building a list that names it."""

    labels: set[str]
    heirs: dict[str, uuid.UUID]


def _listed(compound: Compound, but: SourceFile | None = None) -> _Listed:
    labels: set[str] = set()
    heirs: dict[str, uuid.UUID] = {}
    accepted = _ACCEPTED & Q(source_file__compound=compound)
    if but:
        accepted &= ~Q(source_file=but)
    for building, label, file_id in _placed(accepted, "door_building", "door_label", "source_file_id"):
        labels.add(label)
        heirs[building] = file_id
    return _Listed(labels, heirs)


def _placed(condition: Q, *fields: str) -> Iterator[tuple[Any, ...]]:
    """What rows that stand at a door say, as they were read or put right; one statement, each answer once."""
    read = SourceRow.objects.filter(condition, kind=RowKind.RECORD).order_by().values_list(*fields)
    by_hand = corrections().filter(condition, kind=RowKind.RECORD).order_by().values_list(*fields)
    yield from read.union(by_hand)


def _account(file: SourceFile, settled: dict[str, int]) -> Account:
    by_hand, none = settled.get(RowKind.RECORD, 0), settled.get(RowKind.NO_DATA, 0)
    return Account(
        rows=file.row_count,
        records=file.record_count,
        put_right=by_hand,
        parked=file.parked_count - by_hand - none,
        no_data=file.no_data_count + none,
    )
