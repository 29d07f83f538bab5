"""Reading proposed doors: what is open, which sources name each, and what speaks for it."""

import uuid
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from firstline.identifiers import door_label
from firstline.kernel.paths import Range
from firstline.places.models import Compound, Door, DoorEvidence, EvidenceSource, ProposedDoor
from firstline.places.pattern import Named, Support, judge
from firstline.places.selectors import in_ranges

# What anybody can send, without showing who they are.
HEARSAY = frozenset({EvidenceSource.REPORTS.value})


@dataclass(frozen=True, slots=True)
class OpenProposal:
    """A door that waits: how many rows of each kind of source name it, and what speaks for it."""

    id: uuid.UUID
    path: str
    door: door_label.Door
    rows: Mapping[str, int]
    support: Support

    @property
    def label(self) -> str:
        return self.door.label

    @property
    def building(self) -> str:
        return self.door.building

    @property
    def is_hearsay(self) -> bool:
        """Whether nothing but what anybody can send names it."""
        return bool(self.rows) and set(self.rows) <= HEARSAY


def open_proposals(compound: Compound) -> list[OpenProposal]:
    """The proposals of a compound that nobody has decided, in walking order; three statements."""
    found = list(ProposedDoor.objects.open().filter(compound=compound).prefetch_related("evidence"))
    rows = {one.pk: _rows(one) for one in found}
    named = {one.pk: Named(_read(one.building, one.unit, one.room), _kinds(rows[one.pk])) for one in found}
    judged = [one for one in named.values() if one.sources]
    supports = judge(judged, doors_read(compound), hearsay=HEARSAY)
    proposals = [
        OpenProposal(one.pk, one.path, named[one.pk].door, rows[one.pk], supports.get(one.label, Support.HOLE))
        for one in found
    ]
    return sorted(proposals, key=lambda one: door_label.walking_key(one.door))


def open_counts(within: Iterable[Range]) -> dict[uuid.UUID, int]:
    """How many proposals wait at each compound of ranges; compounds without any are left out; one statement."""
    found = ProposedDoor.objects.open().filter(in_ranges(within)).values("compound").annotate(count=Count("pk"))
    return dict(found.values_list("compound", "count"))


def source_known(possible: Sequence[uuid.UUID]) -> uuid.UUID:
    """Of the ids a file may have been kept under, the one it was; the first for a file that is new."""
    found = DoorEvidence.objects.filter(source_id__in=possible).values_list("source_id", flat=True).first()
    return found or possible[0]


def doors_read(compound: Compound) -> list[door_label.Door]:
    """The dwellings of a compound as labels are read."""
    standing = Door.objects.standing().filter(building__compound=compound)
    return [_read(*row) for row in standing.values_list("building__label", "unit", "room")]


def _read(building: str, unit: str, room: str) -> door_label.Door:
    return door_label.Door(building, unit, room) if building else door_label.Door("", "", "", room)


def _rows(proposal: ProposedDoor) -> dict[str, int]:
    rows: Counter[str] = Counter()
    for one in proposal.evidence.all():
        rows[one.source] += one.rows
    return dict(rows)


def _kinds(rows: Mapping[str, int]) -> frozenset[str]:
    return frozenset(rows) - {EvidenceSource.PATTERN.value}
