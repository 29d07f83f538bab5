"""What the page of one door stands on: who is expected, what was tried, what may come of this visit."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firstline.accounts.selectors import names_of
from firstline.census.actions import VOID_OTHERS
from firstline.census.campaigns import campaign_at
from firstline.census.derivation import tried
from firstline.census.models import Attempt, AttemptNote, Campaign
from firstline.census.outcomes import Derived, derive, outcome_of
from firstline.census.page_parts import answerer, short_name, undo_bar, way_back, with_query
from firstline.census.questions import at_door
from firstline.census.questions.at_door import Answered
from firstline.census.results import KNOCKS, OUTCOME_OF, Outcome, Result, outcome_by
from firstline.census.selectors import attempts_at, next_door
from firstline.census.walk.way import Way
from firstline.census.words import WITH_PEOPLE, buttons, told, why_refused
from firstline.kernel import clock, ledger
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed
from firstline.kernel.ids import uuid7
from firstline.places.models import Door
from firstline.places.names import door_name
from firstline.places.selectors import lineage
from firstline.registry.mentions import Seen, mentions_at
from firstline.registry.person_line import PersonRead, PersonSaid, doubts_of, fields_of, read_person

READ_NAMES, REVEAL_NUMBERS = "registry.read_mentions", "registry.reveal_numbers"
# From this hour on a knock counts as an evening one.
_EVENING = 18


@dataclass(frozen=True, slots=True)
class Noted:
    """A person written down and not saved yet: what is shown, and the line it was said in."""

    name: str
    detail: str
    line: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody has chosen and typed so far. ``lines`` are people noted, ``line`` the one being typed."""

    result: str = ""
    lines: Sequence[str] = ()
    line: str = ""
    note: str = ""
    back: str = "building"
    attempt_id: uuid.UUID = field(default_factory=uuid7)
    mistake: str = ""
    answered: Answered = field(default_factory=Answered)
    sheet: str = ""

    @property
    def has_words(self) -> bool:
        """Whether anything was typed, which no address may carry."""
        return bool(self.note or self.line or self.lines or self.answered.has_words)


@dataclass(frozen=True, slots=True)
class Known:
    """A door as it stands: attempts with the oldest first, and what they add up to."""

    door: Door
    campaign: Campaign
    attempts: list[Attempt]
    state: Derived | None

    @property
    def outcome(self) -> Outcome:
        return outcome_of(self.state)

    @property
    def counting(self) -> list[Attempt]:
        return [attempt for attempt in self.attempts if not hasattr(attempt, "void")]


def read(text: str) -> PersonRead:
    """A line as it is understood today."""
    return read_person(text.strip(), today=timezone.localdate(clock.now()))


def reading(text: str) -> dict[str, Any]:
    """How a line is understood, for the fields under the entry."""
    understood = read(text) if text.strip() else PersonRead(None)
    fields = [{"label": label, "value": value} for label, value in fields_of(understood)]
    return {"fields": fields, "doubts": doubts_of(understood)}


def people_of(lines: Sequence[str]) -> list[PersonSaid]:
    """The people of lines; a line that names nobody is left out."""
    return [person for line in lines if (person := read(line).person) is not None]


def door_page(actor: Actor, door: Door, asked: Asked, *, saved: uuid.UUID | None = None) -> dict[str, Any]:
    """Everything of a door's page. Reading the names and notes on it is put on record."""
    known = _known(door)
    origins, successors = lineage(door)
    notes = _opened(actor, known.attempts)
    expected = _look(actor, known, origins, notes)
    names = names_of({attempt.by_person_id for attempt in known.attempts})
    # Lists of their own say what comes next on them.
    by_picture = asked.back.partition(".")[0] in {"building", "compound"}
    following = next_door(known.campaign.pk, door.building, door.position) if by_picture else None
    # Who comes to a door that is no dwelling any more is led to the one that stands for it.
    may_record = door.ended_at is None and actor.may("census.record_attempt", door.path)
    fresh = next((attempt for attempt in known.counting if attempt.pk == saved), None)
    return {
        "section": "places:compounds",
        "known": known,
        "door": {
            "name": door_name(door.building.label, door.unit, door.room),
            "path": door.path,
            "compound": door.building.compound.place.name,
            "back_url": picture_url(door, asked.back),
            "outcome": known.outcome.value,
        },
        "changes_url": reverse("places:dwelling", args=[door.pk]),
        "ended": door.ended_at,
        "successors": [_other(one) for one in successors],
        "origins": [_other(one) for one in origins],
        "expected": expected,
        "numbers_shown": False,
        "look_url": _numbers_url(actor, door),
        "attempts": _lines(actor, known, names, notes),
        "visits": len(known.counting),
        "hint": _hint(known),
        "mistake": asked.mistake,
        "record_url": reverse("census:record", args=[door.pk]) if may_record else "",
        "attempt_id": asked.attempt_id,
        "back": asked.back,
        "note": asked.note,
        "sheet": asked.sheet,
        "carried": [line for line in (*asked.lines, asked.line) if line],
        "carried_answers": at_door.carried(known.campaign, asked.answered),
        "buttons": buttons(known.outcome) if may_record else [],
        "ask": why_refused() if asked.result == Result.REFUSED else None,
        "entry": _entry(known, asked) if asked.result in WITH_PEOPLE and may_record else None,
        "next_door": _next(following, door, asked.back),
        "undo": undo_bar(fresh, door, asked.back) if fresh and fresh.by_person_id == actor.person_id else None,
    }


def panel(actor: Actor, door: Door) -> dict[str, Any]:
    """One door's facts beside the picture. Reading the names is put on record."""
    known = _known(door)
    expected = _look(actor, known)
    counting = known.counting
    last = next((note.note for note in _opened(actor, counting[-1:]).values()), "")
    said = ngettext("Been there once", "Been there %(times)d times", len(counting)) % {"times": len(counting)}
    return {
        "name": door_name(door.building.label, door.unit, door.room),
        "url": door_url(door.pk, back="compound"),
        "outcome": known.outcome.value,
        "expected_text": _said_of(expected),
        "expected_source": _(", ").join(dict.fromkeys(source for seen in expected for source in seen.sources)),
        "record_text": said if counting else _("Nobody has been there"),
        "record_note": told(counting[-1].result, counting[-1].persons_met, last) if counting else "",
        "who": answerer(door.path),
        "since": known.state.since if known.state else None,
        "may_record": actor.may("census.record_attempt", door.path),
    }


def door_url(door_id: uuid.UUID, **query: object) -> str:
    """The address of a door's page."""
    return with_query(reverse("census:door", args=[door_id]), **query)


def picture_url(door: Door, back: str, **query: object) -> str:
    """The picture a door's page was opened from, with this door as the one just left."""
    page, _dot, view = way_back(back).partition(".")
    if (way := Way.returning(back)) is not None:
        return way.url_with(after=door.pk, **query)
    if page == "calls":
        return with_query(reverse("census:calls"), **query)
    if page == "intercom":
        address = reverse("census:intercom_panel", args=[door.building_id])
        return with_query(address, unit=door.unit, after=door.pk, **query)
    if page == "compound":
        return with_query(
            reverse("census:compound", args=[door.building.compound_id]), view=view, door=door.pk, **query
        )
    return with_query(reverse("census:building", args=[door.building_id]), view=view, after=door.pk, **query)


def _known(door: Door) -> Known:
    campaign = campaign_at(door.path)
    attempts = attempts_at(campaign.pk, door)
    counting = [tried(attempt) for attempt in attempts if not hasattr(attempt, "void")]
    return Known(door, campaign, attempts, derive(counting, campaign.rules))


def _other(door: Door) -> dict[str, str]:
    return {"name": door_name(door.building.label, door.unit, door.room), "url": door_url(door.pk)}


def _look(
    actor: Actor, known: Known, origins: Sequence[Door] = (), notes: Mapping[uuid.UUID, AttemptNote] | None = None
) -> list[Seen]:
    """Who is expected, here or at the doors this one came from, for those who may know; what is seen is on record."""
    if not actor.may(READ_NAMES, known.door.path):
        return []
    seen = mentions_at(known.door.pk, *(door.pk for door in origins if door.ended_at))
    answers = any(note.answers for note in (notes or {}).values())
    fields = [
        *(["names"] if seen else []),
        *(["notes"] if known.attempts else []),
        *(["answers"] if answers else []),
    ]
    if fields:
        ledger.look(actor, READ_NAMES, path=known.door.path, subject=known.door, fields=fields)
    return seen


def _numbers_url(actor: Actor, door: Door) -> str:
    return reverse("registry:numbers", args=[door.pk]) if actor.may(REVEAL_NUMBERS, door.path) else ""


def _lines(
    actor: Actor, known: Known, names: dict[uuid.UUID, str], notes: Mapping[uuid.UUID, AttemptNote]
) -> list[dict[str, Any]]:
    knocks, lines = 0, []
    shown = at_door.shown(known.attempts, notes)
    for attempt in known.attempts:
        voided = hasattr(attempt, "void")
        outcome = outcome_by(attempt.channel, attempt.result) or Outcome.UNTRIED
        if outcome in KNOCKS and not voided:
            knocks += 1
            outcome = Outcome.KNOCKED_TWICE if knocks > 1 else outcome
        note = notes[attempt.pk].note if attempt.pk in notes else ""
        line = _line(actor, attempt, names, outcome, told(attempt.result, attempt.persons_met, note), voided=voided)
        lines.append({**line, "shown": shown.get(attempt.pk)})
    return lines


def _line(
    actor: Actor, attempt: Attempt, names: dict[uuid.UUID, str], outcome: Outcome, words: str, *, voided: bool
) -> dict[str, Any]:
    may_void = attempt.by_person_id == actor.person_id or actor.may(VOID_OTHERS, attempt.path)
    offered = not voided and may_void and actor.may("census.void_attempt", attempt.path)
    return {
        "at": attempt.happened_at,
        "precision": attempt.happened_precision,
        "outcome": outcome.value,
        "words": words,
        "by": names.get(attempt.by_person_id, ""),
        "voided": voided,
        "undo_url": reverse("census:void", args=[attempt.pk]) if offered else "",
    }


def _opened(actor: Actor, attempts: Sequence[Attempt]) -> dict[uuid.UUID, AttemptNote]:
    """What visitors wrote down. It may name people, so it is for those who may know the names."""
    return {attempt.pk: _note(attempt) for attempt in attempts if actor.may(READ_NAMES, attempt.path)}


def _note(attempt: Attempt) -> AttemptNote:
    try:
        noted: AttemptNote = attempt.open()
    except KeyDestroyed as destroyed:
        return AttemptNote(destroyed.instead)
    return noted


def _entry(known: Known, asked: Asked) -> dict[str, Any]:
    return {
        "result": asked.result,
        "outcome": OUTCOME_OF[Result(asked.result)].value,
        "label": Result(asked.result).label,
        "noted": [_noted(line) for line in asked.lines],
        "line": asked.line,
        "reading": reading(asked.line),
        "preview_url": reverse("census:reading", args=[known.door.pk]),
        "questions": at_door.asked_at(known.campaign, asked.answered, tell=bool(asked.mistake)),
    }


def _noted(line: str) -> Noted:
    fields = [value for _label, value in fields_of(read(line))]
    return Noted(fields[0] if fields else line, _(", ").join(fields[1:]), line)


def _next(following: Door | None, door: Door, back: str) -> dict[str, str] | None:
    if following is None or following.pk == door.pk:
        return None
    return {"name": short_name(following.unit, following.room), "url": door_url(following.pk, back=back)}


def _said_of(expected: Sequence[Seen]) -> str:
    if not expected:
        return _("No source names anybody here")
    if len(expected) == 1:
        return expected[0].name
    return _("%(name)s, %(people)d people") % {"name": expected[0].name, "people": len(expected)}


def _hint(known: Known) -> dict[str, Any] | None:
    """The one thing worth knowing before knocking; none where nothing stands out."""
    knocks = [attempt for attempt in known.counting if outcome_by(attempt.channel, attempt.result) in KNOCKS]
    moments = [attempt.happened_at for attempt in knocks]
    if known.outcome in KNOCKS and all(_by_day(moment) for moment in moments):
        times = len(moments)
        line = ngettext(
            "That was by day; the evening is worth a knock",
            "All %(times)d times were by day; the evening is worth a knock",
            times,
        )
        return {"lines": [line % {"times": times}]}
    said = {
        Outcome.REFUSED: _("Somebody else may be trusted more: another talker, the doctor or the director"),
        Outcome.FORM: _("The form is with them; ask for it before anything else"),
        Outcome.NOTICE: _("A notice is on the door; look whether it is still there"),
        Outcome.TONIGHT: _("They asked for the evening; do not come before"),
        Outcome.PARTIAL: _("Something is known already; only what is missing needs asking"),
    }.get(known.outcome)
    return {"lines": [said]} if said else None


def _by_day(moment: datetime) -> bool:
    return timezone.localtime(moment).hour < _EVENING
