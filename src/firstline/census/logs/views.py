"""The pages of logs: all of them, bringing one in, one log with its parked rows, and what is decided about it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.census.logs import actions, background, selectors, settling, storing
from firstline.census.logs.page import log_page, logs_page
from firstline.census.logs.selectors import READ, STAGE
from firstline.kernel import scope
from firstline.kernel.errors import FirstlineError
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page
from firstline.registry.upload import LIMITS, one_at_a_time, uploads_of


@require_http_methods(["GET", "POST"])
@page(READ, atomic=False, upload=True)
def logs(request: Request) -> HttpResponse:
    """All logs, and the form that brings one in; posted, it is read and shown, and counts nowhere yet."""
    mistake = ""
    if request.method == "POST":
        try:
            return _redirect(_take(request))
        except FirstlineError as problem:
            if problem.status not in {409, 413, 422, 503}:
                raise
            mistake = str(problem)
    with scope.enter(request.actor):
        context = logs_page(request.actor, mistake=mistake)
    return render(request, "census/logs/logs.html", context, status=422 if mistake else 200)


@require_GET
@page(READ)
def log(request: Request, log_id: uuid.UUID) -> HttpResponse:
    """One log: its account, what waits for somebody, how its rows are read."""
    found = selectors.log_for(request.actor, log_id)
    return render(request, "census/logs/log.html", log_page(request.actor, found))


@require_POST
@page("census.accept_log", atomic=False)
def step(request: Request, log_id: uuid.UUID) -> HttpResponse:
    """Accept a log, set it aside, take it back, or try its parked rows again."""
    with scope.enter(request.actor):
        selectors.log_for(request.actor, log_id, needs="census.accept_log")
    match request.POST.get("step"):
        case "accept":
            background.accept(request.actor, log_id)
        case "discard":
            actions.discard_log(request.actor, log_id=log_id)
        case "again":
            settled = storing.try_again(request.actor, log_id)
            said = ngettext("%(n)s row found its door.", "%(n)s rows found their doors.", settled)
            messages.success(request, said % {"n": settled})
        case "take_back":
            gone = storing.take_back(request.actor, log_id)
            said = ngettext("%(n)s attempt was taken back.", "%(n)s attempts were taken back.", gone)
            messages.success(request, said % {"n": gone})
    return _redirect(log_id)


@require_POST
@page("census.settle_rows", atomic=False)
def settle(request: Request, log_id: uuid.UUID) -> HttpResponse:
    """Put rows right as far as they are complete; the others are shown with what is missing."""
    with scope.enter(request.actor):
        found = selectors.log_for(request.actor, log_id, needs="census.settle_rows")
        filled = settling.fill_in(request.actor, found, request.POST)
    settling.file_rows(request.actor, log_id, filled)
    if not filled.problems:
        return _redirect(log_id)
    with scope.enter(request.actor):
        context = log_page(request.actor, found, typed=request.POST.dict(), problems=filled.problems)
    return render(request, "census/logs/log.html", context, status=422)


@require_POST
@page("census.settle_rows", atomic=False)
def word(request: Request, log_id: uuid.UUID) -> HttpResponse:
    """Say what a word means, for all rows that have it and for logs to come."""
    with scope.enter(request.actor):
        kind = selectors.log_for(request.actor, log_id, needs="census.settle_rows").kind
    row_id = read_id(request.POST.get("row", ""))
    meaning = settling.meaning_of(request.POST.get("result", ""), kind)
    if row_id and meaning:
        settled = settling.settle_word(request.actor, log_id, row_id, meaning)
        said = ngettext(
            "%(n)s row was put right; the word is kept.", "%(n)s rows were put right; the word is kept.", settled
        )
        messages.success(request, said % {"n": settled})
    return _redirect(log_id)


@require_POST
@page("census.settle_rows", atomic=False)
def unsettle(request: Request, log_id: uuid.UUID) -> HttpResponse:
    """Take a decision about rows back."""
    with scope.enter(request.actor):
        selectors.log_for(request.actor, log_id, needs="census.settle_rows")
    if decision_id := read_id(request.POST.get("decision", "")):
        storing.unsettle(request.actor, log_id, decision_id)
        messages.success(request, _("Taken back. The rows wait again."))
    return _redirect(log_id)


def _take(request: Request) -> uuid.UUID:
    """The id of the log that the form brought in."""
    request.actor.require(STAGE)
    upload = uploads_of(request)[0]
    with one_at_a_time():
        sheets = storing.read_file(upload.content, limits=LIMITS)
    taken = storing.take_in(
        request.actor,
        community_path=background.community_of(request.actor, request.POST.get("place", "")),
        name=upload.name,
        content=upload.content,
        sheets=sheets,
    )
    return taken.log.pk


def _redirect(log_id: uuid.UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("census:log", args=[log_id]), status=303)
