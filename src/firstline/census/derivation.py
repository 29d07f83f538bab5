"""From attempts to states and counts: written in the attempt's own transaction, and derivable again at any time.

Counts stand at the leaf only (the building); whoever wants a compound or a county sums them. Lock order, everywhere:
buildings (shared for who records at one door, exclusive for who records many or rebuilds), then doors, then tallies in
the order of their keys.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from firstline.census.dispositions import Category
from firstline.census.models import (
    COUNTED,
    TALLIED,
    Attempt,
    AttemptVoid,
    BuildingTally,
    Campaign,
    ChannelTally,
    DoorState,
)
from firstline.census.next_steps import Tried
from firstline.census.outcomes import Derived, categories, derive, outcome_of
from firstline.census.results import Outcome
from firstline.census.rules import Rules
from firstline.kernel import bulk, changes, prepared, scope
from firstline.kernel.paths import ancestors
from firstline.places.models import Door

# Counts read in the running scope are kept under this name, until some are written.
COUNTS_READ = "census.counts"


class Known(NamedTuple):
    """An attempt at a door as the derivation needs it."""

    id: uuid.UUID
    tried: Tried
    voided: bool


class History(msgspec.Struct, frozen=True):
    """All attempts at a door in a campaign, voided ones too, and the outcome its state has now.

    A door that has ended has no state, whatever was or will be tried there: another door stands for it.
    """

    attempts: list[Known]
    outcome: Outcome
    rules: Rules
    ended: bool = False

    @property
    def counting(self) -> list[Tried]:
        return [known.tried for known in self.attempts if not known.voided]

    def holds(self, attempt_id: uuid.UUID) -> bool:
        return any(known.id == attempt_id for known in self.attempts)

    def is_voided(self, attempt_id: uuid.UUID) -> bool:
        return any(known.id == attempt_id and known.voided for known in self.attempts)

    def with_attempts(self, *more: Tried) -> "Change":
        """What the door comes to with attempts more."""
        counting = self.counting
        return self._change(counting, [*counting, *more])

    def without_attempts(self, *attempt_ids: uuid.UUID) -> "Change":
        """What the door comes to when attempts no longer count."""
        left = [known.tried for known in self.attempts if not known.voided and known.id not in attempt_ids]
        return self._change(self.counting, left)

    def _change(self, now: list[Tried], then: list[Tried]) -> "Change":
        if self.ended:
            return Change(self.outcome, None)
        derived = derive(then, self.rules)
        before, after = categories(now, self.rules), categories(then, self.rules, derived)
        return Change(self.outcome, derived, before, after)


class Change(msgspec.Struct, frozen=True):
    """A door's outcome as it is stored and what it comes to (None: no attempt is left); categories by channel."""

    before: Outcome
    after: Derived | None
    categories_before: Mapping[str, Category] = {}  # msgspec copies an empty default
    categories_after: Mapping[str, Category] = {}

    @property
    def outcome(self) -> Outcome:
        return outcome_of(self.after)


class Move(msgspec.Struct, frozen=True):
    """A door whose state changes, and where it is."""

    door_id: uuid.UUID
    path: str
    building_id: uuid.UUID
    change: Change

    @classmethod
    def of(cls, door: Door, change: Change) -> "Move":
        return cls(door.pk, door.path, door.building_id, change)

    @property
    def building_path(self) -> str:
        return self.path.rpartition("/")[0]


def tried(attempt: Attempt) -> Tried:
    """An attempt as far as a door's state depends on it."""
    return Tried(
        attempt.happened_at,
        str(attempt.id),
        attempt.channel,
        attempt.result,
        attempt.visitor_id,
        attempt.again_at,
    )


def lock_door(campaign_id: uuid.UUID, building_id: uuid.UUID, door_id: uuid.UUID) -> None:
    """Hold a door until the transaction ends, so that two people at it are counted one after the other.

    Attempts are only ever inserted, so there is no row to lock. The building is held shared: many record in it
    at once, and only ``rebuild`` waits for all of them.
    """
    with prepared.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0)),"
            " pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [_building_key(campaign_id, building_id), _door_key(campaign_id, door_id)],
        )


def lock_doors(campaign_id: uuid.UUID, building_ids: Iterable[uuid.UUID], door_ids: Iterable[uuid.UUID]) -> None:
    """The same for doors of several buildings, in the order that everybody keeps."""
    with prepared.cursor() as cursor:
        cursor.execute(
            _LOCK,
            {
                "building": _building_key(campaign_id, ""),
                "buildings": bulk.array(building_ids),
                "door": _door_key(campaign_id, ""),
                "doors": bulk.array(door_ids),
            },
        )


def lock_building(campaign_id: uuid.UUID, building_id: uuid.UUID) -> None:
    """Wait for everybody who records in a building and hold it alone until the transaction ends."""
    with prepared.cursor() as cursor:
        key = _building_key(campaign_id, building_id)
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def history_of(campaign_id: uuid.UUID, door_id: uuid.UUID) -> History:
    """Attempts and state of a door in one statement. Call it under the door's lock."""
    return histories_of(campaign_id, [door_id])[door_id]


def histories_of(campaign_id: uuid.UUID, door_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, History]:
    """The same of several doors, in one statement. Call it under the locks of their buildings."""
    with prepared.cursor() as cursor:
        cursor.execute(_HISTORIES, {"campaign": campaign_id, "doors": bulk.array(door_ids)})
        rows = cursor.fetchall()
    found: dict[uuid.UUID, History] = {}
    # Of one campaign, so the same in every row.
    rules = msgspec.json.decode(rows[0][3], type=Rules) if rows else Rules()
    for door_id, outcome, ended_at, _changed, *attempt in rows:
        history = found.get(door_id)
        if history is None:
            stands = Outcome(outcome) if outcome else Outcome.UNTRIED
            history = found[door_id] = History([], stands, rules, ended_at is not None)
        # Without an attempt there is still the door itself: one row, its attempt empty.
        if attempt[0]:
            history.attempts.append(_known(attempt))
    return found


def forget(doors: Sequence[Door]) -> None:
    """Doors that are no dwellings any more lose their states, in all campaigns, and their building counts them no more.

    Whoever records at one of them at this moment is waited for; who comes later finds that it has ended.
    """
    paths = {place for door in doors for place in ancestors(door.path)}
    buildings = sorted({door.building_id for door in doors})
    for campaign_id in Campaign.objects.filter(path__in=paths).order_by("pk").values_list("pk", flat=True):
        for building_id in buildings:
            lock_building(campaign_id, building_id)
        histories = histories_of(campaign_id, [door.pk for door in doors])
        moves = [Move.of(door, _forgotten(histories[door.pk])) for door in doors if histories[door.pk].attempts]
        if moves:
            keep(campaign_id, moves)


def keep(campaign_id: uuid.UUID, moves: Sequence[Move]) -> None:
    """Write the states of some doors and the counts of their buildings, and that they changed, in one statement."""
    scope.memo().pop(COUNTS_READ, None)
    with prepared.cursor() as cursor:
        cursor.execute(
            _KEEP,
            {
                "campaign": campaign_id,
                "moved": bulk.records([_state(move) for move in moves]),
                "emptied": bulk.array(move.door_id for move in moves if move.change.after is None),
                "tallies": bulk.records(_deltas(moves)),
                "channels": bulk.records(_by_channel(moves)),
            },
        )


def _known(row: Sequence[object]) -> Known:
    attempt_id, at, channel, result, visitor_id, again_at, void_id = row
    return Known(
        attempt_id,  # type: ignore[arg-type]  # a row of values has no types
        Tried(at, str(attempt_id), channel, result, visitor_id, again_at),  # type: ignore[arg-type]
        void_id is not None,
    )


def _forgotten(history: History) -> Change:
    return Change(history.outcome, None, categories(history.counting, history.rules))


def _state(move: Move) -> dict[str, object]:
    return {
        "door_id": move.door_id,
        "path": move.path,
        **dict(zip(STATED, stored(move.change.after), strict=True)),
    }


def stored(state: Derived | None) -> tuple[object, ...]:
    """A state as its columns hold it, in the order of ``STATED``; all None where there is no state."""
    if state is None:
        return (None,) * len(STATED)
    after = state.next
    return (
        state.outcome,
        state.since,
        state.attempts,
        state.last_at,
        state.channel,
        state.disposition.code,
        after.step,
        after.slot,
        after.due_at,
        after.not_by,
    )


def _deltas(moves: Iterable[Move]) -> list[dict[str, object]]:
    """By how much each count of each building changes; buildings in key order, so that no two wait in a circle."""
    changes: dict[str, Counter[Outcome]] = defaultdict(Counter)
    buildings: dict[str, uuid.UUID] = {}
    for move in moves:
        path = move.building_path
        buildings[path] = move.building_id
        change = changes[path]
        change[move.change.before] -= 1
        change[move.change.outcome] += 1
    return [
        {"building_id": building_id, "path": path, **{outcome.value: changes[path][outcome] for outcome in TALLIED}}
        for path, building_id in sorted(buildings.items(), key=lambda item: item[1])
    ]


def _by_channel(moves: Iterable[Move]) -> list[dict[str, object]]:
    """The same for the categories of dispositions, by building and channel."""
    changes: dict[tuple[str, str], Counter[Category]] = defaultdict(Counter)
    buildings: dict[str, uuid.UUID] = {}
    for move in moves:
        before, after = move.change.categories_before, move.change.categories_after
        path = move.building_path
        buildings[path] = move.building_id
        for channel in before.keys() | after.keys():
            if before.get(channel) == after.get(channel):
                continue
            change = changes[path, channel]
            if channel in before:
                change[before[channel]] -= 1
            if channel in after:
                change[after[channel]] += 1
    rows = [(buildings[path], channel, path, change) for (path, channel), change in changes.items()]
    rows.sort(key=lambda row: row[:2])
    return [
        {
            "building_id": building_id,
            "channel": channel,
            "path": path,
            **{category.value: change[category] for category in COUNTED},
        }
        for building_id, channel, path, change in rows
    ]


def _building_key(campaign_id: uuid.UUID, building_id: uuid.UUID | str) -> str:
    return f"census building {campaign_id} {building_id}"


def _door_key(campaign_id: uuid.UUID, door_id: uuid.UUID | str) -> str:
    return f"census door {campaign_id} {door_id}"


# Buildings shared, then doors alone, in the order of their ids. Keys are put together here, since of a batch there are
# hundreds; a sorted subquery is left as it is, so the locks are taken in its order.
_LOCK = """
SELECT CASE WHEN alone THEN pg_advisory_xact_lock(hashtextextended(key, 0))
            ELSE pg_advisory_xact_lock_shared(hashtextextended(key, 0)) END
  FROM (SELECT false AS alone, id, %(building)s::text || id AS key FROM unnest(%(buildings)s::uuid[]) AS id
         UNION ALL SELECT true, id, %(door)s::text || id FROM unnest(%(doors)s::uuid[]) AS id
         ORDER BY alone, id) AS locked
"""
# What a state keeps of what was derived, as columns of its table.
STATED = (
    "outcome",
    "since",
    "attempts",
    "last_attempt_at",
    "channel",
    "disposition",
    "step",
    "slot",
    "due_at",
    "not_by",
)
_COUNTS = [outcome.value for outcome in TALLIED]
_CATEGORIES = [category.value for category in COUNTED]
_STATE, _TALLY, _CHANNELS = DoorState._meta.db_table, BuildingTally._meta.db_table, ChannelTally._meta.db_table
_TYPES = {
    "since": "timestamptz",
    "attempts": "smallint",
    "last_attempt_at": "timestamptz",
    "due_at": "timestamptz",
    "not_by": "uuid",
}

# By hand: it is asked at every attempt, and to put it together anew each time would cost more than to answer it.
# Each door by itself (LATERAL, kept apart by OFFSET 0): what row security adds would otherwise persuade the planner, on
# the first evening of a campaign of which it has no statistics yet, to read all of them for every door.
_HISTORIES = f"""
SELECT door.id, (SELECT state.outcome FROM {_STATE} AS state
                  WHERE state.door_id = door.id AND state.campaign_id = campaign.id),
       door.ended_at, campaign.rules_changed, tried.*
  FROM {Door._meta.db_table} AS door
  JOIN {Campaign._meta.db_table} AS campaign ON campaign.id = %(campaign)s
  LEFT JOIN LATERAL (
       SELECT attempt.id, attempt.happened_at, attempt.channel, attempt.result, attempt.visitor_id, attempt.again_at,
              (SELECT void.id FROM {AttemptVoid._meta.db_table} AS void WHERE void.attempt_id = attempt.id)
         FROM {Attempt._meta.db_table} AS attempt
        WHERE attempt.door_id = door.id AND attempt.campaign_id = campaign.id
       OFFSET 0) AS tried ON true
 WHERE door.id = ANY(%(doors)s::uuid[])
"""  # noqa: S608  # names of our own tables

# A door whose every attempt was voided has no state row: nobody has been there.
_KEEP = f"""
WITH moved AS (
    SELECT * FROM json_to_recordset(%(moved)s)
        AS m (door_id uuid, path text, {", ".join(f"{name} {_TYPES.get(name, 'text')}" for name in STATED)})
), stated AS (
    INSERT INTO {_STATE} (campaign_id, door_id, path, {", ".join(STATED)})
    SELECT %(campaign)s, door_id, path, {", ".join(STATED)} FROM moved WHERE outcome IS NOT NULL
    ON CONFLICT (campaign_id, door_id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in STATED)}
), emptied AS (
    DELETE FROM {_STATE} WHERE campaign_id = %(campaign)s
        AND door_id = ANY(%(emptied)s::uuid[])
), by_channel AS (
    INSERT INTO {_CHANNELS} (campaign_id, building_id, channel, path, {", ".join(_CATEGORIES)})
    SELECT %(campaign)s, t.* FROM json_to_recordset(%(channels)s)
        AS t (building_id uuid, channel text, path text, {", ".join(f"{name} integer" for name in _CATEGORIES)})
    ORDER BY t.building_id, t.channel
    ON CONFLICT (campaign_id, building_id, channel) DO UPDATE SET
        {", ".join(f"{name} = {_CHANNELS}.{name} + excluded.{name}" for name in _CATEGORIES)}
), told AS ({changes.touching("moved")})
INSERT INTO {_TALLY} (campaign_id, building_id, path, {", ".join(_COUNTS)})
SELECT %(campaign)s, t.* FROM json_to_recordset(%(tallies)s)
    AS t (building_id uuid, path text, {", ".join(f"{name} integer" for name in _COUNTS)})
ORDER BY t.building_id
ON CONFLICT (campaign_id, building_id) DO UPDATE SET
    {", ".join(f"{name} = {_TALLY}.{name} + excluded.{name}" for name in _COUNTS)}
"""  # noqa: S608  # names of our own tables and columns; values are parameters
