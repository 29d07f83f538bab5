"""What changed and where: a log of touched paths, read by a position that no later commit can fall below.

Whoever changes what a door's document shows says so in the same transaction, by the path of the door or of a place
above it; a reader asks what was touched between two positions, and makes the documents there anew. A position is a
transaction id within a generation of the database (a restore begins another one). ``watermark`` gives the highest one
below which every transaction has ended: what commits late has a higher id than the watermark that was read before it
did, however early it began (PostgreSQL, System Information Functions, ``pg_snapshot_xmin``).
"""

import uuid
from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from django.db import connection

from firstline.kernel import jobs
from firstline.kernel.models import NOTHING_GONE, Touched
from firstline.kernel.paths import Range, ancestors

# A reader who was away for longer begins anew. A day of grace, for a transaction may begin before it is seen.
KEPT = timedelta(days=30)
READABLE = KEPT - timedelta(days=1)


class Position(NamedTuple):
    """Everything below this transaction id has ended, in this generation of the database."""

    generation: int
    txid: int


class Changes(NamedTuple):
    """What was touched: paths of doors and of places above them, in order, and the ids of doors deleted there."""

    paths: list[str]
    gone: list[uuid.UUID]


def touch(paths: Iterable[str]) -> None:
    """Say that what documents show changed at or below these paths; inside the transaction that changed it."""
    if touched := sorted(set(paths)):
        _write(touched, [NOTHING_GONE] * len(touched))


def part_with(gone: Iterable[tuple[str, uuid.UUID]]) -> None:
    """Say that doors (path, id) are deleted, in the transaction that deletes them. Their paths may be given again."""
    if rows := sorted(set(gone)):
        _write([path for path, _id in rows], [gone_id for _path, gone_id in rows])


def watermark() -> Position:
    """The position up to which a reader may read now. Ask before reading anything else; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_WATERMARK)
        generation, txid = cursor.fetchone()
    return Position(generation, int(txid))


def between(since: Position, until: Position, within: Iterable[Range]) -> Changes:
    """What was touched from ``since`` (included) to ``until`` (excluded) in ranges of paths, or above them."""
    ranges = list(within)
    with connection.cursor() as cursor:
        cursor.execute(
            _BETWEEN,
            {
                "generation": until.generation,
                "since": str(since.txid),
                "until": str(until.txid),
                "los": [one.lo for one in ranges],
                "his": [one.hi for one in ranges],
                "above": sorted({place for one in ranges for place in ["", *ancestors(one.lo)]}),
            },
        )
        rows = cursor.fetchall()
    paths = dict.fromkeys(path for path, gone in rows if gone == NOTHING_GONE)
    return Changes(list(paths), [gone for _path, gone in rows if gone != NOTHING_GONE])


def lately(since: Position, length: int) -> set[str]:
    """Where anything was touched from ``since`` on, by the first ``length`` characters of its path; one statement.

    What is told already may be told again while an older transaction is open; nothing is ever left out.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LATELY, {"length": length, "generation": since.generation, "since": str(since.txid)})
        return {path for (path,) in cursor.fetchall()}


def prune() -> int:
    """Delete what nobody may read any more; how many rows. The application has no right to delete: a function does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT kernel_prune_touched()")
        (rows,) = cursor.fetchone()
    return int(rows)


jobs.nightly("kernel.prune_touched", prune, hour_utc=19)  # after three in the morning in China


# To be put into a statement as one more part (a WITH query), which names the paths it changed: a write at a door then
# needs no statement more. Generation and transaction are the columns' defaults.
def touching(paths: str) -> str:
    """The SQL that touches what ``paths`` (a FROM list with a column ``path``) gives."""
    return (
        f"INSERT INTO {Touched._meta.db_table} (path, gone_id) SELECT DISTINCT path, '{NOTHING_GONE}'::uuid"  # noqa: S608  # names of ours
        f" FROM {paths} ON CONFLICT DO NOTHING"
    )


def _write(paths: list[str], gone: list[uuid.UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH, [paths, gone])


_TOUCH = (
    f"INSERT INTO {Touched._meta.db_table} (path, gone_id)"  # noqa: S608  # our own table; values are parameters
    " SELECT * FROM unnest(%s::text[], %s::uuid[]) ON CONFLICT DO NOTHING"
)
_WATERMARK = (
    "SELECT coalesce(nullif(current_setting('firstline.generation', true), ''), '1')::integer,"
    " pg_snapshot_xmin(pg_current_snapshot())::text"
)
_LATELY = f"""
SELECT DISTINCT left(path, %(length)s) FROM {Touched._meta.db_table}
 WHERE generation = %(generation)s AND txid >= %(since)s::xid8
"""  # noqa: S608  # our own table; values are parameters
_BETWEEN = f"""
SELECT DISTINCT path, gone_id FROM {Touched._meta.db_table}
 WHERE generation = %(generation)s AND txid >= %(since)s::xid8 AND txid < %(until)s::xid8
   AND (path = ANY(%(above)s) OR EXISTS (
        SELECT 1 FROM unnest(%(los)s::text[], %(his)s::text[]) AS part (lo, hi) WHERE path >= lo AND path < hi))
 ORDER BY path
"""  # noqa: S608  # our own table; values are parameters
