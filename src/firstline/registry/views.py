"""The pages of lists, the numbers at a door, and search."""

import uuid

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRedirect

from firstline.kernel.pages import Request, page
from firstline.places.selectors import door_for
from firstline.registry import actions, jobs, looks, progress, search_page, selectors, staging
from firstline.registry.errors import CompoundNotChosen, CompoundUnclear, ListUnreadable, UploadMissing, UploadTooLarge
from firstline.registry.intake import take
from firstline.registry.lists import rows_for
from firstline.registry.models import Stage
from firstline.registry.review import context_of
from firstline.registry.review.rows import Unfolded
from firstline.registry.start_page import start_context
from firstline.registry.upload import Upload

# What whoever brings a list in can mend at once is said beside the form, not on an error page.
_MENDABLE = (ListUnreadable, CompoundUnclear, CompoundNotChosen, UploadMissing, UploadTooLarge)


@require_GET
@page(selectors.READ)
def lists(request: Request) -> HttpResponse:
    """All lists of the reader's places."""
    context = {
        "imports": rows_for(request.actor),
        "work": progress.under_way(request.actor),
        "start_url": reverse("registry:import_start") if request.actor.may("registry.stage_file") else "",
    }
    return render(request, "registry/import_list.html", context)


@require_http_methods(["GET", "POST"])
@page("registry.stage_file", atomic=False)
def import_start(request: Request) -> HttpResponse:
    """Choose a file; posted, it is read, stored in chunks, and shown for review."""
    if request.method != "POST":
        return render(request, "registry/import_start.html", start_context(request.actor))
    try:
        upload = Upload.of(request)
        if jobs.is_long(upload.content):
            return _to_progress(jobs.hand_in(request.actor, **upload.named))
        reading = staging.read(upload.content)
        staged = take(request.actor, reading=reading, **upload.named)
    except _MENDABLE as mistake:
        chosen = request.POST.get("compound", "")
        context = start_context(request.actor, mistake=str(mistake), chosen=chosen)
        return render(request, "registry/import_start.html", context, status=mistake.status)
    return _to_review(staged.file.id, known=staged.known)


@require_GET
@page(selectors.READ)
def import_progress(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """How far a list has come. The page asks again by itself, and is answered nothing while nothing changed."""
    found = progress.progress_of(request.actor, file_id)
    if found.stage == Stage.DONE:
        review_url = reverse("registry:review", args=[file_id])
        return HttpResponseClientRedirect(review_url) if request.htmx else HttpResponseRedirect(review_url)
    if request.GET.get("seen") == found.version:
        return HttpResponse(status=204)
    template = "components/progress.html" if request.htmx else "registry/import_progress.html"
    return render(request, template, progress.page_of(request.actor, found))


@require_POST
@page("registry.drop_import")
def drop(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """Take away a file that could not be brought in."""
    actions.drop_import(request.actor, file_id=file_id)
    return HttpResponseRedirect(reverse("registry:lists"), status=303)


@require_GET
@page(selectors.READ)
def review(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """A list beside our reading; ``step`` asks before it is accepted or discarded."""
    file = selectors.file_for(request.actor, file_id)
    looks.at_list(request.actor, file, fields=["name"])
    asked = Unfolded.parse(request.GET.get("rows", ""), request.GET.get("cause", ""))
    context = context_of(request.actor, file, asked=asked, step=request.GET.get("step", ""))
    context["known"] = "known" in request.GET
    return render(request, "registry/import_review.html", context)


@require_POST
@page(selectors.READ)
def show_numbers(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """The same list once with its numbers in clear, for those who may read lists and numbers; the look is on record."""
    file = selectors.file_for(request.actor, file_id)
    request.actor.require(looks.REVEAL, file.path)
    looks.at_list(request.actor, file, fields=["name", "phones", "id_number"])
    asked = Unfolded.parse(request.POST.get("rows", ""), request.POST.get("cause", ""))
    return render(request, "registry/import_review.html", context_of(request.actor, file, asked=asked, in_clear=True))


@require_POST
@page("registry.stage_file", atomic=False)
def finish(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """Store the rows an interrupted attempt left out."""
    return _to_review(file_id) if jobs.finish(request.actor, file_id) else _to_progress(file_id)


@require_POST
@page("registry.accept_file")
def accept(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """From here on the list counts."""
    return _to_review(file_id) if jobs.accept(request.actor, file_id) else _to_progress(file_id)


@require_POST
@page("registry.discard_file")
def discard(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """The list will never count."""
    actions.discard_file(request.actor, file_id=file_id)
    return HttpResponseRedirect(reverse("registry:lists"), status=303)


@require_POST
@page(looks.REVEAL)
def numbers(request: Request, door_id: uuid.UUID) -> HttpResponse:
    """Phone and document numbers at a door, once; the look is on record."""
    door = door_for(request.actor, door_id, needs=looks.REVEAL)
    context = {
        "door": looks.door_head(door),
        "people": looks.numbers_at(request.actor, door),
        "section": "places:compounds",
    }
    return render(request, "registry/door_numbers.html", context)


@require_http_methods(["GET", "POST"])
@page(search_page.PERMISSION)
def search(request: Request) -> HttpResponse:
    """Search by door, name, phone. Posted, so that what was typed stands in no address, no log and no history."""
    return render(request, "web/search.html", search_page.context(request.actor, request.POST.get("q", "")))


def _to_progress(file_id: uuid.UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("registry:progress", args=[file_id]), status=303)


def _to_review(file_id: uuid.UUID, *, known: bool = False) -> HttpResponse:
    url = reverse("registry:review", args=[file_id])
    return HttpResponseRedirect(f"{url}?known" if known else url, status=303)
