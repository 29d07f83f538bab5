"""The pages of a re-check: the director's sample, the second enumerator's buildings, differences, figures."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.census.asked_place import asked_place
from firstline.census.errors import NoteTooLong
from firstline.census.recheck import actions, selectors
from firstline.census.recheck.errors import DayPassed, FindingInvalid, NothingToDraw, PrecisionImpossible, VisitedBefore
from firstline.census.recheck.figures_page import figures_page
from firstline.census.recheck.posted import Found, given_out, half_width_of
from firstline.census.recheck.reconcile_page import reconcile_page
from firstline.census.recheck.sample_page import drawn_text, sample_page
from firstline.census.recheck.walk_page import building_page, finding_page, own_page
from firstline.kernel.pages import Request, page
from firstline.places.errors import DoorAmbiguous, DoorElsewhere, DoorNotUnderstood

SEE_OTHER = 303


@require_http_methods(["GET", "POST"])
@page(selectors.DRAW)
def recheck(request: Request) -> HttpResponse:
    """Plan a sample and draw it; once drawn, its buildings."""
    if request.method != "POST":
        return render(request, "census/recheck/sample.html", sample_page(request.actor, request.GET))
    path = asked_place(request.actor, request.POST, needs=selectors.DRAW)
    half, by = half_width_of(request.POST), request.POST.get("by", "")
    try:
        made = actions.draw_recheck(request.actor, path=path, half_width=half, strata_by=by)
    except (NothingToDraw, PrecisionImpossible) as problem:
        context = sample_page(request.actor, request.POST, mistake=str(problem))
        return render(request, "census/recheck/sample.html", context, status=problem.status)
    messages.success(request, drawn_text(made))
    return HttpResponseRedirect(f"{reverse('census:recheck')}?at={path}&recheck={made.pk}", status=SEE_OTHER)


@require_POST
@page(selectors.ASSIGN)
def assign(request: Request, recheck_id: uuid.UUID) -> HttpResponse:
    """Give drawn buildings to people, several at once."""
    found = selectors.recheck_for(request.actor, recheck_id, needs=selectors.ASSIGN)
    chosen, due = given_out(request.POST)
    try:
        given = actions.assign_all(request.actor, recheck_id=found.pk, people=chosen, due_on=due)
    except (DayPassed, VisitedBefore) as problem:
        asked = request.GET.copy()
        asked.update({"at": found.path, "recheck": str(found.pk)})
        context = sample_page(request.actor, asked, mistake=str(problem))
        return render(request, "census/recheck/sample.html", context, status=problem.status)
    n = len(given)
    messages.success(request, ngettext("%(n)d building is given out.", "%(n)d buildings are given out.", n) % {"n": n})
    return HttpResponseRedirect(f"{reverse('census:recheck')}?at={found.path}&recheck={found.pk}", status=SEE_OTHER)


@require_GET
@page(selectors.DECIDE)
def figures(request: Request, recheck_id: uuid.UUID) -> HttpResponse:
    """What the sample says of all buildings; one page to print."""
    found = selectors.recheck_for(request.actor, recheck_id)
    return render(request, "census/recheck/figures.html", figures_page(request.actor, found))


@require_GET
@page(selectors.DECIDE)
def differences(request: Request, building_id: uuid.UUID) -> HttpResponse:
    """A building's two results, difference by difference."""
    row = selectors.building_for(request.actor, building_id)
    return render(request, "census/recheck/differences.html", reconcile_page(request.actor, row))


@require_POST
@page(selectors.DECIDE)
def decide(request: Request, building_id: uuid.UUID) -> HttpResponse:
    """Say who was right in one difference."""
    row = selectors.building_for(request.actor, building_id)
    form = request.POST
    try:
        actions.decide_recheck(
            request.actor,
            building_id=row.pk,
            kind=form.get("kind", ""),
            label=form.get("label", ""),
            name=form.get("name", ""),
            verdict=form.get("verdict", ""),
            why=form.get("why", ""),
        )
    except NoteTooLong as problem:
        context = reconcile_page(request.actor, row, mistake=str(problem))
        return render(request, "census/recheck/differences.html", context, status=problem.status)
    return HttpResponseRedirect(reverse("census:recheck_differences", args=[row.pk]), status=SEE_OTHER)


@require_POST
@page(selectors.DECIDE)
def settle(request: Request, building_id: uuid.UUID) -> HttpResponse:
    """Nothing is left to decide in a building."""
    row = actions.settle_recheck(request.actor, building_id=building_id).building
    where = f"{reverse('census:recheck')}?at={row.recheck.path}&recheck={row.recheck_id}"
    return HttpResponseRedirect(where, status=SEE_OTHER)


@require_GET
@page(selectors.FIND)
def my_rechecks(request: Request) -> HttpResponse:
    """The buildings somebody has to enumerate again."""
    return render(request, "census/recheck/mine.html", own_page(request.actor))


@require_GET
@page(selectors.FIND)
def building(request: Request, building_id: uuid.UUID) -> HttpResponse:
    """One of them as a plan, without anything of the first result."""
    row = selectors.own_building(request.actor, building_id)
    return render(request, "census/recheck/building.html", building_page(row))


@require_http_methods(["GET", "POST"])
@page(selectors.FIND)
def finding(request: Request, building_id: uuid.UUID) -> HttpResponse:
    """One door: ask what was found, and write it down."""
    row = selectors.own_building(request.actor, building_id)
    if request.method != "POST":
        return render(request, "census/recheck/finding.html", finding_page(row, request.GET))
    posted = Found.read(request.POST)
    try:
        actions.record_finding(
            request.actor,
            building_id=row.pk,
            living=posted.living,
            label=posted.label,
            text=posted.text,
            persons=posted.persons,
            names=posted.names,
            note=posted.note,
            finding_id=posted.finding_id,
        )
    except (FindingInvalid, NoteTooLong, DoorNotUnderstood, DoorElsewhere, DoorAmbiguous) as problem:
        choices = problem.data.get("choices", ())
        context = finding_page(row, request.POST, mistake=str(problem), choices=choices)
        return render(request, "census/recheck/finding.html", context, status=problem.status)
    return HttpResponseRedirect(reverse("census:recheck_building", args=[row.pk]), status=SEE_OTHER)


@require_POST
@page(selectors.CLOSE)
def close(request: Request, building_id: uuid.UUID) -> HttpResponse:
    """The building is walked to its last door."""
    actions.close_recheck(request.actor, building_id=building_id)
    messages.success(request, _("Done. Thank you; somebody else compares it now."))
    return HttpResponseRedirect(reverse("census:my_rechecks"), status=SEE_OTHER)
