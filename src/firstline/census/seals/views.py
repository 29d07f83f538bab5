"""The page of seals, and what is posted at a sealed door."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from firstline.census.seals import selectors
from firstline.census.seals.actions import check_seal, set_seal
from firstline.census.seals.errors import DoorNotEmpty, SealNumberInvalid, SealNumberTaken
from firstline.census.seals.seals_page import seals_page
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page


@require_GET
@page(selectors.CHECK)
def seals(request: Request) -> HttpResponse:
    """Seals in walking order."""
    return render(request, "census/seals/seals.html", seals_page(request.actor, request.GET))


@require_POST
@page(selectors.SET)
def put_on(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """A seal was put on a door."""
    form = request.POST
    number, visit = form.get("number", ""), read_id(form.get("visit", ""))
    try:
        seal = set_seal(request.actor, door_id=door_id, number=number, attempt_id=visit)
    except (SealNumberInvalid, SealNumberTaken, DoorNotEmpty) as problem:
        context = seals_page(request.actor, form, mistake=str(problem), typed=str(door_id))
        return render(request, "census/seals/seals.html", context, status=problem.status)
    messages.success(request, _("Seal %(number)s is on the door.") % {"number": seal.number})
    return _back(form.get("at", ""))


@require_POST
@page(selectors.CHECK)
def check(request: Request, seal_id: uuid.UUID) -> HttpResponse:
    """How a seal was found."""
    form = request.POST
    intact = form.get("found", "") != "broken"
    check_seal(request.actor, seal_id=seal_id, intact=intact, attempt_id=read_id(form.get("visit", "")))
    if not intact:
        messages.success(request, _("Broken: somebody is back. The door is to be visited tonight."))
    return _back(form.get("at", ""))


def _back(path: str) -> HttpResponse:
    where = reverse("census:seals")
    return HttpResponseRedirect(f"{where}?at={path}" if path else where, status=303)
