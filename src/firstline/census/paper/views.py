"""The pages of printed sheets: what is out, a pile to type in, sheets to print."""

import uuid

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.census.actions import void_attempt
from firstline.census.page_parts import with_query
from firstline.census.paper.actions import spoil, take_back
from firstline.census.paper.numbers import number_of
from firstline.census.paper.paper_page import UNDO_MOST, Said, carry_out, ids_text, paper_page, read_ids
from firstline.census.paper.pile_page import Typed, pile_page, reading, save
from firstline.census.paper.print_page import PRINT, Chosen, batch_page, batch_pdf, print_chosen, print_page
from firstline.census.paper.selectors import READ, batch_for, sheets_in, step_for
from firstline.census.paper.steps import StepKind
from firstline.kernel.errors import FirstlineError
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page
from firstline.places.selectors import compound_for


@require_GET
@page(READ)
def paper(request: Request) -> HttpResponse:
    """Sheets that are out, late, or in hand; and a field for numbers."""
    asked, done = request.GET.get("show", ""), read_ids(request.GET.get("done", ""))
    return render(request, "census/paper/paper.html", paper_page(request.actor, asked, Said(), done=done))


@require_POST
@page(READ)
def step(request: Request) -> HttpResponse:
    """Something happened to sheets: handed out, fetched, lost, spoilt."""
    form = request.POST
    said = Said(form.get("do", ""), form.get("numbers", ""), form.get("door", ""), read_id(form.get("page", "")))
    try:
        done = carry_out(request.actor, said)
    except FirstlineError as problem:
        context = paper_page(request.actor, form.get("show", ""), said, mistake=str(problem))
        return render(request, "census/paper/paper.html", context, status=problem.status)
    url = with_query(reverse("census:paper"), show=form.get("show", ""), done=ids_text(done))
    return HttpResponseRedirect(url)


@require_POST
@page(READ)
def undo(request: Request) -> HttpResponse:
    """Take back what was just done with sheets: the attempt at the door where there is one, else the step."""
    for step_id in read_ids(request.POST.get("steps", "")):
        found = step_for(request.actor, step_id, needs="census.take_back_sheet_step")
        if found.attempt_id:
            void_attempt(request.actor, attempt_id=found.attempt_id)
        else:
            take_back(request.actor, step_id=step_id)
    return HttpResponseRedirect(reverse("census:paper-pile" if request.POST.get("back") == "pile" else "census:paper"))


@require_http_methods(["GET", "POST"])
@page("census.enter_sheet")
def pile(request: Request) -> HttpResponse:
    """Typing forms in, one after the other, by their numbers."""
    if request.method == "GET":
        done = read_ids(request.GET.get("done", ""))
        return render(request, "census/paper/pile.html", pile_page(request.actor, Typed.read(request.GET), done=done))
    typed = Typed.read(request.POST)
    try:
        attempt = save(request.actor, typed)
    except FirstlineError as problem:
        context = pile_page(request.actor, typed, mistake=str(problem))
        return render(request, "census/paper/pile.html", context, status=problem.status)
    return HttpResponseRedirect(with_query(reverse("census:paper-pile"), done=attempt.pk))


@require_POST
@page("census.enter_sheet")
def read_lines(request: Request) -> HttpResponse:
    """What the lines that are being typed would mean; nothing is kept."""
    return render(request, "census/paper/_reading.html", {"reading": reading(request.POST.get("lines", ""))})


@require_http_methods(["GET", "POST"])
@page(PRINT)
def print_new(request: Request) -> HttpResponse:
    """Choose doors, number sheets for them."""
    chosen = Chosen.read(request.POST if request.method == "POST" else request.GET)
    if request.method == "POST" and chosen.compound:
        compound = compound_for(request.actor, chosen.compound, needs=PRINT)
        try:
            batch = print_chosen(request.actor, compound, chosen)
            return HttpResponseRedirect(reverse("census:paper-batch", args=[batch.pk]))
        except FirstlineError as problem:
            context = print_page(request.actor, chosen, mistake=str(problem))
            return render(request, "census/paper/print.html", context, status=problem.status)
    return render(request, "census/paper/print.html", print_page(request.actor, chosen))


@require_GET
@page(READ)
def batch(request: Request, batch_id: uuid.UUID) -> HttpResponse:
    """The sheets that were numbered together."""
    found = batch_for(request.actor, batch_id)
    return render(request, "census/paper/batch.html", batch_page(request.actor, found))


@require_GET
@page(PRINT)
def printed(request: Request, batch_id: uuid.UUID) -> HttpResponse:
    """A batch as PDF."""
    found = batch_for(request.actor, batch_id, needs=PRINT)
    name = f"{found.kind}-{number_of(found.first)}.pdf"
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(batch_pdf(found), content_type="application/pdf", headers=headers)


@require_POST
@page("census.spoil_sheets")
def spoil_batch(request: Request, batch_id: uuid.UUID) -> HttpResponse:
    """The sheets of a batch that never went to a door are spoilt: printed by mistake, or left over."""
    found = batch_for(request.actor, batch_id, needs="census.spoil_sheets")
    numbers = [number_of(sheet.serial) for sheet in sheets_in(found) if sheet.state == StepKind.PRINTED]
    steps = spoil(request.actor, numbers=numbers)
    # More ids than this no address carries; the page before said that there is no way back.
    done = [one.pk for one in steps] if len(steps) <= UNDO_MOST else []
    return HttpResponseRedirect(with_query(reverse("census:paper"), done=ids_text(done)))
