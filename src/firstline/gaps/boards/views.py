"""The board of a place, its part that changes, and the figures a county confirms for the level above."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from firstline.accounts import open_session
from firstline.gaps.boards import actions, kept, polling
from firstline.gaps.boards.board_page import WAYS, board_url, part, part_url
from firstline.gaps.boards.confirmed_page import READ_CONFIRMED, confirmed_page, county_page
from firstline.gaps.boards.figures import county_state
from firstline.gaps.boards.selectors import READ_BOARDS, board_place
from firstline.gaps.models import CountyState
from firstline.kernel.pages import Request, page


@require_GET
@page(READ_BOARDS)
def board(request: Request) -> HttpResponse:
    """What is open at a place and below it: by place, by person or by kind."""
    place, by = board_place(request.actor, request.GET.get("at", "")), _way(request)
    state, wall = county_state(place.path), "wall" in request.GET
    tag = _tag(place.path, by, state)
    context = {
        "section": "gaps:board",
        "place": place,
        "by": by,
        "ways": [(way, board_url(place.path, way)) for way in WAYS],
        "tag": tag,
        "as_of": polling.as_of(state),
        "proof": open_session.bare(request),
        "part": _part(tag, place.path, by, state),
        "part_url": part_url(place.path, by),
        "wall": wall,
        "wall_url": board_url(place.path, by, wall=not wall),
        "above": [(one.name, board_url(one.path)) for one in place.above],
        "confirms": place.is_county and request.actor.may(actions.CONFIRM, place.path),
    }
    return render(request, "gaps/board.html", context)


@require_GET
@page(READ_BOARDS, in_use=False)
def board_part(request: Request) -> HttpResponse:
    """The part that changes, 304 while it has not, for who is not answered before all else (``polling``)."""
    path, by = board_place(request.actor, request.GET.get("at", ""), named=False).path, _way(request)
    state = county_state(path)
    tag = _tag(path, by, state)
    known = request.headers.get("If-None-Match") == tag
    answer = polling.answered(tag, state, None if known else _part(tag, path, by, state))
    proof = open_session.prove(request, request.actor, polling.about(path, by))
    return HttpResponse(answer.body, status=answer.status, headers=answer.headers | {polling.PROOF: proof})


@require_GET
@page(READ_CONFIRMED)
def confirmed(request: Request) -> HttpResponse:
    """What the counties of a city have confirmed, with when and by whom; no county's rows."""
    return render(request, "gaps/confirmed.html", confirmed_page(request.actor))


@require_GET
@page(READ_CONFIRMED)
def confirmed_county(request: Request, path: str) -> HttpResponse:
    """What one county confirmed over time: figures, and no rows or names."""
    return render(request, "gaps/confirmed_county.html", county_page(request.actor, path))


@require_POST
@page(actions.CONFIRM)
def confirm(request: Request) -> HttpResponse:
    """The county's figures as of now are confirmed."""
    actions.confirm_counts(request.actor, path=request.POST.get("at", ""))
    messages.success(request, _("Confirmed. The city sees these figures, with your name and the time."))
    return HttpResponseRedirect(board_url(request.POST.get("at", "")), status=303)


def _way(request: Request) -> str:
    by = request.GET.get("by", "")
    return by if by in WAYS else WAYS[0]


def _tag(path: str, by: str, state: CountyState | None) -> str:
    return kept.tag_of(state, path, by, get_language() or "")


def _part(tag: str, path: str, by: str, state: CountyState | None) -> str:
    return kept.rendered(tag, lambda: render_to_string("gaps/_board.html", part(path, by, state)))
