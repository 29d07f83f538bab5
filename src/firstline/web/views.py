"""Pages of nobody's app."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache


@never_cache
def ping(request: HttpRequest) -> HttpResponse:
    """Says that this very program answers: a proxy asks, and a client that trusts no other sign of a connection."""
    return HttpResponse("firstline", content_type="text/plain")
