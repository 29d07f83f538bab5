"""Intercom rounds: stairwells, the panel as a map, and one door that is rung."""

import uuid
from dataclasses import replace

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from firstline.census.actions import record_attempt
from firstline.census.door_page import Asked, people_of, picture_url
from firstline.census.intercom.rounds_page import COME_DOWN, panel_page, ring_page, rounds_page, way
from firstline.census.posted import Posted
from firstline.census.results import Channel, Result
from firstline.census.walk.selectors import READ
from firstline.kernel.pages import Request, page
from firstline.places.selectors import building_for, door_for


@require_GET
@page(READ)
def rounds(request: Request) -> HttpResponse:
    """Every stairwell with somebody to ring now."""
    return render(request, "census/intercom/rounds.html", rounds_page(request.actor))


@require_GET
@page(READ)
def panel(request: Request, building_id: uuid.UUID) -> HttpResponse:
    """The panel of a stairwell as a map of its buttons."""
    building = building_for(request.actor, building_id, needs=READ)
    context = panel_page(request.actor, building, request.GET.get("unit", ""), request.GET)
    return render(request, "census/intercom/panel.html", context)


@require_http_methods(["GET", "POST"])
@page(READ)
def ring(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """One door that is rung; posted, what came of it, and back to the panel."""
    door = door_for(request.actor, door_id, needs=READ)
    if request.method == "GET":
        return render(request, "census/door.html", ring_page(request.actor, door, Asked(back=way(door.building_id))))
    posted = Posted.read(request, door_id)
    if posted.result == COME_DOWN:
        posted = replace(posted, result=Result.REGISTERED.value, note=posted.note or _("Came down to register"))
    if (asked := posted.unfinished()) is not None:
        return render(request, "census/door.html", ring_page(request.actor, door, asked))
    attempt = record_attempt(
        request.actor,
        door_id=door_id,
        result=posted.result,
        channel=Channel.INTERCOM,
        note=posted.note,
        people=people_of(posted.people),
        attempt_id=posted.attempt_id,
        answers=posted.answers,
    )
    return HttpResponseRedirect(picture_url(door, way(door.building_id), saved=attempt.pk))
