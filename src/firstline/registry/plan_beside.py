"""The plan of a compound beside its lists: doors on one and not on the other, said on the page of its frame."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext

from firstline.kernel.actors import Actor
from firstline.places.frame_page import Beside
from firstline.places.leaving import listed_only
from firstline.places.models import Compound, Door
from firstline.registry import standing
from firstline.registry.selectors import READ

_SHOWN = 12


def compare(actor: Actor, compound: Compound, **_signal: Any) -> list[Beside]:
    """Answers ``places.signals.frame_shown`` for whoever may read lists; silent while no list is accepted."""
    if not actor.may(READ, compound.place.path):
        return []
    listed = standing.listed_labels(compound)
    if not listed:
        return []
    doors = Door.objects.standing().filter(building__compound=compound).order_by("path")
    unlisted = [label for label in doors.values_list("label", flat=True) if label not in listed]
    unplanned = listed_only(compound)
    return [
        _beside(gettext("On the plan, on no list"), unlisted, compound),
        _beside(gettext("On a list, not on the plan"), unplanned, compound),
    ]


def _beside(title: str, labels: Iterable[str], compound: Compound) -> Beside:
    labels = list(labels)
    shown = gettext(", ").join(labels[:_SHOWN])
    if more := len(labels) - _SHOWN:
        shown = gettext("%(labels)s and %(more)s more") % {"labels": shown, "more": more} if more > 0 else shown
    return Beside(title, len(labels), shown, reverse("census:compound", args=[compound.pk]))
