"""What the page of levels shows: each emergency with its levels, and what holds where, until when, who renews it."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.kernel import clock, ports
from firstline.kernel.actors import Actor
from firstline.kernel.paths import Range, ancestors
from firstline.places.selectors import names_at
from firstline.response.leading import leading_over
from firstline.response.levels.history import Step
from firstline.response.levels.selectors import READ, level_at, level_of, levels_of, may_take_back
from firstline.response.measures.combining import Held, Order
from firstline.response.measures.days import last_day
from firstline.response.measures.fields import posted_moment
from firstline.response.measures.gaps import ASKED, WARN
from firstline.response.measures.in_force import measures_at
from firstline.response.measures.ordering import ORDER
from firstline.response.measures.standing import standing
from firstline.response.measures.titles import title_of, words_of
from firstline.response.models import Emergency, Level
from firstline.response.selectors import emergencies_over


@dataclass(frozen=True, slots=True)
class ShownStep:
    """One change of level; ``take_back_url`` is empty once it holds for good."""

    what: str
    from_at: datetime
    basis: str
    by: str
    to_come: bool
    take_back_url: str


@dataclass(frozen=True, slots=True)
class ShownEmergency:
    """One emergency with its timeline; what may be done with it is empty where the reader may not."""

    id: uuid.UUID
    name: str
    place: str
    path: str
    level: str
    since: datetime
    leads: bool
    steps: list[ShownStep]
    graver: list[Level]
    lighter: list[Level]
    end_url: str
    lead_url: str


@dataclass(frozen=True, slots=True)
class ShownMeasure:
    """One measure as it was ordered. ``state``: holds, lapsing, to_come or lapsed."""

    title: str
    words: str
    place: str
    since: datetime
    until: date | None
    days_left: int | None
    renewer: str
    basis: str
    laxer: bool
    state: str
    url: str


@dataclass(frozen=True, slots=True)
class Then:
    """What held somewhere at a moment."""

    at: datetime
    place: str
    level: str
    measures: list[tuple[str, str, Held]]


def levels_page(actor: Actor, asked: QueryDict) -> dict[str, object]:
    """The page, in the contract of its template. ``asked`` may name a moment and a place."""
    ranges = actor.ranges(READ)
    emergencies = emergencies_over(ranges)
    orders = _orders(ranges, {one.pk for one in emergencies})
    names = names_at({one.path for one in emergencies} | {order.path for order in orders} | {one.lo for one in ranges})
    people = _people(emergencies, orders)
    shown = [_measure(order, names, people) for order in orders]
    return {
        "section": "response:levels",
        "emergencies": [_emergency(actor, one, names, people) for one in emergencies],
        "holding": [one for one in shown if one.state in ("holds", "lapsing")],
        "to_come": [one for one in shown if one.state == "to_come"],
        "lapsed": [one for one in shown if one.state == "lapsed"],
        "places": [(one.lo, names[one.lo]) for one in ranges if one.lo in names],
        "levels": list(Level),
        "may_declare": actor.may("response.declare"),
        "may_order": actor.may(ORDER) and bool(emergencies),
        "may_change": actor.may("response.change_catalogue"),
        "then": _then(asked, ranges),
        "asked_at": asked.get("at", ""),
    }


def _orders(ranges: Sequence[Range], emergencies: set[uuid.UUID]) -> list[Order]:
    """Orders over the reader's places or in them: those that hold, are to come, or lapsed a short while ago."""
    above = {path for one in ranges for path in ancestors(one.lo)}
    now = clock.now()
    found = [
        order
        for path, those in standing().orders.items()
        if path in above or any(path in one for one in ranges)
        for order in those
        if order.emergency_id in emergencies and _shown(order, now)
    ]
    return sorted(found, key=lambda order: (order.path, order.kind, order.from_at))


def _shown(order: Order, now: datetime) -> bool:
    ends = order.ends_at
    if ends is None or ends > max(now, order.from_at):
        return True
    return order.lifted_at is None and now - ASKED < ends <= now


def _people(emergencies: Iterable[Emergency], orders: Iterable[Order]) -> dict[uuid.UUID, str]:
    asked = {step.by_id for one in emergencies for step in levels_of(one)}
    return ports.names_of(asked | {order.renewer_id for order in orders if order.renewer_id is not None})


def _emergency(
    actor: Actor, emergency: Emergency, names: dict[str, str], people: dict[uuid.UUID, str]
) -> ShownEmergency:
    level, steps = level_of(emergency), levels_of(emergency)
    may = level is not None and actor.may("response.raise_level", emergency.path)
    beside = emergency.leads_since is None
    may_lead = beside and may and leading_over(emergency.path) is None
    return ShownEmergency(
        id=emergency.pk,
        name=emergency.name,
        place=names.get(emergency.path, ""),
        path=emergency.path,
        level=str(level.label) if level else _("not yet in force"),
        since=emergency.started_at,
        leads=not beside,
        steps=[_step(actor, step, people) for step in reversed(steps)],
        graver=[one for one in Level if may and level is not None and one < level],
        lighter=[one for one in Level if may and level is not None and one > level],
        end_url=reverse("response:keys") if actor.may("response.end", emergency.path) else "",
        lead_url=reverse("response:lead", args=[emergency.pk]) if may_lead else "",
    )


def _step(actor: Actor, step: Step, people: dict[uuid.UUID, str]) -> ShownStep:
    undo = may_take_back(step) and actor.may("response.take_back_level", step.path)
    said = _("%(change)s: %(level)s") % {"change": step.change.label, "level": step.level.label if step.level else ""}
    return ShownStep(
        what=said if step.level else str(step.change.label),
        from_at=step.from_at,
        basis=" ".join(part for part in (step.legal_basis, step.document_number) if part),
        by=people.get(step.by_id, ""),
        to_come=step.from_at > clock.now(),
        take_back_url=reverse("response:take_back", args=[step.id]) if undo else "",
    )


def _measure(order: Order, names: dict[str, str], people: dict[uuid.UUID, str]) -> ShownMeasure:
    now, ends = clock.now(), order.ends_at
    return ShownMeasure(
        title=title_of(order.kind, order.parameters),
        words=words_of(order.parameters),
        place=names.get(order.path, ""),
        since=order.from_at,
        until=last_day(ends) if ends else None,
        days_left=(ends - now).days if ends is not None and ends > now else None,
        renewer=people.get(order.renewer_id, "") if order.renewer_id else "",
        basis=" ".join(part for part in (order.legal_basis, order.document_number) if part),
        laxer=order.laxer_allowed,
        state=state_of(order, now),
        url=reverse("response:measure", args=[order.id]),
    )


def state_of(order: Order, now: datetime) -> str:
    """Where an order stands: holds, lapsing (a renewal is to do), to_come, lapsed, or lifted."""
    ends = order.ends_at
    if ends is not None and ends <= max(now, order.from_at):
        return "lapsed" if order.lifted_at is None else "lifted"
    if order.from_at > now:
        return "to_come"
    return "lapsing" if order.lifted_at is None and ends is not None and ends - now <= WARN else "holds"


def _then(asked: QueryDict, ranges: Sequence[Range]) -> Then | None:
    at, place = posted_moment(asked.get("at", "")), asked.get("place", "")
    if at is None or not any(place in one for one in ranges):
        return None
    level = level_at(place, at)
    held = [(title_of(one.kind, one.parameters), words_of(one.parameters), one) for one in measures_at(place, at)]
    return Then(at, names_at([place]).get(place, ""), str(level.label) if level else "", held)
