"""Levels: what holds now and held at a moment; declaring, raising and lowering, seen before it is in force."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.kernel.errors import FirstlineError, NotFound
from firstline.kernel.pages import Request, page
from firstline.response.actions import declare
from firstline.response.levels import actions
from firstline.response.levels.change_page import (
    Chosen,
    change_page,
    chosen,
    posted_change,
    posted_drafts,
)
from firstline.response.levels.levels_page import levels_page
from firstline.response.levels.selectors import READ


@require_GET
@page(READ)
def levels(request: Request) -> HttpResponse:
    """Levels and measures in the reader's places."""
    return render(request, "response/levels/levels.html", levels_page(request.actor, request.GET))


# What was refused is shown again, with all that was typed.
@require_http_methods(["GET", "POST"])
@page("response.declare")
def change(request: Request) -> HttpResponse:
    """A level about to be declared, raised or lowered, with its measures."""
    asked = request.POST if request.method == "POST" else request.GET
    change = chosen(request.actor, asked)
    if request.method != "POST":
        return render(request, "response/levels/change.html", change_page(request.actor, change))
    try:
        _carry_out(request, change)
    except NotFound:
        raise
    except FirstlineError as problem:
        shown = change_page(request.actor, change, request.POST, str(problem))
        return render(request, "response/levels/change.html", shown, status=problem.status)
    messages.success(request, _("It is on record. What holds now stands below; a slip can be taken back here."))
    return _back()


@require_POST
@page("response.take_back_level")
def take_back(request: Request, change_id: uuid.UUID) -> HttpResponse:
    """Take back a change of level that was a slip."""
    actions.take_back_level(request.actor, change_id=change_id)
    messages.success(request, _("Taken back. The level and the measures before it hold."))
    return _back()


@require_POST
@page("response.lead_with")
def lead(request: Request, emergency_id: uuid.UUID) -> HttpResponse:
    """Let an emergency lead where none does."""
    actions.lead_with(request.actor, emergency_id=emergency_id)
    messages.success(request, _("From now on answers are recorded in this emergency."))
    return _back()


def _carry_out(request: Request, change: Chosen) -> None:
    said, measures = posted_change(request.POST), posted_drafts(change, request.POST)
    begins = said["from"]
    terms = {"legal_basis": said["legal_basis"], "document_number": said["document_number"], "measures": measures}
    if change.emergency is None:
        name = request.POST.get("name", "")
        declare(request.actor, path=change.path, name=name, level=change.level, started_at=begins, **terms)
        return
    act = actions.raise_level if change.step == "raise" else actions.lower_level
    act(request.actor, emergency_id=change.emergency.pk, level=change.level, from_at=begins, **terms)


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("response:levels"), status=303)
