"""The pages of who answers: the table, a place, a person, naming, handing over, absences, the five of a household."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.kernel.errors import FirstlineError
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page
from firstline.response.answering import actions, posted
from firstline.response.answering.assign_page import assign_page, way_back
from firstline.response.answering.errors import NobodyCalledSo, SeveralCalledSo
from firstline.response.answering.household_pages import household_in_doubt, household_page, households_page
from firstline.response.answering.households import READ as READ_HOUSEHOLDS
from firstline.response.answering.inputs import Said, ids_of, moment_of, number_of
from firstline.response.answering.person_page import person_page, phone_of
from firstline.response.answering.place_page import READ_PHONE, panel_page, phone_page, place_page
from firstline.response.answering.selectors import READ
from firstline.response.answering.table_page import table_page


@require_GET
@page(READ)
def table(request: Request) -> HttpResponse:
    """Who answers at each level, place by place; holes first."""
    asked = request.GET
    context = table_page(request.actor, asked.get("at", ""), asked.get("show", ""), asked.get("q", ""))
    context["undo"] = posted.undo_of(request.actor, asked, request.path)
    return render(request, "response/answering/table.html", context)


@require_GET
@page(READ)
def place(request: Request, path: str) -> HttpResponse:
    """Who answers for one place, at each level, and who did before."""
    context = place_page(request.actor, path) | {"undo": posted.undo_of(request.actor, request.GET, request.path)}
    return render(request, "response/answering/place.html", context)


@require_GET
@page(READ)
def panel(request: Request, path: str) -> HttpResponse:
    """The same in short, opened in any page."""
    return render(request, "response/answering/_panel.html", panel_page(request.actor, path))


@require_POST
@page(READ_PHONE)
def phone(request: Request, path: str) -> HttpResponse:
    """The phone of somebody who answers for a place; the look is on record."""
    found = phone_page(request.actor, path, read_id(request.POST.get("person", "")))
    template = "_phone.html" if request.htmx else "phone.html"
    return render(request, f"response/answering/{template}", found)


@require_http_methods(["GET", "POST"])
@page("response.assign")
def assign(request: Request) -> HttpResponse:
    """Name somebody for places; who is not found by name is put on record on the spot."""
    said = Said.read(request.POST if request.method == "POST" else request.GET)
    if request.method == "GET":
        template = "_assign.html" if request.htmx else "assign.html"
        return render(request, f"response/answering/{template}", assign_page(request.actor, said))
    try:
        lines = posted.name_them(request.actor, said)
    except FirstlineError as problem:
        if problem.status == 404:
            raise
        context = assign_page(request.actor, said, problem)
        return render(request, "response/answering/assign.html", context, status=problem.status)
    return _done(request, way_back(said), [line.pk for line in lines])


@require_POST
@page("response.hand_over")
def hand_over(request: Request) -> HttpResponse:
    """Hand what was chosen over to somebody."""
    person_id = posted.taker(request.actor, request.POST)
    lines = actions.hand_over(
        request.actor,
        responsibility_ids=ids_of(request.POST, "line"),
        to_person_id=person_id,
        at=moment_of(request.POST.get("at", "")),
    )
    return _done(request, posted.back_of(request.POST), [line.pk for line in lines])


@require_POST
@page("response.end_responsibility")
def end(request: Request) -> HttpResponse:
    """End what was chosen."""
    lines = actions.end_responsibility(request.actor, responsibility_ids=ids_of(request.POST, "line"))
    return _done(request, posted.back_of(request.POST), [line.pk for line in lines])


@require_POST
@page("response.take_back")
def take_back(request: Request) -> HttpResponse:
    """Undo what was just done."""
    actions.take_back(request.actor, responsibility_ids=ids_of(request.POST, "line")[: posted.MOST_UNDONE])
    messages.success(request, _("Taken back. What stood in between stays on record."))
    return HttpResponseRedirect(posted.back_of(request.POST), status=303)


@require_POST
@page("response.set_load_limit")
def limits(request: Request) -> HttpResponse:
    """Say how much one person may answer for."""
    places, posts, households_ = (number_of(request.POST.get(name, "")) for name in ("places", "posts", "households"))
    path = request.POST.get("path", "")
    actions.set_load_limit(request.actor, path=path, places=places, posts=posts, households=households_)
    messages.success(request, _("From now on whoever answers for more than that is shown."))
    return HttpResponseRedirect(f"{reverse('response:answers')}?at={path}&show=much", status=303)


@require_GET
@page(READ)
def person(request: Request, person_id: uuid.UUID) -> HttpResponse:
    """One person: what they answer for, how much, and when they are away."""
    context = person_page(request.actor, person_id) | {"undo": posted.undo_of(request.actor, request.GET, request.path)}
    return render(request, "response/answering/person.html", context)


@require_POST
@page(READ_PHONE)
def person_phone(request: Request, person_id: uuid.UUID) -> HttpResponse:
    """Somebody's phone; the look is on record."""
    template = "_phone.html" if request.htmx else "phone.html"
    return render(request, f"response/answering/{template}", phone_of(request.actor, person_id))


@require_POST
@page("response.record_absence")
def away(request: Request, person_id: uuid.UUID) -> HttpResponse:
    """Say that somebody is away, until when, and who stands in."""
    said = request.POST
    actions.record_absence(
        request.actor,
        person_id=person_id,
        begins_at=moment_of(said.get("from", "")),
        ends_at=moment_of(said.get("until", "")),
        deputy_id=posted.taker(request.actor, said) if said.get("name", "").strip() or said.get("person") else None,
        reason=said.get("reason", ""),
    )
    messages.success(request, _("Noted. Whoever stands in answers meanwhile."))
    return HttpResponseRedirect(reverse("response:answering_person", args=[person_id]), status=303)


@require_POST
@page("response.end_absence")
def absence_over(request: Request, absence_id: uuid.UUID) -> HttpResponse:
    """Say that somebody is back."""
    absence = actions.end_absence(request.actor, absence_id=absence_id)
    messages.success(request, _("Noted. They answer again."))
    return HttpResponseRedirect(reverse("response:answering_person", args=[absence.person_id]), status=303)


@require_GET
@page(READ_HOUSEHOLDS)
def households(request: Request) -> HttpResponse:
    """Households that five people see to, those not complete first."""
    context = households_page(request.actor, request.GET.get("at", ""))
    return render(request, "response/answering/households.html", context)


@require_GET
@page(READ_HOUSEHOLDS)
def household(request: Request, household_id: uuid.UUID) -> HttpResponse:
    """One of them: why, and who the five are."""
    return render(request, "response/answering/household.html", household_page(request.actor, household_id))


@require_POST
@page("response.keep_household")
def keep(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """Put five people round the household behind a door."""
    kept = actions.keep_household(request.actor, door_id=door_id, reason=request.POST.get("reason", ""))
    return HttpResponseRedirect(reverse("response:household", args=[kept.pk]), status=303)


@require_POST
@page("response.name_five")
def five(request: Request, household_id: uuid.UUID) -> HttpResponse:
    """Name one of the five; who is not found by name is chosen among several, or put on record on the spot."""
    role = posted.five_of(request.POST)
    try:
        person_id = posted.taker(request.actor, request.POST)
    except (SeveralCalledSo, NobodyCalledSo) as doubt:
        context = household_in_doubt(request.actor, household_id, role, Said.read(request.POST), doubt)
        return render(request, "response/answering/household.html", context, status=doubt.status)
    actions.name_five(request.actor, household_id=household_id, role=role, person_id=person_id)
    return HttpResponseRedirect(reverse("response:household", args=[household_id]), status=303)


@require_POST
@page("response.release_household")
def release(request: Request, household_id: uuid.UUID) -> HttpResponse:
    """Say that a household needs the five no more."""
    actions.release_household(request.actor, household_id=household_id)
    messages.success(request, _("Noted. Who the five were stays on record."))
    return HttpResponseRedirect(reverse("response:households"), status=303)


@require_POST
@page("response.name_five_role")
def five_role(request: Request) -> HttpResponse:
    """Say what one of the five is called in the reader's places."""
    path = request.POST.get("path", "")
    actions.name_five_role(
        request.actor, path=path, role=posted.five_of(request.POST), name=request.POST.get("name", "")
    )
    return HttpResponseRedirect(f"{reverse('response:answers')}?at={path}&show=much", status=303)


def _done(request: Request, back: str, lines: list[uuid.UUID]) -> HttpResponseRedirect:
    """Back to where it was done, where it can be undone."""
    return HttpResponseRedirect(posted.with_undo(back, lines), status=303)
