"""The pictures of a census: coverage by day, what is left, tonight."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from firstline.census.pictures.curve_page import curve_page
from firstline.census.pictures.left_page import left_page
from firstline.census.pictures.tonight_page import tonight_page
from firstline.census.selectors import READ
from firstline.kernel.pages import Request, page


@require_GET
@page(READ)
def curve(request: Request) -> HttpResponse:
    """Doors settled up to each day, by channel."""
    return render(request, "census/pictures/curve.html", curve_page(request.actor, request.GET))


@require_GET
@page(READ)
def compounds_left(request: Request) -> HttpResponse:
    """Places by what is left there."""
    return render(request, "census/pictures/left.html", left_page(request.actor, request.GET))


@require_GET
@page(READ)
def tonight(request: Request) -> HttpResponse:
    """Doors to go to this evening, by building."""
    return render(request, "census/pictures/tonight.html", tonight_page(request.actor, request.GET))
