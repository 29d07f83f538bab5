"""Writing the census: an attempt at a door, and taking one back."""

import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from django.db.models import TextChoices
from django.utils import timezone

from firstline.census import derivation
from firstline.census.derivation import Move
from firstline.census.errors import (
    AlreadyVoided,
    AttemptIdTaken,
    BeforeCampaign,
    HappenedInFuture,
    MinutesImpossible,
    NoteTooLong,
    NotYourAttempt,
    TooManyPeople,
    UnknownResult,
)
from firstline.census.models import Attempt, AttemptNote, AttemptVoid
from firstline.census.results import Channel, Derived, Outcome, Result, outcome_of
from firstline.census.selectors import attempt_for
from firstline.kernel import clock, crypto, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.kernel.ids import uuid7
from firstline.places.models import Door
from firstline.places.selectors import door_for
from firstline.registry.mentions import void_mentions, write_mentions
from firstline.registry.person_line import PersonSaid
from firstline.response.models import Emergency
from firstline.response.selectors import emergency_at

# Clocks of honest devices differ by this much at most; what lies further ahead was typed wrong.
CLOCK_SLACK = timedelta(minutes=5)
LONGEST_NOTE, MOST_PEOPLE, MOST_MINUTES = 2_000, 60, 24 * 60
VOID_OTHERS = "census.void_others_attempt"

Word = TypeVar("Word", bound=TextChoices)


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
) -> Attempt:
    """Write down one attempt at a door, with who was named; the door's state and its building's counts follow.

    Two people at one door at once are both recorded, one after the other. The same ``attempt_id`` with the same
    body is the same attempt and changes nothing. However late it arrives, it is taken. Raises NotFound,
    EmergencyMissing, AttemptRefused (its subclasses say why), AttemptIdTaken.
    """
    door = door_for(actor, door_id, needs="census.record_attempt")
    emergency = emergency_at(door.path)
    campaign_id = emergency.default_campaign_id
    _check_size(note, minutes, people)
    now = clock.now()
    attempt = Attempt(
        id=attempt_id or uuid7(),
        path=door.path,
        emergency_id=emergency.pk,
        campaign_id=campaign_id,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
        door=door,
        channel=_known(Channel, channel),
        result=_known(Result, result),
        happened_at=_checked_moment(happened_at or now, emergency, now),
        happened_precision=precision,
        recorded_at=now,
        persons_met=len(people),
        minutes=minutes,
    )
    # The command as it was given: a time left open is filled in anew by each repeat.
    body = (door_id, attempt.result, attempt.channel, happened_at, precision, note, minutes, people)
    attempt.claim = _claim(body, emergency.key_id)
    attempt.seal(AttemptNote(note), emergency.key_id)

    derivation.lock_door(campaign_id, door.building_id, door.pk)
    history = derivation.history_of(campaign_id, door.pk)
    if history.holds(attempt.id):
        return _repeated(attempt, body)
    after = history.with_attempt(derivation.tried(attempt))
    ledger.record(
        path=door.path,
        subject=attempt,
        before={"outcome": history.outcome.value},
        after={"outcome": outcome_of(after).value, "result": attempt.result, "people": len(people)},
        key_id=emergency.key_id,
    )
    attempt.save(force_insert=True)
    if people:
        write_mentions(door=door, source_id=attempt.id, people=people, emergency=emergency, campaign_id=campaign_id)
    _keep(campaign_id, door, history.outcome, after)
    return attempt


@action("census.void_attempt")
def void_attempt(actor: Actor, *, attempt_id: uuid.UUID) -> AttemptVoid:
    """Take an attempt back: it stays on record and no longer counts; state and counts are as if it had not been,
    and the names said in it are expected at the door no longer.

    Whoever recorded it may, and the director. Raises NotFound, NotYourAttempt, AlreadyVoided.
    """
    attempt = attempt_for(actor, attempt_id, needs="census.void_attempt")
    if attempt.by_person_id != actor.person_id and not actor.may(VOID_OTHERS, attempt.path):
        raise NotYourAttempt
    derivation.lock_door(attempt.campaign_id, attempt.door.building_id, attempt.door_id)
    history = derivation.history_of(attempt.campaign_id, attempt.door_id)
    if history.is_voided(attempt.id):
        raise AlreadyVoided
    after = history.without_attempt(attempt.id)
    void = AttemptVoid(
        attempt=attempt,
        path=attempt.path,
        emergency_id=attempt.emergency_id,
        campaign_id=attempt.campaign_id,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
    )
    ledger.record(
        path=attempt.path,
        subject=attempt,
        before={"outcome": history.outcome.value, "result": attempt.result},
        after={"outcome": outcome_of(after).value},
        key_id=crypto.key_of(attempt.sealed),
    )
    void.save(force_insert=True)
    if attempt.persons_met:
        void_mentions(
            door=attempt.door,
            source_id=attempt.id,
            by=actor,
            emergency_id=attempt.emergency_id,
            campaign_id=attempt.campaign_id,
        )
    _keep(attempt.campaign_id, attempt.door, history.outcome, after)
    return void


def _repeated(attempt: Attempt, body: tuple[Any, ...]) -> Attempt:
    first = Attempt.objects.get(pk=attempt.id)
    if bytes(first.claim) != _claim(body, crypto.key_of(first.sealed)):
        raise AttemptIdTaken
    first.door = attempt.door
    ledger.repeated(path=first.path)
    return first


def _keep(campaign_id: uuid.UUID, door: Door, before: Outcome, after: Derived | None) -> None:
    derivation.keep(campaign_id, [Move(door.pk, door.path, door.building_id, before, after)])


def _claim(body: tuple[Any, ...], key_id: uuid.UUID) -> bytes:
    return crypto.token("attempt", msgspec.json.encode(body).decode(), key_id=key_id)


def _known(words: type[Word], word: str) -> Word:
    try:
        return words(word)
    except ValueError as problem:
        raise UnknownResult(word=word[:40]) from problem


def _checked_moment(happened_at: datetime, emergency: Emergency, now: datetime) -> datetime:
    if happened_at > now + CLOCK_SLACK:
        raise HappenedInFuture(happened_at=_said(happened_at))
    if happened_at < emergency.started_at:
        raise BeforeCampaign(happened_at=_said(happened_at), started_at=_said(emergency.started_at))
    return happened_at


def _check_size(note: str, minutes: int | None, people: Sequence[PersonSaid]) -> None:
    if len(note) > LONGEST_NOTE:
        raise NoteTooLong(length=len(note), most=LONGEST_NOTE)
    if len(people) > MOST_PEOPLE:
        raise TooManyPeople(count=len(people), most=MOST_PEOPLE)
    if minutes is not None and not 0 <= minutes <= MOST_MINUTES:
        raise MinutesImpossible(minutes=minutes, most=MOST_MINUTES)


def _said(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
