"""What people say of gaps: I have it, I give it back, it is wrong. None of it closes one: only the fact does."""

import uuid
from datetime import datetime, timedelta

import msgspec
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from firstline.accounts.selectors import names_of
from firstline.gaps.errors import (
    GapClosed,
    GapNotDisputed,
    GapNotYours,
    GapOwnDispute,
    GapReasonMissing,
    GapTakenByAnother,
    GapTakenTooLong,
    RulesWrong,
)
from firstline.gaps.escalation import Rules
from firstline.gaps.models import EscalationRules, Gap, GapEvent, GapNote, Said, What
from firstline.gaps.rules import RulesInForce, taken_of
from firstline.gaps.selectors import locked
from firstline.gaps.telling import tell_decider
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.keys import organisation_key
from firstline.response.selectors import emergency_for

LONGEST_WORDS = 500


@action("gaps.take")
def take(actor: Actor, *, gap_id: uuid.UUID, until: datetime, words: str = "") -> Gap:
    """“I have it, until then”: the clock stands meanwhile. Again by the same person moves the end.

    Raises GapClosed, GapTakenByAnother, GapTakenTooLong (past, or longer than the rules allow), NotFound.
    """
    gap, now = _open(actor, gap_id, "gaps.take"), clock.now()
    most = now + timedelta(minutes=RulesInForce(now).at(gap.path).taken_minutes_at_most)
    if not now < until <= most:
        raise GapTakenTooLong(hours=int((most - now).total_seconds() // 3600), until=_moment(most))
    holder, held_until = gap.taken_by_id, gap.taken_until
    if holder is not None and holder != actor.person_id and held_until is not None and held_until > now:
        raise GapTakenByAnother(name=names_of([holder]).get(holder, ""), until=_moment(held_until))
    gap.taken_by_id, gap.taken_until = actor.person_id, until
    return _tell(actor, gap, What.TAKEN, words=words, until=until)


@action("gaps.give_back")
def give_back(actor: Actor, *, gap_id: uuid.UUID, words: str = "") -> Gap:
    """Take back “I have it”: the clock goes on. Raises GapClosed, GapNotYours, NotFound."""
    gap = _open(actor, gap_id, "gaps.give_back")
    if gap.taken_by_id != actor.person_id:
        raise GapNotYours
    gap.taken_by_id = gap.taken_until = None
    return _tell(actor, gap, What.GIVEN_BACK, words=words)


@action("gaps.dispute")
def dispute(actor: Actor, *, gap_id: uuid.UUID, reason: str) -> Gap:
    """Say that a gap is wrong, and why. It stays open until somebody else decides.

    Raises GapClosed, GapReasonMissing, NotFound.
    """
    gap = _open(actor, gap_id, "gaps.dispute")
    if not reason.strip():
        raise GapReasonMissing
    gap.disputed = True
    tell_decider(actor, gap)
    return _tell(actor, gap, What.DISPUTED, words=reason)


@action("gaps.settle_dispute")
def settle_dispute(actor: Actor, *, gap_id: uuid.UUID, set_aside_until: datetime | None, words: str = "") -> Gap:
    """Decide a dispute: the gap is set aside until a day, on which it comes back by itself, or stays open (None).

    Raises GapClosed, GapNotDisputed, GapOwnDispute, GapTakenTooLong (a day that is past), NotFound.
    """
    gap, now = _open(actor, gap_id, "gaps.settle_dispute"), clock.now()
    if not gap.disputed:
        raise GapNotDisputed
    raised = GapEvent.objects.filter(gap=gap, what=What.DISPUTED).order_by("-at", "-id").first()
    if raised is not None and raised.by_person_id == actor.person_id:
        raise GapOwnDispute
    if set_aside_until is not None and set_aside_until <= now:
        raise GapTakenTooLong(hours=0, until=_moment(set_aside_until))
    gap.disputed, gap.set_aside_until = False, set_aside_until
    what = What.KEPT_OPEN if set_aside_until is None else What.SET_ASIDE
    return _tell(actor, gap, what, words=words, until=set_aside_until)


@action("gaps.change_rules")
def change_rules(actor: Actor, *, emergency_id: uuid.UUID, rules: Rules) -> EscalationRules:
    """From now on gaps of an emergency climb by these rules. Those open follow with the next sweep.

    Raises RulesWrong, NotFound.
    """
    emergency = emergency_for(actor, emergency_id, needs="gaps.change_rules")
    _refuse_wrong(rules)
    row = EscalationRules.objects.create(
        emergency_id=emergency.pk, path=emergency.path, rules=msgspec.to_builtins(rules), by_person_id=actor.person_id
    )
    Gap.objects.filter(closed_at=None, path__gte=emergency.path, path__lt=f"{emergency.path}~").exclude(
        climbs_at=None
    ).update(climbs_at=clock.now())
    ledger.record(path=emergency.path, subject=row, after={"escalation_rules": msgspec.to_builtins(rules)})
    return row


def _refuse_wrong(rules: Rules) -> None:
    severities = [band.severity_from for band in rules.bands]
    if not severities or severities != sorted(set(severities), reverse=True) or severities[-1] != 0:
        raise RulesWrong(problem=_("Give the bands from the gravest to the least; the last one begins at 0."))
    times = [minutes for band in rules.bands for minutes in (band.village_minutes, band.township_minutes)]
    if min([*times, rules.taken_minutes_at_most, rules.relapse_minutes]) < 1:
        raise RulesWrong(problem=_("Every time must be a minute at least."))


def _open(actor: Actor, gap_id: uuid.UUID, needs: str) -> Gap:
    gap = locked(actor, gap_id, needs=needs)
    if gap.closed_at is not None:
        raise GapClosed
    return gap


def _tell(actor: Actor, gap: Gap, what: What, *, words: str, until: datetime | None = None) -> Gap:
    """Write an event with its words, and put the gap's clock right."""
    now = clock.now()
    event = GapEvent.objects.create(
        gap=gap,
        path=gap.path,
        what=what,
        at=now,
        by_person_id=actor.person_id,
        tier=gap.tier,
        count=gap.count,
        until=until,
    )
    if words := words.strip()[:LONGEST_WORDS]:
        note = GapNote(id=event.pk, event=event, path=gap.path, by_person_id=actor.person_id)
        note.seal(Said(words), organisation_key())
        note.save(force_insert=True)
    RulesInForce(now).put_clock(gap, taken_of([gap])[gap.pk], now)
    gap.save()
    ledger.record(
        path=gap.path, subject=gap, after={"kind": gap.kind} | ({"until": until.isoformat()} if until else {})
    )
    return gap


def _moment(at: datetime) -> str:
    return date_format(timezone.localtime(at), "SHORT_DATETIME_FORMAT")
