"""Naming who answers: for many places at once, handing over, ending, taking back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q

from firstline.accounts.models import Person
from firstline.accounts.selectors import details_of
from firstline.kernel import clock, ledger, paths
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.names import words_at
from firstline.places.selectors import in_ranges
from firstline.response.answering.beside import taken_along
from firstline.response.answering.errors import (
    AssignedAlready,
    HandedToThemselves,
    LabelMissing,
    LimitsWrong,
    NotIntoThePast,
    PersonGone,
    PlacesMissing,
    ResponsibilityOver,
    SeatTaken,
    TierNotYours,
    TierUnfit,
    TooManyPlaces,
)
from firstline.response.answering.naming_rights import SHORTEST, may_name
from firstline.response.answering.selectors import where_exists
from firstline.response.models import Duty, LoadLimit, Rank, Responsibility, Source, Tier

MOST_PLACES = 500
_MOST_LIMIT = 9_999


@action("response.assign")
def assign(
    actor: Actor,
    *,
    person_id: uuid.UUID,
    places: Sequence[str],
    tier: Tier,
    duty: Duty,
    label: str = "",
    rank: Rank = Rank.LEAD,
    valid_from: datetime | None = None,
    valid_until: datetime | None = None,
    source: Source = Source.TYPED,
    source_id: uuid.UUID | None = None,
) -> list[Responsibility]:
    """Name somebody for places or posts at one level and duty, from a moment (default: now, or before: as lists do).

    All or none. A beginning in the past fills only time in which nobody led there. Raises PlacesMissing, TooManyPlaces,
    TierUnfit, TierNotYours, LabelMissing, PersonGone, SeatTaken, AssignedAlready, ResponsibilityDatesWrong, NotFound.
    """
    asked = list(dict.fromkeys(places))
    if not asked or where_exists(asked) != set(asked):
        raise PlacesMissing
    if len(asked) > MOST_PLACES:
        raise TooManyPlaces(most=MOST_PLACES)
    if duty == Duty.OTHER and not label.strip():
        raise LabelMissing
    named = words_at(asked)
    for path in asked:
        _require_fit(actor, path, named, tier, duty)
    person = _person_here(person_id)
    begins = valid_from or clock.now()
    _refuse_taken(person, asked, _Seat(tier, duty, rank, begins, valid_until))
    lines = Responsibility.objects.bulk_create(
        Responsibility(
            person=person,
            path=path,
            tier=tier,
            duty=duty,
            label=label.strip(),
            rank=rank,
            valid_from=begins,
            valid_until=valid_until,
            source=source,
            source_id=source_id,
            recorded_by_id=actor.person_id,
        )
        for path in asked
    )
    for line in lines:
        ledger.record(path=line.path, subject=line, after=_said(line))
    return lines


@action("response.hand_over")
def hand_over(
    actor: Actor, *, responsibility_ids: Sequence[uuid.UUID], to_person_id: uuid.UUID, at: datetime | None = None
) -> list[Responsibility]:
    """Hand lines of the table over to somebody, now or at a moment to come.

    Each ends and the next begins at that very moment. All or none; what was stays on record.
    Raises ResponsibilityOver, NotIntoThePast, HandedToThemselves, PersonGone, TierNotYours, AssignedAlready,
    ResponsibilityDatesWrong, NotFound (also: not all of them yours).
    """
    lines = _locked(actor, responsibility_ids, needs="response.hand_over")
    taker, moment = _person_here(to_person_id), _to_come(at)
    for line in lines:
        if line.person_id == taker.pk:
            raise HandedToThemselves(name=details_of(taker).name)
    return [_follow(actor, line, taker, moment) for line in lines]


@action("response.end_responsibility")
def end_responsibility(
    actor: Actor, *, responsibility_ids: Sequence[uuid.UUID], at: datetime | None = None
) -> list[Responsibility]:
    """End lines of the table, now or at a moment to come; an end is never put off.

    Raises ResponsibilityOver, NotIntoThePast, TierNotYours, ResponsibilityDatesWrong, NotFound.
    """
    lines, moment = _locked(actor, responsibility_ids, needs="response.end_responsibility"), _to_come(at)
    for line in lines:
        before = _said(line)
        _end(actor, line, moment)
        ledger.record(path=line.path, subject=line, before=before, after=_said(line))
    return lines


@action("response.take_back")
def take_back(actor: Actor, *, responsibility_ids: Sequence[uuid.UUID]) -> list[Responsibility]:
    """Undo what was just done to lines of the table, from now on: what stood in between stays on record.

    A line in force ends, and whoever had handed it over has it again; one that was ended is begun anew. Gives those
    begun. Raises AssignedAlready, SeatTaken (somebody else was named meanwhile), TierNotYours, NotFound.
    """
    now, begun = clock.now(), []
    for line in _locked(actor, responsibility_ids, needs="response.take_back", over=True):
        moment = max(now, line.valid_from)
        if line.ended_by_id is not None and line.valid_until is not None:
            moment = max(now, line.valid_until)
            _refuse_taken(line.person, [line.path], _Seat.of(line, moment))
            old = line.continues
            ended_too = old is not None and old.valid_until == line.valid_until
            beside = _begin(actor, old, old.person, moment, None) if old is not None and ended_too else None
            begun.append(_begin(actor, line, line.person, moment, None, beside=beside))
        elif line.follows is not None:
            begun.append(_follow(actor, line, line.follows.person, moment))
        else:
            before = _said(line)
            _end(actor, line, moment)
            ledger.record(path=line.path, subject=line, before=before, after=_said(line))
    return begun


@action("response.set_load_limit")
def set_load_limit(actor: Actor, *, path: str, places: int, posts: int, households: int) -> LoadLimit:
    """Say how much one person may answer for at a place and below it. Raises LimitsWrong, NotFound (no such place)."""
    if not all(0 < one <= _MOST_LIMIT for one in (places, posts, households)):
        raise LimitsWrong
    if not where_exists([path]):
        raise NotFound
    limit = LoadLimit.objects.create(
        path=path, places=places, posts=posts, households=households, said_by_id=actor.person_id
    )
    ledger.record(
        path=path, subject=limit, after={"load_places": places, "load_posts": posts, "load_households": households}
    )
    return limit


def _require_fit(actor: Actor, path: str, named: dict[str, str], tier: Tier, duty: Duty) -> None:
    actor.require("response.assign", path)
    if not paths.is_post(path) and len(path) < SHORTEST[tier]:
        raise TierUnfit(tier=tier.label, place=named.get(path, path))
    if not may_name(actor, path, tier, duty):
        raise TierNotYours(tier=tier.label)


def _person_here(person_id: uuid.UUID) -> Person:
    # The person's row gives out what they answer for one at a time; whoever leaves meanwhile is waited for.
    person = Person.objects.select_for_update(no_key=True).filter(pk=person_id).first()
    if person is None:
        raise NotFound
    if person.left_at is not None:
        raise PersonGone(name=details_of(person).name)
    return person


@dataclass(frozen=True, slots=True)
class _Seat:
    """What is taken when somebody leads: a level and a duty at each of some places, over a span of time."""

    tier: str
    duty: str
    rank: str
    begins: datetime
    ends: datetime | None

    @classmethod
    def of(cls, line: Responsibility, begins: datetime, ends: datetime | None = None) -> "_Seat":
        return cls(line.tier, line.duty, line.rank, begins, ends)


def _refuse_taken(person: Person, places: Sequence[str], seat: _Seat) -> None:
    overlapping = Q(valid_until=None) | Q(valid_until__gt=seat.begins)
    if seat.ends is not None:
        overlapping &= Q(valid_from__lt=seat.ends)
    seats = Responsibility.objects.filter(overlapping, path__in=places, tier=seat.tier, duty=seat.duty)
    # What was taken back before it began held for no time at all.
    for line in seats.exclude(valid_until=F("valid_from")).select_related("person"):
        name, place = details_of(line.person).name, words_at([line.path]).get(line.path, line.path)
        if line.person_id == person.pk and line.rank == seat.rank:
            raise AssignedAlready(name=name, place=place)
        if seat.rank == line.rank == Rank.LEAD:
            raise SeatTaken(name=name, place=place)


def _locked(actor: Actor, ids: Sequence[uuid.UUID], *, needs: str, over: bool = False) -> list[Responsibility]:
    """Lines of the table for the running action alone, all of them the actor's to change."""
    wanted = set(ids)
    found = Responsibility.objects.filter(in_ranges(actor.ranges(needs)), pk__in=wanted)
    related = found.select_related("person", "follows__person", "continues__person")
    lines = list(related.select_for_update(of=("self",)).order_by("id"))
    if not wanted or {line.pk for line in lines} != wanted:
        raise NotFound
    # What one of them takes along is not asked for by itself.
    along = {old.pk for line in lines if (old := taken_along(line)) is not None}
    lines = [line for line in lines if line.pk not in along]
    now = clock.now()
    for line in lines:
        if not over and line.valid_until is not None and line.valid_until <= now:
            raise ResponsibilityOver
        if not may_name(actor, line.path, line.tier, line.duty):
            raise TierNotYours(tier=Tier(line.tier).label)
    return lines


def _to_come(at: datetime | None) -> datetime:
    now = clock.now()
    if at is not None and at < now:
        raise NotIntoThePast
    return at or now


def _end(actor: Actor, line: Responsibility, moment: datetime) -> None:
    if (old := taken_along(line)) is not None:
        _end(actor, old, moment)
    if line.valid_until is not None and line.valid_until < moment:
        raise ResponsibilityOver
    line.valid_until, line.ended_by_id = moment, actor.person_id
    line.save(update_fields=["valid_until", "ended_by_id"])


def _follow(actor: Actor, line: Responsibility, taker: Person, moment: datetime) -> Responsibility:
    """End a line and begin the next at the very same moment, until when the first would have lasted."""
    until, old = line.valid_until, taken_along(line)
    _end(actor, line, moment)
    _refuse_taken(taker, [line.path], _Seat.of(line, moment, until))
    beside = _begin(actor, old, taker, moment, until) if old is not None else None
    return _begin(actor, line, taker, moment, until, beside=beside)


def _begin(
    actor: Actor,
    line: Responsibility,
    person: Person,
    moment: datetime,
    until: datetime | None,
    *,
    beside: Responsibility | None = None,
) -> Responsibility:
    following = Responsibility.objects.create(
        person=person,
        path=line.path,
        tier=line.tier,
        duty=line.duty,
        label=line.label,
        rank=line.rank,
        valid_from=moment,
        valid_until=until,
        recorded_by_id=actor.person_id,
        follows=line,
        continues=beside,
    )
    ledger.record(path=line.path, subject=following, before=_said(line), after=_said(following))
    return following


def _said(line: Responsibility) -> dict[str, str | None]:
    return {
        "person": details_of(line.person).name,
        "tier": str(line.tier),
        "duty": str(line.duty),
        "rank": str(line.rank),
        "label": line.label,
        "valid_from": line.valid_from.isoformat(),
        "valid_until": line.valid_until.isoformat() if line.valid_until else None,
    }
