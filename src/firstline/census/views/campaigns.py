"""Campaigns: their accounts, rules and rounds, and the doors behind every number."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from firstline.census.actions import (
    add_round,
    change_rules,
    end_campaign,
    freeze_frame,
    lead_with,
    open_campaign,
)
from firstline.census.campaign_page import campaign_page, campaigns_page, posted_moment, posted_rules
from firstline.census.campaigns import campaign_for
from firstline.census.doors_page import doors_page
from firstline.census.selectors import READ
from firstline.kernel.pages import Request, page


@require_GET
@page(READ)
def campaigns(request: Request) -> HttpResponse:
    """All campaigns that reach the reader's places."""
    return render(request, "census/campaigns.html", campaigns_page(request.actor))


@require_GET
@page(READ)
def campaign(request: Request, campaign_id: uuid.UUID) -> HttpResponse:
    """One campaign: the account that closes, rounds, rules."""
    found = campaign_for(request.actor, campaign_id, needs=READ)
    return render(request, "census/campaign.html", campaign_page(request.actor, found))


@require_GET
@page(READ)
def doors(request: Request) -> HttpResponse:
    """The doors behind a number of an account."""
    return render(request, "census/doors.html", doors_page(request.actor, request.GET))


@require_POST
@page("census.open_campaign")
def begin(request: Request) -> HttpResponse:
    """Open a campaign."""
    form = request.POST
    opened = open_campaign(
        request.actor,
        path=form.get("path", ""),
        name=form.get("name", ""),
        starts_at=posted_moment(form.get("starts_at", "")),
        ends_at=posted_moment(form.get("ends_at", "")),
        leads="leads" in form,
    )
    messages.success(request, _("The census “%(name)s” has begun.") % {"name": opened.name})
    return _to(opened.pk)


@require_POST
@page("census.lead_with")
def lead(request: Request, campaign_id: uuid.UUID) -> HttpResponse:
    """Let everybody work in a campaign."""
    lead_with(request.actor, campaign_id=campaign_id)
    messages.success(request, _("From now on everybody works in this census."))
    return _to(campaign_id)


@require_POST
@page("census.end_campaign")
def end(request: Request, campaign_id: uuid.UUID) -> HttpResponse:
    """End a campaign."""
    end_campaign(request.actor, campaign_id=campaign_id)
    messages.success(request, _("This census is over. What was recorded stays."))
    return _to(campaign_id)


@require_POST
@page("census.freeze_frame")
def freeze(request: Request, campaign_id: uuid.UUID) -> HttpResponse:
    """Set the cut-off of a campaign's frame."""
    doors = freeze_frame(request.actor, campaign_id=campaign_id)
    said = ngettext("%(n)d door is the frame now.", "%(n)d doors are the frame now.", doors)
    messages.success(request, said % {"n": doors})
    return _to(campaign_id)


@require_POST
@page("census.change_rules")
def rules(request: Request, campaign_id: uuid.UUID) -> HttpResponse:
    """Change a campaign's rules."""
    change_rules(request.actor, campaign_id=campaign_id, rules=posted_rules(request.POST))
    messages.success(request, _("The rules stand. What follows from them is being worked out anew."))
    return _to(campaign_id)


@require_POST
@page("census.add_round")
def begin_round(request: Request, campaign_id: uuid.UUID) -> HttpResponse:
    """Begin another round."""
    starts_at = posted_moment(request.POST.get("starts_at", ""))
    begun = add_round(request.actor, campaign_id=campaign_id, name=request.POST.get("name", ""), starts_at=starts_at)
    messages.success(request, _("“%(name)s” has begun.") % {"name": begun.name})
    return _to(campaign_id)


def _to(campaign_id: uuid.UUID) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("census:campaign", args=[campaign_id]))
