"""What a device was given and what its person may, dated: from these follows what it may at any moment."""

from dataclasses import dataclass
from datetime import datetime

from firstline.accounts.devices.hats import PERMISSIONS, Hat
from firstline.kernel import clock
from firstline.kernel.actors import Grant
from firstline.kernel.paths import subtree


@dataclass(frozen=True, slots=True)
class Given:
    """Hats of a device at a place, from a moment until another (None: until they are ended)."""

    path: str
    hats: tuple[Hat, ...]
    valid_from: datetime
    valid_until: datetime | None

    def in_force(self, at: datetime) -> bool:
        return self.valid_from <= at and (self.valid_until is None or at < self.valid_until)

    @property
    def permissions(self) -> frozenset[str]:
        return frozenset().union(*(PERMISSIONS[hat] for hat in self.hats))


@dataclass(frozen=True, slots=True)
class Terms:
    """The grants of a device, and the grants of its person by their roles."""

    given: tuple[Given, ...]
    roles: tuple[Grant, ...]

    def in_force(self, at: datetime) -> list[Given]:
        """What the device was given at that moment, whatever its person could make of it."""
        return [one for one in self.given if one.in_force(at)]

    def grants(self, at: datetime) -> tuple[Grant, ...]:
        """What device and person may together at ``at``, as grants that do not end.

        Where one place lies in the other the narrower counts, and of the permissions those that both have. The grants
        are open from before ``at`` on, so that what was made yesterday passes today's checks and row security.
        """
        since = min(at, clock.now())
        return tuple(
            Grant(role.role, place, shared, since)
            for given in self.in_force(at)
            for role in self.roles
            if role.covers(None, None, at)
            and (place := narrower(given.path, role.path)) is not None
            and (shared := given.permissions & role.permissions)
        )


def narrower(one: str, other: str) -> str | None:
    """The inner of two places of which one lies in the other; None where they lie apart."""
    if one in subtree(other):
        return one
    return other if other in subtree(one) else None
