"""Scope in the database: what the current transaction may see of tables with personal data.

Row-level security on those tables compares their ``path`` with settings that live as long as one
transaction (``SET LOCAL``), so a pooled connection inherits nothing, and without settings there are no rows.
There are two reaches: the places somebody may see at all, and those where they may know residents by name; tables of
residents are compared with the second.
A covering range comes first, because a range becomes an index condition by itself; the exact ranges follow
only for people with several places.
"""

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, connection, transaction

from firstline.kernel import prepared
from firstline.kernel.actors import KNOW_RESIDENTS, Actor
from firstline.kernel.errors import StorageFull, is_disk_full
from firstline.kernel.paths import Range


@dataclass
class _InForce:
    actor: Actor
    memo: dict[Hashable, Any] = field(default_factory=dict)
    along: dict[str, Any] = field(default_factory=dict)
    as_one: bool = False


_in_force: ContextVar[_InForce | None] = ContextVar("scope_in_force", default=None)

# Sent only where a test's transaction, or a command's, goes on around a scope.
TAKE_BACK = "SELECT " + ", ".join(
    f"set_config('{reach}.{setting}', '', true)"
    for reach in ("firstline", "firstline_residents")
    for setting in ("lo", "hi", "ranges")
)


# What is read along with setting the scope, at no statement of its own: a name, and an expression of one value.
_along: dict[str, str] = {}


class ScopeConflictError(RuntimeError):
    """One transaction acts for one actor; a second one would see with the first one's eyes."""


def current() -> Actor | None:
    """The actor in whose scope the current transaction runs, if any."""
    inside = _in_force.get()
    return inside.actor if inside else None


def memo() -> dict[Hashable, Any]:
    """What was read once, kept until the scope ends or an action writes; outside of a scope nothing is kept."""
    inside = _in_force.get()
    return inside.memo if inside else {}


def read_along(name: str, expression: str) -> None:
    """Have every scope know from its beginning, as ``along()[name]``, what a cheap expression of SQL yields.

    For what nearly every page asks. Called in ``ready()``; the expression is our own text, never anybody's.
    """
    _along[name] = expression


def along() -> dict[str, Any]:
    """What was read along with setting the scope; whoever changes such a value takes it out. Nothing outside."""
    inside = _in_force.get()
    return inside.along if inside else {}


@contextmanager
def as_one() -> Iterator[None]:
    """Actions inside this block, in an action of the same actor, set no savepoint: they stand or fall with it.

    For a caller that goes on after no error but one raised before anything was written, or that then undoes it all.
    """
    inside = _in_force.get()
    if inside is None:
        raise RuntimeError("only in a scope can anything stand or fall together")
    before, inside.as_one = inside.as_one, True
    try:
        yield
    finally:
        inside.as_one = before


@contextmanager
def enter(actor: Actor) -> Iterator[None]:
    """Run a block in one transaction that sees what ``actor`` may see; nested for the same actor it is a savepoint."""
    if (inside := _in_force.get()) is not None:
        if inside.actor.person_id != actor.person_id:
            raise ScopeConflictError(f"{inside.actor.label} is in force, {actor.label} asked")
        if inside.as_one:
            yield
            return
        with transaction.atomic():
            yield
        return
    around = connection.in_atomic_block
    token = _in_force.set(inside := _InForce(actor))
    try:
        with transaction.atomic():
            inside.along.update(_apply(actor.reach(), actor.ranges(KNOW_RESIDENTS)))
            yield
            if around:
                # Somebody else's transaction goes on around this block; it must not go on with these eyes.
                # (After an exception the rollback to the savepoint takes the settings back by itself.)
                with connection.cursor() as cursor:
                    cursor.execute(TAKE_BACK)
    except OperationalError as problem:
        if is_disk_full(problem):
            raise StorageFull from problem
        raise
    finally:
        _in_force.reset(token)


def _apply(seen: list[Range], residents: list[Range]) -> dict[str, Any]:
    settings = {**_settings("firstline", seen), **_settings("firstline_residents", residents)}
    with prepared.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join([*_along.values(), *["set_config(%s, %s, true)"] * len(settings)]),
            [part for setting in settings.items() for part in setting],
        )
        return dict(zip(_along, cursor.fetchone() or (), strict=False))


def _settings(reach: str, ranges: list[Range]) -> dict[str, str]:
    # With one place the covering range says it all; an empty list of ranges keeps the policy's second half cheap.
    several = ";".join(f"{r.lo},{r.hi}" for r in ranges) if len(ranges) > 1 else ""
    lo, hi = (ranges[0].lo, max(r.hi for r in ranges)) if ranges else ("", "")
    return {f"{reach}.lo": lo, f"{reach}.hi": hi, f"{reach}.ranges": several}
