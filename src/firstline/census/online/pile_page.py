"""The clerk's pile: parked reports by reason, each with what was written, to be placed or set aside where it stands."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from firstline.census.campaigns import campaigns_within, led_by
from firstline.census.models import ReportDecision, ReportVerdict, SelfReport
from firstline.census.online import doors, judging
from firstline.census.online.judging import ParkedFor
from firstline.census.online.selectors import READ, waiting
from firstline.census.online.written import Written
from firstline.census.page_parts import Filter, Undo, with_query
from firstline.kernel import clock, ledger
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed
from firstline.places.selectors import names_at
from firstline.registry.masks import masked, masked_document, masked_phone
from firstline.registry.person_line import PersonRead, PersonSaid, fields_of

REVEAL = "registry.reveal_numbers"
SHOWN, UNDO_SECONDS = 20, 90
MOST_NAMES, MOST_NOTE = 12, 300


@dataclass(frozen=True, slots=True)
class Typed:
    """What a clerk has typed for one report that did not lead to one door."""

    report_id: uuid.UUID | None = None
    text: str = ""
    mistake: str | Promise = ""
    choices: list[tuple[uuid.UUID, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Item:
    """One parked report as the pile shows it."""

    id: uuid.UUID
    at: datetime
    under: str
    version: int
    door: str
    people: list[str]
    more: int
    symptoms: str
    note: str
    choices: list[tuple[uuid.UUID, str]]
    text: str
    mistake: str | Promise
    numbers: bool


def pile_page(
    actor: Actor, *, reason: str = "", asked: Typed | None = None, in_clear: uuid.UUID | None = None
) -> dict[str, Any]:
    """The pile in the actor's places. Each report shown is a look on record; numbers are masked save ``in_clear``."""
    pile = waiting().filter(led_by(campaigns_within(actor.ranges(READ))))
    counts = dict(pile.order_by().values("parked_for").annotate(n=Count("pk")).values_list("parked_for", "n"))
    reasons = [one for one in ParkedFor if counts.get(one)]
    chosen = ParkedFor(reason) if reason in counts else next(iter(reasons), None)
    shown = list(pile.filter(parked_for=chosen).order_by("received_at", "id")[:SHOWN]) if chosen else []
    _look(actor, shown, in_clear)
    return {
        "section": "census:reports",
        "filters": [_filter(one, counts[one], one == chosen) for one in reasons],
        "reason": chosen.value if chosen else "",
        "items": _items(shown, asked or Typed(), in_clear),
        "left": counts[chosen] - len(shown) if chosen else 0,
        "may_reveal": actor.may(REVEAL),
        "aside_url": reverse("census:reports_aside"),
        "online_url": reverse("census:online"),
    }


def undo_of(decision: ReportDecision) -> Undo | None:
    """The bar that takes the latest decision back, while it is fresh."""
    age = (clock.now() - decision.recorded_at).total_seconds()
    if age > UNDO_SECONDS:
        return None
    placed = decision.verdict == ReportVerdict.PLACED
    return Undo(
        text=_("Placed") if placed else _("Set aside"),
        detail=doors.label(decision.door) if decision.door else "",
        url=reverse("census:report_undo", args=[decision.pk]),
        seconds=max(int(UNDO_SECONDS - age), 1),
    )


def _filter(reason: ParkedFor, count: int, active: bool) -> Filter:
    return Filter(reason.label, count, with_query(reverse("census:reports"), reason=reason.value), active)


def _look(actor: Actor, shown: Sequence[SelfReport], in_clear: uuid.UUID | None) -> None:
    seen = [(report.path, report) for report in shown]
    if seen:
        ledger.look_at_each(actor, READ, seen, fields=["names", "notes"])
    for report in shown:
        if report.pk == in_clear:
            ledger.look(actor, REVEAL, path=report.path, subject=report, fields=["phones", "id_number"])


def _items(shown: Sequence[SelfReport], asked: Typed, in_clear: uuid.UUID | None) -> list[Item]:
    names = names_at({report.path for report in shown})
    return [_item(report, names.get(report.path, ""), asked, clear=report.pk == in_clear) for report in shown]


def _item(report: SelfReport, under: str, asked: Typed, *, clear: bool) -> Item:
    typed = asked if asked.report_id == report.pk else Typed()
    try:
        written: Written = report.open()
    except KeyDestroyed as destroyed:
        written = Written(note=destroyed.instead)
    today = timezone.localdate(report.happened_at)
    people = judging.people_of(written, today)
    return Item(
        id=report.pk,
        at=report.received_at,
        under=under,
        version=report.version,
        door=written.door,
        people=[_line(person, clear=clear) for person in people[:MOST_NAMES]],
        more=max(len(people) - MOST_NAMES, 0),
        symptoms=written.symptoms if judging.sounds_ill(written.symptoms) else "",
        note=masked(written.note[:MOST_NOTE]),
        choices=typed.choices or _choices(report, written),
        text=typed.text,
        mistake=typed.mistake,
        numbers=clear,
    )


def _choices(report: SelfReport, written: Written) -> list[tuple[uuid.UUID, str]]:
    """The report's own door first, where only its people or its number were in doubt."""
    if report.door is not None:
        return [(report.door.pk, doors.label(report.door))]
    return doors.might_be(written, path=report.path)


def _line(person: PersonSaid, *, clear: bool) -> str:
    """A person in one line; numbers masked unless somebody may see them and says so."""
    if not clear:
        person = _masked(person)
    return " ".join(value for _label, value in fields_of(PersonRead(person)))


def _masked(person: PersonSaid) -> PersonSaid:
    phones = tuple(masked_phone(phone) for phone in person.phones)
    return replace(
        person,
        phones=phones,
        id_number=masked_document(person.id_number) if person.id_number else "",
        birth_date="",
        remark=masked(person.remark),
    )
