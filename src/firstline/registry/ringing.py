"""Which doors can be rung: mentions with a telephone number. They are opened in memory; nothing of them is shown."""

import uuid
from collections.abc import Iterable

from django.db.models import QuerySet

from firstline.kernel.errors import KeyDestroyed
from firstline.kernel.paths import Range
from firstline.places.models import Door
from firstline.places.selectors import in_ranges
from firstline.registry.masks import masked_phone
from firstline.registry.models import Mention, MentionSource
from firstline.registry.selectors import counted


def masked_phones(within: Iterable[Range]) -> dict[uuid.UUID, list[str]]:
    """The telephone numbers known at each door, masked, as far as their sources count; one statement.

    No column says whether a mention has a number: that would tell a thief of the database who can be rung.
    """
    found: dict[uuid.UUID, list[str]] = {}
    for mention in _at(within).only("id", "door_id", "sealed").order_by("source", "source_id", "part"):
        try:
            phones: list[str] = mention.open().phones
        except KeyDestroyed:
            continue  # of an emergency that is over: nobody can be rung by it any more
        if phones:
            known = found.setdefault(mention.door_id, [])
            known += [masked for phone in phones if (masked := masked_phone(phone)) not in known]
    return found


def doors_on_lists(within: Iterable[Range]) -> set[uuid.UUID]:
    """The doors at which an accepted list names somebody."""
    listed = _at(within).filter(source=MentionSource.PROPERTY_LIST)
    return set(listed.values_list("door_id", flat=True).distinct())


def _at(within: Iterable[Range]) -> QuerySet[Mention]:
    doors = Door.objects.standing().filter(in_ranges(within)).values("id")
    return Mention.objects.filter(counted(), door_id__in=doors)
