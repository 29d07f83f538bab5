"""One's own page and what is said on it; somebody's details put right."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.accounts.details.actions import PUT_OWN_RIGHT, PUT_RIGHT, put_own_right, put_right
from firstline.kernel.errors import FirstlineError
from firstline.kernel.pages import Request, page
from firstline.response.answering import actions
from firstline.response.answering.inputs import moment_of
from firstline.response.persons.details_page import correction_of, details_page
from firstline.response.persons.own_page import AWAY, DETAILS, OWN, own_page
from firstline.response.persons.posted import own_deputy


@require_GET
@page(OWN)
def own(request: Request) -> HttpResponse:
    """How one is reached, what one answers for, when one is away."""
    return render(request, "response/persons/own.html", own_page(request.actor))


@require_POST
@page(PUT_OWN_RIGHT)
def own_details(request: Request) -> HttpResponse:
    """One's own phone and e-mail address."""
    try:
        put_own_right(request.actor, phone=request.POST.get("phone", ""), email=request.POST.get("email", ""))
    except FirstlineError as problem:
        return _mistaken(request, problem, DETAILS)
    messages.success(request, _("Kept. From now on you are reached this way."))
    return HttpResponseRedirect(reverse("response:own"), status=303)


@require_POST
@page(OWN)
def own_absence(request: Request) -> HttpResponse:
    """One is away oneself."""
    said = request.POST
    try:
        deputy_id = own_deputy(request.actor, said)
        actions.record_own_absence(
            request.actor,
            begins_at=moment_of(said.get("from", "")),
            ends_at=moment_of(said.get("until", "")),
            deputy_id=deputy_id,
            reason=said.get("reason", "")[:200],
        )
    except FirstlineError as problem:
        return _mistaken(request, problem, AWAY)
    stands_in, nobody = _("Noted. Whoever stands in answers meanwhile."), _("Noted. Nobody stands in: it is a gap.")
    messages.success(request, stands_in if deputy_id else nobody)
    return HttpResponseRedirect(reverse("response:own"), status=303)


@require_POST
@page("response.end_own_absence")
def own_absence_over(request: Request, absence_id: uuid.UUID) -> HttpResponse:
    """One is back."""
    actions.end_own_absence(request.actor, absence_id=absence_id)
    messages.success(request, _("Noted. You answer again."))
    return HttpResponseRedirect(reverse("response:own"), status=303)


@require_http_methods(["GET", "POST"])
@page(PUT_RIGHT)
def details(request: Request, person_id: uuid.UUID) -> HttpResponse:
    """What identifies somebody, put right."""
    template = "response/persons/details.html"
    if request.method == "GET":
        return render(request, template, details_page(request.actor, person_id))
    try:
        put_right(request.actor, person_id=person_id, correction=correction_of(request.POST))
    except FirstlineError as problem:
        if problem.status == 404:
            raise
        shown = details_page(request.actor, person_id, str(problem), request.POST)
        return render(request, template, shown, status=problem.status)
    messages.success(request, _("Put right. What stood there before is kept."))
    return HttpResponseRedirect(reverse("response:answering_person", args=[person_id]), status=303)


def _mistaken(request: Request, problem: FirstlineError, asked: str) -> HttpResponse:
    if problem.status in (403, 404):
        raise problem
    shown = own_page(request.actor, problem, asked, request.POST)
    return render(request, "response/persons/own.html", shown, status=problem.status)
