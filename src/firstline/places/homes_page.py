"""The scattered homes of a community: found by any part of their address, added by what people call the place."""

from typing import Any

from django.urls import reverse

from firstline.identifiers.width import halve
from firstline.kernel.actors import Actor
from firstline.places.models import Compound, Door

ADD = "places.add_home"
_MOST = 300


def homes_page(
    actor: Actor, compound: Compound, *, said: str = "", mistake: str = "", typed: str = ""
) -> dict[str, Any]:
    """The context of ``places/homes.html``: homes whose address holds ``said``, in the order they are walked."""
    standing = Door.objects.standing().filter(building__compound=compound).select_related("building")
    homes = list(standing.order_by("building__place__position", "position", "path"))
    wanted = halve(said).replace(" ", "").casefold()
    found = [home for home in homes if wanted in home.label.casefold()]
    path = compound.place.path
    return {
        "section": "places:compounds",
        "compound": {"name": compound.place.name, "url": reverse("places:frame", args=[compound.pk])},
        "query": said,
        "total": len(homes),
        "homes": [{"name": home.label, "url": reverse("census:door", args=[home.pk])} for home in found[:_MOST]],
        "more": max(0, len(found) - _MOST),
        "homes_url": reverse("places:homes", args=[compound.pk]),
        "may_add": actor.may(ADD, path),
        "mistake": mistake,
        "typed": typed,
    }
