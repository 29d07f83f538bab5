"""The route by which a device hears what changed."""

import gzip

import msgspec
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from firstline.accounts.devices.selectors import device_actor
from firstline.kernel import scope
from firstline.kernel.errors import Invalid
from firstline.sync.errors import ClientTooOld
from firstline.sync.feed.page import page_for
from firstline.sync.intake.envelopes import LEAST_PROTOCOL
from firstline.sync.signed import SignedRequest, signed

# The sixth level takes twice as long for three per cent less.
_LEVEL = 5
_WORTH_IT = 1_000
# The first clients do not say it.
_UNSAID = "1"
_LONGEST = 9


@require_GET
@signed()
def changes(request: SignedRequest) -> HttpResponse:
    """The area and the doors that changed since a cursor, within what the device was given."""
    asked = request.GET
    _require_protocol(asked.get("protocol", _UNSAID))
    actor = device_actor(request.device)
    with scope.enter(actor):
        page = page_for(request.device, actor, cursor=asked.get("cursor", ""), area=asked.get("area", ""))
    return _compressed(request, msgspec.json.encode(page))


def _require_protocol(said: str) -> None:
    """Raises ClientTooOld for a client that would not understand what it is sent."""
    if not said.isascii() or not said.isdecimal() or len(said) > _LONGEST:
        raise Invalid(problem=_("This cannot be read, so nothing of it was taken."))
    if int(said) < LEAST_PROTOCOL:
        raise ClientTooOld(least=LEAST_PROTOCOL)


def _compressed(request: SignedRequest, body: bytes) -> HttpResponse:
    accepted = "gzip" in request.headers.get("Accept-Encoding", "") and len(body) > _WORTH_IT
    response = HttpResponse(gzip.compress(body, _LEVEL) if accepted else body, content_type="application/json")
    if accepted:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
