"""What there is to walk: every open door of some places with why, when, how long and whose it is."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firstline.census.campaigns import Part
from firstline.census.models import Campaign
from firstline.census.next_steps import Slot
from firstline.census.walk.minutes import BETWEEN_BUILDINGS, Expected, learn
from firstline.census.walk.reasons import why
from firstline.census.walk.route import Now, OpenDoor, is_overdue, wanted
from firstline.census.walk.selectors import agreed_times, holders, kind_of, minutes_spent, open_doors
from firstline.census.walk.sharing import Stop
from firstline.kernel.paths import COMPOUND_LENGTH

# From so many minutes on nobody counts in minutes.
_IN_MINUTES = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One door of the list. ``agreed_at``: the household expects somebody then; ``holder``: whose door it is today."""

    door: OpenDoor
    why: str
    minutes: float
    late: bool
    agreed_at: datetime | None
    holder: uuid.UUID | None

    def stop(self, barred: Iterable[uuid.UUID]) -> Stop:
        """The door as it is shared out."""
        return Stop(
            self.door.id,
            str(self.door.building_id),
            self.door.unit,
            self.minutes,
            frozenset(barred),
            str(self.door.compound_id),
        )


@dataclass(frozen=True, slots=True)
class Surveyed:
    """All open doors of a campaign's part of some places, and which of them want somebody in a slot."""

    campaign: Campaign
    now: Now
    doors: Sequence[OpenDoor]
    expected: Expected
    agreed: set[tuple[uuid.UUID, datetime]]
    held: dict[uuid.UUID, uuid.UUID]

    def lines(self) -> list[Line]:
        """The doors wanted now, in walking order."""
        return [self._line(door) for door in self.doors if self.wants(door, self.now)]

    def count(self, slot: Slot) -> int:
        """How many doors want somebody in a slot of today."""
        now = self.now._replace(slot=slot)
        return sum(self.wants(door, now) for door in self.doors)

    def wants(self, door: OpenDoor, now: Now) -> bool:
        return wanted(door, now, agreed=(door.id, door.due_at) in self.agreed)

    def _line(self, door: OpenDoor) -> Line:
        agreed = (door.id, door.due_at) in self.agreed
        return Line(
            door=door,
            why=why(door),
            minutes=self.expected.at(door.path[:COMPOUND_LENGTH], kind_of(door.outcome)),
            late=is_overdue(door, self.now),
            agreed_at=door.due_at if agreed else None,
            holder=self.held.get(door.id),
        )


def survey(part: Part, slot: Slot, at: datetime) -> Surveyed:
    """Everything about the walk of one part, for a slot of the day of ``at``; four statements."""
    campaign, within = part.campaign, [part.within]
    now = Now(at, slot, campaign.rules)
    doors = open_doors(campaign.pk, within)
    return Surveyed(
        campaign=campaign,
        now=now,
        doors=doors,
        expected=learn(minutes_spent(campaign.pk, within)),
        agreed=agreed_times(campaign.pk, doors),
        held=holders(campaign.pk, now.today, slot, within),
    )


def said_minutes(minutes: float) -> str:
    """How long something takes, as people say it: about 58 minutes, about 3 and a half hours."""
    whole = round(minutes)
    if whole < _IN_MINUTES:
        return ngettext("about %(minutes)d minute", "about %(minutes)d minutes", whole) % {"minutes": whole}
    hours, half = divmod(round(minutes / 30), 2)
    if half:
        return _("about %(hours)d and a half hours") % {"hours": hours}
    return _("about %(hours)d hours") % {"hours": hours}


def minutes_of(lines: Iterable[Line]) -> float:
    """Minutes a stretch takes: its doors, and from building to building."""
    listed = list(lines)
    return sum(line.minutes for line in listed) + BETWEEN_BUILDINGS * len({line.door.building_id for line in listed})
