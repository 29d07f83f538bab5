"""Who acts: a person with dated grants, and what those grants cover."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from firstline.kernel import clock
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.paths import COUNTY_LENGTH, Range, alone, subtree

EVERYTHING = "*"
# Without it row-level security shows no row of residents' names and numbers, whatever a selector asks.
KNOW_RESIDENTS = "residents.know"


@dataclass(frozen=True, slots=True)
class Grant:
    """A hat worn at a place from a moment until another (None: until revoked)."""

    role: str
    path: str
    permissions: frozenset[str]
    valid_from: datetime
    valid_until: datetime | None = None

    def covers(self, permission: str | None, path: str | None, at: datetime) -> bool:
        if not (self.valid_from <= at and (self.valid_until is None or at < self.valid_until)):
            return False
        if permission is not None and not {permission, EVERYTHING} & self.permissions:
            return False
        return path is None or path in subtree(self.path)

    @property
    def reach(self) -> Range:
        """Where this hat opens rows; see ``Actor.reach``."""
        figures_only = len(self.path) < COUNTY_LENGTH and EVERYTHING not in self.permissions
        return alone(self.path) if figures_only else subtree(self.path)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts. Grants are dated: what a device did offline is judged by the grant of that time."""

    person_id: uuid.UUID
    label: str
    grants: tuple[Grant, ...] = field(default=())
    device_id: uuid.UUID | None = None

    def may(self, permission: str | None, path: str | None = None, at: datetime | None = None) -> bool:
        """Whether a grant in force at ``at`` (default: now) allows ``permission`` at ``path``; None: any, anywhere."""
        moment = at or clock.now()
        return any(grant.covers(permission, path, moment) for grant in self.grants)

    def require(self, permission: str, path: str | None = None, at: datetime | None = None) -> None:
        """Raise unless allowed: Forbidden without the hat, NotFound (a 404) with the hat but elsewhere."""
        if self.may(permission, path, at):
            return
        if path is not None and self.may(permission, None, at):
            raise NotFound
        raise Forbidden

    def ranges(self, permission: str | None = None) -> list[Range]:
        """The disjoint ranges of paths this actor may see now, in order; inner ones are swallowed by outer ones."""
        moment = clock.now()
        return disjoint(subtree(g.path) for g in self.grants if g.covers(permission, None, moment))

    def reach(self) -> list[Range]:
        """Where this actor may see rows now: their places and all below, but of a place above counties itself alone.

        What comes up to a city are figures.
        """
        moment = clock.now()
        return disjoint(g.reach for g in self.grants if g.covers(None, None, moment))

    @property
    def home_path(self) -> str:
        """Where this actor's day begins: the widest place of the first grant in force, or nowhere ("")."""
        ranges = self.ranges()
        return min((r.lo for r in ranges), key=len) if ranges else ""


def disjoint(ranges: Iterable[Range]) -> list[Range]:
    """Ranges of subtrees either nest or do not touch, so keeping the outer ones is enough."""
    kept: list[Range] = []
    for candidate in sorted(ranges):
        if not kept or not kept[-1].holds(candidate):
            kept.append(candidate)
    return kept


def label_without_login(person_id: uuid.UUID) -> str:
    """How somebody without a login is told apart in the ledger; it says nothing to a reader who knows the name."""
    return f"person-{person_id.hex[-8:]}"


_CONSOLE_ID = uuid.UUID("00000000-0000-7000-8000-000000000000")


def console() -> Actor:
    """The operator at the server's own console, who sets an installation up. Every act is still in the ledger."""
    whole = Grant("operator", "", frozenset({EVERYTHING}), datetime.min.replace(tzinfo=clock.now().tzinfo))
    return Actor(_CONSOLE_ID, "console", (whole,))
