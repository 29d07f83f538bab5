"""The pages of night entry: the compound chosen, the grid, what was saved taken back; and the second typing."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.census.night import grid_page
from firstline.census.night.grid_page import Answer, grid_url
from firstline.census.night.selectors import ENTER
from firstline.census.night.start_page import start as start_page
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page


@require_GET
@page(ENTER)
def start(request: Request) -> HttpResponse:
    """Choose the compound whose papers are typed; where one is meant there is nothing to choose."""
    found = start_page(request.actor, request.GET.get("q", ""), choose="choose" in request.GET)
    if found.only:
        return HttpResponseRedirect(grid_url(found.only))
    return render(request, "census/night/start.html", found.context)


@require_http_methods(["GET", "POST"])
@page(ENTER, atomic=False)
def grid(request: Request, compound_id: uuid.UUID) -> HttpResponse:
    """The grid; posted, it is kept, read, or saved."""
    form = request.POST if request.method == "POST" else None
    return shown(request, grid_page.answer(request.actor, compound_id, form, read_id(request.GET.get("saved", ""))))


@require_POST
@page("census.take_back_rows", atomic=False)
def take_back(request: Request, sheet_id: uuid.UUID) -> HttpResponse:
    """What was saved with one press is taken back; its lines stand in the grid again."""
    url = grid_page.take_back(request.actor, sheet_id)
    messages.success(request, _("Taken back. The lines stand in the grid again; they do not count."))
    return HttpResponseRedirect(url, status=303)


def shown(request: Request, answer: Answer) -> HttpResponse:
    """What a page answered: the way on, or a page or part of one."""
    if answer.url:
        return HttpResponseRedirect(answer.url, status=303)
    return render(request, answer.template, answer.context, status=answer.status)
