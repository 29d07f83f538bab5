"""What polls ask of the database, asked for all screens at once: how their sessions stand, how new their counties are.

Five hundred screens ask within a few seconds. Who was proven to be in front of one stands here for a while; one
statement renews all of them, so that no answer is given by rows older than ``FRESH``.
"""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, NamedTuple

from firstline.accounts import open_session
from firstline.gaps.models import CountyState
from firstline.kernel import bulk, clock, prepared

# Whoever logs out, is locked or loses a role hears nothing more after so long.
FRESH = timedelta(seconds=2)
# A screen asks three times a minute, of whichever process is free.
_KEPT = timedelta(minutes=2)
_MOST = 5_000


class Asked(NamedTuple):
    """Who asks (believed by nobody yet) and of which county."""

    session: str
    login: uuid.UUID
    county: str


class Stands(NamedTuple):
    """``session``: what ``open_session.STANDS`` says, None: there is none; and the county's state, if it has one."""

    session: str | None
    county: CountyState | None


_lock = Lock()
_known: dict[Asked, Stands] = {}
_last: dict[Asked, datetime] = {}
_read_at: list[datetime] = []


def stands(one: Asked) -> Stands:
    """How things stand for one screen, at most ``FRESH`` ago."""
    with _lock:
        if one not in _last:
            return _read([one])[0]
        now = clock.now()
        _last[one] = now
        if not _read_at or not timedelta() <= now - _read_at[0] < FRESH:
            _renew(now)
        return _known[one]


def remember(one: Asked, stood: Stands) -> None:
    """Somebody has proven that they are who they say: from now on they are asked after with the others."""
    with _lock:
        if one not in _last and len(_last) < _MOST:
            _last[one], _known[one] = clock.now(), stood


def forget() -> None:
    """Know nobody, as a process that has just begun."""
    with _lock:
        _known.clear()
        _last.clear()
        _read_at.clear()


def _renew(now: datetime) -> None:
    for gone in [one for one, at in _last.items() if now - at > _KEPT]:
        del _last[gone], _known[gone]
    them = list(_last)
    _known.update(zip(them, _read(them), strict=True))
    _read_at[:] = [now]


def _read(them: Sequence[Asked]) -> list[Stands]:
    values: dict[str, Any] = {
        "sessions": bulk.array(one.session for one in them),
        "logins": [one.login for one in them],
        "counties": bulk.array(one.county for one in them),
        "now": clock.now(),
    }
    with prepared.cursor() as cursor:
        cursor.execute(_ASK, values)
        rows = cursor.fetchall()
    return [
        Stands(session, CountyState(one.county, swept_at, changed_at) if swept_at else None)
        for one, (session, swept_at, changed_at) in zip(them, rows, strict=True)
    ]


_ASK = f"""
SELECT {open_session.STANDS}, state.swept_at, state.changed_at
  FROM unnest(%(sessions)s::text[], %(logins)s::uuid[], %(counties)s::text[])
       WITH ORDINALITY AS asked (session, whose, county, number)
  LEFT JOIN gaps_countystate AS state ON state.path = asked.county
 ORDER BY number
"""  # noqa: S608  # our own text; values are parameters
