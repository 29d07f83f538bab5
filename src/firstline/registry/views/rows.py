"""The grids: rows set aside are put right, and short lists are typed from paper."""

import uuid

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.kernel.pages import Request, page
from firstline.registry import actions, looks, selectors
from firstline.registry.grid import aside as grid
from firstline.registry.grid import settling, typed_page
from firstline.registry.grid.settling import Together
from firstline.registry.upload import id_of


@require_http_methods(["GET", "POST"])
@page("registry.put_right")
def aside(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """The rows of a list that are set aside; posted, what was typed is kept, checked or filed."""
    file = selectors.file_for(request.actor, file_id, needs="registry.put_right")
    step, typed = request.POST.get("step", ""), grid.typed_of(request.POST)
    if step == "draft":
        grid.keep(request.actor, file, typed)
        return HttpResponse(status=204)
    looks.at_list(request.actor, file, fields=["name"])
    if step in {"keep", "check"}:
        grid.keep(request.actor, file, typed)
    shown = grid.grid_of(file, typed or grid.draft_lines(request.actor, file))
    settled = grid.understood(file, shown) if step in {"check", "file"} else []
    if step == "file" and settled and not grid.problems_of(shown):
        settling.file_lines(request.actor, file, settled)
        return _to(file_id, "aside")
    checked, kept, unfit = step in {"check", "file"}, step == "keep", "unfit" in request.GET
    context = grid.context(request.actor, file, shown, checked=checked, kept=kept, unfit=unfit)
    return render(request, "registry/rows_aside.html", context)


@require_POST
@page("registry.put_right")
def settle(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """One decision for all rows of a cause; the page says so when it fits none of them."""
    file = selectors.file_for(request.actor, file_id, needs="registry.put_right")
    fitted = settling.settle(request.actor, file, Together.of(request.POST))
    return _to(file_id, "aside", "" if fitted else "?unfit")


@require_POST
@page("registry.take_back")
def take_back(request: Request, file_id: uuid.UUID) -> HttpResponse:
    """What was put right in a row, or in all rows of one decision, is taken back."""
    file = selectors.file_for(request.actor, file_id, needs="registry.take_back")
    rows = settling.rows_of(file, id_of(request.POST.get("decision", "")), id_of(request.POST.get("row", "")))
    actions.take_back(request.actor, file_id=file_id, row_ids=rows)
    return _to(file_id, "aside")


@require_GET
@page(selectors.STAGE)
def type_start(request: Request) -> HttpResponse:
    """Choose the compound whose list is typed; with one there is nothing to choose."""
    context = typed_page.start_context(request.actor)
    chosen = id_of(request.GET.get("compound", "")) or context["only"]
    if chosen:
        return HttpResponseRedirect(reverse("registry:typed", args=[chosen]))
    return render(request, "registry/type_start.html", context)


@require_http_methods(["GET", "POST"])
@page(selectors.STAGE, atomic=False)
def typed(request: Request, compound_id: uuid.UUID) -> HttpResponse:
    """A grid for a short list; posted, it is kept, checked, or filed like a file that somebody sent."""
    answer = typed_page.answer(request.actor, compound_id, request.POST if request.method == "POST" else None)
    if answer.file_id:
        return _to(answer.file_id, "review")
    if answer.context is None:
        return HttpResponse(status=204)
    return render(request, "registry/rows_typed.html", answer.context, status=answer.status)


def _to(file_id: uuid.UUID, view: str, query: str = "") -> HttpResponse:
    return HttpResponseRedirect(reverse(f"registry:{view}", args=[file_id]) + query, status=303)
