"""One page of the feed: which doors it carries, in how few statements, and what the ledger says of it."""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from django.db import connection
from django.utils.translation import get_language

from firstline.accounts.devices.selectors import grants_of
from firstline.accounts.models import Device
from firstline.census.campaigns import find_campaign
from firstline.kernel import changes, clock, ledger
from firstline.kernel.actors import KNOW_RESIDENTS, Actor, disjoint
from firstline.kernel.changes import Position
from firstline.kernel.paths import Range, ancestors, subtree
from firstline.places.models import Door, DoorSuccession
from firstline.sync.feed import cursor as cursors
from firstline.sync.feed.area import READ as READ_AREA
from firstline.sync.feed.area import Area, area_unless
from firstline.sync.feed.cursor import Cursor
from firstline.sync.feed.documents import READ_NAMES, Document, Row, documents_of

DOORS = 500
# A device is told of the doors at which its person may record; whoever is on duty at a gate, of none.
AT_DOORS = "census.record_attempt"
TOOK_ALONG = "sync.take_along"


class Page(msgspec.Struct):
    """The answer of section 9 of the protocol."""

    server_time: int
    reset: bool
    area: Area | None
    doors: list[Document]
    gone: list[uuid.UUID]
    cursor: str
    more: bool


@dataclass(frozen=True, slots=True)
class _Changed:
    """Doors that a page tells of, ids of those that are gone, and whether the pass goes on after the last of them."""

    rows: list[Row]
    gone: list[uuid.UUID]
    more: bool


def page_for(device: Device, actor: Actor, *, cursor: str, area: str) -> Page:
    """The page after a cursor ("": the first), with the area unless its hash is the one the device has.

    Inside the actor's scope. That residents were taken along is recorded: who, on which device, how many, of where.
    """
    # Before anything else is read: what ended below it is seen by every statement that follows.
    now = changes.watermark()
    came, scope = cursors.read(cursor), scope_of(device, actor)
    stands = came is not None and came.stands(scope, now)
    at = came.pass_until(now) if came is not None and stands else Cursor.everything(scope, now)
    changed = _changed(at, actor.ranges(AT_DOORS))
    doors = documents_of(actor, [row for row in changed.rows if row.ended_at is None])
    _record(device, actor, doors)
    following = at.sent_to(changed.rows[-1].path) if changed.more else at.passed()
    return Page(
        server_time=round(clock.now().timestamp() * 1000),
        reset=not stands,
        area=area_unless(actor, grants_of(device, clock.now()), area),
        doors=doors,
        gone=changed.gone,
        cursor=cursors.written(following),
        more=changed.more,
    )


def scope_of(device: Device, actor: Actor) -> str:
    """What a cursor was made for: another scope (or another language of its words) makes other documents."""
    ranges = [actor.ranges(needs) for needs in (AT_DOORS, READ_NAMES, KNOW_RESIDENTS, READ_AREA)]
    said = [str(device.pk), get_language() or "", *(f"{one.lo},{one.hi}" for part in ranges for one in [*part, _NONE])]
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


_NONE = Range("", "")


def _changed(at: Cursor, ranges: Sequence[Range]) -> _Changed:
    if not ranges:
        return _Changed([], [], more=False)
    touched, deleted = list(ranges), list[uuid.UUID]()
    if not at.covers_everything:
        since, until = Position(at.generation, at.since), Position(at.generation, at.until or at.since)
        found = changes.between(since, until, ranges)
        touched, deleted = _touched(found.paths, ranges), found.gone
    rows = _rows(touched, at.after) if touched else []
    more = len(rows) > DOORS
    rows = rows[:DOORS]
    ended = [] if at.covers_everything else [row.id for row in rows if row.ended_at is not None]
    # The deleted come with the first page; one that was put on record anew since stands, and is told of.
    gone = _not_standing(deleted) if deleted and not at.after else []
    return _Changed(rows, [*gone, *ended], more)


def _touched(paths: Sequence[str], ranges: Sequence[Range]) -> list[Range]:
    """The parts of ranges that touched paths cover, disjoint and in order; doors that became others touch those too."""
    parts = [subtree(path) for path in [*paths, *_successors(paths)]]
    # A subtree lies in a range, or holds it.
    cut = [one if one.lo in within else within for one in parts for within in ranges if _meet(one, within)]
    return disjoint(cut)


def _meet(one: Range, other: Range) -> bool:
    return one.lo in other or other.lo in one


def _successors(paths: Sequence[str]) -> list[str]:
    """The doors that stand for touched ones: at them is told who was said to live at a door that became them."""
    if not paths:
        return []
    found = DoorSuccession.objects.filter(path__in=paths).values_list("successor__path", flat=True)
    return list(found)


def _rows(touched: Sequence[Range], after: str) -> list[Row]:
    """The doors of ranges after a path, one more than a page holds; ranges are disjoint, so no door comes twice."""
    left = [one for one in touched if after < one.hi]
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, [[one.lo for one in left], [one.hi for one in left], after, DOORS + 1])
        return [Row._make(row) for row in cursor.fetchall()]


def _not_standing(door_ids: Sequence[uuid.UUID]) -> list[uuid.UUID]:
    standing = set(Door.objects.standing().filter(pk__in=door_ids).values_list("pk", flat=True))
    return [door_id for door_id in dict.fromkeys(door_ids) if door_id not in standing]


def _record(device: Device, actor: Actor, doors: Sequence[Document]) -> None:
    personal = [door for door in doors if door.is_personal]
    if not personal:
        return
    first, last = personal[0].path, personal[-1].path
    where = next((place for place in reversed(ancestors(first)) if last in subtree(place)), "")
    campaign = find_campaign(where)
    people = sum(len(door.people) for door in personal)
    ledger.look(
        actor,
        TOOK_ALONG,
        path=where,
        subject=device,
        fields=["names", "notes"],
        details={"people": people, "doors": len(personal)},
        key_id=campaign.emergency.key_id if campaign else None,
    )


# By hand: the planner is to walk the index of paths range by range, and stop when the page is full.
_ROWS = f"""
SELECT door.id, door.building_id, door.path, door.unit, door.floor, door.room, door.label, door.position, door.ended_at
  FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS part (lo, hi, rank)
  JOIN {Door._meta.db_table} AS door ON door.path >= part.lo AND door.path < part.hi
 WHERE door.path > %s
 ORDER BY door.path LIMIT %s
"""  # noqa: S608  # our own table; values are parameters
