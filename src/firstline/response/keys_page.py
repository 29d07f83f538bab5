"""What the page of keys shows: each emergency with its keys, the copies of them, and how far destruction has come."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.kernel import clock, keys, ports
from firstline.kernel.actors import Actor
from firstline.kernel.models import DataKey
from firstline.response import selectors
from firstline.response.models import DestructionProposal, Emergency, KeyCopy


class Step(StrEnum):
    """How far an emergency's keys are on their way."""

    IN_FORCE = "in_force"
    KEPT = "kept"
    DUE = "due"
    PROPOSED = "proposed"
    DESTROYED = "destroyed"


@dataclass(frozen=True, slots=True)
class ShownKey:
    """One key of an emergency: its file, since when, and what it is now."""

    file: str
    made_at: datetime
    state: str


@dataclass(frozen=True, slots=True)
class ShownCopy:
    """One copy on the register; ``gone_url`` is where to say that it is destroyed, empty when somebody has."""

    file: str
    place: str
    made_at: datetime
    made_by: str
    gone_at: datetime | None
    gone_by: str
    gone_url: str


@dataclass(frozen=True, slots=True)
class ShownEmergency:
    """One emergency; ``to_come``: its end is said and has not come; ``left`` counts copies that nobody has confirmed
    destroyed, ``mine`` says who proposed."""

    id: uuid.UUID
    name: str
    place: str
    started_at: datetime
    ended_at: datetime | None
    to_come: bool
    kept_until: datetime | None
    step: Step
    keys: list[ShownKey]
    copies: list[ShownCopy]
    left: int
    first_by: str
    first_at: datetime | None
    lapses_at: datetime | None
    second_by: str
    second_at: datetime | None
    mine: bool
    may_end: bool
    mistake: str


def context(actor: Actor, *, mistake: str = "", at: uuid.UUID | None = None) -> dict[str, object]:
    """The page, in the contract of its template; ``mistake`` is said where the emergency ``at`` stands."""
    found = selectors.emergencies_for(actor)
    places = ports.places_at({emergency.path for emergency in found})
    return {
        "section": "response:keys",
        "emergencies": [
            _emergency(actor, one, places.get(one.path, ""), mistake if one.pk == at else "") for one in found
        ],
        "keep_days": settings.FIRSTLINE_KEEP_DAYS,
        "hours": settings.FIRSTLINE_DESTRUCTION_HOURS,
    }


def _emergency(actor: Actor, emergency: Emergency, place: str, mistake: str) -> ShownEmergency:
    line = keys.line_of(emergency.key)
    copies = selectors.copies_of(line)
    proposal = selectors.destroyed_by(emergency) or selectors.proposal_of(emergency)
    second = getattr(proposal, "confirmation", None)
    names = ports.names_of(_people(copies, proposal))
    return ShownEmergency(
        id=emergency.pk,
        name=emergency.name,
        place=place,
        started_at=emergency.started_at,
        ended_at=emergency.ended_at,
        to_come=emergency.ended_at is not None and emergency.ended_at > clock.now(),
        kept_until=emergency.kept_until,
        step=_step(emergency, proposal),
        keys=[ShownKey(f"{key.pk}.key", key.created_at, _state(key)) for key in line],
        copies=[_copy(copy, names) for copy in copies],
        left=sum(not hasattr(copy, "gone") for copy in copies),
        first_by=names.get(proposal.by_id, "") if proposal else "",
        first_at=proposal.at if proposal else None,
        lapses_at=proposal.lapses_at if proposal else None,
        second_by=names.get(second.by_id, "") if second else "",
        second_at=second.at if second else None,
        mine=proposal is not None and proposal.by_id == actor.person_id,
        may_end=actor.may("response.end", emergency.path),
        mistake=mistake,
    )


def _step(emergency: Emergency, proposal: DestructionProposal | None) -> Step:
    until, over = emergency.kept_until, emergency.ended_at is not None and emergency.ended_at <= clock.now()
    if emergency.key.destroyed_at is not None:
        return Step.DESTROYED
    if until is None or not over:
        return Step.IN_FORCE
    if until > clock.now():
        return Step.KEPT
    return Step.PROPOSED if proposal else Step.DUE


def _state(key: DataKey) -> str:
    if key.destroyed_at is not None:
        return _("destroyed")
    return _("opens what was sealed before") if key.retired_at is not None else _("seals from now on")


def _copy(copy: KeyCopy, names: dict[uuid.UUID, str]) -> ShownCopy:
    gone = getattr(copy, "gone", None)
    return ShownCopy(
        file=f"{copy.key_id}.key",
        place=copy.place,
        made_at=copy.made_at,
        made_by=names.get(copy.made_by_id, ""),
        gone_at=gone.at if gone else None,
        gone_by=names.get(gone.by_id, "") if gone else "",
        gone_url="" if gone else reverse("response:copy_destroyed", args=[copy.pk]),
    )


def _people(copies: Sequence[KeyCopy], proposal: DestructionProposal | None) -> Collection[uuid.UUID]:
    found = {copy.made_by_id for copy in copies} | {copy.gone.by_id for copy in copies if hasattr(copy, "gone")}
    if proposal is not None:
        found.add(proposal.by_id)
        if (second := getattr(proposal, "confirmation", None)) is not None:
            found.add(second.by_id)
    return found
