"""The pages of the second typing."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from firstline.census.entry_checks import checks_page
from firstline.census.entry_checks.selectors import READ
from firstline.census.errors import NothingToCheck, NotReadable
from firstline.census.night.views import shown
from firstline.kernel.pages import Request, page


@require_http_methods(["GET", "POST"])
@page(READ)
def checks(request: Request) -> HttpResponse:
    """The checks, and how often each source was wrong; posted, lines of a day are drawn."""
    if request.method == "POST":
        try:
            check = checks_page.drawn(request.actor, request.POST)
        except NothingToCheck as nothing:
            context = checks_page.checks_context(request.actor, mistake=str(nothing))
            return render(request, "census/entry_checks/checks.html", context, status=nothing.status)
        count = check.drawn.count()
        said = ngettext("Drew %(count)d line to be typed again.", "Drew %(count)d lines to be typed again.", count)
        messages.success(request, said % {"count": count})
        return HttpResponseRedirect(reverse("census:entry_checks"), status=303)
    return render(request, "census/entry_checks/checks.html", checks_page.checks_context(request.actor))


@require_http_methods(["GET", "POST"])
@page(checks_page.AGAIN, atomic=False)
def again(request: Request, check_id: uuid.UUID) -> HttpResponse:
    """The drawn lines, typed again blind."""
    return shown(
        request, checks_page.again(request.actor, check_id, request.POST if request.method == "POST" else None)
    )


@require_http_methods(["GET", "POST"])
@page(checks_page.DECIDE)
def differences(request: Request, check_id: uuid.UUID) -> HttpResponse:
    """Where the two typings differ; posted, one line is decided by its paper."""
    if request.method == "POST":
        try:
            checks_page.decide(request.actor, request.POST)
        except NotReadable as unread:
            messages.error(request, str(unread))
        return HttpResponseRedirect(reverse("census:entry_differences", args=[check_id]), status=303)
    return render(request, "census/entry_checks/differences.html", checks_page.differences(request.actor, check_id))
