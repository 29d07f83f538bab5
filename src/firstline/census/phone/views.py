"""The call sheet: who is rung now; one household in hand; and what came of the call."""

import uuid
from collections.abc import Iterable, Sequence

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.census.actions import record_attempt
from firstline.census.door_page import Asked, people_of
from firstline.census.page_parts import with_query
from firstline.census.phone.actions import take_call
from firstline.census.phone.call_page import call_page, calls_page, queue_of
from firstline.census.phone.calling import DEAD
from firstline.census.phone.errors import CallTaken
from firstline.census.phone.posted import CallPosted
from firstline.census.phone.selectors import claim_of, may_answer, still_open
from firstline.census.results import Channel
from firstline.census.walk.selectors import TAKE
from firstline.kernel import clock
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page
from firstline.places.models import Door
from firstline.places.selectors import door_for


@require_GET
@page(TAKE)
def calls(request: Request) -> HttpResponse:
    """Who is to be rung now, who later, and whose hand the others are in."""
    return render(request, "census/phone/calls.html", calls_page(request.actor))


@require_POST
@page(TAKE)
def next_call(request: Request) -> HttpResponse:
    """Take the next household in hand."""
    return _next(request, [])


@require_http_methods(["GET", "POST"])
@page(TAKE)
def call(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """One household in hand; posted, what came of the call, and the next one opens."""
    door = door_for(request.actor, door_id, needs=TAKE)
    posted = CallPosted.read(request, door_id) if request.method == "POST" else None
    if posted is None:
        return _shown(request, door, Asked(back="calls"), queue=_ids(request.GET.get("queue", "")))
    if (asked := posted.unfinished()) is not None:
        return _shown(request, door, asked, number=posted.number, queue=_ids(posted.queue))
    attempt = record_attempt(
        request.actor,
        door_id=door_id,
        result=posted.result,
        channel=Channel.PHONE,
        note=posted.note,
        people=people_of(posted.people),
        attempt_id=posted.attempt_id,
        again_at=posted.again_at,
        answers=posted.visit.answers,
    )
    # Another number of the same household comes before the next household.
    same = [door_id] if posted.result in DEAD and may_answer(door) else []
    return _next(request, [*same, *_ids(posted.queue)], saved=attempt.pk)


def _shown(
    request: Request, door: Door, asked: Asked, *, number: str = "", queue: Sequence[uuid.UUID] = ()
) -> HttpResponse:
    """The household, as long as it is in the asker's hand; else the sheet: a link alone shows nobody's number."""
    claim = claim_of(request.actor, door, clock.now())
    if claim is None:
        return HttpResponseRedirect(reverse("census:calls"))
    context = call_page(request.actor, door, asked, claim=claim, number=number, saved=request.GET.get("saved", ""))
    context |= {"queue": _text(queue), "left": len(queue), "next_door": {"name": ""} if queue else None}
    return render(request, "census/phone/call.html", context)


def _next(request: Request, queue: Sequence[uuid.UUID], saved: uuid.UUID | None = None) -> HttpResponse:
    """The first household of the queue that is free and still open; with none left, the sheet."""
    waiting = still_open(request.actor, queue) or queue_of(request.actor)
    for place, door_id in enumerate(waiting):
        try:
            take_call(request.actor, door_id=door_id)
        except CallTaken:
            continue
        following = _text(waiting[place + 1 :])
        address = with_query(reverse("census:call", args=[door_id]), queue=following, saved=saved)
        return HttpResponseRedirect(address)
    return HttpResponseRedirect(with_query(reverse("census:calls"), saved=saved))


def _ids(text: str) -> list[uuid.UUID]:
    """Households to ring next, as an address or a form carries them."""
    return [door_id for part in text.split(",") if (door_id := read_id(part)) is not None]


def _text(door_ids: Iterable[uuid.UUID]) -> str:
    return ",".join(door_id.hex for door_id in door_ids)
