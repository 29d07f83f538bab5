"""An attempt as it is given to be recorded, checked and made ready to be written."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

import msgspec
from django.db.models import TextChoices
from django.utils import timezone

from firstline.census.errors import (
    BeforeCampaign,
    HappenedInFuture,
    MinutesImpossible,
    NoteTooLong,
    TooManyPeople,
    UnknownResult,
)
from firstline.census.models import Attempt, AttemptNote, Campaign
from firstline.census.questions.answers import checked
from firstline.census.results import Channel, Result
from firstline.kernel import crypto
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.kernel.ids import uuid7
from firstline.places.models import Door
from firstline.registry.models import MentionSource
from firstline.registry.person_line import PersonSaid

# Clocks of honest devices differ by this much at most; what lies further ahead was typed wrong.
CLOCK_SLACK = timedelta(minutes=5)
LONGEST_NOTE, MOST_PEOPLE, MOST_MINUTES = 2_000, 60, 24 * 60

Word = TypeVar("Word", bound=TextChoices)

_SOURCES = {
    Channel.PHONE: MentionSource.PHONE,
    Channel.CALLBACK: MentionSource.PHONE,
    Channel.ONLINE: MentionSource.REPORT,
    Channel.PAPER: MentionSource.PAPER,
    Channel.LIST: MentionSource.PROPERTY_LIST,
}


@dataclass(frozen=True, slots=True)
class Given:
    """One attempt at one door, as somebody gives it to be recorded.

    ``visitor`` is the name of who was there, where that is not the recorder; ``again_at`` a time agreed upon;
    ``source_id`` the row, report, call or sheet it was taken from; ``answers`` those to the campaign's questions.
    """

    door_id: uuid.UUID
    result: str
    channel: str = Channel.DOOR
    happened_at: datetime | None = None
    precision: Precision = Precision.MINUTE
    note: str = ""
    minutes: int | None = None
    people: Sequence[PersonSaid] = ()
    attempt_id: uuid.UUID = field(default_factory=uuid7)
    visitor: str = ""
    again_at: datetime | None = None
    source_id: uuid.UUID | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    # By the clock of the device it was recorded with; None: now, and here.
    recorded_at: datetime | None = None

    def claim(self, key_id: uuid.UUID) -> bytes:
        """A keyed hash of the command as it was given: a time left open is filled in anew by each repeat."""
        body = (
            self.door_id,
            _known(Result, self.result),
            _known(Channel, self.channel),
            self.happened_at,
            self.precision,
            self.note,
            self.minutes,
            self.people,
            self.visitor,
            self.again_at,
            self.source_id,
            self.answers,
        )
        return crypto.token("attempt", msgspec.json.encode(body).decode(), key_id=key_id)


def made(given: Given, *, actor: Actor, door: Door, campaign: Campaign, now: datetime) -> Attempt:
    """The attempt, sealed and ready to be written. Raises AttemptRefused (its subclasses say why)."""
    _check_size(given)
    key_id = campaign.emergency.key_id
    attempt = Attempt(
        id=given.attempt_id,
        path=door.path,
        emergency_id=campaign.emergency_id,
        campaign_id=campaign.pk,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
        door=door,
        channel=_known(Channel, given.channel),
        result=_known(Result, given.result),
        happened_at=_checked_moment(given.happened_at or now, campaign, now),
        happened_precision=given.precision,
        recorded_at=given.recorded_at or now,
        persons_met=len(given.people),
        minutes=given.minutes,
        visitor_id=None if given.visitor else actor.person_id,
        again_at=given.again_at,
        source_id=given.source_id,
        claim=given.claim(key_id),
    )
    answers = checked(campaign, given.answers, attempt.result)
    asked = str(campaign.question_set_id) if answers else ""
    attempt.seal(AttemptNote(given.note, given.visitor, answers, asked), key_id)
    return attempt


def source_of(channel: str) -> MentionSource:
    """By what name a channel's people are told: whoever called back is known by telephone."""
    return _SOURCES.get(Channel(channel), MentionSource.VISIT)


def _known(words: type[Word], word: str) -> Word:
    try:
        return words(word)
    except ValueError as problem:
        raise UnknownResult(word=word[:40]) from problem


def _checked_moment(happened_at: datetime, campaign: Campaign, now: datetime) -> datetime:
    if happened_at > now + CLOCK_SLACK:
        raise HappenedInFuture(happened_at=_said(happened_at))
    if happened_at < campaign.started_at:
        raise BeforeCampaign(happened_at=_said(happened_at), started_at=_said(campaign.started_at))
    return happened_at


def _check_size(given: Given) -> None:
    if len(given.note) > LONGEST_NOTE:
        raise NoteTooLong(length=len(given.note), most=LONGEST_NOTE)
    if len(given.people) > MOST_PEOPLE:
        raise TooManyPeople(count=len(given.people), most=MOST_PEOPLE)
    if given.minutes is not None and not 0 <= given.minutes <= MOST_MINUTES:
        raise MinutesImpossible(minutes=given.minutes, most=MOST_MINUTES)


def _said(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}"
