"""From attempts to states and counts: written in the attempt's own transaction, and derivable again at any time.

Counts stand at the leaf only (the building); whoever wants a compound or a county sums them. Lock order, everywhere:
buildings (shared for who records, exclusive for who rebuilds), then doors, then tallies in the order of their keys.
"""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection
from django.db.models import FilteredRelation, Q, Subquery

from firstline.census.models import TALLIED, Attempt, BuildingTally, Campaign, DoorState
from firstline.census.results import Derived, Outcome, Tried, derive, outcome_of
from firstline.kernel import scope
from firstline.kernel.paths import ancestors
from firstline.places.models import Door

# Counts read in the running scope are kept under this name, until some are written.
COUNTS_READ = "census.counts"


class Known(NamedTuple):
    """An attempt at a door as the derivation needs it."""

    id: uuid.UUID
    tried: Tried
    voided: bool


@dataclass(frozen=True, slots=True)
class History:
    """All attempts at a door in a campaign, voided ones too, and the outcome its state has now.

    A door that has ended has no state, whatever was or will be tried there: another door stands for it.
    """

    attempts: Sequence[Known]
    outcome: Outcome
    ended: bool = False

    def holds(self, attempt_id: uuid.UUID) -> bool:
        return any(known.id == attempt_id for known in self.attempts)

    def is_voided(self, attempt_id: uuid.UUID) -> bool:
        return any(known.id == attempt_id and known.voided for known in self.attempts)

    def with_attempt(self, more: Tried) -> Derived | None:
        """What the door comes to with one attempt more."""
        if self.ended:
            return None
        return derive([*(known.tried for known in self.attempts if not known.voided), more])

    def without_attempt(self, attempt_id: uuid.UUID) -> Derived | None:
        """What the door comes to when one attempt no longer counts."""
        if self.ended:
            return None
        return derive(known.tried for known in self.attempts if not known.voided and known.id != attempt_id)


@dataclass(frozen=True, slots=True)
class Move:
    """A door that goes from one outcome to another; ``after`` is None when no attempt is left."""

    door_id: uuid.UUID
    path: str
    building_id: uuid.UUID
    before: Outcome
    after: Derived | None

    @property
    def building_path(self) -> str:
        return self.path.rpartition("/")[0]


def tried(attempt: Attempt) -> Tried:
    """An attempt as far as the outcome depends on it."""
    return Tried(attempt.happened_at, str(attempt.id), attempt.channel, attempt.result)


def lock_door(campaign_id: uuid.UUID, building_id: uuid.UUID, door_id: uuid.UUID) -> None:
    """Hold a door until the transaction ends, so that two people at it are counted one after the other.

    Attempts are only ever inserted, so there is no row to lock. The building is held shared: many record in it
    at once, and only ``rebuild`` waits for all of them.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock_shared(hashtextextended(%s, 0)),"
            " pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [_building_key(campaign_id, building_id), f"census door {campaign_id} {door_id}"],
        )


def lock_building(campaign_id: uuid.UUID, building_id: uuid.UUID) -> None:
    """Wait for everybody who records in a building and hold it alone until the transaction ends."""
    with connection.cursor() as cursor:
        key = _building_key(campaign_id, building_id)
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def history_of(campaign_id: uuid.UUID, door_id: uuid.UUID) -> History:
    """Attempts and state of a door in one statement. Call it under the door's lock."""
    state = DoorState.objects.filter(campaign_id=campaign_id, door_id=door_id)
    tries = FilteredRelation("attempts", condition=Q(attempts__campaign_id=campaign_id))
    rows = list(
        Door.objects.filter(pk=door_id)
        .annotate(tries=tries, outcome=Subquery(state.values("outcome")))
        .values_list(*(f"tries__{name}" for name in _TRIED), "outcome", "ended_at")
    )
    # Without an attempt there is still the door itself: one row, its attempt empty.
    attempts = [Known(row[0], Tried(row[1], str(row[0]), row[2], row[3]), row[4] is not None) for row in rows if row[0]]
    *_attempt, outcome, ended_at = rows[0]
    return History(attempts, Outcome(outcome) if outcome else Outcome.UNTRIED, ended_at is not None)


def forget(doors: Sequence[Door]) -> None:
    """Doors that are no dwellings any more lose their states, in all campaigns, and their building counts them no more.

    Whoever records at one of them at this moment is waited for; who comes later finds that it has ended.
    """
    ids, paths = [door.pk for door in doors], {place for door in doors for place in ancestors(door.path)}
    buildings = sorted({door.building_id for door in doors})
    for campaign_id in Campaign.objects.filter(path__in=paths).order_by("pk").values_list("pk", flat=True):
        for building_id in buildings:
            lock_building(campaign_id, building_id)
        stated = dict(
            DoorState.objects.filter(campaign_id=campaign_id, door_id__in=ids).values_list("door_id", "outcome")
        )
        moves = [Move(d.pk, d.path, d.building_id, Outcome(stated[d.pk]), None) for d in doors if d.pk in stated]
        if moves:
            keep(campaign_id, moves)


def keep(campaign_id: uuid.UUID, moves: Sequence[Move]) -> None:
    """Write the states of some doors and the counts of their buildings, in one statement."""
    scope.memo().pop(COUNTS_READ, None)
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, {"campaign": campaign_id, **_states(moves), **_deltas(moves)})


def _states(moves: Iterable[Move]) -> dict[str, list[object]]:
    columns: dict[str, list[object]] = {name: [] for name in ("doors", "paths", *_DERIVED)}
    for move in moves:
        after = move.after
        columns["doors"].append(move.door_id)
        columns["paths"].append(move.path)
        columns["outcomes"].append(after.outcome.value if after else None)
        columns["since"].append(after.since if after else None)
        columns["attempts"].append(after.attempts if after else None)
        columns["last"].append(after.last_at if after else None)
    return columns


def _deltas(moves: Iterable[Move]) -> dict[str, list[object]]:
    """By how much each count of each building changes; buildings in key order, so that no two wait in a circle."""
    changes: dict[tuple[uuid.UUID, str], Counter[Outcome]] = {}
    for move in moves:
        change = changes.setdefault((move.building_id, move.building_path), Counter())
        change[move.before] -= 1
        change[outcome_of(move.after)] += 1
    ordered = sorted(changes.items())
    columns: dict[str, list[object]] = {
        "buildings": [building_id for (building_id, _path), _change in ordered],
        "building_paths": [path for (_building_id, path), _change in ordered],
    }
    for outcome in TALLIED:
        columns[outcome.value] = [change[outcome] for _key, change in ordered]
    return columns


def _building_key(campaign_id: uuid.UUID, building_id: uuid.UUID) -> str:
    return f"census building {campaign_id} {building_id}"


_TRIED = ("id", "happened_at", "channel", "result", "void__id")
_DERIVED = ("outcomes", "since", "attempts", "last")
_COUNTS = [outcome.value for outcome in TALLIED]
_STATE, _TALLY = DoorState._meta.db_table, BuildingTally._meta.db_table

# A door whose every attempt was voided has no state row: nobody has been there.
_KEEP = f"""
WITH moved AS (
    SELECT * FROM unnest(%(doors)s::uuid[], %(paths)s::text[], %(outcomes)s::text[], %(since)s::timestamptz[],
        %(attempts)s::smallint[], %(last)s::timestamptz[]) AS m (door_id, path, outcome, since, attempts, last_at)
), stated AS (
    INSERT INTO {_STATE} (campaign_id, door_id, path, outcome, since, attempts, last_attempt_at)
    SELECT %(campaign)s, door_id, path, outcome, since, attempts, last_at FROM moved WHERE outcome IS NOT NULL
    ON CONFLICT (campaign_id, door_id) DO UPDATE SET outcome = excluded.outcome, since = excluded.since,
        attempts = excluded.attempts, last_attempt_at = excluded.last_attempt_at
), emptied AS (
    DELETE FROM {_STATE} WHERE campaign_id = %(campaign)s
        AND door_id IN (SELECT door_id FROM moved WHERE outcome IS NULL)
)
INSERT INTO {_TALLY} (campaign_id, building_id, path, {", ".join(_COUNTS)})
SELECT %(campaign)s, t.* FROM unnest(%(buildings)s::uuid[], %(building_paths)s::text[],
    {", ".join(f"%({name})s::integer[]" for name in _COUNTS)}) AS t (building_id, path, {", ".join(_COUNTS)})
ORDER BY t.building_id
ON CONFLICT (campaign_id, building_id) DO UPDATE SET
    {", ".join(f"{name} = {_TALLY}.{name} + excluded.{name}" for name in _COUNTS)}
"""  # noqa: S608  # names of our own tables and columns; values are parameters
