"""Pages of nobody's app."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@require_safe
@never_cache
def ping(request: HttpRequest) -> HttpResponse:
    """Says that this very program answers: a proxy asks, and a client that trusts no other sign of a connection."""
    return HttpResponse("firstline", content_type="text/plain")
