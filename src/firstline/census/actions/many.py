"""Many attempts at once, at doors of one compound: what a log, a list or an evening's typing brings."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from firstline.census import derivation
from firstline.census.actions.attempts import VOID_OTHERS
from firstline.census.campaigns import campaign_at, campaign_for
from firstline.census.derivation import Move
from firstline.census.errors import NotYourAttempt, OutsideCampaign
from firstline.census.giving import Given, made, source_of
from firstline.census.models import Attempt, AttemptVoid, Campaign
from firstline.kernel import bulk, clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.models import AppendOnly
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.places.selectors import compound_for
from firstline.registry.mentions import NewMention, said_at_door, void_sources, write
from firstline.registry.models import SourceVoid


@action("census.record_many")
def record_many(
    actor: Actor, *, compound_id: uuid.UUID, attempts: Sequence[Given], campaign_id: uuid.UUID | None = None
) -> list[uuid.UUID]:
    """Write down many attempts at doors of one compound in one transaction; the ids of those that are new.

    An attempt whose id is known already is left alone, so that work that was cut short is simply done again. One entry
    in the ledger stands for all. Raises NotFound, EmergencyMissing, OutsideCampaign, AttemptRefused.
    """
    compound = compound_for(actor, compound_id, needs="census.record_many")
    path = compound.place.path
    campaign = campaign_at(path) if campaign_id is None else campaign_for(actor, campaign_id, needs="census.read")
    if path not in subtree(campaign.path):
        raise OutsideCampaign(campaign=campaign.name)
    ids = {given.door_id for given in attempts}
    doors = {door.pk: door for door in Door.objects.filter(building__compound=compound, pk__in=ids)}
    if ids - doors.keys():
        raise NotFound
    for building_id in sorted({door.building_id for door in doors.values()}):
        derivation.lock_building(campaign.pk, building_id)
    ledger.record(path=path, subject=compound, after={"attempts": len(attempts), "doors": len(doors)})
    new = _unknown(attempts)
    now = clock.now()
    made_now = [made(one, actor=actor, door=doors[one.door_id], campaign=campaign, now=now) for one in new]
    moves = _moves(campaign, doors, made_now)
    bulk.insert(Attempt, [_columns(attempt) for attempt in made_now])
    write(_mentions(campaign, doors, new), key_id=campaign.emergency.key_id)
    if moves:
        derivation.keep(campaign.pk, moves)
    return [attempt.pk for attempt in made_now]


@action("census.void_many")
def void_many(actor: Actor, *, compound_id: uuid.UUID, attempt_ids: Sequence[uuid.UUID]) -> int:
    """Take back many attempts at doors of one compound; how many counted until now. Others are left alone.

    Raises NotFound, NotYourAttempt.
    """
    compound = compound_for(actor, compound_id, needs="census.void_many")
    found = Attempt.objects.filter(pk__in=attempt_ids, door__building__compound=compound)
    attempts = list(found.select_related("door"))
    if any(one.by_person_id != actor.person_id for one in attempts) and not actor.may(VOID_OTHERS, compound.place.path):
        raise NotYourAttempt
    locks = sorted({(one.campaign_id, one.door.building_id) for one in attempts})
    for campaign_id, building_id in locks:
        derivation.lock_building(campaign_id, building_id)
    standing = list(found.filter(void=None).select_related("door"))
    ledger.record(path=compound.place.path, subject=compound, after={"taken_back": len(standing)})
    moves = _without(standing)
    AttemptVoid.objects.bulk_create(AttemptVoid.about(one, by=actor, attempt=one) for one in standing)
    void_sources(SourceVoid.about(one, by=actor, source_id=one.pk) for one in standing if one.persons_met)
    for campaign_id, moved in moves.items():
        derivation.keep(campaign_id, moved)
    return len(standing)


def _unknown(attempts: Sequence[Given]) -> list[Given]:
    by_id = {given.attempt_id: given for given in attempts}
    known = set(Attempt.objects.filter(pk__in=by_id).values_list("pk", flat=True))
    return [given for attempt_id, given in by_id.items() if attempt_id not in known]


def _moves(campaign: Campaign, doors: dict[uuid.UUID, Door], attempts: Sequence[Attempt]) -> list[Move]:
    at: dict[uuid.UUID, list[Attempt]] = defaultdict(list)
    for attempt in attempts:
        at[attempt.door_id].append(attempt)
    histories = derivation.histories_of(campaign.pk, list(at))
    return [
        Move.of(doors[door_id], histories[door_id].with_attempts(*map(derivation.tried, added)))
        for door_id, added in at.items()
    ]


def _without(voided: Sequence[Attempt]) -> dict[uuid.UUID, list[Move]]:
    """How doors stand without these attempts, by campaign."""
    gone = {one.pk for one in voided}
    moves = {}
    for campaign_id in sorted({one.campaign_id for one in voided}):
        doors = {one.door_id: one.door for one in voided if one.campaign_id == campaign_id}
        histories = derivation.histories_of(campaign_id, list(doors))
        moves[campaign_id] = [
            Move.of(door, histories[door_id].without_attempts(*gone)) for door_id, door in doors.items()
        ]
    return moves


def _mentions(campaign: Campaign, doors: dict[uuid.UUID, Door], new: Sequence[Given]) -> list[NewMention]:
    return [
        mention
        for given in new
        for mention in said_at_door(
            door=doors[given.door_id],
            source=source_of(given.channel),
            source_id=given.attempt_id,
            people=given.people,
            emergency_id=campaign.emergency_id,
            campaign_id=campaign.pk,
        )
    ]


def _columns(row: AppendOnly) -> dict[str, Any]:
    """A row as columns, but for what only the database can fill."""
    fields = [field for field in row._meta.concrete_fields if not field.has_db_default()]
    return {str(field.column): getattr(row, field.attname) for field in fields}
