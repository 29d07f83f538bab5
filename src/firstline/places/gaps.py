"""What is missing about places: frames nobody walked, compounds without doors or without anybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from firstline.kernel.gap_sources import Cause, GapPlace, Stage, Waiting, each_waits
from firstline.kernel.paths import COMMUNITY_LENGTH, Range
from firstline.places.compounds_page import compounds_url
from firstline.places.models import Compound
from firstline.places.selectors import READ, PlaceMissing, looked_after_is, missing_by_place


@dataclass(frozen=True, slots=True)
class _Kind:
    """Something to do: what is said of it, and ``show``, the filter of the list of compounds behind its number."""

    kind: str
    show: str
    title: str | Promise
    unit: str | Promise
    action_label: str | Promise
    severity: int


_KINDS = (
    _Kind(
        "compounds_unstated",
        "unstated",
        _("Nobody has said who looks after it"),
        _("compounds"),
        _("Say who"),
        35,
    ),
    _Kind("compounds_bare", "bare", _("No doors known yet"), _("compounds"), _("Say which buildings"), 80),
    _Kind(
        "frames_differing",
        "differing",
        _("Walked, and other doors counted than known"),
        _("buildings"),
        _("Explain it"),
        58,
    ),
    _Kind(
        "doors_proposed",
        "proposed",
        _("Doors that lists name, not on record"),
        _("doors"),
        _("Say which there are"),
        55,
    ),
    _Kind(
        "frames_unwalked",
        "unwalked",
        _("Nobody has walked it and counted the doors"),
        _("buildings"),
        _("Walk them"),
        40,
    ),
)


def places_missing(within: Sequence[Range]) -> Iterator[Cause]:
    """The open causes within ranges of places, each with the compounds or communities it lies at."""
    places = missing_by_place(within)
    for kind in _KINDS:
        found = sorted((place for place in places if place.counts[kind.show]), key=lambda p: -p.counts[kind.show])
        if found:
            yield Cause(
                kind=kind.kind,
                stage=Stage.TO_DO,
                title=kind.title,
                unit=kind.unit,
                places=[
                    GapPlace(place.path, place.name, place.counts[kind.show], place.since.get(kind.show))
                    for place in found
                ],
                action_label=kind.action_label,
                url=_behind(kind, found),
                severity=kind.severity,
            )


def _behind(kind: _Kind, found: list[PlaceMissing]) -> str:
    """The rows behind a number: the compound itself when it is only one."""
    if len(found) == 1 and found[0].compound_id is not None:
        return reverse("places:frame", args=[found[0].compound_id])
    return compounds_url(show=kind.show, at=found[0].path if len(found) == 1 else "")


def _unmanaged() -> "QuerySet[Any, Any]":
    found = Compound.objects.filter(looked_after_is(False)).annotate(path=F("place__path"))
    return each_waits(found, "unmanaged_since", F("unmanaged_since"))


WAITING = (
    Waiting(
        "compounds_unmanaged",
        _("Neither company nor gatehouse"),
        _("compounds"),
        _("Find somebody"),
        70,
        READ,
        _unmanaged,
        lambda place: compounds_url(show="unmanaged", at=place[:COMMUNITY_LENGTH]),
        closes=_("somebody who looks after the compound"),
    ),
)
