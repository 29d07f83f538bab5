"""Which doors can be rung: mentions with a telephone number. They are opened in memory; nothing of them is shown."""

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field

from firstline.kernel.errors import KeyDestroyed
from firstline.kernel.paths import Range
from firstline.places.models import Door
from firstline.places.selectors import in_ranges
from firstline.registry.masks import masked_phone
from firstline.registry.models import Mention, MentionSource
from firstline.registry.selectors import counted


@dataclass(slots=True)
class Known:
    """What sources that count know of a door: whether a list names somebody there, and telephone numbers, masked."""

    listed: bool = False
    phones: list[str] = field(default_factory=list)


def known_within(within: Iterable[Range]) -> dict[uuid.UUID, Known]:
    """What is known of each door of ranges at which somebody is named; one statement.

    No column says whether a mention has a number: that would tell a thief of the database who can be rung.
    """
    doors = Door.objects.standing().filter(in_ranges(within)).values("id")
    mentions = Mention.objects.filter(counted(), door_id__in=doors).only("id", "door_id", "source", "sealed")
    found: dict[uuid.UUID, Known] = {}
    for mention in mentions.order_by("source", "source_id", "part"):
        known = found.setdefault(mention.door_id, Known())
        known.listed |= mention.source == MentionSource.PROPERTY_LIST
        try:
            phones: list[str] = mention.open().phones
        except KeyDestroyed:
            continue  # of an emergency that is over: nobody can be rung by it any more
        known.phones += [masked for phone in phones if (masked := masked_phone(phone)) not in known.phones]
    return found
