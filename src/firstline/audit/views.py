"""The ledger's page and copies of it. Reading it is a look, and is on record too."""

from typing import cast

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from firstline.audit import actions, pages, selectors
from firstline.audit.copies.files import FORMS, written
from firstline.audit.ledger import record_reading
from firstline.kernel.errors import Invalid
from firstline.kernel.pages import Request, page


@require_GET
@page(selectors.READ)
def ledger(request: Request) -> HttpResponse:
    """Some days of the ledger within the reader's places."""
    chosen = pages.read_choice(request.GET)
    shown = pages.context(request.actor, chosen)
    # After the page was read: a page does not list the look at itself.
    record_reading(request.actor, chosen)
    return render(request, "audit/ledger.html", shown)


@require_POST
@page(actions.EXPORT)
def copy(request: Request) -> HttpResponse:
    """A copy of what is chosen, written while it is sent."""
    form = request.POST.get("form", "")
    if form not in FORMS:
        raise Invalid(problem=_("Choose a spreadsheet or a text file."))
    taken = actions.export_ledger(request.actor, chosen=pages.read_choice(request.POST), form=form)
    answer = StreamingHttpResponse(written(taken, form), content_type=FORMS[form])
    answer.headers["Content-Disposition"] = f'attachment; filename="ledger-{taken.id.hex[-8:]}.{form}"'
    return cast("HttpResponse", answer)
