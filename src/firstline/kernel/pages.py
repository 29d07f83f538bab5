"""What every page does before and after its view: who asks, in which scope, and how an error is said."""

import functools
from collections.abc import Callable
from contextlib import nullcontext
from typing import Any, cast

import structlog
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django_htmx.http import reswap, retarget, trigger_client_event
from django_htmx.middleware import HtmxDetails

from firstline.kernel import ports, scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import (
    FirstlineError,
    Forbidden,
    Invalid,
    LoginEnded,
    PageTooOld,
    SecondFactorDue,
    SessionLocked,
)
from firstline.kernel.send_again import locked_page, send_again

log = structlog.get_logger("firstline.faults")
View = Callable[..., HttpResponse]


class Request(HttpRequest):
    """A request as views see it: with the actor and what htmx says."""

    actor: Actor
    htmx: HtmxDetails


def page(
    permission: str | None = None,
    *,
    atomic: bool = True,
    upload: bool = False,
    half_open: bool = False,
    in_use: bool = True,
) -> Callable[[View], View]:
    """Make a function a page for people who are logged in and hold ``permission`` somewhere (None: any login).

    The whole view runs in one transaction in the actor's scope, unless ``atomic`` is false (an import commits in
    chunks). A FirstlineError becomes the error page, or a fragment for htmx, with its status; the
    transaction is rolled back. No cache keeps the answer, whatever names stand in it.

    With ``upload`` the form carries a file, and its token is looked for only when login and permission are known:
    finding the token takes the whole body apart, and a stranger's megabytes are not worth it.

    ``half_open`` pages are also for those who have given the password alone and owe a second factor. What a script asks
    for by itself is not ``in_use``: an unattended screen locks all the same.
    """

    def decorate(view: View) -> View:
        inside = csrf_protect(view) if upload else view

        @never_cache
        @functools.wraps(view)
        def run(plain: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            request = cast("Request", plain)
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path()) if upload else _to_login(request)
            try:
                ports.refuse_locked(request, in_use=in_use)
                request.actor = ports.actor_of(request, half_open=half_open)
                if not request.actor.may(permission):
                    raise Forbidden
                _refuse_nul(request)
                with scope.enter(request.actor) if atomic else nullcontext():
                    return inside(request, *args, **kwargs)
            except SessionLocked as locked:
                return _ask_password(request, locked)
            except SecondFactorDue as due:
                return to_second_factor(request, due)
            except FirstlineError as error:
                if error.status >= 500:
                    log.exception("fault", code=error.code)
                return show_error(request, error)

        run.permission = permission  # type: ignore[attr-defined]  # read by the table test of routes
        return csrf_exempt(run) if upload else run

    return decorate


def _refuse_nul(request: Request) -> None:
    """PostgreSQL keeps no NUL; nobody types one, and a program that sends it is told so."""
    for form in (request.GET, request.POST):
        if any("\0" in value for _name, values in form.lists() for value in values):
            raise Invalid(problem=_("What was sent holds a character that no text has. Type it anew."))


def show_error(request: HttpRequest, error: FirstlineError) -> HttpResponse:
    """The error as a page, or as a fragment where htmx asked; never a stack trace."""
    fragment = bool(getattr(request, "htmx", False))
    template = "error_fragment.html" if fragment else "error.html"
    context = {"code": error.code, "status": error.status, "text": str(error)}
    response = render(request, template, context, status=error.status)
    if not fragment:
        return response
    # The message has a place of its own, so that the part that failed stays as it was.
    return reswap(retarget(response, "#fl-messages"), "innerHTML")


@never_cache
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The answer to a post whose token is refused; called by Django in place of its own page."""
    if getattr(request, "htmx", False):
        return show_error(request, PageTooOld())
    return send_again(request, PageTooOld())


def _ask_password(request: Request, locked: SessionLocked) -> HttpResponse:
    if request.htmx:
        # The page around the fragment stays as it was; the desk's script covers it when it hears this.
        return trigger_client_event(show_error(request, locked), "fl-locked")
    return locked_page(request)


def to_second_factor(request: HttpRequest, due: SecondFactorDue) -> HttpResponse:
    """The way to the page that asks for it; what was posted is kept to be sent again, a fragment is refused."""
    if getattr(request, "htmx", False):
        return show_error(request, due)
    if request.method == "GET":
        return redirect_to_login(request.get_full_path(), login_url="accounts:second_factor")
    return send_again(request, due)


def _to_login(request: Request) -> HttpResponse:
    if request.htmx:
        # The page around the fragment stays: somebody may have typed into it.
        return show_error(request, LoginEnded())
    if request.method == "POST":
        return send_again(request, LoginEnded())
    return redirect_to_login(request.get_full_path())
