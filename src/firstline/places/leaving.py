"""Doors that a source brought, taken back with it as far as nothing else leans on them."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast

from django.db.models import Exists, OuterRef, ProtectedError, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.kernel import changes, clock
from firstline.kernel.actors import Actor
from firstline.places import derivation
from firstline.places.errors import DoorsInUse
from firstline.places.models import Building, Compound, Door, Frame, FrameFact, FrameVoid, Place
from firstline.places.signals import doors_asked, doors_leaving

Reason = str | Promise
_WALKED_SINCE, _DESCRIBED_SINCE = _("their building was walked since"), _("their building was described since")


@dataclass(frozen=True, slots=True)
class Source:
    """Who brought doors and is taken back.

    ``labels`` are the doors nobody else names; ``brought_by`` the ids under which they may have been brought;
    ``ended`` those of them that name nothing any more; ``heirs`` says which other source names a building too.
    """

    labels: Collection[str]
    brought_by: Collection[uuid.UUID]
    ended: Collection[uuid.UUID] = ()
    heirs: Mapping[str, uuid.UUID] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Leaving:
    """What would become of a source's doors: those that go, and those that stay, each with the reason."""

    going: list[Door]
    staying: list[tuple[Door, Reason]]


def leaving(compound: Compound, source: Source) -> Leaving:
    """Which doors go when a source is taken back, and which stay because something leans on them."""
    standing = Door.objects.filter(building__compound=compound, label__in=source.labels)
    doors = list(standing.select_related("building").order_by("path"))
    facts = _facts_of({door.building_id for door in doors})
    brought = [door for door in doors if _was_brought(door, facts[door.building_id], source)]
    reasons = _leaning(brought, facts)
    return Leaving(
        [door for door in brought if door.pk not in reasons],
        [(door, reasons[door.pk]) for door in brought if door.pk in reasons],
    )


def listed_only(compound: Compound) -> list[str]:
    """Doors that a list added to buildings somebody had described or walked: the plan does not have them.

    Once somebody describes or walks the building again, they are no surprise any more.
    """
    facts = FrameFact.objects.filter(building=OuterRef("building"), void=None)
    added = facts.filter(recorded_at=OuterRef("created_at"), how=Frame.LISTED)
    seen = facts.exclude(how=Frame.LISTED)
    before, since = (
        seen.filter(recorded_at__lt=OuterRef("created_at")),
        seen.filter(recorded_at__gt=OuterRef("created_at")),
    )
    doors = Door.objects.standing().filter(Exists(added), Exists(before), ~Exists(since), building__compound=compound)
    return list(doors.order_by("path").values_list("label", flat=True))


def take_away(compound: Compound, source: Source, *, by: Actor) -> Leaving:
    """Delete the doors of a source that nothing leans on; its frame facts stay, voided where it ended.

    Inside an action that has locked the compound and written why. Raises DoorsInUse when somebody was faster.
    """
    found = leaving(compound, source)
    ids = [door.pk for door in found.going]
    facts = _ended(compound, source, {(door.building_id, door.created_at) for door, _reason in found.staying})
    FrameVoid.objects.bulk_create(
        FrameVoid(frame_fact=fact, path=fact.path, by_person_id=by.person_id, by_device_id=by.device_id)
        for fact in facts
    )
    _inherit(facts, source.heirs, by)
    doors_leaving.send(Door, door_ids=ids)
    changes.part_with((door.path, door.pk) for door in found.going)
    try:
        Door.objects.filter(pk__in=ids).delete()
        settle({door.building_id for door in found.going} | {fact.building_id for fact in facts})
    except ProtectedError as problem:
        raise DoorsInUse from problem
    return found


def settle(buildings: Collection[uuid.UUID]) -> None:
    """Derive what buildings keep again from the doors and facts that stand; without any they go."""
    states = derivation.derived(buildings)
    derivation.keep(list(Building.objects.filter(pk__in=list(states))), states)
    empty = [building_id for building_id in buildings if building_id not in states]
    Building.objects.filter(pk__in=empty).delete()
    Place.objects.filter(pk__in=empty).delete()


_Facts = Mapping[uuid.UUID, list[FrameFact]]


def _facts_of(buildings: Collection[uuid.UUID]) -> _Facts:
    """All frame facts of buildings, each with its void, in the order they were recorded; one statement."""
    facts: dict[uuid.UUID, list[FrameFact]] = defaultdict(list)
    found = FrameFact.objects.filter(building__in=buildings).select_related("void").order_by("recorded_at")
    for fact in found:
        facts[fact.building_id].append(fact)
    return facts


def _was_brought(door: Door, facts: Sequence[FrameFact], source: Source) -> bool:
    """Whether a door came with this source, or with one that was taken back before."""
    # All doors of one call carry its moment, and under the compound's lock no other call has the same.
    origins = [fact for fact in facts if fact.how == Frame.LISTED and fact.recorded_at == door.created_at]
    return any(fact.source_id in source.brought_by or hasattr(fact, "void") for fact in origins)


def _leaning(doors: Sequence[Door], facts: _Facts) -> dict[uuid.UUID, Reason]:
    """Why doors stay: the apps above say what leans on them; a walk or a description of the building does too."""
    reasons: dict[uuid.UUID, Reason] = {}
    for door in doors:
        for fact in facts[door.building_id]:
            if fact.how != Frame.LISTED and fact.recorded_at > door.created_at and not hasattr(fact, "void"):
                reasons[door.pk] = _WALKED_SINCE if fact.how == Frame.WALKED else _DESCRIBED_SINCE
    for _receiver, said in doors_asked.send(Door, door_ids=[door.pk for door in doors]):
        reasons |= cast("dict[uuid.UUID, Reason]", said)
    return reasons


def _ended(compound: Compound, source: Source, kept: Collection[tuple[uuid.UUID, datetime]]) -> list[FrameFact]:
    """The frame facts of what ended, but for those by which a door came that stays."""
    facts = FrameFact.objects.filter(
        Q(building__compound=compound), source_id__in=list(source.ended), how=Frame.LISTED, void=None
    ).select_related("building")
    return [fact for fact in facts if (fact.building_id, fact.recorded_at) not in kept]


def _inherit(facts: Sequence[FrameFact], heirs: Mapping[str, uuid.UUID], by: Actor) -> None:
    """A building that another list names too stays known from a list: from that one now."""
    moment = clock.now()
    FrameFact.objects.bulk_create(
        FrameFact(
            path=fact.path,
            building=fact.building,
            how=Frame.LISTED,
            doors_found=0,
            source_id=heirs[fact.building.label],
            by_person_id=by.person_id,
            by_device_id=by.device_id,
            happened_at=moment,
            recorded_at=moment,
        )
        for fact in facts
        if fact.building.label in heirs
    )
