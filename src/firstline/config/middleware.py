"""What every request passes on its way in and out."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

View = Callable[[HttpRequest], HttpResponse]

log = structlog.get_logger("firstline.requests")

# Tabler draws its chevrons and ticks as data images; everything else comes from ourselves.
POLICY = (
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
    "frame-ancestors 'none'"
)


class ContentSecurityPolicy:
    """Scripts, styles and connections from ourselves only: a name in a list stays text, whatever it contains."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(), microphone=()")
        return response


class RequestLog:
    """One line a request: the route's name, never the address, since an address may hold what was searched for."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        route = request.resolver_match.view_name if request.resolver_match else None
        if route or response.status_code >= 400:
            milliseconds = round((time.perf_counter() - began) * 1000, 1)
            log.info("request", method=request.method, route=route, status=response.status_code, ms=milliseconds)
        return response
