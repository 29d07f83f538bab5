"""Campaigns: their accounts, rules and rounds, and the doors behind every number."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from firstline.census.doors_page import doors_page
from firstline.census.selectors import READ
from firstline.kernel.pages import Request, page


@require_GET
@page(READ)
def doors(request: Request) -> HttpResponse:
    """The doors behind a number of an account."""
    return render(request, "census/doors.html", doors_page(request.actor, request.GET))
