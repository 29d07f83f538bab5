"""What the pages of single measures show: a form to order one, one with its story, and the catalogue."""

import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from firstline.accounts.selectors import who_may
from firstline.kernel import clock, ports
from firstline.kernel.actors import Actor
from firstline.places.below import divisions_in
from firstline.places.selectors import names_at
from firstline.response.levels.levels_page import state_of
from firstline.response.levels.selectors import level_of
from firstline.response.measures import kinds
from firstline.response.measures.catalogue import Entry, catalogue_at, county_of
from firstline.response.measures.combining import Order
from firstline.response.measures.days import day_of, last_day
from firstline.response.measures.fields import fields_of, posted_values, values_of
from firstline.response.measures.in_force import measures_at
from firstline.response.measures.kinds import FREE, KINDS
from firstline.response.measures.ordering import ORDER, RENEW
from firstline.response.measures.selectors import may_change, order_for
from firstline.response.measures.standing import order_of
from firstline.response.measures.titles import TITLES, title_of, words_of
from firstline.response.models import Level, MeasureLifted, MeasureOrdered
from firstline.response.selectors import emergencies_over

_DAYS_AT_FIRST = 14


def form_page(actor: Actor, asked: QueryDict, mistake: str = "") -> dict[str, object]:
    """The form that orders a measure, in the contract of its template; ``asked`` names kind and place, or is what was
    posted and refused. ``instead_of`` is the measure that ends as this one begins. Raises NotFound."""
    old = _old(actor, asked.get("instead_of", ""))
    kind = asked.get("kind", "") if asked.get("kind", "") in KINDS else (old.kind if old else "")
    areas = divisions_in(actor.ranges(ORDER))
    path = asked.get("path", "") or (old.path if old else next(iter(areas), ""))
    emergencies = [one for one in emergencies_over(actor.ranges(ORDER)) if level_of(one) is not None]
    return {
        "section": "response:levels",
        "kind": kind,
        "kinds": [(name, str(TITLES[name])) for name in KINDS],
        "title": title_of(kind) if kind else "",
        "restricts": bool(kind) and (kind == FREE or KINDS[kind].restricts),
        "fields": fields_of(kind, _values(kind, old, asked)) if kind else [],
        "areas": list(areas.items()),
        "path": path,
        "emergencies": [(str(one.pk), one.name) for one in emergencies],
        "people": [(str(person_id), name) for person_id, name in who_may(RENEW, path).items()],
        "typed": asked if "renewer" in asked else _terms(actor, old),
        "standing": _standing(path, kind),
        "instead_of": old,
        "may_allow_less": actor.may("response.declare"),
        "mistake": mistake,
    }


def measure_page(actor: Actor, row: MeasureOrdered, mistake: str = "") -> dict[str, object]:
    """One measure with all that happened to it, in the contract of its template."""
    order = order_of(row)
    renewals, lifts = (
        list(row.renewals.order_by("happened_at", "id")),
        list(row.lifts.select_related("level__taken_back").order_by("happened_at", "id")),
    )
    acted = {fact.by_person_id for fact in (row, *renewals, *lifts)}
    people = ports.names_of(acted | {one for one in (row.renewer_id, *(r.renewer_id for r in renewals)) if one})
    named = next((one.renewer_id for one in reversed(renewals) if one.renewer_id), row.renewer_id)
    story = [(row.recorded_at, _("ordered"), people.get(row.by_person_id, ""), row.document_number)]
    story += [
        (
            one.recorded_at,
            _("renewed until %(day)s") % {"day": last_day(one.until_at).isoformat()},
            people.get(one.by_person_id, ""),
            one.document_number,
        )
        for one in renewals
    ]
    story += [(one.recorded_at, _lifted(one), people.get(one.by_person_id, ""), "") for one in lifts]
    state = state_of(order, clock.now())
    return {
        "order": order,
        "title": title_of(order.kind, order.parameters),
        "words": words_of(order.parameters),
        "place": names_at([order.path]).get(order.path, ""),
        "about": row.emergency,
        "section": "response:levels",
        "until": last_day(order.ends_at) if order.ends_at else None,
        "state": state,
        "renewer": people.get(named, "") if named else "",
        "named": str(named or ""),
        "story": sorted(story),
        "may_change": may_change(actor, order),
        "may_renew": state in ("holds", "lapsing", "to_come") and order.until_at is not None,
        "people": [(str(one), name) for one, name in who_may(RENEW, order.authority).items()],
        "next_day": _next_day(order),
        "mistake": mistake,
    }


def catalogue_page(actor: Actor, path: str, mistake: str = "") -> dict[str, object]:
    """The catalogue of a county: each level with what it switches on."""
    found = catalogue_at(path)
    return {
        "section": "response:levels",
        "path": county_of(path),
        "place": names_at([county_of(path)]).get(county_of(path), ""),
        "levels": [(level, [_entry(entry) for entry in found[level]]) for level in Level],
        "may_change": actor.may("response.change_catalogue", county_of(path)),
        "mistake": mistake,
    }


def _lifted(fact: MeasureLifted) -> str:
    return _("lifted, which was taken back") if getattr(fact.level, "taken_back", None) else _("lifted")


def _entry(entry: Entry) -> Mapping[str, Any]:
    return {
        "kind": entry.kind,
        "title": title_of(entry.kind, entry.parameters),
        "words": words_of(entry.parameters),
        "on": entry.switched_on,
        "days": entry.days,
        "own": entry.own,
        "restricts": kinds.restricts(entry.kind, entry.parameters),
        "fields": fields_of(entry.kind, values_of(entry.parameters)),
    }


def _old(actor: Actor, typed: str) -> Order | None:
    if not typed:
        return None
    return order_of(order_for(actor, uuid.UUID(typed), needs=RENEW))


def _values(kind: str, old: Order | None, asked: QueryDict) -> Mapping[str, Any]:
    if "renewer" in asked:
        return posted_values(kind, asked)
    if old is not None and old.kind == kind:
        return values_of(old.parameters)
    return {"restricts": True} if kind == FREE else values_of(KINDS[kind].parameters())


def _terms(actor: Actor, old: Order | None) -> Mapping[str, str]:
    until = day_of(clock.now()) + timedelta(days=_DAYS_AT_FIRST - 1)
    return {
        "until": until.isoformat(),
        "renewer": str(actor.person_id),
        "legal_basis": old.legal_basis if old else "",
        "document_number": old.document_number if old else "",
        "emergency": str(old.emergency_id) if old else "",
    }


def _standing(path: str, kind: str) -> list[tuple[str, str]]:
    """What holds of the kind already, at the place: less than that cannot be ordered."""
    names = names_at([path])
    return [
        (names_at([order.path]).get(order.path, names.get(path, "")), words_of(order.parameters))
        for held in measures_at(path)
        if held.kind == kind and kind != FREE
        for order in held.orders
    ]


def _next_day(order: Order) -> str:
    if order.until_at is None:
        return ""
    return (last_day(order.until_at) + timedelta(days=_DAYS_AT_FIRST)).isoformat()
