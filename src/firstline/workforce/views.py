"""The page of duty, and what is pressed on it."""

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from firstline.kernel.errors import FirstlineError
from firstline.kernel.pages import Request, page
from firstline.workforce import actions, selectors
from firstline.workforce.duty_page import duty_page
from firstline.workforce.inputs import colleague_of, sign_of
from firstline.workforce.models import Step


@require_GET
@page(selectors.SIGN_IN)
def duty(request: Request) -> HttpResponse:
    """Who is on duty."""
    return render(request, "workforce/duty.html", duty_page(request.actor))


@require_POST
@page(selectors.SIGN_IN)
def sign(request: Request) -> HttpResponse:
    """The reader signs in or out."""
    try:
        said = sign_of(request.POST)
        act = actions.sign_in if said.step == Step.IN else actions.sign_out
        act(request.actor, path=said.path, note=said.note, sign_id=said.id)
    except FirstlineError as error:
        if error.status != 422:
            raise
        return render(request, "workforce/duty.html", duty_page(request.actor, str(error)), status=422)
    messages.success(request, _("You are signed in.") if said.step == Step.IN else _("You are signed out."))
    return _back()


@require_POST
@page(selectors.SIGN_FOR)
def sign_for(request: Request) -> HttpResponse:
    """A director signs somebody in or out."""
    said = sign_of(request.POST)
    person_id = colleague_of(request.POST)
    actions.sign_for(
        request.actor, person_id=person_id, step=said.step, path=said.path, note=said.note, sign_id=said.id
    )
    messages.success(request, _("Signed in.") if said.step == Step.IN else _("Signed out."))
    return _back()


def _back() -> HttpResponse:
    return HttpResponseRedirect(reverse("workforce:duty"), status=303)
