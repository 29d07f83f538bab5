"""The first page of everybody's day, the page of one gap, and what is pressed on it."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.gaps import actions, handing_over
from firstline.gaps.boards.confirmed_page import READ_CONFIRMED
from firstline.gaps.errors import GapsNotTakeable, RulesWrong
from firstline.gaps.gap_page import DISPUTE, SETTLE, TAKE, gap_page
from firstline.gaps.history import history_page
from firstline.gaps.home import home_for
from firstline.gaps.inputs import emergency_of, person_of, rules_of, set_aside_of, until_of
from firstline.gaps.list_page import list_page
from firstline.gaps.models import Gap
from firstline.gaps.past import past_page
from firstline.gaps.rules_page import CHANGE, rules_page
from firstline.gaps.selectors import READ, gap_for
from firstline.kernel.errors import FirstlineError, Invalid
from firstline.kernel.pages import Request, page


@require_GET
@page()
def home(request: Request) -> HttpResponse:
    """What is missing and whose it is; then the day; then what is left, place by place. A city has figures instead."""
    if not request.actor.may(READ) and request.actor.may(READ_CONFIRMED):
        return HttpResponseRedirect(reverse("gaps:confirmed"))
    request.actor.require(READ)
    found = home_for(request.actor, every_cause="all" in request.GET)
    context = {
        "section": "gaps:home",
        "place_name": found.place_name,
        "asked_at": found.asked_at,
        "gaps": found.board.rows,
        "more": found.board.more,
        "more_url": "?all",
        "overdue": found.board.overdue,
        "account": found.account,
        "tonight": found.tonight,
        "tonight_url": found.tonight_url,
        "days": [{"day": day, "count": count} for day, count in found.days],
        "by_community": found.by_community,
        "rows": found.rows,
        "done": found.done,
        "bare": found.bare,
        "import_url": reverse("registry:import_start") if request.actor.may("registry.stage_file") else "",
    }
    return render(request, "gaps/home.html", context)


@require_GET
@page(READ)
def gaps(request: Request) -> HttpResponse:
    """Whatever has run out of time, narrowed down."""
    return render(request, "gaps/list.html", list_page(request.actor, request.GET))


@require_POST
@page("gaps.hand_over")
def hand_over(request: Request) -> HttpResponse:
    """What one has taken goes to somebody else."""
    try:
        count = handing_over.hand_over(request.actor, to_person_id=person_of(request.POST))
    except (GapsNotTakeable, Invalid) as error:
        shown = list_page(request.actor, QueryDict("show=mine")) | {"mistake": str(error)}
        return render(request, "gaps/list.html", shown, status=error.status)
    said = ngettext("%(n)d thing handed over", "%(n)d things handed over", count) % {"n": count}
    messages.success(request, said)
    return HttpResponseRedirect(f"{reverse('gaps:list')}?show=mine", status=303)


@require_GET
@page(READ)
def history(request: Request) -> HttpResponse:
    """How long it took until things were closed."""
    return render(request, "gaps/history.html", history_page(request.actor, request.GET))


@require_GET
@page(READ)
def past(request: Request) -> HttpResponse:
    """What was open at a past moment."""
    return render(request, "gaps/past.html", past_page(request.actor, request.GET))


@require_http_methods(["GET", "POST"])
@page(CHANGE)
def rules(request: Request) -> HttpResponse:
    """When gaps climb; a preview of other rules, or those from now on."""
    if request.method == "GET":
        return render(request, "gaps/rules.html", rules_page(request.actor))
    drafted = None
    try:
        drafted = rules_of(request.POST)
        if request.POST.get("step") == "preview":
            return render(request, "gaps/rules.html", rules_page(request.actor, drafted))
        actions.change_rules(request.actor, emergency_id=emergency_of(request.POST), rules=drafted)
    except (RulesWrong, Invalid) as error:
        return render(request, "gaps/rules.html", rules_page(request.actor, drafted, str(error)), status=error.status)
    messages.success(request, _("From now on gaps climb by these rules."))
    return HttpResponseRedirect(reverse("gaps:rules"), status=303)


@require_GET
@page(READ)
def gap(request: Request, gap_id: uuid.UUID) -> HttpResponse:
    """One gap and its story."""
    return render(request, "gaps/gap.html", gap_page(request.actor, gap_for(request.actor, gap_id)))


@require_POST
@page(TAKE)
def take(request: Request, gap_id: uuid.UUID) -> HttpResponse:
    """“I have it.”"""
    words = request.POST.get("words", "")
    said = _("It is yours until then. The clock stands meanwhile; it closes when the fact is there.")
    return _say(
        request,
        gap_id,
        lambda: actions.take(request.actor, gap_id=gap_id, until=until_of(request.POST), words=words),
        said,
    )


@require_POST
@page("gaps.give_back")
def give_back(request: Request, gap_id: uuid.UUID) -> HttpResponse:
    """Undo “I have it”."""
    said = _("Given back. The clock goes on.")
    return _say(request, gap_id, lambda: actions.give_back(request.actor, gap_id=gap_id), said)


@require_POST
@page(DISPUTE)
def dispute(request: Request, gap_id: uuid.UUID) -> HttpResponse:
    """It is wrong, and why."""
    reason = request.POST.get("words", "")
    said = _("Noted. It stays open until somebody else has decided.")
    return _say(request, gap_id, lambda: actions.dispute(request.actor, gap_id=gap_id, reason=reason), said)


@require_POST
@page(SETTLE)
def settle(request: Request, gap_id: uuid.UUID) -> HttpResponse:
    """Decide whether it is wrong."""
    words = request.POST.get("words", "")
    said = _("Decided, and on record.")
    return _say(
        request,
        gap_id,
        lambda: actions.settle_dispute(
            request.actor, gap_id=gap_id, set_aside_until=set_aside_of(request.POST), words=words
        ),
        said,
    )


def _say(request: Request, gap_id: uuid.UUID, act: Callable[[], Gap], said: str) -> HttpResponse:
    try:
        act()
    except FirstlineError as error:
        if error.status not in {409, 422}:
            raise
        shown = gap_page(request.actor, gap_for(request.actor, gap_id), str(error))
        return render(request, "gaps/gap.html", shown, status=error.status)
    messages.success(request, said)
    return HttpResponseRedirect(reverse("gaps:gap", args=[gap_id]), status=303)
