"""Campaigns: opening and ending one, its rules and rounds, and the cut-off of its frame."""

import uuid
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from django.utils import timezone
from django.utils.translation import gettext as _

from firstline.census import frame
from firstline.census.campaigns import campaign_for
from firstline.census.errors import CampaignLeads, CampaignNotUnderstood, FrameFrozen, RulesNotUnderstood
from firstline.census.jobs import RECORD_LISTS, REDERIVE
from firstline.census.models import Campaign, Round
from firstline.census.next_steps import LADDER
from firstline.census.rules import Rules
from firstline.kernel import changes, clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.paths import subtree
from firstline.places.selectors import place_at
from firstline.response.selectors import emergency_at

MANAGE = "census.manage_campaigns"
_LONGEST_NAME = 60


@action("census.open_campaign")
def open_campaign(
    actor: Actor,
    *,
    path: str,
    name: str,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
    leads: bool = False,
    campaign_id: uuid.UUID | None = None,
) -> Campaign:
    """Open a campaign over a place, in the emergency in force there; with ``leads`` everybody works in it from now on.

    ``ends_at`` is when it is meant to be over. Raises EmergencyMissing, CampaignNotUnderstood.
    """
    emergency = emergency_at(path)
    now = clock.now()
    starts = starts_at or now
    name = _named(name)
    if starts < emergency.started_at:
        raise CampaignNotUnderstood(problem=_("it cannot begin before the emergency did"))
    if ends_at is not None and ends_at <= starts:
        raise CampaignNotUnderstood(problem=_("it ends before it begins"))
    if leads and starts > now:
        raise CampaignNotUnderstood(problem=_("nobody can work in it before it begins"))
    if place_at(path) is None:
        raise CampaignNotUnderstood(problem=_("its area is not known"))
    campaign = Campaign(emergency=emergency, path=path, name=name, started_at=starts, ends_at=ends_at)
    if campaign_id is not None:
        campaign.pk = campaign_id
    ledger.record(path=path, subject=campaign, after={"name": name, "leads": leads})
    campaign.save(force_insert=True)
    Round.objects.create(campaign=campaign, number=1, name=_("First round"), starts_at=starts)
    if leads:
        _lead(campaign)
    return campaign


@action("census.lead_with")
def lead_with(actor: Actor, *, campaign_id: uuid.UUID) -> Campaign:
    """From now on everybody in this campaign's area works in it. Raises NotFound, CampaignNotUnderstood."""
    campaign = _locked(actor, campaign_id, "census.lead_with")
    now = clock.now()
    if campaign.ends_at is not None and campaign.ends_at <= now:
        raise CampaignNotUnderstood(problem=_("it is over"))
    if campaign.started_at > now:
        raise CampaignNotUnderstood(problem=_("nobody can work in it before it begins"))
    ledger.record(path=campaign.path, subject=campaign, after={"leads": True})
    _lead(campaign)
    return campaign


@action("census.end_campaign")
def end_campaign(actor: Actor, *, campaign_id: uuid.UUID) -> Campaign:
    """Nothing more is to be done in this campaign; what was recorded stays. Raises NotFound, CampaignLeads."""
    campaign = _locked(actor, campaign_id, "census.end_campaign")
    if campaign.leads:
        raise CampaignLeads
    campaign.ends_at = clock.now()
    ledger.record(path=campaign.path, subject=campaign, after={"ends_at": campaign.ends_at.isoformat()})
    campaign.save(update_fields=["ends_at"])
    return campaign


@action("census.freeze_frame")
def freeze_frame(actor: Actor, *, campaign_id: uuid.UUID) -> int:
    """Fix the doors of a campaign's area as its frame; how many there are. What comes or goes later is counted apart.

    Raises NotFound, FrameFrozen.
    """
    campaign = _locked(actor, campaign_id, "census.freeze_frame")
    if campaign.frozen_at is not None:
        raise FrameFrozen(since=f"{timezone.localtime(campaign.frozen_at):%Y-%m-%d %H:%M}")
    doors = frame.freeze(campaign, by=actor)
    RECORD_LISTS.later(actor, campaign.pk)
    ledger.record(path=campaign.path, subject=campaign, after={"frozen": doors})
    return doors


@action("census.change_rules")
def change_rules(actor: Actor, *, campaign_id: uuid.UUID, rules: Mapping[str, Any]) -> Campaign:
    """Change the rules of a campaign; rules not named stay. What follows from them is derived anew in the background.

    Raises NotFound, RulesNotUnderstood.
    """
    campaign = _locked(actor, campaign_id, "census.change_rules")
    before = campaign.rules_changed
    campaign.rules_changed = msgspec.to_builtins(_understood({**before, **rules}))
    ledger.record(path=campaign.path, subject=campaign, before=before, after=campaign.rules_changed)
    campaign.save(update_fields=["rules_changed"])
    if campaign.rules_changed != before:
        REDERIVE.later(actor, campaign.pk)
    return campaign


@action("census.add_round")
def add_round(actor: Actor, *, campaign_id: uuid.UUID, name: str, starts_at: datetime | None = None) -> Round:
    """Begin another round of a campaign, now or later. Raises NotFound, CampaignNotUnderstood."""
    campaign = _locked(actor, campaign_id, "census.add_round")
    last = campaign.rounds.order_by("-number").first()
    starts = starts_at or clock.now()
    name = _named(name)
    if starts < campaign.started_at or (last is not None and starts <= last.starts_at):
        raise CampaignNotUnderstood(problem=_("a round begins after the one before it"))
    begun = Round(campaign=campaign, number=last.number + 1 if last else 1, name=name, starts_at=starts)
    ledger.record(path=campaign.path, subject=begun, after={"name": name, "number": begun.number})
    begun.save(force_insert=True)
    return begun


def _named(name: str) -> str:
    if not (named := name.strip()) or len(named) > _LONGEST_NAME:
        problem = _("it needs a name of at most %(most)d characters") % {"most": _LONGEST_NAME}
        raise CampaignNotUnderstood(problem=problem)
    return named


def _locked(actor: Actor, campaign_id: uuid.UUID, needs: str) -> Campaign:
    campaign_for(actor, campaign_id, needs=needs)
    return Campaign.objects.select_related("emergency__key").select_for_update(of=("self",)).get(pk=campaign_id)


def _lead(campaign: Campaign) -> None:
    """Of campaigns of one place one leads; the places below may have their own, which end with this one's beginning."""
    below = subtree(campaign.path)
    same = Campaign.objects.filter(
        emergency_id=campaign.emergency_id, path__gte=below.lo, path__lt=below.hi, leads=True
    ).exclude(pk=campaign.pk)
    same.update(leads=False)
    campaign.leads = True
    campaign.save(update_fields=["leads"])
    changes.touch([campaign.path])


def _understood(rules: Mapping[str, Any]) -> Rules:
    try:
        found = msgspec.convert(dict(rules), Rules, strict=True)
    except msgspec.ValidationError as problem:
        raise RulesNotUnderstood(problem=str(problem)) from problem
    if unknown := set(found.refusal_ladder) - LADDER.keys():
        raise RulesNotUnderstood(problem=", ".join(sorted(unknown)))
    if found.evening_from >= found.evening_until:
        raise RulesNotUnderstood(problem=_("the evening ends before it begins"))
    return found
