"""What devices ask passes by everything that is for browsers."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import translation

ADDRESSES = "/sync/"


class DevicesFirst:
    """Answers the addresses of devices itself, and lets everything else pass.

    A device signs what it asks: it has no session, no cookie and no form to be protected, nor a page to be framed. What
    stands between here and a page costs a visit that is handed in a twentieth.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(ADDRESSES):
            return self.get_response(request)
        try:
            request.resolver_match = found = resolve(request.path_info)
        except Resolver404:
            return self.get_response(request)
        translation.activate(translation.get_language_from_request(request))
        answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
        return answer
