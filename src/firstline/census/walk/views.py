"""The pages of the walk: the list of a census taker, and sharing it out."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.census.models import Share
from firstline.census.page_parts import with_query
from firstline.census.walk.actions import move_stairwell, share_again, share_walk
from firstline.census.walk.errors import ShareRefused
from firstline.census.walk.selectors import READ, SHARE
from firstline.census.walk.share_page import Asked, share_page
from firstline.census.walk.walk_page import walk_page
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page


@require_GET
@page(READ)
def walk(request: Request) -> HttpResponse:
    """The doors somebody goes to now, in walking order."""
    return render(request, "census/walk/walk.html", walk_page(request.actor, request.GET))


@require_http_methods(["GET", "POST"])
@page(SHARE)
def share(request: Request) -> HttpResponse:
    """The walk of a place as it is shared out; posted, it is shared out anew."""
    if request.method == "GET":
        asked = Asked(request.GET.get("at", ""), request.GET.get("when", ""))
        return render(request, "census/walk/share.html", share_page(request.actor, asked))
    form, minutes = request.POST, request.POST.get("minutes", "")
    people = [person for text in form.getlist("people") if (person := read_id(text))]
    asked = Asked(form.get("at", ""), form.get("when", ""), people, int(minutes) if minutes.isdecimal() else 0)
    try:
        shared = share_walk(
            request.actor, path=asked.at, slot=asked.slot, people=asked.people, minutes_each=asked.minutes
        )
    except ShareRefused as refused:
        asked = Asked(asked.at, asked.slot, asked.people, asked.minutes, str(refused))
        return render(request, "census/walk/share.html", share_page(request.actor, asked), status=refused.status)
    return _shown(shared)


@require_POST
@page(SHARE)
def again(request: Request, share_id: uuid.UUID) -> HttpResponse:
    """Somebody is missing: their doors go to the others."""
    missing = read_id(request.POST.get("missing", "")) or uuid.UUID(int=0)
    shared = share_again(request.actor, share_id=share_id, missing=missing)
    messages.success(request, _("Their doors are with the others now; what was done stays done."))
    return _shown(shared)


@require_POST
@page(SHARE)
def move(request: Request, share_id: uuid.UUID) -> HttpResponse:
    """A stairwell goes to somebody else of the team."""
    nobody = uuid.UUID(int=0)
    shared = move_stairwell(
        request.actor,
        share_id=share_id,
        building_id=read_id(request.POST.get("building", "")) or nobody,
        unit=request.POST.get("unit", ""),
        giver=read_id(request.POST.get("giver", "")) or nobody,
        taker=read_id(request.POST.get("taker", "")) or nobody,
    )
    return _shown(shared)


def _shown(shared: Share) -> HttpResponse:
    return HttpResponseRedirect(with_query(reverse("census:share"), at=shared.path, when=shared.slot))
