"""Locking the page and opening it again, and what people see who ask for the login page too often."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from firstline.accounts import desk_lock
from firstline.accounts.errors import TooManyLogins
from firstline.kernel.errors import LoginEnded
from firstline.kernel.pages import show_error
from firstline.kernel.send_again import back_to, go_on, locked_page, send_again


@never_cache
@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the page now; the script that has covered the screen already needs no page."""
    if not request.user.is_authenticated:
        return send_again(request, LoginEnded())
    desk_lock.lock(request)
    return HttpResponse(status=204) if "quiet" in request.POST else back_to(request.POST.get("next", ""))


@never_cache
@require_POST
def unlock(request: HttpRequest) -> HttpResponse:
    """Open it again by the password; the page behind a covered screen stays as it is."""
    quiet = "quiet" in request.POST
    try:
        opened = desk_lock.unlock(request, request.POST.get("password", ""))
    except LoginEnded as ended:
        return HttpResponse(status=ended.status) if quiet else show_error(request, ended)
    if quiet:
        return HttpResponse(status=204 if opened else 422)
    return go_on(request) if opened else locked_page(request, _("This is not your password. Type it again."))


def too_many_logins(request: HttpRequest) -> HttpResponse:
    """``handler429`` of the whole site: the login page is the only one that counts."""
    return show_error(request, TooManyLogins())
