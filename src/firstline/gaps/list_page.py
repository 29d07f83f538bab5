"""The list of gaps: whatever is open in somebody's places, the highest and gravest first, and what narrows it down."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firstline.accounts.selectors import names_of, who_may_where
from firstline.gaps.board import Row
from firstline.gaps.climbing import next_of_one
from firstline.gaps.gap_page import TAKE
from firstline.gaps.models import Gap, Reach
from firstline.gaps.paging import pages_of
from firstline.gaps.selectors import READ, open_gaps
from firstline.kernel import clock, gap_sources
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.ids import read_id
from firstline.kernel.paths import COMPOUND_LENGTH, subtree
from firstline.places.selectors import names_at
from firstline.response.answering.selectors import Answerer, answerers_at, found_for

_A_PAGE = 50
_OLD = timedelta(days=1)
# Instead of a person's id: what nobody answers for.
NOBODY = "nobody"
_SHOWS = ("all", "nobody", "taken", "mine", "disputed", "old")


def list_page(actor: Actor, asked: QueryDict) -> dict[str, Any]:
    """One page of the gaps somebody asked for, and how many there are. Raises NotFound."""
    show = asked.get("show", "") if asked.get("show", "") in _SHOWS else "all"
    tier = asked.get("tier", "") if asked.get("tier", "") in map(str, Reach.values) else ""
    kind = asked.get("kind", "") if asked.get("kind", "") in gap_sources.kinds() else ""
    chosen = {"at": asked.get("at", ""), "kind": kind, "tier": tier, "who": asked.get("who", "")}
    found = _chosen(actor, chosen["at"], kind, tier)
    whose = ""
    if chosen["who"]:
        found, whose = _answered_for(found, chosen["who"])
    shows = _shows(actor)
    counts = found.aggregate(**{one: Count("pk", filter=shows[one]) for one in _SHOWS})
    pages = pages_of(counts[show], asked, _A_PAGE)
    shown = list(found.filter(shows[show]).order_by("-tier", "-severity", "opened_at", "pk")[pages.rows])
    return {
        "section": "gaps:home",
        "place": names_at([chosen["at"]]).get(chosen["at"], "") if chosen["at"] else "",
        "whose": whose,
        "filters": [_filter(one, show, counts[one], chosen, key) for key, one in enumerate(_SHOWS, 1)],
        "show": show,
        **chosen,
        "tiers": [{"value": str(one.value), "name": one.label} for one in reversed(Reach)],
        "kinds": _kinds(actor),
        "rows": _rows(actor, shown),
        "count": counts[show],
        "pages": pages,
        "all_count": counts["all"],
        "rules_url": reverse("gaps:rules") if actor.may("gaps.change_rules") else "",
        "people": _people(actor) if show == "mine" and shown else [],
    }


def list_url(path: str, *, kind: str = "", who: str = "") -> str:
    """The address of what is open at a place and below it, of one kind or of whom one person answers for."""
    asked = {"at": path} | ({"kind": kind} if kind else {}) | ({"who": who} if who else {})
    return f"{reverse('gaps:list')}?{urlencode(asked)}"


def _chosen(actor: Actor, at: str, kind: str, tier: str) -> "QuerySet[Gap]":
    ranges = actor.ranges(READ)
    if at:
        # A message to many names their community; each sees their own part of it.
        ranges = [subtree(at)] if any(at in one for one in ranges) else [one for one in ranges if one.lo in subtree(at)]
        if not ranges:
            raise NotFound
    wanted = (Q(kind=kind) if kind else Q()) & (Q(tier=tier) if tier else Q())
    return open_gaps(ranges).filter(wanted)


def _answered_for(found: "QuerySet[Gap]", who: str) -> tuple["QuerySet[Gap]", str]:
    """Those that one person (their id), or nobody (``NOBODY``), answers for by where they lie; what that one is called.

    As boards count them: what lies at a post or a building is its compound's.
    """
    paths = set(found.order_by().values_list("path", flat=True).distinct())
    answers, opened = found_for({path[:COMPOUND_LENGTH] for path in paths})
    wanted = None if who == NOBODY else read_id(who)
    theirs = {place: one for place, one in answers.items() if one.person_id == wanted}
    if who == NOBODY:
        return found.filter(path__in=[path for path in paths if path[:COMPOUND_LENGTH] not in answers]), _(
            "nobody is named there yet"
        )
    name = opened(next(iter(theirs.values()))).name if theirs else ""
    return found.filter(path__in=[path for path in paths if path[:COMPOUND_LENGTH] in theirs]), name


def _shows(actor: Actor) -> dict[str, Q]:
    now = clock.now()
    taken = Q(taken_until__gt=now)
    return {
        "all": Q(pk__isnull=False),
        "nobody": Q(taken_until=None) | Q(taken_until__lte=now),
        "taken": taken,
        "mine": taken & Q(taken_by_id=actor.person_id),
        "disputed": Q(disputed=True),
        "old": Q(opened_at__lte=now - _OLD),
    }


def _filter(one: str, show: str, count: int, chosen: dict[str, str], key: int) -> dict[str, Any]:
    words = {
        "all": _("All"),
        "nobody": _("Nobody has it"),
        "taken": _("Somebody has it"),
        "mine": _("I have it"),
        "disputed": _("Said to be wrong"),
        "old": _("Older than a day"),
    }
    asked = urlencode({"show": one} | {name: value for name, value in chosen.items() if value})
    return {"label": words[one], "count": count, "url": f"?{asked}", "active": one == show, "key": str(key)}


def _kinds(actor: Actor) -> list[dict[str, str]]:
    lying = open_gaps(actor.ranges(READ)).order_by("kind").values_list("kind", flat=True).distinct()
    known = gap_sources.kinds()
    return [{"value": kind, "name": str(known[kind].title)} for kind in lying if kind in known]


def _rows(actor: Actor, gaps: list[Gap]) -> list[Row]:
    names, now = names_at({gap.path for gap in gaps}), clock.now()
    holders = names_of({gap.taken_by_id for gap in gaps if gap.taken_by_id})
    answering = {
        tier: answerers_at({gap.path for gap in gaps if gap.tier == tier}, Reach(tier).level)
        for tier in {gap.tier for gap in gaps}
    }
    found = []
    for gap in gaps:
        held = gap.taken_until is not None and gap.taken_until > now
        holder = holders.get(gap.taken_by_id, "") if held and gap.taken_by_id else ""
        found.append(_row(actor, gap, names.get(gap.path, gap.path), answering[gap.tier].get(gap.path), holder))
    return found


def _row(actor: Actor, gap: Gap, place: str, answerer: Answerer | None, holder: str) -> Row:
    kind = gap_sources.kinds().get(gap.kind)
    return Row(
        kind=gap.kind,
        stage="gap",
        count=gap.count,
        unit=kind.unit if kind else "",
        title=kind.title if kind else gap.kind,
        detail=place,
        who=answerer.name if answerer else _("Nobody yet"),
        who_role=str(answerer.label) if answerer else _("Name somebody"),
        who_url=reverse("response:answers_at", args=[gap.path]),
        yours=answerer is not None and answerer.person_id == actor.person_id,
        since=gap.since,
        next=next_of_one(gap, holder),
        action_label=_("Look"),
        action_url=reverse("gaps:gap", args=[gap.pk]),
    )


def _people(actor: Actor) -> list[dict[str, str]]:
    """Whom what the actor has may be handed over to, and how much of it would stay; whoever takes most first."""
    held = open_gaps(actor.ranges(READ)).filter(taken_by_id=actor.person_id, taken_until__gt=clock.now())
    lying = Counter(held.order_by().values_list("path", flat=True))
    may = who_may_where(TAKE, lying.keys())
    may.pop(actor.person_id, None)
    names = names_of(may.keys())
    stays = {one: sum(lying.values()) - sum(lying[path] for path in those) for one, those in may.items()}
    return [
        {"id": str(one), "name": names[one], "stays": _stays(stays[one])}
        for one in sorted(may, key=lambda one: (stays[one], names[one]))
    ]


def _stays(count: int) -> str:
    return ngettext("%(n)d stays with you", "%(n)d stay with you", count) % {"n": count} if count else ""
