"""The supervisor's pages of what phones handed in and is kept."""

import uuid
from dataclasses import dataclass
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from firstline.kernel import scope
from firstline.kernel.errors import NotFound
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page
from firstline.sync.kept.actions import leave_theirs, reopen, set_aside
from firstline.sync.kept.admitting import Admitted, admit
from firstline.sync.kept.kept_page import kept_page, undo_of
from firstline.sync.kept.selectors import DECIDE, READ, open_of


@dataclass(frozen=True, slots=True)
class Posted:
    """Which group is decided, and how."""

    device_id: uuid.UUID
    state: str
    code: str
    how: str
    reason: str

    @classmethod
    def of(cls, post: QueryDict) -> "Posted":
        if (device_id := read_id(post.get("device", ""))) is None:
            raise NotFound
        said = {name: post.get(name, "") for name in ("state", "code", "how", "reason")}
        return cls(device_id, **said)


@require_GET
@page(READ)
def kept(request: Request) -> HttpResponse:
    """What waits, by phone and cause."""
    context = kept_page(request.actor, show=request.GET.get("show", ""))
    device_id, at = read_id(request.GET.get("aside", "")), parse_datetime(request.GET.get("at", ""))
    if device_id and at:
        context["undo"] = undo_of(device_id, at, context["show"])
    return render(request, "sync/kept.html", context)


@require_POST
@page(DECIDE, atomic=False)
def decide(request: Request) -> HttpResponse:
    """One decision about all that one phone sent and is kept for one cause."""
    posted = Posted.of(request.POST)
    with scope.enter(request.actor):
        ids = open_of(request.actor, device_id=posted.device_id, state=posted.state, code=posted.code)
    if posted.how in {"admit", "mine"}:
        _say(request, admit(request.actor, kept_ids=ids, take=posted.how == "mine"))
        return redirect(_list(show=posted.state))
    if posted.how == "theirs":
        at = leave_theirs(request.actor, kept_ids=ids)
    else:
        at = set_aside(request.actor, kept_ids=ids, reason=posted.reason)
    return redirect(_list(show=posted.state, aside=posted.device_id, at=at.isoformat()))


@require_POST
@page(DECIDE)
def open_again(request: Request) -> HttpResponse:
    """Take back that something was set aside."""
    device_id, at = read_id(request.POST.get("device", "")), parse_datetime(request.POST.get("at", ""))
    if device_id is None or at is None:
        raise NotFound
    reopen(request.actor, device_id=device_id, at=at)
    return redirect(_list(show=request.POST.get("show", "")))


def _say(request: Request, admitted: Admitted) -> None:
    if admitted.done:
        said = ngettext("%(n)s is recorded now.", "%(n)s are recorded now.", admitted.done) % {"n": admitted.done}
        messages.success(request, said)
    if admitted.problems:
        count, why = len(admitted.problems), str(admitted.problems[0])
        messages.warning(request, _("%(n)s still cannot be recorded: %(why)s") % {"n": count, "why": why})


def _list(**query: object) -> str:
    return f"{reverse('sync:kept')}?{urlencode({name: value for name, value in query.items() if value})}"
