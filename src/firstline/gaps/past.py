"""What was open at a past moment, and how high it stood then: from events, by the rules of each time before it."""

import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from firstline.gaps.escalation import Taken, tier_at
from firstline.gaps.models import Gap, GapEvent, Reach
from firstline.gaps.paging import pages_of
from firstline.gaps.rules import DatedRules, RulesInForce, taken_of
from firstline.gaps.selectors import READ, open_gaps
from firstline.kernel import clock, gap_sources
from firstline.kernel.actors import Actor
from firstline.places.selectors import names_at

_A_PAGE = 100


class Then(NamedTuple):
    """A gap as it stood at a moment: the level it had reached."""

    gap: Gap
    tier: Reach


def past_page(actor: Actor, asked: QueryDict) -> dict[str, Any]:
    """What was open in the actor's places at a moment (now, unless a past one is asked for), the highest first."""
    at, known = _moment(asked.get("at", "")), gap_sources.kinds()
    everything = as_of(actor, at)
    levels = Counter(one.tier for one in everything)
    tier = asked.get("tier", "") if asked.get("tier", "") in map(str, Reach.values) else ""
    found = [one for one in everything if not tier or one.tier == int(tier)]
    pages = pages_of(len(found), asked, _A_PAGE)
    shown = found[pages.rows]
    names, much = names_at({one.gap.path for one in shown}), much_of([one.gap for one in shown], at)
    return {
        "section": "gaps:home",
        "at": timezone.localtime(at),
        "filters": _filters(asked.get("at", ""), tier, levels),
        "tier": tier,
        "rows": [
            {
                "url": reverse("gaps:gap", args=[one.gap.pk]),
                "title": known[one.gap.kind].title if one.gap.kind in known else one.gap.kind,
                "place": names.get(one.gap.path, one.gap.path),
                "level": one.tier.label,
                "count": much[one.gap.pk],
                "since": one.gap.opened_at,
            }
            for one in shown
        ],
        "all_count": len(everything),
        "pages": pages,
    }


def as_of(actor: Actor, at: datetime) -> list[Then]:
    """All gaps open in the actor's places at a moment, the highest and gravest first; four statements."""
    gaps = open_gaps(actor.ranges(READ), at).order_by("opened_at", "pk")
    times, taken = DatedRules().until(at), taken_of(gaps, at)
    found = [Then(gap, _reached(gap, times, taken.get(gap.pk, ()))) for gap in gaps]
    return sorted(found, key=lambda one: (-one.tier, -one.gap.severity))


def much_of(gaps: Sequence[Gap], at: datetime) -> dict[uuid.UUID, int]:
    """How much of each gap was known last at a moment, by its id; one statement."""
    told = GapEvent.objects.filter(gap__in=gaps, at__lte=at).order_by("at", "received_at", "id")
    counts = dict(told.values_list("gap_id", "count"))
    return {gap.pk: counts.get(gap.pk, gap.count) for gap in gaps}


def _reached(gap: Gap, times: Sequence[tuple[datetime, RulesInForce]], taken: Iterable[Taken]) -> Reach:
    """The highest level that any of the rules had raised it to by the end of their time; nothing climbs down."""
    tiers = (
        tier_at(gap.opened_at, gap.first_tier, rules.at(gap.path).band_of(gap.severity), taken, end)
        for end, rules in times
        if end >= gap.opened_at
    )
    return Reach(max(tiers, default=gap.first_tier))


def _filters(at: str, chosen: str, levels: Counter[Reach]) -> list[dict[str, Any]]:
    offered = [("", _("All"), levels.total())]
    offered += [(str(reach.value), str(reach.label), levels[reach]) for reach in reversed(Reach)]
    return [
        {
            "label": label,
            "count": count,
            "url": f"?{urlencode({name: given for name, given in (('at', at), ('tier', value)) if given})}",
            "active": value == chosen,
            "key": str(key),
        }
        for key, (value, label, count) in enumerate(offered, 1)
    ]


def _moment(given: str) -> datetime:
    now = clock.now()
    try:
        moment = parse_datetime(given)
    except ValueError:
        moment = None
    if moment is None or not 2000 <= moment.year < 9000:
        return now
    return min(timezone.make_aware(moment) if timezone.is_naive(moment) else moment, now)
