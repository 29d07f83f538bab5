"""The pages of lists that are brought in while somebody does something else."""

import uuid

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from django_htmx.http import HttpResponseClientRedirect

from firstline.kernel.pages import Request, page
from firstline.registry import actions, selectors
from firstline.registry.models import Stage
from firstline.registry.progress import page_of, progress_of


@require_GET
@page(selectors.READ)
def progress(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """How far a list has come. The page asks again by itself, and is answered nothing while nothing changed."""
    found = progress_of(request.actor, file_id)
    if found.stage == Stage.DONE:
        url = reverse("registry:review", args=[found.leads_to])
        return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)
    if request.GET.get("seen") == found.version:
        return HttpResponse(status=204)
    template = "components/progress.html" if request.htmx else "registry/import_progress.html"
    return render(request, template, page_of(request.actor, found))


@require_POST
@page("registry.drop_import")
def drop(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """Take away a file that could not be brought in."""
    actions.drop_import(request.actor, file_id=file_id)
    return HttpResponseRedirect(reverse("registry:lists"), status=303)
