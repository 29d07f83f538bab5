"""What was typed is kept when it could not be taken: the login had ended, or the page was older than the login.

The fields go back into the page as a form to send again. Nothing is stored on the server: they may hold names.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from firstline.kernel.errors import FirstlineError


def send_again(request: HttpRequest, reason: FirstlineError) -> HttpResponse:
    """The page that says why nothing was recorded and offers to send the same fields once more.

    Only what our own page sent is offered: another site's form must not become ours by one press. A password is typed
    anew, a file chosen anew.
    """
    secret = any("password" in name for name in request.POST)
    kept = _from_our_own_page(request) and not secret
    context = {
        "code": reason.code,
        "status": reason.status,
        "text": str(reason),
        "login": request.user.get_username(),
        "action": request.get_full_path() if kept else "",
        "fields": list(_fields(request)) if kept else [],
        "files": bool(request.FILES),
    }
    return render(request, "send_again.html", context, status=reason.status)


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken":
            yield from ((name, value) for value in values)


def _from_our_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that the form came from this site; without its word it is not believed."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(said).netloc == request.get_host()
