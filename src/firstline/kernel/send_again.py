"""What was typed is kept when it could not be taken: the login had ended, the session was locked, the page too old.

The fields go back into the page as a form to send again. Nothing is stored on the server: they may hold names.
"""

import base64
from collections.abc import Iterator
from urllib.parse import urlsplit

import msgspec
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext

from firstline.kernel import crypto
from firstline.kernel.errors import FirstlineError, SessionLocked
from firstline.kernel.keys import organisation_key

# The one field of the lock page beside the password: where it goes on, and what was typed.
CARRIED = "carried"


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


def locked_page(request: HttpRequest, mistake: str = "") -> HttpResponse:
    """The page that asks for the password. It shows nothing of the page before; what was typed rides along, sealed.

    Whoever unlocks it goes where the first one was going, or is offered to send the same fields once more.
    """
    carried = request.POST.get(CARRIED) if CARRIED in request.POST else _pack(request, _going(request))
    context = {"login": request.user.get_username(), "carried": carried, "mistake": mistake}
    return render(request, "locked.html", context, status=SessionLocked.status)


def go_on(request: HttpRequest) -> HttpResponse:
    """After the password: to the page that was asked for, or the offer to send what was typed."""
    carried = _unpack(request)
    if not carried.posted:
        return back_to(carried.to)
    context = {
        "text": gettext("You are back. What you typed is still here; it has not been recorded yet."),
        "login": request.user.get_username(),
        "action": carried.to if carried.fields else "",
        "fields": carried.fields,
        "files": carried.files,
    }
    return render(request, "send_again.html", context)


def back_to(address: str) -> HttpResponse:
    """To a page of ours; to the first one when the address is somebody else's."""
    return HttpResponseRedirect(inside(address), status=303)


def inside(address: str) -> str:
    """An address of ours as it is; the first page's instead of somebody else's."""
    ours = address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)
    return address if ours else "/"


class _Carried(msgspec.Struct):
    """Where somebody was going, and what they sent there."""

    to: str
    posted: bool = False
    fields: list[tuple[str, str]] = []
    files: bool = False


def _going(request: HttpRequest) -> _Carried:
    address = request.get_full_path()
    if request.method != "POST":
        return _Carried(address)
    kept = _from_our_own_page(request) and not any("password" in name for name in request.POST)
    return _Carried(address, posted=True, fields=[*_fields(request)] if kept else [], files=bool(request.FILES))


def _pack(request: HttpRequest, carried: _Carried) -> str:
    """Sealed, for this login only: the next one at the desk may look into the page's source."""
    clear = msgspec.msgpack.encode(carried)
    return base64.b64encode(crypto.seal(clear, key_id=organisation_key(), row=_bound_to(request))).decode()


def _unpack(request: HttpRequest) -> _Carried:
    try:
        envelope = base64.b64decode(request.POST.get(CARRIED, ""), validate=True)
        return msgspec.msgpack.decode(crypto.unseal(envelope, row=_bound_to(request)), type=_Carried)
    except (ValueError, FirstlineError):
        return _Carried("/")


def _bound_to(request: HttpRequest) -> str:
    return f"locked:{request.user.pk}"


def _fields(request: HttpRequest) -> Iterator[tuple[str, str]]:
    for name, values in request.POST.lists():
        if name != "csrfmiddlewaretoken":
            yield from ((name, value) for value in values)


def _from_our_own_page(request: HttpRequest) -> bool:
    """Whether the browser says that the form came from this site; without its word it is not believed."""
    said = request.headers.get("Origin") or request.headers.get("Referer") or ""
    return urlsplit(said).netloc == request.get_host()
