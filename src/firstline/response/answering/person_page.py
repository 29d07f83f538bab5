"""One person: what they answer for, how much that is, when they are away, and handing all or some of it over."""

import uuid
from typing import Any

from django.urls import reverse

from firstline.accounts.details.actions import PUT_RIGHT
from firstline.accounts.selectors import details_of
from firstline.kernel import clock, ledger
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed
from firstline.places.names import words_at
from firstline.response.answering.absences_shown import is_over, shown_absence
from firstline.response.answering.load import limit_at, load_of, without_old_paths
from firstline.response.answering.place_page import shown_line
from firstline.response.answering.selectors import absences_of, may_see_to, person_seen, was_named
from firstline.response.models import Absence

_SEE_TO = "response.record_absence"


def person_page(actor: Actor, person_id: uuid.UUID, **more: Any) -> dict[str, Any]:
    """The page of somebody who belongs to the reader's places or answers at or above them. Raises NotFound."""
    person = person_seen(actor, person_id)
    details, now = details_of(person), clock.now()
    lines = without_old_paths(was_named(person.pk))
    names = words_at({person.home_path, *(line.path for line in lines)})
    shown = [shown_line(actor, line, names, place=True) for line in lines]
    most, load = limit_at(person.home_path), load_of(person.pk, lines)
    may_see = may_see_to(actor, person, needs=_SEE_TO)
    absences = absences_of(person.pk)
    return {
        "section": "response:answers",
        "person_id": person.pk,
        "name": details.name,
        "post": details.post,
        "home": names.get(person.home_path, ""),
        "left_at": person.left_at,
        "load": load,
        "most": most,
        "too_much": load.exceeds(most),
        "lines": [line for line in shown if not line.over],
        "past": [line for line in shown if line.over],
        "may_change": any(line.mine for line in shown),
        "absences": [_absence(actor, one, may_see=may_see) for one in absences],
        "away": any(one.begins_at <= now and (one.ends_at is None or one.ends_at > now) for one in absences),
        "may_see": may_see,
        "phone_url": reverse("response:person_phone", args=[person.pk]),
        "details_url": _details_url(actor, person.home_path, person.pk) if person.left_at is None else "",
        **more,
    }


def phone_of(actor: Actor, person_id: uuid.UUID) -> dict[str, Any]:
    """Somebody's phone; the look is on record."""
    person = person_seen(actor, person_id)
    details = details_of(person)
    ledger.look(actor, "response.read_phone", path=person.home_path, subject=person, fields=["phone"])
    return {"name": details.name, "phone": details.phone}


def reason_of(actor: Actor, absence: Absence) -> str:
    """Why somebody is away, for those to whom they belong; the look is on record."""
    why = getattr(absence, "why", None)
    if why is None:
        return ""
    try:
        said = str(why.open().reason)
    except KeyDestroyed as gone:
        return gone.instead
    if said:
        ledger.look(actor, "response.read_absences", path=why.path, subject=absence, fields=["reason"])
    return said


def _details_url(actor: Actor, home: str, person_id: uuid.UUID) -> str:
    return reverse("response:put_right", args=[person_id]) if actor.may(PUT_RIGHT, home) else ""


def _absence(actor: Actor, one: Absence, *, may_see: bool) -> dict[str, Any]:
    over = is_over(one)
    shown = shown_absence(one, reason_of(actor, one) if may_see and not over else "")
    back = reverse("response:absence_over", args=[one.pk]) if may_see and not over else ""
    return shown | {"back_url": back}
