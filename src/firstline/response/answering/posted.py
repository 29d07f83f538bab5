"""What forms say beyond their fields: whom a typed name means, where to go back to, and what can be undone."""

import uuid
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.http import QueryDict
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firstline.accounts.selectors import details_of
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Invalid
from firstline.response.answering.actions import assign
from firstline.response.answering.assign_page import chosen_person
from firstline.response.answering.inputs import Said, ids_of
from firstline.response.answering.selectors import recent_lines
from firstline.response.models import FiveRole, Responsibility

UNDO_SECONDS = 90
# As many as an address carries; more are ended from the table.
MOST_UNDONE = 40


@dataclass(frozen=True, slots=True)
class Undo:
    """What was done a moment ago to who answers, and where to take it back."""

    text: str
    detail: str
    url: str
    seconds: int
    fields: dict[str, str] = field(default_factory=dict)


def name_them(actor: Actor, said: Said) -> list[Responsibility]:
    """Carry out what the form of naming says. Raises NameNeeded, SeveralCalledSo, NobodyCalledSo, and more."""
    return assign(
        actor,
        person_id=said.person_id or chosen_person(actor, said),
        places=said.places,
        tier=said.tier,
        duty=said.duty,
        label=said.label,
        rank=said.rank,
    )


def taker(actor: Actor, post: QueryDict) -> uuid.UUID:
    """Whoever takes over, stands in or is one of the five: chosen, or the only one of the name that was typed."""
    said = Said.read(post)
    return said.person_id or chosen_person(actor, said)


def five_of(post: QueryDict) -> FiveRole:
    """Which of the five is meant. Raises Invalid."""
    said = str(post.get("role", ""))
    if said not in FiveRole.values:
        raise Invalid(problem=_("Say which of the five it is."))
    return FiveRole(said)


def back_of(post: QueryDict) -> str:
    """The page a form was on; the table where it said none of ours."""
    back = post.get("back", "")
    ours = bool(back) and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if ours else reverse("response:answers")


def with_undo(back: str, lines: list[uuid.UUID]) -> str:
    """A page's address with what was just done on it; what an address cannot carry is left out."""
    parts = urlsplit(back)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "done"]
    query += [("done", str(line)) for line in lines[:MOST_UNDONE]]
    return f"{parts.path}?{urlencode(query)}"


def undo_of(actor: Actor, asked: QueryDict, page: str) -> Undo | None:
    """The undo bar for what a page was sent here with, while it is fresh and the reader's own."""
    lines = recent_lines(actor, ids_of(asked, "done")[:MOST_UNDONE], seconds=UNDO_SECONDS)
    if not lines:
        return None
    rest = asked.copy()
    rest.pop("done", None)
    return Undo(
        text=_told(lines),
        detail=details_of(lines[0].person).name,
        url=reverse("response:take_back_answers"),
        seconds=UNDO_SECONDS,
        fields={"line": " ".join(str(line.pk) for line in lines), "back": f"{page}?{rest.urlencode()}"},
    )


def _told(lines: list[Responsibility]) -> str:
    n = len(lines)
    if lines[0].ended_by_id is not None:
        return ngettext("Ended at %(n)d place", "Ended at %(n)d places", n) % {"n": n}
    if lines[0].follows_id is not None:
        return ngettext("Handed over: %(n)d place", "Handed over: %(n)d places", n) % {"n": n}
    return ngettext("Named for %(n)d place", "Named for %(n)d places", n) % {"n": n}
