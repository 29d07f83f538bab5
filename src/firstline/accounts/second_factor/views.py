"""The second factor: the code after the password, setting it up, codes to print, a new phone, a lost one."""

import uuid
from collections.abc import Callable
from typing import Any, cast

from allauth.mfa.base.views import AuthenticateView
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.accounts.models import Login
from firstline.accounts.second_factor import actions, setting_up
from firstline.accounts.second_factor.adapter import SecondFactorAdapter
from firstline.accounts.second_factor.demonstration import code_to_show
from firstline.accounts.second_factor.gate import was_given
from firstline.accounts.second_factor.second_factor_page import own_page, people_page, set_up_page
from firstline.accounts.second_factor.selectors import RESET
from firstline.kernel import clock
from firstline.kernel.errors import Invalid
from firstline.kernel.pages import Request, page
from firstline.kernel.send_again import inside

_WRONG = SecondFactorAdapter.error_messages["incorrect_code"]


class CodeView(AuthenticateView):  # type: ignore[misc]  # allauth ships no types
    """allauth's page after the password; in a demonstration it shows the present code."""

    template_name = "accounts/code.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"shown_code": code_to_show(self.stage.login.user)}


code = CodeView.as_view()


@require_http_methods(["GET", "POST"])
@page(None, half_open=True)
def second_factor(request: Request) -> HttpResponse:
    """Setting it up, for whoever has none; else what is set up."""
    login, following = _login(request), request.GET.get("next", "")
    if setting_up.phone_of(login) is not None:
        if was_given(request):
            return render(request, "accounts/second_factor.html", own_page(request.actor, login))
        # Set up meanwhile in another window: this session gives the code as every login does.
        logout(request)
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': following})}")
    if not setting_up.password_is_fresh(request, login):
        again = urlencode({"next": f"{reverse('accounts:second_factor')}?{urlencode({'next': following})}"})
        return HttpResponseRedirect(f"{reverse('account_reauthenticate')}?{again}", status=303)
    mistake = ""
    if request.method == "POST":
        mistake = _mistake(lambda: setting_up.confirm(request, login, request.POST.get("code", "")))
        if not mistake:
            return HttpResponseRedirect(f"{reverse('accounts:printed_codes')}?{urlencode({'next': following})}")
    secret = setting_up.pending_secret(request, login)
    shown = set_up_page(request.actor, login, secret, following=following, mistake=mistake)
    return render(request, "accounts/set_up.html", shown, status=422 if mistake else 200)


@require_GET
@page()
def printed_codes(request: Request) -> HttpResponse:
    """The codes to print, shown once."""
    codes = setting_up.codes_to_print(_login(request))
    following = inside(request.GET.get("next", ""))
    shown = {"codes": codes, "following": following, "login": request.actor.label, "made_on": clock.now()}
    return render(request, "accounts/printed_codes.html", shown)


@require_POST
@page()
def print_anew(request: Request) -> HttpResponse:
    """New codes to print, against a code."""
    login = _login(request)
    mistake = _mistake(lambda: setting_up.print_anew(login, request.POST.get("code", "")))
    if mistake:
        shown = own_page(request.actor, login, mistake=mistake, asked="print")
        return render(request, "accounts/second_factor.html", shown, status=422)
    return HttpResponseRedirect(reverse("accounts:printed_codes"), status=303)


@require_POST
@page()
def new_phone(request: Request) -> HttpResponse:
    """Another phone instead of the one set up, against a code."""
    login = _login(request)
    mistake = _mistake(lambda: setting_up.begin_anew(request, login, request.POST.get("code", "")))
    if mistake:
        shown = own_page(request.actor, login, mistake=mistake, asked="phone")
        return render(request, "accounts/second_factor.html", shown, status=422)
    return HttpResponseRedirect(reverse("accounts:second_factor"), status=303)


@require_GET
@page(RESET)
def people(request: Request) -> HttpResponse:
    """Who of the reader's places has a second factor, and who owes one."""
    return render(request, "accounts/second_factors.html", people_page(request.actor))


@require_POST
@page(RESET)
def reset(request: Request, person_id: uuid.UUID) -> HttpResponse:
    """Take a lost phone's second factor away."""
    try:
        reason = actions.Reason(request.POST.get("reason", ""))
    except ValueError:
        raise Invalid(problem=_("Say why it is reset.")) from None
    login = actions.reset_second_factor(request.actor, person_id=person_id, reason=reason)
    said = _("The second factor of %(login)s is reset. At the next login they are told so, and set up another.")
    messages.success(request, said % {"login": login.username})
    return HttpResponseRedirect(reverse("accounts:second_factors"), status=303)


def _mistake(attempt: Callable[[], bool]) -> str:
    try:
        return "" if attempt() else str(_WRONG)
    except ValidationError as refused:
        return " ".join(refused.messages)


def _login(request: HttpRequest) -> Login:
    return cast("Login", request.user)
