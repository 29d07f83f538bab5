"""The frame of a campaign: the doors known at its cut-off, and every door that came or went since, as facts.

Counts by building are kept beside the facts, in the same transaction: doors + added - removed is what stands.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection

from firstline.census.derivation import COUNTS_READ
from firstline.census.models import BuildingFrame, Campaign, FrameChange, FrameChangeKind
from firstline.kernel import bulk, clock, scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.ids import uuid7
from firstline.kernel.paths import ancestors, subtree
from firstline.places.models import Building, Compound, Door


def freeze(campaign: Campaign, *, by: Actor) -> int:
    """Count the doors of every building in the campaign's area; how many there are. Inside an action.

    Whoever adds doors meanwhile holds their compound, and is waited for: a door is in the frame or added since.
    """
    area = subtree(campaign.path)
    compounds = Compound.objects.filter(place__path__gte=area.lo, place__path__lt=area.hi)
    list(compounds.order_by("place__path").select_for_update(no_key=True, of=("self",)).values_list("pk"))
    found = Building.objects.filter(place__path__gte=area.lo, place__path__lt=area.hi)
    buildings = list(found.order_by("pk").values_list("pk", "place__path", "door_count"))
    campaign.frozen_at = clock.now()
    campaign.save(update_fields=["frozen_at"])
    _write(_fact(campaign, FrameChangeKind.FROZEN, pk, path, by, doors=doors) for pk, path, doors in buildings)
    rows = [_row(campaign, pk, path, doors) for pk, path, doors in buildings]
    bulk.insert(BuildingFrame, rows)
    scope.memo().pop(COUNTS_READ, None)
    return sum(doors for _pk, _path, doors in buildings)


def change(doors: Sequence[Door], kind: FrameChangeKind) -> None:
    """Doors came or went: a fact for each in every campaign whose frame is fixed, and its building's count."""
    paths = {place for door in doors for place in ancestors(door.path)}
    frozen = list(Campaign.objects.filter(path__in=paths, frozen_at__isnull=False).order_by("pk"))
    by = scope.current() or console()
    for campaign in frozen:
        area = subtree(campaign.path)
        changed = [door for door in doors if door.path in area]
        _write(
            _fact(campaign, kind, door.building_id, door.path, by, door_id=door.pk, label=door.label)
            for door in changed
        )
        _count(campaign, changed, kind)


def _write(facts: Iterable[dict[str, Any]]) -> None:
    bulk.insert(FrameChange, list(facts))


def _fact(
    campaign: Campaign,
    kind: FrameChangeKind,
    building_id: uuid.UUID,
    path: str,
    by: Actor,
    *,
    doors: int = 1,
    door_id: uuid.UUID | None = None,
    label: str = "",
) -> dict[str, Any]:
    moment = clock.now()
    return {
        "id": uuid7(),
        "path": path,
        "happened_at": moment,
        "happened_precision": "minute",
        "recorded_at": moment,
        "by_person_id": by.person_id,
        "by_device_id": by.device_id,
        "emergency_id": campaign.emergency_id,
        "campaign_id": campaign.pk,
        "kind": kind.value,
        "building_id": building_id,
        "door_id": door_id,
        "label": label,
        "doors": doors,
    }


def _row(campaign: Campaign, building_id: uuid.UUID, path: str, doors: int) -> dict[str, Any]:
    return {
        "campaign_id": campaign.pk,
        "building_id": building_id,
        "path": path,
        "doors": doors,
        "added": 0,
        "removed": 0,
    }


def _count(campaign: Campaign, doors: Sequence[Door], kind: FrameChangeKind) -> None:
    """One upsert a building, in key order, so that no two wait in a circle."""
    counts = Counter((door.building_id, door.path.rpartition("/")[0]) for door in doors)
    ordered = sorted(counts.items())
    values: dict[str, Any] = {
        "campaign": campaign.pk,
        "buildings": [building_id for (building_id, _path), _count in ordered],
        "paths": [path for (_building_id, path), _count in ordered],
        "counts": [count for _key, count in ordered],
    }
    with connection.cursor() as cursor:
        cursor.execute(_ADDED if kind == FrameChangeKind.ADDED else _REMOVED, values)
    scope.memo().pop(COUNTS_READ, None)


_FRAMES = BuildingFrame._meta.db_table
_ADDED = f"""
INSERT INTO {_FRAMES} (campaign_id, building_id, path, doors, added, removed)
SELECT %(campaign)s, b, p, 0, n, 0 FROM unnest(%(buildings)s::uuid[], %(paths)s::text[], %(counts)s::integer[])
    AS t (b, p, n) ORDER BY b
ON CONFLICT (campaign_id, building_id) DO UPDATE SET added = {_FRAMES}.added + excluded.added
"""  # noqa: S608  # names of our own tables and columns; values are parameters
# What is removed was in the frame or came later: its building has a row, and a count below zero is refused.
_REMOVED = f"""
UPDATE {_FRAMES} SET removed = removed + n
FROM unnest(%(buildings)s::uuid[], %(counts)s::integer[]) AS t (b, n)
WHERE campaign_id = %(campaign)s AND building_id = b
"""  # noqa: S608  # as above
