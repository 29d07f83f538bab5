"""The pages of channels: every compound's, and the choice for one."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from firstline.census.channels.actions import choose_channels
from firstline.census.channels.channels_page import channels_page, choose_page
from firstline.census.channels.errors import ChannelsUnknown
from firstline.census.channels.selectors import CHOOSE, READ
from firstline.kernel.pages import Request, page
from firstline.places.selectors import compound_for


@require_GET
@page(READ)
def channels(request: Request) -> HttpResponse:
    """Which channel for which compound, why, and what each has brought."""
    return render(request, "census/channels/channels.html", channels_page(request.actor))


@require_http_methods(["GET", "POST"])
@page(CHOOSE)
def choose(request: Request, compound_id: uuid.UUID) -> HttpResponse:
    """The channels of one compound, in their order."""
    compound = compound_for(request.actor, compound_id, needs=CHOOSE)
    if request.method == "GET":
        return render(request, "census/channels/choose.html", choose_page(request.actor, compound))
    chosen = [word for word in request.POST.getlist("channel") if word]
    group = {"yes": True, "no": False}.get(request.POST.get("group", ""))
    try:
        choose_channels(request.actor, compound_id=compound.pk, channels=chosen, chat_group=group)
    except ChannelsUnknown as refused:
        context = choose_page(request.actor, compound, chosen=chosen, mistake=str(refused))
        return render(request, "census/channels/choose.html", context, status=refused.status)
    messages.success(request, _("Kept. %(compound)s is worked like this from now on.") % {"compound": compound})
    return HttpResponseRedirect(reverse("census:channels"))
