"""The pages about several lists: all of them, bringing files in, saying whose they are, accepting many at once."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.kernel import scope
from firstline.kernel.pages import Request, page
from firstline.registry import deciding, selectors
from firstline.registry.errors import ListsBusy, UploadMissing, UploadTooLarge
from firstline.registry.intake import Outcome, Taken, take_all
from firstline.registry.lists_page import lists_context, many_context
from firstline.registry.start_page import start_context
from firstline.registry.upload import id_of, uploads_of

LISTS = "registry/import_list.html"


@require_GET
@page(selectors.READ)
def lists(request: Request) -> HttpResponse:
    """All lists of the reader's places."""
    return render(request, LISTS, lists_context(request.actor))


@require_http_methods(["GET", "POST"])
@page(selectors.STAGE, atomic=False, upload=True)
def import_start(request: Request) -> HttpResponse:
    """Choose files; posted, each is read and stored; a single one is shown for review, several stand in the lists."""
    if request.method != "POST":
        return render(request, "registry/import_start.html", start_context(request.actor))
    try:
        taken = take_all(request.actor, uploads_of(request), id_of(request.POST.get("compound", "")))
    except (ListsBusy, UploadMissing, UploadTooLarge) as mistake:
        return _once_more(request, str(mistake), mistake.status)
    if len(taken) == 1:
        return _one(request, taken[0])
    with scope.enter(request.actor):
        context = lists_context(request.actor, taken)
    return render(request, LISTS, context)


@require_POST
@page(selectors.STAGE, atomic=False)
def file_loose(request: Request) -> HttpResponse:
    """Say whose lists loose files are; those nobody spoke of stay."""
    deciding.file_loose(request.actor, ((name, request.POST[name]) for name in request.POST))
    return HttpResponseRedirect(reverse("registry:lists"), status=303)


@require_http_methods(["GET", "POST"])
@page("registry.accept_file", atomic=False)
def accept_many(request: Request) -> HttpResponse:
    """Accept lists about which nothing is asked, after the consequence was shown."""
    form = request.POST if request.method == "POST" else request.GET
    ids = {found for text in form.getlist("file") if (found := id_of(text))}
    if request.method != "POST":
        with scope.enter(request.actor):
            context = many_context(request.actor, ids)
        return render(request, "registry/import_accept_many.html", context)
    deciding.accept_many(request.actor, ids)
    return HttpResponseRedirect(reverse("registry:lists"), status=303)


def _one(request: Request, taken: Taken) -> HttpResponse:
    """The answer to a single file: its review, the question whose it is, or why it was refused."""
    if taken.outcome == Outcome.REFUSED:
        return _once_more(request, taken.problem, 422)
    if taken.outcome == Outcome.HANDED:
        return HttpResponseRedirect(taken.url, status=303)
    name = "registry:progress" if taken.outcome == Outcome.LATER else "registry:review"
    url = reverse(name, args=[taken.file_id]) if taken.file_id else reverse("registry:lists")
    return HttpResponseRedirect(f"{url}?known" if taken.outcome == Outcome.KNOWN else url, status=303)


def _once_more(request: Request, mistake: str, status: int) -> HttpResponse:
    """The form with what is wrong; what was pasted stays in it."""
    typed = {"chosen": request.POST.get("compound", ""), "pasted": request.POST.get("pasted", "")}
    context = start_context(request.actor, mistake=mistake, **typed)
    return render(request, "registry/import_start.html", context, status=status)
