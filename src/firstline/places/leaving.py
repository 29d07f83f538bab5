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

from firstline.kernel import clock
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
    doors = _brought(compound, source)
    reasons = _leaning(doors)
    return Leaving(
        [door for door in doors if door.pk not in reasons],
        [(door, reasons[door.pk]) for door in doors if door.pk in reasons],
    )


def listed_only(compound: Compound) -> list[str]:
    """Doors that a list added to buildings somebody described or walked: the plan does not have them."""
    described = FrameFact.objects.filter(building__compound=compound, void=None).exclude(how=Frame.LISTED)
    doors = Door.objects.filter(building__compound=compound, building__in=described.values("building"))
    added = FrameFact.objects.filter(
        building=OuterRef("building"), recorded_at=OuterRef("created_at"), how=Frame.LISTED
    )
    return list(doors.filter(Exists(added)).order_by("path").values_list("label", flat=True))


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


def _brought(compound: Compound, source: Source) -> list[Door]:
    """The doors of the labels that came with this source, or with one that was taken back before."""
    standing = Door.objects.filter(building__compound=compound, label__in=source.labels)
    doors = list(standing.select_related("building").order_by("path"))
    origins = _facts_by_moment({door.building_id for door in doors}, Frame.LISTED)
    mine = set(source.brought_by)
    return [
        door
        for door in doors
        if any(fact.source_id in mine or hasattr(fact, "void") for fact in origins[door.building_id, door.created_at])
    ]


def _facts_by_moment(
    buildings: Collection[uuid.UUID], how: Frame
) -> Mapping[tuple[uuid.UUID, datetime], list[FrameFact]]:
    facts: dict[tuple[uuid.UUID, datetime], list[FrameFact]] = defaultdict(list)
    for fact in FrameFact.objects.filter(building__in=buildings, how=how).select_related("void"):
        facts[fact.building_id, fact.recorded_at].append(fact)
    return facts


def _leaning(doors: Sequence[Door]) -> dict[uuid.UUID, Reason]:
    """Why doors stay: the apps above say what leans on them; a walk or a description of the building does too."""
    reasons: dict[uuid.UUID, Reason] = {}
    since: dict[uuid.UUID, tuple[datetime, Reason]] = {}
    seen = FrameFact.objects.filter(building__in={door.building_id for door in doors}, void=None)
    for fact in seen.exclude(how=Frame.LISTED).order_by("recorded_at"):
        words = (
            _("the building was walked since") if fact.how == Frame.WALKED else _("the building was described since")
        )
        since[fact.building_id] = (fact.recorded_at, words)
    for door in doors:
        if door.building_id in since and (told := since[door.building_id])[0] > door.created_at:
            reasons[door.pk] = told[1]
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
