"""The ledger's page. Reading it is a look, and is on record too."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from firstline.audit import pages, selectors
from firstline.audit.ledger import record_reading
from firstline.kernel.pages import Request, page


@require_GET
@page(selectors.READ)
def ledger(request: Request) -> HttpResponse:
    """One day of the ledger within the reader's places."""
    chosen = pages.read_choice(request.GET)
    shown = pages.context(request.actor, chosen)
    # After the page was read: a page does not list the look at itself.
    record_reading(request.actor, chosen)
    return render(request, "audit/ledger.html", shown)
