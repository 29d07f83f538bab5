"""The last answer when nothing else can: a database that is gone, a key that is missing, a fault of ours."""

import sys

import structlog
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from firstline.kernel.errors import DatabaseGone, FirstlineError

# Types and lines of code only: what an exception says may quote a name (see config/logs.py).
log = structlog.get_logger("firstline.faults")


def server_error(request: HttpRequest) -> HttpResponse:
    """``handler500``: one calm page that needs no session, no query and no base template; never a stack trace."""
    problem = sys.exc_info()[1]
    log.error("fault", method=request.method, exc_info=problem)
    if isinstance(problem, (OperationalError, InterfaceError)):
        return outage(DatabaseGone())
    return outage(problem if isinstance(problem, FirstlineError) else FirstlineError())


def outage(error: FirstlineError) -> HttpResponse:
    """What happened and when to try again, as a page that stands alone."""
    body = render_to_string("outage.html", {"code": error.code, "status": error.status, "text": str(error)})
    return HttpResponse(body, status=error.status, headers={"Retry-After": "30"})
