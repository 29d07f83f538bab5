"""Who is away, and who stands in meanwhile."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import Q

from firstline.accounts.models import Person
from firstline.accounts.selectors import details_of
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.keys import organisation_key
from firstline.places.selectors import in_ranges
from firstline.response.answering.errors import (
    AbsenceDatesWrong,
    AbsenceOver,
    AbsentAlready,
    DeputyAway,
    DeputyCircle,
    DeputyThemselves,
    PersonGone,
)
from firstline.response.answering.finding import may_stand_in
from firstline.response.answering.selectors import absence_for, person_at, person_for
from firstline.response.answering.telling import tell_deputy
from firstline.response.models import Absence, AbsenceReason, ReasonContents, Responsibility

_LOCK = "firstline:response.record_absence"


@action("response.record_absence")
def record_absence(
    actor: Actor,
    *,
    person_id: uuid.UUID,
    ends_at: datetime | None = None,
    begins_at: datetime | None = None,
    deputy_id: uuid.UUID | None = None,
    reason: str = "",
) -> Absence:
    """Say that somebody is away until a moment (None: nobody knows), and who stands in; ``reason`` is sealed.

    It begins now at the earliest: for hours that are over they answered. A deputy who is away in that time must have
    one who is not. Raises AbsenceDatesWrong, AbsentAlready, DeputyThemselves, DeputyAway, DeputyCircle, PersonGone,
    NotFound (not of the actor's places).
    """
    person = person_for(actor, person_id, needs="response.record_absence")
    path = _path_for(actor, person, "response.record_absence")
    return _record(actor, person, path, _Away(begins_at, ends_at, deputy_id, reason))


@action("response.record_own_absence")
def record_own_absence(
    actor: Actor,
    *,
    ends_at: datetime | None = None,
    begins_at: datetime | None = None,
    deputy_id: uuid.UUID | None = None,
    reason: str = "",
) -> Absence:
    """Say that one is away oneself, as ``record_absence`` says it of somebody.

    A deputy belongs to the actor's own communities, or to a place above them. Raises as ``record_absence`` does.
    """
    if deputy_id is not None and not may_stand_in(actor, deputy_id):
        raise NotFound
    person = person_at(actor.person_id)
    path = _own_path(actor, person, "response.record_own_absence")
    return _record(actor, person, path, _Away(begins_at, ends_at, deputy_id, reason))


@action("response.end_absence")
def end_absence(actor: Actor, *, absence_id: uuid.UUID) -> Absence:
    """Say that somebody is back, or does not go. Raises AbsenceOver, NotFound."""
    found = absence_for(actor, absence_id, needs="response.end_absence")
    return _end(actor, found, _path_for(actor, found.person, "response.end_absence"))


@action("response.end_own_absence")
def end_own_absence(actor: Actor, *, absence_id: uuid.UUID) -> Absence:
    """Say that one is back oneself, whoever wrote the absence down. Raises AbsenceOver, NotFound (not one's own)."""
    found = Absence.objects.filter(pk=absence_id, person=actor.person_id).select_related("person").first()
    if found is None:
        raise NotFound
    return _end(actor, found, _own_path(actor, found.person, "response.end_own_absence"))


@dataclass(frozen=True, slots=True)
class _Away:
    """What is said of an absence."""

    begins_at: datetime | None
    ends_at: datetime | None
    deputy_id: uuid.UUID | None
    reason: str


def _record(actor: Actor, person: Person, path: str, said: _Away) -> Absence:
    # Two who name each other at once would be a circle that neither of them sees: one absence at a time.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [_LOCK])
    now = clock.now()
    begins = max(said.begins_at or now, now)
    if said.ends_at is not None and said.ends_at <= begins:
        raise AbsenceDatesWrong
    if _overlapping(person.pk, begins, said.ends_at) is not None:
        raise AbsentAlready(name=details_of(person).name)
    if said.deputy_id is not None:
        _require_there(person, said.deputy_id, begins, said.ends_at)
    absence = Absence.objects.create(
        person=person,
        deputy_id=said.deputy_id,
        begins_at=begins,
        ends_at=said.ends_at,
        recorded_by_id=actor.person_id,
    )
    why = AbsenceReason(absence=absence, path=path)
    why.seal(ReasonContents(said.reason.strip()), organisation_key())
    why.save(force_insert=True)
    ledger.record(path=path, subject=absence, after=_said(absence, person))
    tell_deputy(actor, absence, path)
    return absence


def _end(actor: Actor, found: Absence, path: str) -> Absence:
    absence = Absence.objects.select_for_update(of=("self",)).select_related("person").get(pk=found.pk)
    now = clock.now()
    if absence.ends_at is not None and absence.ends_at <= now:
        raise AbsenceOver
    before = _said(absence, absence.person)
    absence.ends_at = max(now, absence.begins_at)
    absence.save(update_fields=["ends_at"])
    ledger.record(path=path, subject=absence, before=before, after=_said(absence, absence.person))
    tell_deputy(actor, absence, path, over=True)
    return absence


def _overlapping(person_id: uuid.UUID, begins: datetime, ends: datetime | None) -> Absence | None:
    lasting = Q(ends_at=None) | Q(ends_at__gt=begins)
    if ends is not None:
        lasting &= Q(begins_at__lt=ends)
    return Absence.objects.filter(lasting, person_id=person_id).order_by("begins_at").first()


def _require_there(person: Person, deputy_id: uuid.UUID, begins: datetime, ends: datetime | None) -> None:
    """Follow the deputies through that time: it must end with somebody who is there."""
    if deputy_id == person.pk:
        raise DeputyThemselves
    seen, asked = {person.pk}, deputy_id
    while True:
        deputy = Person.objects.filter(pk=asked).first()
        if deputy is None:
            raise NotFound
        name = details_of(deputy).name
        if deputy.left_at is not None:
            raise PersonGone(name=name)
        seen.add(asked)
        away = _overlapping(asked, begins, ends)
        if away is None:
            return
        if away.deputy_id is None:
            raise DeputyAway(name=name)
        if away.deputy_id in seen:
            raise DeputyCircle(name=name)
        asked = away.deputy_id


def _path_for(actor: Actor, person: Person, act: str) -> str:
    """Where it is filed: where somebody belongs, or where they answer for something of the actor's."""
    if actor.may(act, person.home_path):
        return person.home_path
    lines = Responsibility.objects.filter(in_ranges(actor.ranges(act)), person=person)
    return lines.order_by("path").values_list("path", flat=True)[0]


def _own_path(actor: Actor, person: Person, act: str) -> str:
    """One's own is filed where one belongs, or where one's role is worn."""
    return person.home_path if actor.may(act, person.home_path) else actor.ranges(act)[0].lo


def _said(absence: Absence, person: Person) -> dict[str, str | None]:
    return {
        "person": details_of(person).name,
        "deputy": details_of(absence.deputy).name if absence.deputy is not None else None,
        "valid_from": absence.begins_at.isoformat(),
        "valid_until": absence.ends_at.isoformat() if absence.ends_at else None,
    }
