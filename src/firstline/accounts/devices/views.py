"""Phones: the list, one of them, the code of a new one, and what a supervisor decides."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from firstline.accounts.devices import actions
from firstline.accounts.devices.devices_page import (
    INVITE,
    device_page,
    devices_page,
    invitation_state,
    invite_page,
    invited_page,
)
from firstline.accounts.devices.inputs import invitee_of, until_of
from firstline.accounts.devices.selectors import READ, device_known, invitation_for
from firstline.kernel.errors import FirstlineError
from firstline.kernel.pages import Request, page


@require_GET
@page(READ)
def devices(request: Request) -> HttpResponse:
    """All phones of the reader's places."""
    return render(request, "accounts/devices.html", devices_page(request.actor))


@require_GET
@page(READ)
def device(request: Request, device_id: uuid.UUID) -> HttpResponse:
    """One phone."""
    return render(request, "accounts/device.html", device_page(request.actor, device_known(request.actor, device_id)))


@require_http_methods(["GET", "POST"])
@page(INVITE)
def invite(request: Request) -> HttpResponse:
    """The form of a new phone; posted, its code, which is shown this once."""
    if request.method == "GET":
        return render(request, "accounts/invite.html", invite_page(request.actor))
    try:
        said = invitee_of(request.POST)
        invited = actions.invite_device(
            request.actor,
            person_id=said.person_id,
            path=said.path,
            hats=said.hats,
            until=said.until,
            borrowed=said.borrowed,
            label=said.label,
            may_be_volatile=said.may_be_volatile,
        )
    except FirstlineError as error:
        if error.status != 422:
            raise
        shown = invite_page(request.actor, request.POST, str(error))
        return render(request, "accounts/invite.html", shown, status=error.status)
    return render(request, "accounts/invited.html", invited_page(invited))


@require_GET
@page(INVITE)
def invitation(request: Request, invitation_id: uuid.UUID) -> HttpResponse:
    """What has become of an invitation; the page with its code asks every two seconds."""
    found = invitation_for(request.actor, invitation_id)
    return render(request, "accounts/_invitation.html", invitation_state(found))


@require_POST
@page("accounts.extend_device")
def extend(request: Request, device_id: uuid.UUID) -> HttpResponse:
    """Give a phone for longer."""
    actions.extend_device(request.actor, device_id=device_id, until=until_of(request.POST))
    return _to(request, device_id, _("The phone is given for that long. It hears so at its next contact."))


@require_POST
@page("accounts.move_device")
def move(request: Request, device_id: uuid.UUID) -> HttpResponse:
    """Give a phone for another place."""
    actions.move_device(request.actor, device_id=device_id, path=request.POST.get("path", ""))
    return _to(request, device_id, _("From its next contact on the phone shows the other area."))


@require_POST
@page("accounts.revoke_device")
def revoke(request: Request, device_id: uuid.UUID) -> HttpResponse:
    """Take everything from a phone."""
    actions.revoke_device(request.actor, device_id=device_id)
    return _to(request, device_id, _("The phone is revoked. What it still sends waits until somebody looks at it."))


@require_POST
@page("accounts.ask_wipe")
def wipe(request: Request, device_id: uuid.UUID) -> HttpResponse:
    """Ask a phone to wipe itself."""
    actions.ask_wipe(request.actor, device_id=device_id)
    return _to(request, device_id, _("The phone wipes itself at its next contact, once all it recorded is here."))


@require_POST
@page("accounts.end_wipe")
def keep(request: Request, device_id: uuid.UUID) -> HttpResponse:
    """Take the wipe back."""
    actions.end_wipe(request.actor, device_id=device_id)
    return _to(request, device_id, _("The phone is not wiped."))


@require_POST
@page("accounts.settle_loss")
def settle(request: Request, device_id: uuid.UUID) -> HttpResponse:
    """Say that what a phone held was looked into."""
    actions.settle_loss(request.actor, device_id=device_id)
    return _to(request, device_id, _("Noted. This phone is off the list of what is missing."))


def _to(request: Request, device_id: uuid.UUID, said: str) -> HttpResponseRedirect:
    messages.success(request, said)
    return HttpResponseRedirect(reverse("accounts:device", args=[device_id]))
