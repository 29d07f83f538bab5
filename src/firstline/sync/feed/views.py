"""The route by which a device hears what changed."""

import gzip

import msgspec
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from firstline.accounts.devices.selectors import device_actor
from firstline.kernel import scope
from firstline.sync.feed.page import page_for
from firstline.sync.signed import SignedRequest, signed

# The sixth level takes twice as long for three per cent less.
_LEVEL = 5
_WORTH_IT = 1_000


@require_GET
@signed()
def changes(request: SignedRequest) -> HttpResponse:
    """The area and the doors that changed since a cursor, within what the device was given."""
    actor = device_actor(request.device)
    asked = request.GET
    with scope.enter(actor):
        page = page_for(request.device, actor, cursor=asked.get("cursor", ""), area=asked.get("area", ""))
    return _compressed(request, msgspec.json.encode(page))


def _compressed(request: SignedRequest, body: bytes) -> HttpResponse:
    accepted = "gzip" in request.headers.get("Accept-Encoding", "") and len(body) > _WORTH_IT
    response = HttpResponse(gzip.compress(body, _LEVEL) if accepted else body, content_type="application/json")
    if accepted:
        response.headers["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    return response
