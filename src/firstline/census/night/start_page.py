"""The compound whose papers are typed: chosen once, by its name, an alias, its pinyin or the initials of that."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from firstline.census.night.grid_page import grid_url
from firstline.census.night.selectors import compounds_like, drafts_of
from firstline.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class Start:
    """The one compound meant, if it is one; else what to choose from."""

    only: uuid.UUID | None
    context: dict[str, Any]


def start(actor: Actor, said: str, *, choose: bool) -> Start:
    """The compounds that begin as was ``said``; with ``choose`` even a single one is shown."""
    found = compounds_like(actor, said)
    drafts = drafts_of(actor)
    return Start(
        found[0].pk if len(found) == 1 and not choose else None,
        {
            "said": said,
            "compounds": [{"name": one.place.name, "aliases": one.aliases, "url": grid_url(one.pk)} for one in found],
            "drafts": [
                {"name": one.compound.place.name, "at": one.saved_at, "url": grid_url(one.compound_id)}
                for one in drafts
            ],
            "start_url": reverse("census:night"),
            "checks_url": reverse("census:entry_checks"),
            "back_url": reverse("places:compounds"),
            "section": "places:compounds",
        },
    )
