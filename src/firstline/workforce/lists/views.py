"""The pages of who there is, and of lists of people."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.kernel.errors import FirstlineError
from firstline.kernel.pages import Request, page
from firstline.workforce.lists import actions
from firstline.workforce.lists.columns_page import columns_page, layout_said, sheet_of
from firstline.workforce.lists.errors import ColumnsMissing
from firstline.workforce.lists.list_page import import_page, list_page
from firstline.workforce.lists.posted import file_of, fixes_in, id_in
from firstline.workforce.lists.selectors import BRING, READ_STAFF, list_for
from firstline.workforce.lists.staff_page import staff_page, team_called


@require_GET
@page(READ_STAFF)
def staff(request: Request) -> HttpResponse:
    """Organisations and teams."""
    context = staff_page(request.actor, request.GET.get("at", ""), request.GET.get("q", ""))
    return render(request, "workforce/staff.html", context)


@require_http_methods(["GET", "POST"])
@page(BRING, upload=True)
def bring(request: Request) -> HttpResponse:
    """Choose a file or paste a list; posted, it is kept and shown row by row."""
    if request.method != "POST":
        return render(request, "workforce/people_import.html", import_page(request.actor))
    try:
        name, content = file_of(request)
        brought = actions.bring_people(request.actor, path=request.POST.get("path", ""), name=name, content=content)
    except FirstlineError as mistake:
        if mistake.status != 422:
            raise
        context = import_page(request.actor, str(mistake), request.POST.get("pasted", ""))
        return render(request, "workforce/people_import.html", context, status=422)
    return _to(brought.pk)


@require_GET
@page(READ_STAFF)
def one_list(request: Request, list_id: uuid.UUID) -> HttpResponse:
    """A list as it reads now."""
    return render(request, "workforce/people_list.html", list_page(request.actor, list_for(request.actor, list_id)))


@require_POST
@page("workforce.fix_people")
def fix(request: Request, list_id: uuid.UUID) -> HttpResponse:
    """Put rows right."""
    if rows := fixes_in(request.POST):
        actions.fix_rows(request.actor, list_id=list_id, rows=rows)
    return _to(list_for(request.actor, list_id).pk)


@require_http_methods(["GET", "POST"])
@page("workforce.fix_people")
def columns(request: Request, list_id: uuid.UUID) -> HttpResponse:
    """What stands in the columns of a sheet; posted, the sheet is read that way."""
    sheet = sheet_of(request.GET)
    template, shown = "workforce/people_columns.html", columns_page(request.actor, list_id, sheet)
    if request.method == "GET":
        return render(request, template, shown)
    try:
        said = layout_said(request.POST)
    except ColumnsMissing as mistake:
        shown = columns_page(request.actor, list_id, sheet, str(mistake), request.POST)
        return render(request, template, shown, status=422)
    actions.fix_rows(request.actor, list_id=list_id, rows={str(sheet): said})
    return _to(list_id)


@require_POST
@page("workforce.accept_people")
def accept(request: Request, list_id: uuid.UUID) -> HttpResponse:
    """From here on the rows that are ready count."""
    actions.accept_people(request.actor, list_id=list_id, end_gone="end_gone" in request.POST)
    messages.success(request, _("Brought in. You can take this list back."))
    return _to(list_id)


@require_POST
@page("workforce.take_back_people")
def take_back(request: Request, list_id: uuid.UUID) -> HttpResponse:
    """The list counts no more."""
    actions.take_back_people(request.actor, list_id=list_id)
    messages.success(request, _("Taken back. What stood in between stays on record."))
    return _to(list_id)


@require_POST
@page("workforce.discard_people")
def discard(request: Request, list_id: uuid.UUID) -> HttpResponse:
    """The list is set aside."""
    actions.discard_people(request.actor, list_id=list_id)
    return HttpResponseRedirect(reverse("workforce:people_import"), status=303)


@require_POST
@page("workforce.regroup")
def regroup(request: Request) -> HttpResponse:
    """Somebody goes to another team."""
    member_id, team_id = id_in(request.POST, "member"), team_called(request.actor, request.POST.get("team", ""))
    actions.regroup(request.actor, member_id=member_id, team_id=team_id)
    messages.success(request, _("Moved. Where they were stays on record."))
    return HttpResponseRedirect(reverse("workforce:staff"), status=303)


def _to(list_id: uuid.UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("workforce:people_list", args=[list_id]), status=303)
