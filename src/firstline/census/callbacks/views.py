"""The pages of the community's phone: the log, one call, the number and who has it."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.census.actions import void_attempt
from firstline.census.callbacks.actions import call_back, close, hand_over, log_call, set_number, take_back
from firstline.census.callbacks.call_page import Said, call_page, save
from firstline.census.callbacks.calls_page import Logged, calls_page, desk_at
from firstline.census.callbacks.errors import HolderUnknown
from firstline.census.callbacks.selectors import LOG, READ, call_for, step_for
from firstline.census.page_parts import with_query
from firstline.census.paper.pile_page import reading
from firstline.kernel.errors import FirstlineError
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page


@require_GET
@page(READ)
def calls(request: Request) -> HttpResponse:
    """Calls to return, to write down, and of today; two buttons for the one that has just come."""
    done = read_id(request.GET.get("done", ""))
    return render(
        request, "census/callbacks/calls.html", calls_page(request.actor, request.GET.get("at", ""), done=done)
    )


@require_POST
@page(LOG)
def log(request: Request) -> HttpResponse:
    """A call was taken or missed. One that was taken goes on to its own page."""
    logged, at = Logged.read(request.POST), request.POST.get("at", "")
    try:
        call = log_call(
            request.actor,
            path=desk_at(request.actor, at, needs=LOG).place.path,
            number=logged.number,
            taken=logged.taken,
            happened_at=logged.at,
            callback_id=logged.callback_id,
        )
    except FirstlineError as problem:
        context = calls_page(request.actor, at, number=logged.number, mistake=str(problem))
        return render(request, "census/callbacks/calls.html", context, status=problem.status)
    if call.taken:
        return HttpResponseRedirect(reverse("census:callback", args=[call.pk]))
    return HttpResponseRedirect(with_query(reverse("census:callbacks"), at=at, done=call.pk))


@require_http_methods(["GET", "POST"])
@page(READ)
def call(request: Request, callback_id: uuid.UUID) -> HttpResponse:
    """One call: find the door, write down who lives there, done."""
    found = call_for(request.actor, callback_id)
    said = Said.read(request.POST if request.method == "POST" else request.GET)
    mistake, status = "", 200
    # What is looked for may be a name, which no address may carry: it is posted, and nothing is saved.
    if request.method == "POST" and "find" not in request.POST:
        try:
            attempt = save(request.actor, found, said)
            return HttpResponseRedirect(with_query(reverse("census:callbacks"), done=attempt.pk))
        except FirstlineError as problem:
            mistake, status = str(problem), problem.status
    context = call_page(request.actor, found, said, mistake=mistake)
    return render(request, "census/callbacks/call.html", context, status=status)


@require_POST
@page("census.call_back")
def step(request: Request, callback_id: uuid.UUID) -> HttpResponse:
    """A missed number was called back, or nothing more is to be done about a call."""
    what = request.POST.get("what", "")
    if what in {"reached", "not_reached"}:
        done = call_back(request.actor, callback_id=callback_id, reached=what == "reached")
        if what == "reached":
            return HttpResponseRedirect(reverse("census:callback", args=[callback_id]))
    else:
        done = close(request.actor, callback_id=callback_id, mistake=what == "mistake")
    return HttpResponseRedirect(with_query(reverse("census:callbacks"), done=done.pk))


@require_POST
@page("census.take_back_call_step")
def undo(request: Request) -> HttpResponse:
    """Take back what was just done: a call logged by mistake, a step about one, what was written at its door."""
    call_id, step_id = read_id(request.POST.get("call", "")), read_id(request.POST.get("step", ""))
    if call_id:
        close(request.actor, callback_id=call_id, mistake=True)
    elif step_id:
        found = step_for(request.actor, step_id, needs="census.take_back_call_step")
        if found.attempt_id:
            void_attempt(request.actor, attempt_id=found.attempt_id)
        else:
            take_back(request.actor, step_id=step_id)
    messages.success(request, _("Taken back. The call stands as before."))
    return HttpResponseRedirect(reverse("census:callbacks"))


@require_POST
@page("census.complete_call")
def read_lines(request: Request) -> HttpResponse:
    """What the lines that are being typed would mean; nothing is kept."""
    return render(request, "census/paper/_reading.html", {"reading": reading(request.POST.get("lines", ""))})


@require_POST
@page("census.set_number")
def number(request: Request) -> HttpResponse:
    """Say which number stands on the notices."""
    place = desk_at(request.actor, request.POST.get("at", ""), needs="census.set_number").place
    set_number(request.actor, path=place.path, number=request.POST.get("number", ""))
    messages.success(request, _("This number stands on every notice printed from now on."))
    return HttpResponseRedirect(with_query(reverse("census:callbacks"), at=place.path))


@require_POST
@page("census.hand_over_number")
def pass_on(request: Request) -> HttpResponse:
    """Hand the phone to somebody else, or take it."""
    place = desk_at(request.actor, request.POST.get("at", ""), needs="census.hand_over_number").place
    person_id = read_id(request.POST.get("person", ""))
    if person_id is None:
        raise HolderUnknown
    hand_over(request.actor, path=place.path, person_id=person_id)
    messages.success(request, _("Handed over. It stands on their first page now; whoever has it can hand it on."))
    return HttpResponseRedirect(with_query(reverse("census:callbacks"), at=place.path))
