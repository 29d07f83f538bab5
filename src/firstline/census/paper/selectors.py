"""Reading sheets: by number, those that are out, those in hand, batches to print."""

import uuid
from collections.abc import Collection, Sequence
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from firstline.census.models import DoorState, Sheet, SheetBatch, SheetStep
from firstline.census.paper.errors import SheetUnknown
from firstline.census.paper.numbers import number_of, read_number
from firstline.census.paper.steps import OUT, SheetKind, StepKind
from firstline.census.results import DONE
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import Range
from firstline.places.models import Door
from firstline.places.selectors import in_ranges
from firstline.response.selectors import emergencies_within

READ = "census.read_sheets"
_DOOR = ("door__building__compound__place", "door__building__place", "printed_for__building__compound__place")


def sheet_for(actor: Actor, text: str, *, needs: str = READ) -> Sheet:
    """The sheet of a number as it was typed or scanned, in the emergency in force. Raises SheetUnknown."""
    found = find_sheet(actor, text, needs=needs)
    if found is None:
        raise SheetUnknown(number=text.strip()[:40])
    return found


def find_sheet(actor: Actor, text: str, *, needs: str = READ) -> Sheet | None:
    """The same, or None: for fields in which something else may stand."""
    serial = read_number(text)
    found = sheets_for(actor, [serial], needs=needs) if serial is not None else []
    return found[0] if found else None


def sheets_for(actor: Actor, serials: Collection[int], *, needs: str, lock: bool = False) -> list[Sheet]:
    """The sheets of serial numbers in the actor's places, in the emergencies in force there, in order of number."""
    ranges = actor.ranges(needs)
    emergencies = {found.pk for _part, found in emergencies_within(ranges)}
    asked = Sheet.objects.filter(in_ranges(ranges), emergency_id__in=emergencies, serial__in=serials)
    asked = asked.select_related("batch", "printed_for__building__compound__place", "door__building__compound__place")
    return list((asked.select_for_update(of=("self",)) if lock else asked).order_by("serial"))


def step_for(actor: Actor, step_id: uuid.UUID, *, needs: str) -> SheetStep:
    """A step of a sheet the actor may reach. Raises NotFound."""
    found = SheetStep.objects.filter(in_ranges(actor.ranges(needs)), pk=step_id).select_related("sheet", "void").first()
    if found is None:
        raise NotFound
    return found


def batch_for(actor: Actor, batch_id: uuid.UUID, *, needs: str = READ) -> SheetBatch:
    """A batch the actor may reach. Raises NotFound."""
    found = SheetBatch.objects.filter(in_ranges(actor.ranges(needs)), pk=batch_id).first()
    if found is None:
        raise NotFound
    return found


def batches_of(actor: Actor, *, at_most: int) -> list[SheetBatch]:
    """The latest batches in the actor's places."""
    return list(SheetBatch.objects.filter(in_ranges(actor.ranges(READ))).order_by("-recorded_at", "-id")[:at_most])


def sheets_in(batch: SheetBatch) -> list[Sheet]:
    """The sheets of a batch in the order of their numbers, with the doors printed on them."""
    found = Sheet.objects.filter(batch=batch).select_related("printed_for__building__compound__place")
    return list(found.order_by("serial"))


def outstanding(ranges: Sequence[Range]) -> list[Sheet]:
    """Sheets that are out at a door, in walking order. Of doors that are done nobody needs the paper any more."""
    done = DoorState.objects.filter(campaign=OuterRef("campaign_id"), door=OuterRef("door"), outcome__in=sorted(DONE))
    return list(_open(ranges).filter(~Exists(done), state__in=sorted(OUT)))


def in_hand(ranges: Sequence[Range]) -> list[Sheet]:
    """Forms that were fetched and wait to be typed in, in walking order; those without a door last."""
    return list(_open(ranges).filter(state=StepKind.FETCHED))


def at_door(door: Door) -> list[Sheet]:
    """The sheets that are open at a door: out there, or fetched and not typed in yet; the latest first."""
    found = Sheet.objects.filter(door=door, state__in=sorted({*OUT, StepKind.FETCHED}))
    return list(found.order_by("-since", "-serial"))


def notices_at(door_id: uuid.UUID, campaign_id: uuid.UUID) -> list[Sheet]:
    """The notices that hang at a door and nobody has answered yet, for the running action alone."""
    found = Sheet.objects.filter(door_id=door_id, campaign_id=campaign_id, state=StepKind.POSTED)
    return list(found.filter(kind=SheetKind.NOTICE).select_for_update().order_by("serial"))


def fetched_at(door_ids: Collection[uuid.UUID]) -> dict[uuid.UUID, str]:
    """Doors whose form is in hand and waits to be typed in, with its number: nobody needs to go there."""
    found = Sheet.objects.filter(door_id__in=door_ids, state=StepKind.FETCHED).values_list("door_id", "serial")
    return {door_id: number_of(serial) for door_id, serial in found}


def _open(ranges: Sequence[Range]) -> QuerySet[Sheet]:
    open_ones = Q(state__in=sorted({*OUT, StepKind.FETCHED}))
    found = Sheet.objects.filter(in_ranges(ranges), open_ones).select_related(*_DOOR)
    return found.order_by("path", "serial")


def recent_steps(actor: Actor, ids: Collection[uuid.UUID], *, seconds: int) -> list[SheetStep]:
    """Of steps (named by themselves or by their attempt) the actor's own that are fresh and count: for an undo bar."""
    found = SheetStep.objects.filter(
        Q(pk__in=ids) | Q(attempt_id__in=ids),
        by_person_id=actor.person_id,
        void=None,
        recorded_at__gt=clock.now() - timedelta(seconds=seconds),
    )
    return list(found.select_related("sheet").order_by("sheet__serial"))


def entered_today(actor: Actor) -> int:
    """How many forms the actor has typed in since midnight."""
    midnight = timezone.localtime(clock.now()).replace(hour=0, minute=0, second=0, microsecond=0)
    found = SheetStep.objects.filter(in_ranges(actor.ranges(READ)), kind=StepKind.ENTERED, void=None)
    return found.filter(by_person_id=actor.person_id, recorded_at__gte=midnight).count()
