"""Search by door, name, pinyin, phone or document number, within the asker's places; every search is on record."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.places.models import Door
from firstline.places.selectors import find_doors, in_ranges
from firstline.registry import tokens
from firstline.registry.mentions import name_key, numbers_of, summary
from firstline.registry.models import Mention, MentionDetails, MentionSource, MentionToken
from firstline.registry.selectors import counted
from firstline.registry.tokens import Asked, TokenKind
from firstline.response.selectors import emergency_at

LIMIT = 50
PERMISSION = "registry.search"

KIND_TEXTS = {
    TokenKind.PHONE: _("By phone or document number"),
    TokenKind.PHONE_END: _("By the last 4 of a phone or document number"),
    TokenKind.NAME: _("By name"),
    TokenKind.PINYIN: _("By pinyin"),
}


@dataclass(slots=True)
class Hit:
    """A name that was found at a door: what is known (numbers masked), and who says so."""

    name: str
    door: Door
    detail: str = ""
    sources: list[str] = field(default_factory=list)

    def add(self, mention: Mention, details: MentionDetails) -> None:
        """One more source; of what they say of the person the fullest is shown."""
        told = [summary(mention, details), *(number.text for number in numbers_of(details, in_clear=False))]
        self.detail = max(self.detail, " ".join(part for part in told if part), key=len)
        source = str(MentionSource(mention.source).label)
        if source not in self.sources:
            self.sources.append(source)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave; ``kind`` is None when the text could only mean a door."""

    kind: TokenKind | None
    doors: Sequence[Door]
    hits: Sequence[Hit]
    too_many: bool

    @property
    def count(self) -> int:
        return len(self.doors) + len(self.hits)


def search(actor: Actor, text: str) -> Found:
    """Doors and mentions that fit a typed text, at most ``LIMIT`` of each, and the record of the look.

    The record keeps the text sealed under the emergency's key; whoever reads tables or logs does not see it.
    """
    emergency = emergency_at(actor.home_path)
    asked = tokens.asked_for(text, key_id=emergency.key_id)
    mentions = _mentions(actor, asked, emergency.id) if asked else []
    doors = find_doors(actor, text, LIMIT + 1)
    found = Found(
        kind=asked.kind if asked else None,
        doors=doors[:LIMIT],
        hits=_hits(mentions[:LIMIT]),
        too_many=len(mentions) > LIMIT or len(doors) > LIMIT,
    )
    ledger.look(
        actor,
        PERMISSION,
        path=actor.home_path,
        subject=emergency,
        fields=["name"],
        details={"asked": text, "found": found.count},
        key_id=emergency.key_id,
    )
    return found


def _mentions(actor: Actor, asked: Asked, emergency_id: uuid.UUID) -> list[Mention]:
    """Whole matches first, then names that hold every part. In the order of the index, so nothing is sorted."""
    mine = Mention.objects.filter(counted(), in_ranges(actor.ranges(PERMISSION)), emergency_id=emergency_id)
    whole = list(mine.filter(_has(asked.either)).order_by("id")[: LIMIT + 1])
    if not asked.parts or len(whole) > LIMIT:
        return whole
    partly = mine.exclude(pk__in=[mention.pk for mention in whole])
    for part in asked.parts:
        partly = partly.filter(_has([part]))
    return whole + list(partly.order_by("id")[: LIMIT + 1 - len(whole)])


def _has(wanted: Iterable[bytes]) -> Q:
    return Q(pk__in=MentionToken.objects.filter(token__in=list(wanted)).values("mention_id"))


def _hits(mentions: Sequence[Mention]) -> list[Hit]:
    """Equal names at one door are one hit with all their sources, as on the door's page."""
    doors = Door.objects.select_related("building__compound__place").in_bulk({one.door_id for one in mentions})
    lines: dict[tuple[uuid.UUID, str], Hit] = {}
    for mention in mentions:
        if (door := doors.get(mention.door_id)) is None:
            continue
        details: MentionDetails = mention.open()
        hit = lines.setdefault((door.pk, name_key(details.name)), Hit(details.name, door))
        hit.add(mention, details)
    return list(lines.values())
