"""What devices ask for before they are known, and the last thing they say."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from firstline.accounts.devices.enrolling import enrol as enrol_phone
from firstline.accounts.devices.enrolling import wiped_itself
from firstline.sync.answering import answer, answering, body_of, milliseconds, read_as
from firstline.sync.enrolment import Wanted, Wiped, counted, enrolled
from firstline.sync.signed import SignedRequest, signed

_MOST_BYTES = 16 * 1024


@answering
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """The text by which a device tells this server from a hotel's login page; no cache keeps it."""
    return HttpResponse("firstline alive", content_type="text/plain")


@require_POST
@answering
def enrol(request: HttpRequest) -> HttpResponse:
    """A phone comes in by the code of its invitation; unsigned, since nobody knows its key yet."""
    wanted = read_as(Wanted, body_of(request, _MOST_BYTES))
    with counted():
        device = enrol_phone(
            wanted.code, public_key=wanted.public_key, client=wanted.client, persistent=wanted.persistent
        )
    return answer(enrolled(device))


@require_POST
@signed(most_bytes=_MOST_BYTES)
def wiped(request: SignedRequest) -> HttpResponse:
    """A device says that it has deleted all it held."""
    read_as(Wiped, request.signed_body)
    wiped_itself(request.device)
    return answer({"server_time": milliseconds()})
