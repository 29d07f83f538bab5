"""The pages about one list: our reading beside it, and every decision about it."""

import uuid

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.kernel.pages import Request, page
from firstline.registry import actions, background, columns_page, comparing, intake, looks, selectors, undoing
from firstline.registry.review import context_of
from firstline.registry.review.rows import Unfolded


@require_GET
@page(selectors.READ)
def review(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """A list beside our reading; ``step`` asks before it is accepted or discarded."""
    file = selectors.file_for(request.actor, file_id)
    looks.at_list(request.actor, file, fields=["name"])
    asked = Unfolded.parse(*(request.GET.get(name, "") for name in ("rows", "cause", "sheet")))
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
    asked = Unfolded.parse(*(request.POST.get(name, "") for name in ("rows", "cause", "sheet")))
    return render(request, "registry/import_review.html", context_of(request.actor, file, asked=asked, in_clear=True))


@require_POST
@page("registry.stage_file", atomic=False)
def finish(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """Store the rows an interrupted attempt left out."""
    return _to_review(file_id) if background.finish(request.actor, file_id) else _to_progress(file_id)


@require_POST
@page("registry.accept_file")
def accept(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """From here on the list counts."""
    return _to_review(file_id) if background.accept(request.actor, file_id) else _to_progress(file_id)


@require_POST
@page("registry.discard_file")
def discard(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """The list will never count."""
    actions.discard_file(request.actor, file_id=file_id)
    return HttpResponseRedirect(reverse("registry:lists"), status=303)


@require_http_methods(["GET", "POST"])
@page("registry.choose_columns", atomic=False)
def columns(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """Say what the columns of a list mean; posted, it is read again that way, and the choice is kept."""
    if request.method != "POST":
        return render(request, "registry/list_columns.html", columns_page.context(request.actor, file_id))
    choices = columns_page.choices_of(request.POST)
    if later := background.read_again(request.actor, file_id, choices):
        return _to_progress(later)
    return _to_review(intake.read_again(request.actor, file_id, choices).id)


@require_http_methods(["GET", "POST"])
@page("registry.void_file")
def undo(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """Take an accepted list back, after saying what goes and what stays."""
    if request.method == "POST":
        actions.void_file(request.actor, file_id=file_id)
        return _to_review(file_id)
    file = selectors.file_for(request.actor, file_id, needs="registry.void_file")
    return render(request, "registry/list_undo.html", undoing.context(file))


@require_GET
@page(selectors.READ)
def changes(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """What is another than in the list accepted before; names are shown, so the look is on record."""
    file = selectors.file_for(request.actor, file_id)
    looks.at_list(request.actor, file, fields=["name"])
    return render(request, "registry/list_changes.html", comparing.context(file))


def _to_progress(file_id: uuid.UUID) -> HttpResponse:
    return HttpResponseRedirect(reverse("registry:progress", args=[file_id]), status=303)


def _to_review(file_id: uuid.UUID, *, known: bool = False) -> HttpResponse:
    url = reverse("registry:review", args=[file_id])
    return HttpResponseRedirect(f"{url}?known" if known else url, status=303)
