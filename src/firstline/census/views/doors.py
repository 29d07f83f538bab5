"""The pages of the census: a compound, a building, a door; and what is posted at a door."""

import uuid
from contextlib import nullcontext

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.census.actions import record_attempt, void_attempt
from firstline.census.compound_page import building_page, compound_page
from firstline.census.door_page import Asked, door_page, door_url, panel, people_of, picture_url, reading
from firstline.census.models import Attempt
from firstline.census.page_parts import way_back
from firstline.census.paper.actions import LEAVES_PAPER, hand_out
from firstline.census.paper.errors import PROBLEMS
from firstline.census.posted import Posted
from firstline.census.questions.actions import keep_pictures
from firstline.census.questions.errors import PictureNotTaken
from firstline.census.selectors import READ
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page
from firstline.places.models import Door
from firstline.places.selectors import building_for, compound_for, door_for


@require_GET
@page(READ)
def compound(request: Request, compound_id: uuid.UUID) -> HttpResponse:
    """All buildings of a compound, the account, today's records."""
    found = compound_for(request.actor, compound_id, needs=READ)
    return render(request, "census/compound.html", compound_page(request.actor, found, request.GET))


@require_GET
@page(READ)
def building(request: Request, building_id: uuid.UUID) -> HttpResponse:
    """One building as a picture, and the next door."""
    found = building_for(request.actor, building_id, needs=READ)
    return render(request, "census/building.html", building_page(request.actor, found, request.GET))


@require_GET
@page(READ)
def door(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """One door: who is expected, what was tried, what came of it this time."""
    found = door_for(request.actor, door_id, needs=READ)
    asked = Asked(result=request.GET.get("result", ""), back=way_back(request.GET.get("back", "")))
    saved = read_id(request.GET.get("saved", ""))
    return render(request, "census/door.html", door_page(request.actor, found, asked, saved=saved))


@require_GET
@page(READ)
def door_panel(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """A door's facts for the side of the picture."""
    found = door_for(request.actor, door_id, needs=READ)
    return render(request, "census/_panel.html", {"panel": panel(request.actor, found)})


@require_POST
@page("census.record_attempt")
def read_line(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """What a line that is being typed would mean; nothing is kept."""
    door_for(request.actor, door_id, needs="census.record_attempt")
    typed = request.POST.getlist("line")
    return render(request, "census/_reading.html", {"reading": reading(typed[-1] if typed else "")})


@require_http_methods(["GET", "POST"])
@page("census.record_attempt", atomic=False)
def record(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """What came of a visit: one step more of the entry, or the attempt itself and back to the picture.

    The attempt finds its door, and has the transaction to itself: this is what a county's phones post all evening.
    """
    posted = Posted.read(request, door_id)
    asked = posted.unfinished()
    if request.method != "POST" or asked is not None:
        with scope.enter(request.actor):
            return _step(request, door_for(request.actor, door_id, needs="census.record_attempt"), asked)
    try:
        attempt = _recorded(request.actor, door_id, posted)
    except (PictureNotTaken, *PROBLEMS) as mistake:
        with scope.enter(request.actor):
            found = door_for(request.actor, door_id, needs="census.record_attempt")
            return _step(request, found, posted.again(str(mistake)))
    return HttpResponseRedirect(picture_url(attempt.door, posted.back, saved=attempt.pk))


def _recorded(actor: Actor, door_id: uuid.UUID, posted: Posted) -> Attempt:
    """The attempt, with what became of a sheet that was left and with its pictures, in one transaction."""
    pictures = posted.answered.pictures
    with scope.enter(actor) if pictures else nullcontext():
        if posted.sheet and posted.result in LEAVES_PAPER:
            attempt = hand_out(
                actor,
                number=posted.sheet,
                door_id=door_id,
                said=posted.result,
                note=posted.note,
                attempt_id=posted.attempt_id,
            )
        else:
            attempt = record_attempt(
                actor,
                door_id=door_id,
                result=posted.result,
                note=posted.note,
                people=people_of(posted.people),
                attempt_id=posted.attempt_id,
                answers=posted.answers,
            )
        if pictures:
            keep_pictures(actor, attempt_id=attempt.pk, pictures=pictures)
    return attempt


def _step(request: Request, found: Door, asked: Asked | None) -> HttpResponse:
    """A step of the entry, at the address it was posted to; loaded anew, or in another language, it is the door."""
    if request.method != "POST" or asked is None:
        return HttpResponseRedirect(door_url(found.pk))
    if not asked.has_words and not asked.mistake:
        return HttpResponseRedirect(door_url(found.pk, result=asked.result, back=asked.back))
    return render(request, "census/door.html", door_page(request.actor, found, asked))


@require_POST
@page("census.void_attempt", atomic=False)
def void(request: Request, attempt_id: uuid.UUID) -> HttpResponse:
    """Take an attempt back, and show the door, or the picture one came from, as it stands without it."""
    attempt = void_attempt(request.actor, attempt_id=attempt_id).attempt
    messages.success(request, _("Taken back. The door stands as it did before."))
    if back := request.POST.get("back", ""):
        return HttpResponseRedirect(picture_url(attempt.door, back))
    return HttpResponseRedirect(door_url(attempt.door_id))
