"""How the routes of devices answer: JSON, also when something is wrong, with no cookie and no session."""

import functools
from collections.abc import Callable
from typing import Any, TypeVar

import msgspec
import structlog
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from firstline.kernel import clock
from firstline.kernel.errors import DatabaseGone, FirstlineError, Invalid
from firstline.sync.errors import TooLarge

log = structlog.get_logger("firstline.faults")
View = Callable[..., HttpResponse]
Read = TypeVar("Read", bound=msgspec.Struct)
MOST_BYTES = 4 * 1024 * 1024
# How long a device waits when the server could not do its part.
_RETRY_AFTER = {429: "60", 503: "30", 507: "300"}


def answering(view: View) -> View:
    """Make a function a route of devices: whatever is wrong is said as ``{"code", "said", "data"}`` with its status.

    No check of a form's token: nothing here acts by a cookie. A body announced as too large is not read.
    """

    @csrf_exempt
    @never_cache
    @functools.wraps(view)
    def run(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except FirstlineError as error:
            if error.status >= 500:
                log.exception("fault", code=error.code)
            return said(error)
        except (OperationalError, InterfaceError):
            log.exception("fault", code=DatabaseGone.code)
            return said(DatabaseGone())

    return run


def answer(found: Any, status: int = 200) -> HttpResponse:
    """Something msgspec can write, as JSON."""
    return HttpResponse(msgspec.json.encode(found), content_type="application/json", status=status)


def said(error: FirstlineError) -> HttpResponse:
    """An error as devices read it."""
    response = answer({"code": error.code, "said": str(error), "data": error.data}, error.status)
    if (wait := _RETRY_AFTER.get(error.status)) is not None:
        response.headers["Retry-After"] = wait
    return response


def body_of(request: HttpRequest, most: int = MOST_BYTES) -> bytes:
    """The whole body. Raises TooLarge, by what was announced before a byte of it is read."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > most:
        raise TooLarge(most=most)
    try:
        return request.body
    except RequestDataTooBig as problem:
        raise TooLarge(most=most) from problem


def read_as(kind: type[Read], body: bytes) -> Read:
    """A JSON body as a struct. Raises Invalid, which says no value of it."""
    try:
        return msgspec.json.decode(body, type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as problem:
        raise Invalid(problem=_("This cannot be read, so nothing of it was taken.")) from problem


def milliseconds() -> int:
    """The server's time as the protocol writes moments."""
    return round(clock.now().timestamp() * 1000)
