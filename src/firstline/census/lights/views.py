"""The pages of lit windows: the comparison, and one building to count."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from firstline.census.lights import selectors
from firstline.census.lights.actions import count_lights
from firstline.census.lights.errors import LitCountInvalid
from firstline.census.lights.lights_page import count_page, lights_page
from firstline.census.lights.posted import Counted
from firstline.kernel.pages import Request, page
from firstline.places.selectors import building_for


@require_GET
@page(selectors.COUNT)
def lights(request: Request) -> HttpResponse:
    """Lit windows against the list."""
    return render(request, "census/lights/lights.html", lights_page(request.actor, request.GET))


@require_http_methods(["GET", "POST"])
@page(selectors.COUNT)
def building(request: Request, building_id: uuid.UUID) -> HttpResponse:
    """Count one building."""
    found = building_for(request.actor, building_id, needs=selectors.COUNT)
    if request.method != "POST":
        return render(request, "census/lights/building.html", count_page(found))
    posted = Counted.read(request.POST)
    try:
        count = count_lights(
            request.actor,
            building_id=found.pk,
            doors=posted.doors,
            by_unit=posted.by_unit,
            count_id=posted.count_id,
        )
    except LitCountInvalid as problem:
        context = count_page(found, lit=request.POST.getlist("lit"), said=posted.said, mistake=str(problem))
        return render(request, "census/lights/building.html", context, status=problem.status)
    n = count.lit
    messages.success(request, ngettext("%(n)d lit window recorded.", "%(n)d lit windows recorded.", n) % {"n": n})
    return HttpResponseRedirect(f"{reverse('census:lights')}?at={found.compound.place.path}", status=303)
