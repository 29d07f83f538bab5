"""What the page of messages shows: unread first, by day; of many of one kind the severest, and a number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firstline.kernel import paths, ports
from firstline.kernel.actors import Actor
from firstline.notify import kinds, selectors
from firstline.notify.gaps import READ_ROBOTS
from firstline.notify.models.messages import URGENT
from firstline.notify.selectors import ONE_BY_ONE, Chosen, Kept

UNDO_SECONDS = 30


@dataclass(frozen=True, slots=True)
class Line:
    """One message in a line."""

    url: str
    title: str
    text: str
    place: str
    at: datetime
    urgent: bool
    unread: bool


@dataclass(frozen=True, slots=True)
class More:
    """What of a kind does not stand line by line."""

    text: str
    url: str


@dataclass(frozen=True, slots=True)
class Day:
    """The messages of one day."""

    day: date
    lines: list[Line]
    more: list[More]


@dataclass(frozen=True, slots=True)
class Undo:
    """That everything was marked as read, and where to take it back; see components/undo_bar.html."""

    text: str
    detail: str
    url: str
    seconds: int
    fields: dict[str, str] = field(default_factory=dict)


def box_page(actor: Actor, chosen: Chosen, undo: Undo | None = None) -> dict[str, Any]:
    """The whole page, in the contract of its template."""
    if chosen.kind:
        shown = selectors.of_a_kind(actor, chosen)
        old = [one for one in shown if one.receipt.read_at]
        fresh = [one for one in shown if one not in old]
        waiting = len(fresh)
    else:
        fresh, old = selectors.unread(actor), selectors.lately_read(actor)
        # One row of each kind and day says how many it stands among.
        waiting = sum({(one.day, one.message.kind): one.among for one in fresh}.values())
    names = ports.places_at({place for one in [*fresh, *old] for place in paths.ancestors(one.message.path)[-2:]})
    return {
        "section": "notify:messages",
        "count": waiting,
        "unread": _days(fresh, names),
        "read": _days(old, names),
        "kind": kinds.title_of(chosen.kind) if chosen.kind else "",
        "may_robots": actor.may(READ_ROBOTS),
        "undo": undo,
    }


def undo_of(count: int, at: datetime) -> Undo | None:
    """The bar that takes "all read" back; None where nothing was unread."""
    if not count:
        return None
    text = ngettext("%(count)s message marked as read", "%(count)s messages marked as read", count)
    said = text % {"count": localize(count, use_l10n=True)}
    return Undo(said, "", reverse("notify:unread"), UNDO_SECONDS, {"at": at.isoformat()})


def _days(found: Iterable[Kept], names: dict[str, str]) -> list[Day]:
    return [_day(day, list(those), names) for day, those in groupby(found, key=lambda one: one.day)]


def _day(day: date, those: list[Kept], names: dict[str, str]) -> Day:
    among = {one.message.kind: one.among for one in those}
    more = [_more(kind, count - ONE_BY_ONE, day) for kind, count in among.items() if count > ONE_BY_ONE]
    return Day(day, [_line(one, names) for one in those], more)


def _more(kind: str, count: int, day: date) -> More:
    asked = urlencode({"kind": kind, "day": day.isoformat()})
    text = _("%(title)s: and %(count)s more") % {"title": kinds.title_of(kind), "count": f"{count:,}"}
    return More(text, f"{reverse('notify:messages')}?{asked}")


def _line(one: Kept, names: dict[str, str]) -> Line:
    message = one.message
    place = " ".join(names[part] for part in paths.ancestors(message.path)[-2:] if part in names)
    return Line(
        url=reverse("notify:open", args=[message.pk]),
        title=kinds.title_of(message.kind),
        text=kinds.sentence(message.kind, message.words),
        place=place,
        at=message.at,
        urgent=message.severity >= URGENT,
        unread=one.receipt.read_at is None,
    )
