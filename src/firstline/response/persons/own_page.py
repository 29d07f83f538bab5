"""One's own page: what one answers for, when one is away and who stands in, how one is reached."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from firstline.accounts.details.selectors import own_details
from firstline.accounts.roles import Role
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError, KeyDestroyed
from firstline.places.names import words_at
from firstline.places.selectors import names_at
from firstline.response.answering.absences_shown import shown_absence
from firstline.response.answering.assign_page import told_apart
from firstline.response.answering.errors import SeveralCalledSo
from firstline.response.answering.finding import colleagues_called, names_beside
from firstline.response.answering.load import without_old_paths
from firstline.response.answering.selectors import absences_of, lines_of
from firstline.response.models import Absence

OWN = "response.record_own_absence"
DETAILS, AWAY = "details", "away"


def own_page(
    actor: Actor, problem: FirstlineError | None = None, asked: str = "", said: QueryDict | None = None
) -> dict[str, Any]:
    """The page; a mistake stands at the form that was sent, which ``asked`` names, with what was typed in it."""
    details, typed, now = own_details(actor), said or QueryDict(), clock.now()
    lines, absences = without_old_paths(lines_of([actor.person_id])), absences_of(actor.person_id)
    names = words_at({line.path for line in lines})
    worn = {grant.path: grant for grant in actor.grants if grant.covers(None, None, now)}
    places = names_at(worn)
    several = isinstance(problem, SeveralCalledSo)
    return {
        "section": "response:own",
        "details": details,
        "login": actor.label,
        "roles": [
            {"place": places.get(path, path), "role": Role(grant.role).label} for path, grant in sorted(worn.items())
        ],
        "lines": [
            {"place": names.get(line.path, line.path), "what": line.called, "since": line.valid_from} for line in lines
        ],
        "absences": [_absence(one) for one in absences],
        "away": any(one.begins_at <= now and (one.ends_at is None or one.ends_at > now) for one in absences),
        "beside": names_beside(actor),
        "candidates": told_apart(colleagues_called(actor, typed.get("name", ""))) if several else [],
        "asked": asked,
        "mistake": str(problem) if problem else "",
        "typed": {name: str(typed.get(name, "")) for name in ("phone", "email", "from", "until", "name", "reason")},
    }


def _absence(one: Absence) -> dict[str, Any]:
    shown = shown_absence(one, _why(one))
    return shown | {"back_url": "" if shown["over"] else reverse("response:own_absence_over", args=[one.pk])}


def _why(one: Absence) -> str:
    # One's own reason; a key that is gone says so itself.
    why = getattr(one, "why", None)
    try:
        return str(why.open().reason) if why is not None else ""
    except KeyDestroyed as gone:
        return gone.instead
