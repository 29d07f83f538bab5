"""What devices ask for by themselves: whether the server is there."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from firstline.sync.answering import answering


@answering
@require_safe
def alive(_request: HttpRequest) -> HttpResponse:
    """The text by which a device tells this server from a hotel's login page; no cache keeps it."""
    return HttpResponse("firstline alive", content_type="text/plain")
