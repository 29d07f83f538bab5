"""The pages of question sets, of the containers they count, and the pictures of visits."""

import uuid

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.census.questions import selectors, shipped
from firstline.census.questions.actions import choose_questions, upload_questions
from firstline.census.questions.containers_page import containers_page
from firstline.census.questions.errors import QuestionsMissing, QuestionsRefused
from firstline.census.questions.looks import look_at
from firstline.census.questions.questions_page import questions_page, set_page, workbook_name
from firstline.census.questions.uploading import read_workbook, workbook_of
from firstline.census.questions.workbook import SetRefused
from firstline.kernel import scope
from firstline.kernel.errors import NotFound
from firstline.kernel.ids import read_id
from firstline.kernel.pages import Request, page

_SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "POST"])
@page(selectors.READ, atomic=False, upload=True)
def questions(request: Request) -> HttpResponse:
    """All sets; posted, a workbook is read and kept, or every reason why not is told with its row."""
    refused: dict[str, object] = {}
    if request.method == "POST":
        request.actor.require(selectors.UPLOAD)
        try:
            content = workbook_of(request)
            kept = upload_questions(
                request.actor,
                path=request.actor.ranges(selectors.UPLOAD)[0].lo,
                said=read_workbook(content),
                workbook=content,
            )
            return HttpResponseRedirect(reverse("census:question_set", args=[kept.pk]), status=303)
        except SetRefused as problem:
            refused = {"refusals": problem.refusals}
        except (QuestionsMissing, QuestionsRefused) as problem:
            refused = {"mistake": str(problem)}
    with scope.enter(request.actor):
        context = questions_page(request.actor, **refused)  # type: ignore[arg-type]
    return render(request, "census/questions/questions.html", context, status=422 if refused else 200)


@require_GET
@page(selectors.READ)
def question_set(request: Request, set_id: uuid.UUID) -> HttpResponse:
    """One set as it will look."""
    found = selectors.set_for(request.actor, set_id)
    return render(request, "census/questions/question_set.html", set_page(request.actor, found))


@require_GET
@page(selectors.READ)
def question_workbook(request: Request, set_id: uuid.UUID) -> HttpResponse:
    """The workbook a set was read from, as it came."""
    found = selectors.set_for(request.actor, set_id)
    return _workbook(bytes(found.workbook), workbook_name(found.name, found.number))


@require_GET
@page(selectors.READ)
def shipped_workbook(request: Request, name: str) -> HttpResponse:
    """The workbook of a set that comes along."""
    if name not in shipped.NAMES:
        raise NotFound
    return _workbook(shipped.workbook(name), workbook_name(name))


@require_POST
@page(selectors.UPLOAD)
def take_shipped(request: Request, name: str) -> HttpResponse:
    """Take a set that comes along, as it is."""
    if name not in shipped.NAMES:
        raise NotFound
    path = request.actor.ranges(selectors.UPLOAD)[0].lo
    kept = upload_questions(request.actor, path=path, said=shipped.read(name), workbook=shipped.workbook(name))
    return HttpResponseRedirect(reverse("census:question_set", args=[kept.pk]), status=303)


@require_POST
@page(selectors.CHOOSE)
def choose(request: Request) -> HttpResponse:
    """A campaign asks a set from now on, or nothing."""
    campaign_id = read_id(request.POST.get("campaign", ""))
    if campaign_id is None:
        raise NotFound
    set_id = read_id(request.POST.get("set", ""))
    choose_questions(request.actor, campaign_id=campaign_id, set_id=set_id)
    back = reverse("census:question_set", args=[set_id]) if set_id else reverse("census:questions")
    return HttpResponseRedirect(back, status=303)


@require_GET
@page(selectors.LOOK)
def containers(request: Request) -> HttpResponse:
    """House, container and Breteau index by compound."""
    return render(request, "census/questions/containers.html", containers_page(request.actor))


@require_GET
@page(selectors.LOOK)
def photo(request: Request, photo_id: uuid.UUID) -> HttpResponse:
    """A picture of a visit, in clear; the look is on record."""
    found = selectors.photo_for(request.actor, photo_id)
    return HttpResponse(look_at(request.actor, found), content_type="image/jpeg")


def _workbook(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=_SHEET, headers={"Content-Disposition": f'attachment; filename="{name}"'})
