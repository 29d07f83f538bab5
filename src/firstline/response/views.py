"""The page of keys: which there are, where copies lie, and the two confirmations by which they are destroyed."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from firstline.accounts.desk_lock import is_own_password
from firstline.kernel.errors import Invalid
from firstline.kernel.pages import Request, page
from firstline.response import actions
from firstline.response.answering.inputs import moment_of
from firstline.response.errors import CopyPlaceMissing, EmergencyDatesWrong
from firstline.response.keys_page import context
from firstline.response.selectors import READ_KEYS, emergency_for


@require_GET
@page(READ_KEYS)
def keys(request: Request) -> HttpResponse:
    """Every emergency in the reader's places, with its keys."""
    return render(request, "response/keys.html", context(request.actor))


# Not one transaction each: a wrong password has to be counted also when nothing else happens.
@require_POST
@page("response.end", atomic=False)
def end(request: Request, emergency_id: uuid.UUID) -> HttpResponse:
    """End an emergency now or at a moment to come, by one's password."""
    days, typed = request.POST.get("keep_days", ""), request.POST.get("at", "")

    def act() -> None:
        if days and not (days.isascii() and days.isdecimal() and len(days) < 6):
            raise EmergencyDatesWrong
        at = moment_of(typed)
        actions.end(request.actor, emergency_id=emergency_id, ended_at=at, keep_days=int(days) if days else None)

    done = _("Noted. It ends by itself at that moment.") if typed.strip() else _("The emergency has ended.")
    return _by_password(request, emergency_id, "response.end", act, done)


@require_POST
@page("response.call_off_end")
def call_off(request: Request, emergency_id: uuid.UUID) -> HttpResponse:
    """An end that has not come does not come."""
    actions.call_off_end(request.actor, emergency_id=emergency_id)
    return _back(request, _("Called off. The emergency goes on."))


@require_POST
@page("response.propose_destruction", atomic=False)
def propose(request: Request, emergency_id: uuid.UUID) -> HttpResponse:
    """The first of two, by one's password."""

    def act() -> None:
        actions.propose_destruction(request.actor, emergency_id=emergency_id)

    done = _("Proposed. Nothing is destroyed until somebody else confirms it.")
    return _by_password(request, emergency_id, "response.propose_destruction", act, done)


@require_POST
@page("response.confirm_destruction", atomic=False)
def confirm(request: Request, emergency_id: uuid.UUID) -> HttpResponse:
    """The second of two, by one's password; afterwards the keys are gone."""

    def act() -> None:
        actions.confirm_destruction(request.actor, emergency_id=emergency_id)

    done = _("The keys are destroyed here. Now destroy every copy on the register, and say so.")
    return _by_password(request, emergency_id, "response.confirm_destruction", act, done)


@require_POST
@page("response.register_copies")
def register_copy(request: Request, emergency_id: uuid.UUID) -> HttpResponse:
    """Put on the register that somebody carried the present key away by hand."""
    emergency = emergency_for(request.actor, emergency_id, needs="response.register_copies")
    try:
        actions.register_copies(request.actor, key_ids=[emergency.key_id], place=request.POST.get("place", ""))
    except CopyPlaceMissing as problem:
        return _again(request, emergency_id, problem)
    return _back(request, _("The copy is on the register."))


@require_POST
@page("response.copy_destroyed")
def copy_destroyed(request: Request, copy_id: uuid.UUID) -> HttpResponse:
    """Say by one's own name that a copy is destroyed."""
    actions.copy_destroyed(request.actor, copy_id=copy_id)
    return _back(request, _("The copy is on record as destroyed."))


def _by_password(
    request: Request, emergency_id: uuid.UUID, needs: str, act: Callable[[], None], done: str
) -> HttpResponse:
    emergency_for(request.actor, emergency_id, needs=needs)
    if not is_own_password(request, request.POST.get("password", "")):
        return _again(request, emergency_id, Invalid(problem=_("This is not your password. Type it again.")))
    try:
        act()
    except (EmergencyDatesWrong, Invalid) as problem:
        return _again(request, emergency_id, problem)
    return _back(request, done)


def _again(request: Request, emergency_id: uuid.UUID, problem: Exception) -> HttpResponse:
    shown = context(request.actor, mistake=str(problem), at=emergency_id)
    return render(request, "response/keys.html", shown, status=422)


def _back(request: Request, done: str) -> HttpResponse:
    messages.success(request, done)
    return HttpResponseRedirect(reverse("response:keys"), status=303)
