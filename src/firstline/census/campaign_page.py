"""What the pages of campaigns stand on: the account that closes, rounds, rules, and what is left where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firstline.census.actions import MANAGE
from firstline.census.campaigns import Part, campaigns_for
from firstline.census.coverage import Account, Coverage, coverage_of
from firstline.census.errors import CampaignNotUnderstood, RulesNotUnderstood
from firstline.census.models import Campaign
from firstline.census.next_steps import LADDER
from firstline.census.page_parts import Equation, Term, equation, with_query
from firstline.census.rooms_page import wings_for
from firstline.census.rules import Rules
from firstline.census.selectors import READ, attempts_by_round
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.paths import COMMUNITY_LENGTH, Range, subtree
from firstline.places.selectors import names_at


@dataclass(frozen=True, slots=True)
class Side:
    """A term of the left side of the account: doors at the cut-off, added, removed."""

    sign: str
    count: int
    label: str | Promise
    url: str


@dataclass(frozen=True, slots=True)
class RuleField:
    """One rule as a field of the form."""

    name: str
    label: str | Promise
    unit: str | Promise
    value: int
    most: int


_FIELDS: tuple[tuple[str, str | Promise, str | Promise, int], ...] = (
    ("evening_from", gettext_lazy("The evening begins at"), gettext_lazy("o'clock"), 24),
    ("evening_until", gettext_lazy("and ends at"), gettext_lazy("o'clock"), 24),
    ("knocks_before_notice", gettext_lazy("A notice goes on the door after"), gettext_lazy("unanswered knocks"), 20),
    ("call_back_days", gettext_lazy("After a notice they are to call within"), gettext_lazy("days"), 60),
    ("form_days", gettext_lazy("A form is fetched after"), gettext_lazy("days"), 60),
    ("refusal_days", gettext_lazy("After a refusal somebody else goes within"), gettext_lazy("days"), 60),
    ("partial_days", gettext_lazy("What is missing is asked within"), gettext_lazy("days"), 60),
    ("unknown_days", gettext_lazy("A door not settled is looked at again within"), gettext_lazy("days"), 60),
    ("seal_days", gettext_lazy("A seal is looked at every"), gettext_lazy("days"), 60),
    ("calls_before_visit", gettext_lazy("Somebody goes there after"), gettext_lazy("calls without anybody"), 20),
    ("call_again_hours", gettext_lazy("The next call comes after"), gettext_lazy("hours"), 72),
)
LADDER_WORDS: dict[str, str | Promise] = {
    "talker": gettext_lazy("another talker"),
    "doctor": gettext_lazy("the doctor"),
    "director": gettext_lazy("the director"),
}


def campaigns_page(actor: Actor) -> dict[str, Any]:
    """All campaigns that reach somebody's places, each with its account there."""
    found = campaigns_for(actor, needs=READ)
    names = names_at({campaign.path for campaign in found})
    ranges = actor.ranges(READ)
    return {
        "section": "census:campaigns",
        "wings": list(wings_for(actor)),
        "rows": [_row(campaign, names, ranges) for campaign in found],
        "areas": _areas(actor),
    }


def campaign_page(actor: Actor, campaign: Campaign) -> dict[str, Any]:
    """One campaign: its account, what is left where, its rounds and rules."""
    within = _reached(campaign, actor.ranges(READ))
    covered = coverage_of([Part(one, campaign) for one in within], *within)
    may_manage = actor.may(MANAGE, campaign.path)
    names = names_at([campaign.path])
    return {
        "section": "census:campaigns",
        "campaign": campaign,
        "place": names.get(campaign.path, ""),
        "account": closed(covered.total, campaign),
        "left_side": left_side(covered.total, campaign),
        "closes": covered.total.closes,
        "rows": _places(covered, campaign),
        "rounds": _rounds(campaign, within),
        "rules": rule_fields(campaign.rules),
        "ladder": [{"number": at, "chosen": rung} for at, rung in enumerate(campaign.rules.refusal_ladder, 1)],
        "ladder_words": LADDER_WORDS,
        "lists_complete": campaign.rules.lists_complete,
        "over": campaign.ends_at is not None and campaign.ends_at <= clock.now(),
        "may_manage": may_manage,
    }


def closed(account: Account, campaign: Campaign, at: str = "") -> Equation:
    """The right side of an account; every term opens to its doors."""
    url = reverse("census:doors")
    drawn = equation(account)
    terms = [
        Term(term.outcome, term.count, with_query(url, campaign=campaign.pk, at=at, outcome=term.outcome))
        for term in drawn.terms
    ]
    return Equation(drawn.total, drawn.left, terms, drawn.walked, drawn.unwalked, drawn.frames)


def left_side(account: Account, campaign: Campaign, at: str = "") -> list[Side]:
    """The frame, and what changed of it since the cut-off; before one was set only the doors known."""
    url = reverse("census:doors")
    if campaign.frozen_at is None:
        return [Side("", account.frame, _("known doors"), with_query(url, campaign=campaign.pk, at=at))]
    terms = (
        ("", account.frame, _("in the frame"), "frame"),
        ("+", account.added, _("added"), "added"),
        ("−", account.removed, _("removed"), "removed"),
    )
    return [
        Side(sign, count, label, with_query(url, campaign=campaign.pk, at=at, change=change))
        for sign, count, label, change in terms
    ]


def rule_fields(rules: Rules) -> list[RuleField]:
    """The rules that are numbers, as fields of the form."""
    return [RuleField(name, label, unit, getattr(rules, name), most) for name, label, unit, most in _FIELDS]


def posted_rules(form: QueryDict) -> dict[str, Any]:
    """Rules as a form posts them. Raises RulesNotUnderstood for what is no number."""
    rules: dict[str, Any] = {}
    for name, label, _unit, _most in _FIELDS:
        if (typed := form.get(name, "").strip()) == "":
            continue
        if not typed.isdecimal():
            raise RulesNotUnderstood(problem=f"{label}: {typed[:20]}")
        rules[name] = int(typed)
    if ladder := [rung for rung in form.getlist("ladder") if rung]:
        rules["refusal_ladder"] = [rung for rung in ladder if rung in LADDER]
    rules["lists_complete"] = "lists_complete" in form
    return rules


def posted_moment(typed: str) -> datetime | None:
    """A moment as a field for date and time posts it, in local time; nothing typed is None.

    Raises CampaignNotUnderstood.
    """
    if not typed.strip():
        return None
    try:
        moment = parse_datetime(typed.strip())
    except ValueError:
        moment = None
    if moment is None:
        raise CampaignNotUnderstood(problem=_("“%(typed)s” is no date and time") % {"typed": typed[:30]})
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment


def _row(campaign: Campaign, names: dict[str, str], ranges: Sequence[Range]) -> dict[str, Any]:
    within = _reached(campaign, ranges)
    account = coverage_of([Part(one, campaign) for one in within], *within).total
    return {
        "name": campaign.name,
        "place": names.get(campaign.path, ""),
        "url": reverse("census:campaign", args=[campaign.pk]),
        "leads": campaign.leads,
        "started_at": campaign.started_at,
        "over": campaign.ends_at is not None and campaign.ends_at <= clock.now(),
        "doors": account.doors,
        "left": account.left,
    }


def _reached(campaign: Campaign, ranges: Sequence[Range]) -> list[Range]:
    """The parts of somebody's ranges that lie in a campaign's area."""
    area = subtree(campaign.path)
    return [one if area.holds(one) else area for one in ranges if area.holds(one) or one.holds(area)]


def _places(covered: Coverage, campaign: Campaign) -> list[dict[str, Any]]:
    rows = []
    for one in sorted(covered.places, key=lambda one: (-one.account.left, one.path)):
        doors_url = with_query(reverse("census:doors"), campaign=campaign.pk, at=one.path)
        by_compound = one.compound_id is not None and campaign.leads
        rows.append(
            {
                "name": one.name,
                "url": reverse("census:compound", args=[one.compound_id]) if by_compound else doors_url,
                "doors": one.account.doors,
                "left": one.account.left,
                "terms": equation(one.account).terms,
                "unmanaged": False,
                "walked": one.account.all_walked,
                "who": "",
            }
        )
    return [row for row in rows if row["doors"]]


def _rounds(campaign: Campaign, within: Sequence[Range]) -> list[dict[str, Any]]:
    rounds = list(campaign.rounds.order_by("number"))
    # Above a community attempts are too many to be counted for a page.
    counted = all(len(one.lo) >= COMMUNITY_LENGTH for one in within)
    starts = [one.starts_at for one in rounds]
    counts = attempts_by_round(campaign.pk, within, starts) if counted and starts else {}
    return [
        {"number": one.number, "name": one.name, "starts_at": one.starts_at, "attempts": counts.get(at)}
        for at, one in enumerate(rounds, 1)
    ]


def _areas(actor: Actor) -> list[dict[str, str]]:
    """Where somebody may open a campaign: the places of their grants."""
    ranges = [one for one in actor.ranges("census.open_campaign") if one.lo]
    names = names_at(one.lo for one in ranges)
    return [{"path": one.lo, "name": names.get(one.lo, one.lo)} for one in ranges]
