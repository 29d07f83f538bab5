"""The numbers at a door, and search."""

import uuid

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from firstline.kernel.pages import Request, page
from firstline.places.selectors import door_for
from firstline.registry import looks, search_page


@require_POST
@page(looks.REVEAL)
def numbers(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """Phone and document numbers at a door, once; the look is on record."""
    door = door_for(request.actor, door_id, needs=looks.REVEAL)
    context = {
        "door": looks.door_head(door),
        "people": looks.numbers_at(request.actor, door),
        "section": "places:compounds",
    }
    return render(request, "registry/door_numbers.html", context)


@require_http_methods(["GET", "POST"])
@page(search_page.PERMISSION)
def search(request: Request) -> HttpResponse:
    """Search by door, name, phone. Posted, so that what was typed stands in no address, no log and no history."""
    return render(request, "web/search.html", search_page.context(request.actor, request.POST.get("q", "")))
