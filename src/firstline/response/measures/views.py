"""Measures: order one, see one with its story, renew, lift; the catalogue; and the page for residents."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from firstline.kernel import clock
from firstline.kernel.errors import FirstlineError, Invalid, NotFound
from firstline.kernel.pages import Request, page
from firstline.response.levels.selectors import READ
from firstline.response.measures import actions
from firstline.response.measures.fields import posted_day, posted_draft, posted_id, posted_moment, posted_values
from firstline.response.measures.here_page import answered, here_page
from firstline.response.measures.measure_page import catalogue_page, form_page, measure_page
from firstline.response.measures.ordering import ORDER
from firstline.response.measures.selectors import order_for
from firstline.response.models import Level, MeasureOrdered


# What was refused is shown again, with all that was typed.
@require_http_methods(["GET", "POST"])
@page(ORDER)
def order(request: Request) -> HttpResponse:
    """Order a measure, or another one in its stead."""
    if request.method != "POST":
        return render(request, "response/measures/order.html", form_page(request.actor, request.GET))
    form = request.POST
    try:
        made = actions.order_measure(
            request.actor,
            emergency_id=posted_id(form.get("emergency", "")) or uuid.UUID(int=0),
            draft=posted_draft(form.get("kind", ""), form, path=form.get("path", "")),
            from_at=posted_moment(form.get("from_at", "")),
            instead_of=posted_id(form.get("instead_of", "")),
        )
    except NotFound:
        raise
    except FirstlineError as problem:
        shown = form_page(request.actor, form, str(problem))
        return render(request, "response/measures/order.html", shown, status=problem.status)
    messages.success(request, _said(made))
    return _to(made.pk)


def _said(made: MeasureOrdered) -> str:
    if made.from_at > clock.now():
        return _("It is on record. Lifted before it begins, it never holds.")
    return _("It holds from now on, here and everywhere below. A slip is lifted on this page.")


@require_GET
@page(READ)
def measure(request: Request, order_id: uuid.UUID) -> HttpResponse:
    """One measure with its story."""
    found = order_for(request.actor, order_id, needs=READ)
    return render(request, "response/measures/measure.html", measure_page(request.actor, found))


@require_POST
@page("response.renew_measure")
def renew(request: Request, order_id: uuid.UUID) -> HttpResponse:
    """Let a measure go on."""
    form = request.POST
    try:
        if (until := posted_day(form.get("until", ""))) is None:
            raise Invalid(problem=_("Choose the new last day."))
        actions.renew_measure(
            request.actor,
            order_id=order_id,
            until=until,
            document_number=form.get("document_number", ""),
            renewer_id=posted_id(form.get("renewer", "")),
        )
    except NotFound:
        raise
    except FirstlineError as problem:
        return _again(request, order_id, problem)
    messages.success(request, _("Renewed."))
    return _to(order_id)


@require_POST
@page("response.lift_measure")
def lift(request: Request, order_id: uuid.UUID) -> HttpResponse:
    """End a measure."""
    try:
        actions.lift_measure(request.actor, order_id=order_id, from_at=posted_moment(request.POST.get("from_at", "")))
    except NotFound:
        raise
    except FirstlineError as problem:
        return _again(request, order_id, problem)
    messages.success(request, _("Lifted. To have it again, order it anew."))
    return _to(order_id)


@require_http_methods(["GET", "POST"])
@page(READ)
def catalogue(request: Request) -> HttpResponse:
    """What each level switches on in the reader's county; the county's officers change it."""
    form, path = request.POST, request.actor.home_path
    if request.method != "POST":
        return render(request, "response/measures/catalogue.html", catalogue_page(request.actor, path))
    days = form.get("days", "")
    try:
        actions.change_catalogue(
            request.actor,
            path=form.get("path", ""),
            level=_level(form.get("level", "")),
            kind=form.get("kind", ""),
            parameters=posted_values(form.get("kind", ""), form),
            switched_on="on" in form,
            days=int(days) if days.isascii() and days.isdecimal() and len(days) < 5 else -1,
        )
    except FirstlineError as problem:
        if problem.status in (403, 404):
            raise
        shown = catalogue_page(request.actor, path, str(problem))
        return render(request, "response/measures/catalogue.html", shown, status=problem.status)
    messages.success(request, _("The catalogue says so from now on. What stands already stays as it is."))
    return HttpResponseRedirect(reverse("response:catalogue"), status=303)


@require_safe
def here(request: HttpRequest, code: str) -> HttpResponse:
    """What holds at a place, for everybody: no login, no cookie, nothing personal."""
    shown = here_page(request, code)
    return answered(
        request, render(request, "response/measures/here.html", shown, status=200 if shown["place"] else 404)
    )


def _level(typed: str) -> Level:
    if typed not in {str(one.value) for one in Level}:
        raise NotFound
    return Level(int(typed))


def _again(request: Request, order_id: uuid.UUID, problem: FirstlineError) -> HttpResponse:
    shown = measure_page(request.actor, order_for(request.actor, order_id, needs=READ), str(problem))
    return render(request, "response/measures/measure.html", shown, status=problem.status)


def _to(order_id: uuid.UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("response:measure", args=[order_id]), status=303)
