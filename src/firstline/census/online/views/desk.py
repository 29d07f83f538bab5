"""The desk's pages about online reports: addresses and posters, and the pile of what waits for a clerk."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from firstline.census.online.actions import close_link, open_links, place_report, reissue_link, set_aside_reports
from firstline.census.online.actions import undo_decision as undo
from firstline.census.online.links_page import links_page, posters
from firstline.census.online.pile_page import REVEAL, pile_page, undo_of
from firstline.census.online.placing import chosen_door
from firstline.census.online.selectors import (
    READ,
    decision_for,
    link_for,
    links_of,
    place_for,
    report_for,
)
from firstline.census.page_parts import with_query
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page


@require_GET
@page(READ)
def online(request: Request) -> HttpResponse:
    """The addresses of a community and what came in under them."""
    context = links_page(request.actor, request.GET.get("at", ""))
    return render(request, "census/online/links.html", context)


@require_POST
@page("census.open_report_links")
def links_open(request: Request) -> HttpResponse:
    """Open addresses for the places chosen."""
    places = [place_id for text in request.POST.getlist("place") if (place_id := read_id(text))]
    opened = open_links(request.actor, place_ids=places, phone=request.POST.get("phone", ""))
    said = ngettext("%(n)s address is open", "%(n)s addresses are open", len(opened)) % {"n": len(opened)}
    messages.success(request, said)
    return redirect("census:online")


@require_POST
@page("census.close_report_link")
def link_close(request: Request, link_id: uuid.UUID) -> HttpResponse:
    """Close an address."""
    link = close_link(request.actor, link_id=link_id)
    messages.success(request, _("The address of %(place)s is closed.") % {"place": link.place.name})
    return redirect("census:online")


@require_POST
@page("census.reissue_report_link")
def link_reissue(request: Request, link_id: uuid.UUID) -> HttpResponse:
    """Close an address and open another in its place."""
    link = reissue_link(request.actor, link_id=link_id)
    messages.success(request, _("%(place)s has a new address. Take the old poster down.") % {"place": link.place.name})
    return redirect("census:online")


@require_GET
@page(READ)
def poster(request: Request, link_id: uuid.UUID) -> HttpResponse:
    """The poster of one address."""
    return _pdf(posters([link_for(request.actor, link_id, needs=READ)]))


@require_GET
@page(READ)
def all_posters(request: Request, place_id: uuid.UUID) -> HttpResponse:
    """The posters of all open addresses of a community."""
    return _pdf(posters(links_of(place_for(request.actor, place_id, needs=READ))))


@require_GET
@page(READ)
def reports(request: Request) -> HttpResponse:
    """The pile of parked reports."""
    context = pile_page(request.actor, reason=request.GET.get("reason", ""))
    if decision_id := read_id(request.GET.get("done", "")):
        context["undo"] = undo_of(decision_for(request.actor, decision_id, needs=READ))
    return render(request, "census/online/pile.html", context)


@require_POST
@page(REVEAL)
def report_numbers(request: Request, report_id: uuid.UUID) -> HttpResponse:
    """The pile with the numbers of one report in clear, to call its household; the look is on record."""
    report = report_for(request.actor, report_id, needs=READ)
    context = pile_page(request.actor, reason=report.parked_for, in_clear=report.pk)
    return render(request, "census/online/pile.html", context)


@require_POST
@page("census.place_report")
def report_place(request: Request, report_id: uuid.UUID) -> HttpResponse:
    """Place a report at the door that was typed or pressed; where that is not one door, ask."""
    report = report_for(request.actor, report_id, needs="census.place_report")
    door_id, typed = chosen_door(report, request.POST.get("door", ""), request.POST.get("text", ""))
    if door_id is None:
        context = pile_page(request.actor, reason=report.parked_for, asked=typed)
        return render(request, "census/online/pile.html", context, status=422)
    decision = place_report(request.actor, report_id=report.pk, door_id=door_id)
    return redirect(with_query(reverse("census:reports"), reason=report.parked_for, done=decision.pk))


@require_POST
@page("census.set_aside_reports")
def reports_aside(request: Request) -> HttpResponse:
    """Set the reports aside that were chosen."""
    chosen = [report_id for text in request.POST.getlist("report") if (report_id := read_id(text))]
    decisions = set_aside_reports(request.actor, report_ids=chosen)
    done = decisions[-1].pk if len(decisions) == 1 else None
    return redirect(with_query(reverse("census:reports"), reason=request.POST.get("reason", ""), done=done))


@require_POST
@page("census.undo_report_decision")
def report_undo(request: Request, decision_id: uuid.UUID) -> HttpResponse:
    """Take a decision back; the report waits again."""
    decision = undo(request.actor, decision_id=decision_id).decision
    messages.success(request, _("Taken back. The report waits again."))
    return redirect(with_query(reverse("census:reports"), reason=decision.report.parked_for))


def _pdf(content: bytes) -> HttpResponse:
    return HttpResponse(content, content_type="application/pdf")
