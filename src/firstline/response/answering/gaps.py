"""What is missing of answering: nobody at a level, a post without a leader, too much for one, nobody standing in."""

from datetime import timedelta
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstline.kernel.gap_sources import Waiting
from firstline.response.answering import holes, households
from firstline.response.answering.selectors import READ
from firstline.response.models import Tier


def _waits(found: "QuerySet[Any]", at: Any = "path", grace: timedelta = holes.GRACE) -> "QuerySet[Any, Any]":
    return found.order_by().values_list(at, "hole_since", holes.late_from("hole_since", grace))


def _without(tier: Tier) -> "QuerySet[Any, Any]":
    return _waits(holes.without(tier))


def _posts() -> "QuerySet[Any, Any]":
    # Posts wait at their place: a page of a county names places.
    return _waits(holes.posts_without_head(), "place__path")


def _too_much() -> "QuerySet[Any, Any]":
    return _waits(holes.overloaded())


def _away() -> "QuerySet[Any, Any]":
    # Nobody waits a day for somebody who is not there.
    return _waits(holes.away_alone(), holes.place_path(), timedelta(0))


def _five() -> "QuerySet[Any, Any]":
    return _waits(holes.five_incomplete())


def _table_url(show: str, place: str) -> str:
    query = {"show": show} | ({"at": place} if place else {})
    return f"{reverse('response:answers')}?{urlencode(query)}"


# Each is rows found once in the life of a process, so each has a function of its own.
_VILLAGE, _TOWNSHIP, _COUNTY = (partial(_without, tier) for tier in Tier)
# Whoever names a level's people is asked first: a village names no cadre, and a township no leader of the county.
_FIRST = {tier: number for number, tier in enumerate(Tier, 1)}

WAITING = (
    Waiting(
        "nobody_answers_county",
        _("Townships no county leader answers for"),
        pgettext_lazy("counting word of places", "places"),
        _("Name somebody"),
        74,
        READ,
        _COUNTY,
        partial(_table_url, "holes"),
        first_tier=_FIRST[Tier.COUNTY],
        closes=_("a name at the county's level for each of these places"),
    ),
    Waiting(
        "nobody_answers_township",
        _("Communities and villages no township cadre answers for"),
        pgettext_lazy("counting word of places", "places"),
        _("Name somebody"),
        71,
        READ,
        _TOWNSHIP,
        partial(_table_url, "holes"),
        first_tier=_FIRST[Tier.TOWNSHIP],
        closes=_("a name at the township's level for each of these places"),
    ),
    Waiting(
        "nobody_answers_village",
        _("Communities and villages where nobody answers"),
        pgettext_lazy("counting word of places", "places"),
        _("Name somebody"),
        78,
        READ,
        _VILLAGE,
        partial(_table_url, "holes"),
        closes=_("a name at the village's level, or a role given there"),
    ),
    Waiting(
        "post_without_head",
        _("Posts without a leader"),
        pgettext_lazy("counting word of posts", "posts"),
        _("Name somebody"),
        56,
        READ,
        _posts,
        partial(_table_url, "holes"),
        closes=_("a leader named for the post, or the post closed"),
    ),
    Waiting(
        "away_without_deputy",
        _("Away, and nobody stands in"),
        pgettext_lazy("counting word of places", "places"),
        _("Say who stands in"),
        76,
        READ,
        _away,
        partial(_table_url, "away"),
        closes=_("the word on who stands in, their return, or a hand-over"),
    ),
    Waiting(
        "too_much_for_one",
        _("People who answer for too much"),
        _("people"),
        _("Share it out"),
        38,
        READ,
        _too_much,
        partial(_table_url, "much"),
        closes=_("some of it handed over, or the limit raised by whoever may"),
    ),
    Waiting(
        "five_to_one_incomplete",
        _("Key households without all five round them"),
        _("households"),
        _("Name the five"),
        73,
        households.READ,
        _five,
        lambda place: f"{reverse('response:households')}{f'?at={place}' if place else ''}",
        closes=_("all five named, or the household released"),
    ),
)
