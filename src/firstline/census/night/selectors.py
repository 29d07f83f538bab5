"""What the night's grid reads: doors of a compound, what is recorded already, sheets, compounds to choose from."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from django.utils import timezone

from firstline.accounts.selectors import names_of
from firstline.census.campaigns import campaign_at
from firstline.census.models import Attempt, EnteredRow, EntrySheet
from firstline.census.night.cells import Cells
from firstline.census.night.doors import Doors, Spot
from firstline.census.night.rows import Entry, Light, Line
from firstline.identifiers import names
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.models import Compound, Door
from firstline.places.selectors import compounds_within, in_ranges
from firstline.registry.models import TypingDraft

ENTER = "census.enter_rows"
# The name of this grid among a person's unfinished ones.
GRID = "census.night"
# How long what was saved with one press is taken back with one press; a line alone can be at any time, at its door.
UNDO_SECONDS = 15 * 60


def doors_of(compound: Compound) -> Doors:
    """The doors that are dwellings of a compound now, found as they are typed; one statement."""
    found = Door.objects.standing().filter(building__compound=compound)
    rows = found.values_list("id", "label", "building__label", "unit", "room")
    return Doors(Spot(*row) for row in rows)


def light_of(compound: Compound, opened: str = "") -> Light:
    """In what light lines of a compound are read now; today is the day a page was ``opened`` (ISO), if that was today
    or yesterday. Raises EmergencyMissing.
    """
    now = clock.now()
    today = timezone.localdate(now)
    yesterday = today - timedelta(days=1)
    return Light(
        doors=doors_of(compound),
        today=yesterday if opened == yesterday.isoformat() else today,
        started_at=campaign_at(compound.place.path).started_at,
        now=now,
    )


def compounds_like(actor: Actor, said: str) -> list[Compound]:
    """The compounds the actor may type for, those whose name, alias, pinyin or its initials begin as was ``said``."""
    found = [compound for within in actor.ranges(ENTER) for compound in compounds_within(within)]
    wanted = said.strip().casefold()
    return [one for one in found if not wanted or any(_begins(name, wanted) for name in (one.place.name, *one.aliases))]


def drafts_of(actor: Actor) -> list[TypingDraft]:
    """What the actor typed for compounds and has not saved, the latest first."""
    found = TypingDraft.objects.filter(person_id=actor.person_id, grid=GRID).select_related("compound__place")
    return list(found.order_by("-saved_at"))


def entered(lines: Sequence[Line]) -> dict[uuid.UUID, Cells]:
    """What was saved under the ids of lines; nothing stands for what was taken back since."""
    found = EnteredRow.objects.filter(pk__in=[line.id for line in lines]).select_related("attempt__void")
    return {row.pk: Cells() if hasattr(row.attempt, "void") else row.open() for row in found}


def recorded_like(entries: Iterable[Entry]) -> Mapping[tuple[uuid.UUID, datetime, str], str]:
    """Of attempts that count, those at the door and moment of an entry with its result, and who recorded them."""
    listed = list(entries)
    if not listed:
        return {}
    found = Attempt.objects.filter(
        door__in={entry.spot.id for entry in listed}, happened_at__in={entry.at for entry in listed}, void=None
    )
    rows = list(found.values_list("door_id", "happened_at", "result", "by_person_id"))
    people = names_of({by for *_rest, by in rows})
    return {(door, at, result): people.get(by, "") for door, at, result, by in rows}


def sheet_for(actor: Actor, sheet_id: uuid.UUID, *, needs: str) -> EntrySheet:
    """A sheet the actor may reach. Raises NotFound."""
    found = EntrySheet.objects.filter(in_ranges(actor.ranges(needs)), pk=sheet_id).select_related("compound__place")
    sheet = found.first()
    if sheet is None:
        raise NotFound
    return sheet


def rows_to_take_back(actor: Actor, sheet_id: uuid.UUID) -> tuple[int, float]:
    """How many lines of an own sheet could be taken back still, and for how many seconds; none and 0 else."""
    fresh = clock.now() - timedelta(seconds=UNDO_SECONDS)
    sheet = EntrySheet.objects.filter(pk=sheet_id, by_person_id=actor.person_id, recorded_at__gt=fresh).first()
    if sheet is None:
        return 0, 0
    return sheet.rows.filter(attempt__void=None).count(), (sheet.recorded_at - fresh).total_seconds()


def _begins(name: str, said: str) -> bool:
    sounds = names.syllables(name)
    spoken = ("".join(sounds), "".join(sound[:1] for sound in sounds))
    return said in name.casefold() or any(one.startswith(said.replace(" ", "")) for one in spoken)
