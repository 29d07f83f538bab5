"""What sharing out stands on: who is there, how it was shared, and what each has in minutes."""

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from firstline.census.campaigns import Part, campaigns_within
from firstline.census.models import Share
from firstline.census.next_steps import Slot
from firstline.census.page_parts import Filter, with_query
from firstline.census.walk.route import slot_at
from firstline.census.walk.selectors import Walker, latest_share, places_to_share, walkers_at
from firstline.census.walk.survey import Line, minutes_of, said_minutes, survey
from firstline.census.walk.way import Way
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import COMMUNITY_LENGTH, subtree
from firstline.places.models import Place
from firstline.places.names import building_name, unit_name

# Minutes a head to choose from; the first evening of a new team is two hours.
MINUTES = (60, 90, 120, 180, 240)
_USUAL = 120
# With a larger team a stairwell is given away by a list of names instead of a button each.
_BUTTONS = 4
# Of so many stairwells all stand open; of more, those of whoever is looked at.
_OPEN = 16


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that can be chosen."""

    value: str
    label: str | Promise
    chosen: bool
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """The doors one person has in one stairwell."""

    building_id: uuid.UUID
    unit: str
    name: str
    doors: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Hand:
    """What one person of the team has left; ``others`` are those a stairwell can be given to."""

    person_id: uuid.UUID
    name: str
    url: str
    doors: int
    minutes: int
    long: str
    pieces: list[Piece]
    others: list[Choice] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was chosen on the form; empty where nothing was yet."""

    at: str = ""
    slot: str = ""
    people: Sequence[uuid.UUID] = ()
    minutes: int = 0
    mistake: str = ""


def share_page(actor: Actor, asked: Asked) -> dict[str, Any]:
    """The walk of a place, how it was shared out, and the form that shares it out. Raises NotFound."""
    places = places_to_share(actor)
    place = _place(places, asked.at)
    context = {
        "section": "census:walk",
        "mistake": asked.mistake,
        "walk_url": reverse("census:walk"),
        "places": [Choice(one.path, _name(one), one == place) for one in places],
        "place": place,
    }
    parts = campaigns_within([subtree(place.path)]) if place else []
    return context | (_of_part(place.path, parts[0], asked) if place and parts else {"at_work": False})


def _of_part(path: str, part: Part, asked: Asked) -> dict[str, Any]:
    at = clock.now()
    rules = part.campaign.rules
    slot = Slot(asked.slot) if asked.slot in {Slot.DAY, Slot.EVENING} else slot_at(at, rules)
    found = survey(part, slot, at)
    lines, walkers = found.lines(), walkers_at(path)
    share = latest_share(part.campaign.pk, found.now.today, slot, path)
    hands = _hands(share, lines, {walker.person_id: walker for walker in walkers}, slot) if share else []
    minutes = asked.minutes or (share.minutes_each if share else _USUAL)
    picked = set(asked.people or (share.people if share else [walker.person_id for walker in walkers]))
    return {
        "at_work": True,
        "slot": slot.value,
        "slots": [
            Filter(label, found.count(one), with_query(reverse("census:share"), at=path, when=one.value), one == slot)
            for one, label in ((Slot.DAY, _("Today by day")), (Slot.EVENING, _("This evening")))
        ],
        "doors": len(lines),
        "long": said_minutes(minutes_of(lines)),
        "walkers": [Choice(str(one.person_id), one.name, one.person_id in picked) for one in walkers],
        "hours": [Choice(str(one), _hours(one), one == minutes) for one in MINUTES],
        "share_id": share.pk if share else None,
        "hands": hands,
        "by_buttons": len(hands) <= _BUTTONS,
        "open": sum(len(hand.pieces) for hand in hands) <= _OPEN,
        "mean": round(sum(hand.minutes for hand in hands) / len(hands)) if hands else 0,
        "spread": max(hand.minutes for hand in hands) - min(hand.minutes for hand in hands) if hands else 0,
        "longest": max((piece.minutes for hand in hands for piece in hand.pieces), default=0),
        "unshared": sum(line.holder is None for line in lines),
    }


def _place(places: Sequence[Place], path: str) -> Place | None:
    """The place asked for, or the first one. Raises NotFound for another's."""
    if not path:
        return places[0] if places else None
    found = next((place for place in places if place.path == path), None)
    if found is None:
        raise NotFound
    return found


def _name(place: Place) -> str:
    """Compounds are set in below their community."""
    return place.name if len(place.path) == COMMUNITY_LENGTH else f"　{place.name}"


def _hours(minutes: int) -> str:
    whole, half = divmod(minutes, 60)
    if half:
        return _("%(hours)d and a half hours") % {"hours": whole}
    return _("1 hour") if whole == 1 else _("%(hours)d hours") % {"hours": whole}


def _hands(share: Share, lines: Sequence[Line], walkers: Mapping[uuid.UUID, Walker], slot: Slot) -> list[Hand]:
    team = [Choice(str(one), walkers[one].name, chosen=False) for one in share.people if one in walkers]
    return [
        _hand(
            uuid.UUID(one.value), str(one.label), [line for line in lines if str(line.holder) == one.value], slot, team
        )
        for one in team
    ]


def _hand(person_id: uuid.UUID, name: str, lines: Sequence[Line], slot: Slot, team: Iterable[Choice]) -> Hand:
    minutes = minutes_of(lines)
    return Hand(
        person_id,
        name,
        Way(slot, who=person_id).url,
        len(lines),
        round(minutes),
        said_minutes(minutes),
        list(_pieces(lines)),
        [one for one in team if one.value != str(person_id)],
    )


def _pieces(lines: Iterable[Line]) -> Iterable[Piece]:
    for (compound, building_id, label, unit), found in groupby(lines, key=_stairwell):
        stairwell = list(found)
        name = f"{compound} {building_name(label)}{unit_name(unit) if unit else ''}"
        yield Piece(building_id, unit, name, len(stairwell), round(sum(line.minutes for line in stairwell)))


def _stairwell(line: Line) -> tuple[str, uuid.UUID, str, str]:
    return line.door.compound, line.door.building_id, line.door.building, line.door.unit
