"""What every public page does before and after its view. Nobody is logged in; there is no cookie and no session."""

import functools
from collections.abc import Callable
from typing import Any

import structlog
from django.core.exceptions import TooManyFieldsSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from firstline.census.online.errors import LinkClosed, ReportTooLarge
from firstline.census.online.written import MOST_BYTES
from firstline.kernel.errors import FirstlineError
from firstline.response.errors import EmergencyMissing

log = structlog.get_logger("firstline.faults")
View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """Make a function a page that anybody may open and post to; an error of ours becomes a plain page.

    What is too large for any household is answered by its announced size, before a byte of it is read. Django's own
    check of the form's token is left out: it needs a cookie, which a chat app's browser may refuse (``intake.Form``).
    """

    @csrf_exempt
    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if _announced(request) > MOST_BYTES:
                raise ReportTooLarge(most=MOST_BYTES // 1024)
            return view(request, *args, **kwargs)
        except TooManyFieldsSent:
            return _said(request, ReportTooLarge(most=MOST_BYTES // 1024))
        except EmergencyMissing:
            # Nothing is asked where no emergency is in force.
            return _said(request, LinkClosed())
        except FirstlineError as error:
            if error.status >= 500:
                log.exception("fault", code=error.code)
            return _said(request, error)

    return run


def _announced(request: HttpRequest) -> int:
    length = request.META.get("CONTENT_LENGTH", "")
    return int(length) if str(length).isdecimal() else 0


def _said(request: HttpRequest, error: FirstlineError) -> HttpResponse:
    context = {"text": str(error), "again": request.path if isinstance(error, ReportTooLarge) else ""}
    return render(request, "census/online/said.html", context, status=error.status)
