"""Writing who walks what: a walk shared out, a stairwell moved to somebody else, the doors of who is missing."""

import uuid
from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone

from firstline.census.campaigns import campaign_at, campaigns_within
from firstline.census.models import Campaign, Share, ShareDoor, Shift
from firstline.census.next_steps import Slot
from firstline.census.walk.errors import (
    MayNotWalk,
    MinutesNotSaid,
    NothingToShare,
    NotOnTheTeam,
    ShareRefused,
    ShareWithNobody,
)
from firstline.census.walk.minutes import BETWEEN_BUILDINGS
from firstline.census.walk.selectors import Walker, share_for, walkers_at
from firstline.census.walk.sharing import Stop, fitting, share_out
from firstline.census.walk.survey import Line, survey
from firstline.kernel import changes, clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.kernel.paths import subtree

LEAST_MINUTES, MOST_MINUTES = 15, 8 * 60


@action("census.share_walk")
def share_walk(actor: Actor, *, path: str, slot: str, people: Sequence[uuid.UUID], minutes_each: int) -> Share:
    """Share out what a place has to walk today or this evening among people, so many minutes for each.

    What was shared out there before for that time is shared anew; of what is somebody's, as much is theirs for now as
    fits in the minutes, and the rest is nobody's.
    Raises NotFound, ShareRefused (its subclasses say why), EmergencyMissing.
    """
    actor.require("census.share_walk", path)
    if slot not in Shift.values:
        raise ShareRefused
    if not LEAST_MINUTES <= minutes_each <= MOST_MINUTES:
        raise MinutesNotSaid
    walkers = [walker for walker in walkers_at(path) if walker.person_id in set(people)]
    if not walkers:
        raise ShareWithNobody
    campaign = campaign_at(path)
    lines = _lines(campaign, path, slot)
    stops = [_stop(line, walkers) for line in lines]
    urgent = {line.door.id for line in lines if line.late or line.agreed_at}
    team = [walker.person_id for walker in walkers]
    shared = share_out(stops, team)
    given: dict[uuid.UUID, uuid.UUID | None] = {line.door.id: None for line in lines if line.holder}
    for part in shared.parts:
        now, _later = fitting(part.stops, urgent, minutes_each, between=BETWEEN_BUILDINGS)
        given |= {stop.door_id: part.person_id for stop in now}
    if not any(given.values()):
        raise NothingToShare
    share = _share(actor, campaign, path=path, slot=slot, people=team, minutes_each=minutes_each)
    _record(share, sum(map(bool, given.values())))
    _keep(actor, share, lines, given)
    return share


@action("census.share_again")
def share_again(actor: Actor, *, share_id: uuid.UUID, missing: uuid.UUID) -> Share:
    """Give the open doors of somebody who is missing to the rest of the team; the others keep what they have.

    Raises NotFound, NotOnTheTeam, ShareWithNobody (there is nobody else).
    """
    before = share_for(actor, share_id, needs="census.share_again")
    if missing not in before.people:
        raise NotOnTheTeam
    present = [walker for walker in walkers_at(before.path) if walker.person_id in before.people]
    present = [walker for walker in present if walker.person_id != missing]
    if not present:
        raise ShareWithNobody
    campaign = campaign_at(before.path)
    lines = _lines(campaign, before.path, before.slot)
    kept = {
        walker.person_id: [_stop(line, present) for line in lines if line.holder == walker.person_id]
        for walker in present
    }
    left = [line for line in lines if line.holder == missing]
    team = [walker.person_id for walker in present]
    shared = share_out([_stop(line, present) for line in left], team, kept)
    share = _share(actor, campaign, path=before.path, slot=before.slot, people=team, minutes_each=before.minutes_each)
    given: dict[uuid.UUID, uuid.UUID | None] = {line.door.id: None for line in left}
    given |= {stop.door_id: part.person_id for part in shared.parts for stop in part.stops if stop.door_id in given}
    _record(share, len(given))
    _keep(actor, share, lines, given)
    return share


@action("census.move_stairwell")
def move_stairwell(
    actor: Actor, *, share_id: uuid.UUID, building_id: uuid.UUID, unit: str, giver: uuid.UUID, taker: uuid.UUID
) -> Share:
    """Give the open doors that one person has in a stairwell to another of the team, as far as they may go there.

    Raises NotFound, NotOnTheTeam, MayNotWalk.
    """
    share = share_for(actor, share_id, needs="census.move_stairwell")
    walkers = {walker.person_id: walker for walker in walkers_at(share.path)}
    if taker not in share.people or taker not in walkers:
        raise NotOnTheTeam
    lines = _lines(campaign_at(share.path), share.path, share.slot)
    there = [
        line
        for line in lines
        if line.holder == giver and (line.door.building_id, line.door.unit) == (building_id, unit)
    ]
    given = {line.door.id: taker for line in there if walkers[taker].may_walk(line.door)}
    if not given:
        raise MayNotWalk
    ledger.record(path=share.path, subject=share, after={"doors": len(given)})
    _keep(actor, share, there, given)
    return share


def _lines(campaign: Campaign, path: str, slot: str) -> list[Line]:
    """What there is to walk now; doors of a campaign of a part of the place are shared out there."""
    parts = [part for part in campaigns_within([subtree(path)]) if part.campaign.pk == campaign.pk]
    return [line for part in parts for line in survey(part, Slot(slot), clock.now()).lines()]


def _stop(line: Line, walkers: Iterable[Walker]) -> Stop:
    return line.stop(walker.person_id for walker in walkers if not walker.may_walk(line.door))


def _share(
    actor: Actor, campaign: Campaign, *, path: str, slot: str, people: Sequence[uuid.UUID], minutes_each: int
) -> Share:
    share = Share(
        id=uuid7(),
        path=path,
        emergency_id=campaign.emergency_id,
        campaign_id=campaign.pk,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
        day=timezone.localdate(clock.now()),
        slot=slot,
        people=list(people),
        minutes_each=minutes_each,
    )
    share.save(force_insert=True)
    return share


def _record(share: Share, doors: int) -> None:
    after = {"doors": doors, "team": len(share.people), "minutes": share.minutes_each}
    ledger.record(path=share.path, subject=share, after=after)


def _keep(actor: Actor, share: Share, lines: Iterable[Line], given: Mapping[uuid.UUID, uuid.UUID | None]) -> None:
    now = clock.now()
    changes.touch(line.door.path for line in lines if line.door.id in given)
    ShareDoor.objects.bulk_create(
        ShareDoor.about(
            share,
            by=actor,
            id=uuid7(),
            path=line.door.path,
            recorded_at=now,
            share=share,
            door_id=line.door.id,
            day=share.day,
            slot=share.slot,
            person_id=given[line.door.id],
        )
        for line in lines
        if line.door.id in given
    )
