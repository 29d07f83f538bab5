"""The first page of everybody's day."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from firstline.gaps.home import home_for
from firstline.kernel.pages import Request, page


@require_GET
@page("gaps.read")
def home(request: Request) -> HttpResponse:
    """What is missing and whose it is; then the day; then what is left, place by place."""
    found = home_for(request.actor, every_cause="all" in request.GET)
    context = {
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
