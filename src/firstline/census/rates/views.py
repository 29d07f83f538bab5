"""The pages of rates: an area's rates, and the doors behind a count."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from firstline.census.rates.doors_page import doors_page
from firstline.census.rates.rates_page import rates_csv, rates_page
from firstline.census.selectors import READ
from firstline.kernel.pages import Request, page


@require_GET
@page(READ)
def rates(request: Request) -> HttpResponse:
    """Rates of an area, campaign and channel; as a table for spreadsheets with ``format=csv``."""
    if request.GET.get("format") == "csv":
        written = rates_csv(request.actor, request.GET)
        named = {"Content-Disposition": 'attachment; filename="rates.csv"'}
        return HttpResponse(written, content_type="text/csv; charset=utf-8", headers=named)
    return render(request, "census/rates/rates.html", rates_page(request.actor, request.GET))


@require_GET
@page(READ)
def rates_doors(request: Request) -> HttpResponse:
    """The doors of one category."""
    return render(request, "census/rates/doors.html", doors_page(request.actor, request.GET))
