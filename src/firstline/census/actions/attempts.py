"""An attempt at a door, and taking one back."""

import uuid
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from firstline.census import derivation
from firstline.census.campaigns import campaign_at, campaign_for
from firstline.census.derivation import Change, Move
from firstline.census.errors import AlreadyVoided, AttemptIdTaken, NotYourAttempt, OutsideCampaign
from firstline.census.giving import Given, made, source_of
from firstline.census.models import Attempt, AttemptVoid, Campaign
from firstline.census.results import Channel
from firstline.census.selectors import attempt_for
from firstline.census.signals import attempt_voided
from firstline.kernel import bulk, clock, crypto, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.kernel.ids import uuid7
from firstline.kernel.offline import Moment
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.places.selectors import door_to_record
from firstline.registry.mentions import void_sources, write_mentions
from firstline.registry.models import SourceVoid
from firstline.registry.person_line import PersonSaid

VOID_OTHERS = "census.void_others_attempt"


@action("census.record_attempt")
def record_attempt(
    actor: Actor,
    *,
    door_id: uuid.UUID,
    result: str,
    channel: str = Channel.DOOR,
    happened_at: datetime | None = None,
    precision: Precision = Precision.MINUTE,
    note: str = "",
    minutes: int | None = None,
    people: Sequence[PersonSaid] = (),
    attempt_id: uuid.UUID | None = None,
    campaign_id: uuid.UUID | None = None,
    visitor: str = "",
    again_at: datetime | None = None,
    source_id: uuid.UUID | None = None,
    answers: Mapping[str, Any] | None = None,
    recorded_at: datetime | None = None,
) -> Attempt:
    """Write down one attempt at a door, with who was named; the door's state and its building's counts follow.

    Without a campaign it belongs to the leading one. Two people at one door at once are both recorded, one after the
    other. The same ``attempt_id`` with the same body is the same attempt and changes nothing. However late it arrives,
    it is taken. Raises NotFound, EmergencyMissing, OutsideCampaign, AttemptRefused (its subclasses say why),
    AttemptIdTaken.
    """
    door = door_to_record(actor, door_id, needs="census.record_attempt")
    campaign = _campaign(actor, door, campaign_id)
    given = Given(
        door_id=door_id,
        result=result,
        channel=channel,
        happened_at=happened_at,
        precision=precision,
        note=note,
        minutes=minutes,
        people=people,
        attempt_id=attempt_id or uuid7(),
        visitor=visitor,
        again_at=again_at,
        source_id=source_id,
        answers=answers or {},
        recorded_at=recorded_at,
    )
    attempt = made(given, actor=actor, door=door, campaign=campaign, now=clock.now())

    derivation.lock_door(campaign.pk, door.building_id, door.pk)
    history = derivation.history_of(campaign.pk, door.pk)
    if history.holds(attempt.id):
        return _repeated(attempt, given)
    change = history.with_attempts(derivation.tried(attempt))
    ledger.record(
        path=door.path,
        subject=attempt,
        before={"outcome": history.outcome.value},
        after={"outcome": change.outcome.value, "result": attempt.result, "people": len(people)},
        key_id=campaign.emergency.key_id,
    )
    bulk.add(attempt)
    if people:
        write_mentions(
            door=door,
            source=source_of(channel),
            source_id=attempt.id,
            people=people,
            emergency=campaign.emergency,
            campaign_id=campaign.pk,
        )
    _keep(campaign.pk, door, change)
    return attempt


@action("census.void_attempt")
def void_attempt(
    actor: Actor, *, attempt_id: uuid.UUID, void_id: uuid.UUID | None = None, moment: Moment | None = None
) -> AttemptVoid:
    """Take an attempt back: it stays on record and no longer counts; state and counts are as if it had not been,
    and the names said in it are expected at the door no longer.

    Whoever recorded it may, and the director. ``moment`` is when it was done, where that is not now. Raises NotFound,
    NotYourAttempt, AlreadyVoided.
    """
    attempt = attempt_for(actor, attempt_id, needs="census.void_attempt")
    if attempt.by_person_id != actor.person_id and not actor.may(VOID_OTHERS, attempt.path):
        raise NotYourAttempt
    derivation.lock_door(attempt.campaign_id, attempt.door.building_id, attempt.door_id)
    history = derivation.history_of(attempt.campaign_id, attempt.door_id)
    if history.is_voided(attempt.id):
        raise AlreadyVoided
    change = history.without_attempts(attempt.id)
    done = moment or Moment.now()
    void = AttemptVoid.about(
        attempt,
        by=actor,
        attempt=attempt,
        id=void_id or uuid7(),
        happened_at=done.happened_at,
        happened_precision=done.precision,
        recorded_at=done.recorded_at,
    )
    ledger.record(
        path=attempt.path,
        subject=attempt,
        before={"outcome": history.outcome.value, "result": attempt.result},
        after={"outcome": change.outcome.value},
        key_id=crypto.key_of(attempt.sealed),
    )
    void.save(force_insert=True)
    if attempt.persons_met:
        void_sources([SourceVoid.about(attempt, by=actor, source_id=attempt.id)])
    _keep(attempt.campaign_id, attempt.door, change)
    if attempt.source_id:
        attempt_voided.send(Attempt, attempt=attempt, actor=actor)
    return void


def _campaign(actor: Actor, door: Door, campaign_id: uuid.UUID | None) -> Campaign:
    if campaign_id is None:
        return campaign_at(door.path)
    campaign = campaign_for(actor, campaign_id, needs="census.record_attempt")
    if door.path not in subtree(campaign.path):
        raise OutsideCampaign(campaign=campaign.name)
    return campaign


def _repeated(attempt: Attempt, given: Given) -> Attempt:
    first = Attempt.objects.get(pk=attempt.id)
    if bytes(first.claim) != given.claim(crypto.key_of(first.sealed)):
        raise AttemptIdTaken
    first.door = attempt.door
    ledger.repeated(path=first.path)
    return first


def _keep(campaign_id: uuid.UUID, door: Door, change: Change) -> None:
    derivation.keep(campaign_id, [Move.of(door, change)])
