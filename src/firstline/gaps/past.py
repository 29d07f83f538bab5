"""What was open at a past moment, and how high it stood then: from events, by the rules of that moment."""

from collections import Counter
from datetime import datetime
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from firstline.gaps.escalation import tier_at
from firstline.gaps.models import Gap, GapEvent, Reach
from firstline.gaps.rules import RulesInForce, taken_of
from firstline.gaps.selectors import READ, open_gaps
from firstline.kernel import clock, gap_sources
from firstline.kernel.actors import Actor
from firstline.places.selectors import names_at

# The gravest of so many are looked at; a county on its worst evening has fewer.
_MOST = 2_000
_SHOWN = 100


class Then(NamedTuple):
    """A gap as it stood at a moment: how much of it was known last, and the level it had reached."""

    gap: Gap
    much: int
    tier: Reach


def past_page(actor: Actor, asked: QueryDict) -> dict[str, Any]:
    """What was open in the actor's places at a moment (now, unless a past one is asked for), the highest first."""
    at, known = _moment(asked.get("at", "")), gap_sources.kinds()
    found = as_of(actor, at)
    names = names_at({one.gap.path for one in found[:_SHOWN]})
    levels = Counter(one.tier for one in found)
    return {
        "section": "gaps:home",
        "at": timezone.localtime(at),
        "levels": [{"label": reach.label, "count": levels[reach]} for reach in Reach],
        "rows": [
            {
                "url": reverse("gaps:gap", args=[one.gap.pk]),
                "title": known[one.gap.kind].title if one.gap.kind in known else one.gap.kind,
                "place": names.get(one.gap.path, one.gap.path),
                "level": one.tier.label,
                "count": one.much,
                "since": one.gap.opened_at,
            }
            for one in found[:_SHOWN]
        ],
        "count": len(found),
        "more": max(0, len(found) - _SHOWN),
    }


def as_of(actor: Actor, at: datetime) -> list[Then]:
    """The gaps open in the actor's places at a moment, the highest and gravest first; four statements."""
    gaps = list(open_gaps(actor.ranges(READ), at).order_by("-severity", "opened_at", "pk")[:_MOST])
    rules, taken = RulesInForce(at), taken_of(gaps, at)
    told = GapEvent.objects.filter(gap__in=gaps, at__lte=at).order_by("at", "received_at", "id")
    counts = dict(told.values_list("gap_id", "count"))
    found = []
    for gap in gaps:
        band = rules.at(gap.path).band_of(gap.severity)
        tier = Reach(tier_at(gap.opened_at, gap.first_tier, band, taken.get(gap.pk, ()), at))
        found.append(Then(gap, counts.get(gap.pk, gap.count), tier))
    return sorted(found, key=lambda one: (-one.tier, -one.gap.severity, one.gap.opened_at))


def _moment(given: str) -> datetime:
    now = clock.now()
    try:
        moment = parse_datetime(given)
    except ValueError:
        moment = None
    if moment is None or not 2000 <= moment.year < 9000:
        return now
    return min(timezone.make_aware(moment) if timezone.is_naive(moment) else moment, now)
