"""Search by door, name, pinyin, phone or document number, within the asker's places; every search is on record."""

import uuid
from collections.abc import Sequence, Set
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils.translation import gettext_lazy as _

from firstline.identifiers import names
from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.kernel.paths import community_of
from firstline.places.selectors import find_doors
from firstline.registry import tokens
from firstline.registry.mentions import name_key, numbers_of, summary
from firstline.registry.models import Mention, MentionDetails, MentionSource
from firstline.registry.tokens import Asked, TokenKind
from firstline.response.selectors import emergency_at, key_ids_of

# Whoever gets more than a screen of hits writes one character more.
LIMIT = 20
PERMISSION = "registry.search"

KIND_TEXTS = {
    TokenKind.PHONE: _("By phone or document number"),
    TokenKind.PHONE_END: _("By the last 4 of a phone or document number"),
    TokenKind.NAME: _("By name"),
    TokenKind.PINYIN: _("By pinyin"),
}


@dataclass(frozen=True, slots=True)
class DoorAt:
    """A door and the compound it stands in."""

    id: uuid.UUID
    label: str
    compound: str


@dataclass(frozen=True, slots=True)
class _Row:
    """A mention as far as a hit shows it, and its door."""

    mention: Mention
    door: DoorAt


@dataclass(slots=True)
class Hit:
    """A name that was found at a door: what is known (numbers masked), and who says so."""

    name: str
    door: DoorAt
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
    doors: Sequence[DoorAt]
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
    asked = tokens.asked_for(text, key_ids=key_ids_of(emergency))
    mentions = _mentions(actor, asked, emergency.id) if asked else []
    doors = find_doors(actor, text, LIMIT + 1)
    found = Found(
        kind=asked.kind if asked else None,
        doors=[DoorAt(door.pk, door.label, door.building.compound.place.name) for door in doors[:LIMIT]],
        hits=_hits(mentions[:LIMIT], asked.name if asked else ""),
        too_many=len(mentions) > LIMIT or len(doors) > LIMIT,
    )
    for place in _once_a_community(actor):
        ledger.look(
            actor,
            PERMISSION,
            path=place,
            subject=emergency,
            fields=["name"],
            details={"asked": text, "found": found.count},
            key_id=emergency.key_id,
        )
    return found


def _once_a_community(actor: Actor) -> list[str]:
    """Where a search is put on record: whoever answers for one of the communities searched reads of it there."""
    first_of: dict[str, str] = {}
    for one in actor.ranges(PERMISSION):
        first_of.setdefault(community_of(one.lo), one.lo)
    return list(first_of.values())


def _mentions(actor: Actor, asked: Asked, emergency_id: uuid.UUID) -> list[_Row]:
    """One more than ``LIMIT`` at most, in the order of ids; whole matches are never crowded out by partial ones."""
    if not asked.parts:
        return _read(actor, emergency_id, [asked.either])
    found = _read(actor, emergency_id, asked.parts)
    if len(found) <= LIMIT:
        return found
    whole = {row.mention.pk: row for row in _read(actor, emergency_id, [asked.either])}
    return [*whole.values(), *(row for row in found if row.mention.pk not in whole)][: LIMIT + 1]


# By hand: put together by the ORM, this statement took longer than all the database does for it. Tokens are
# intersected before any mention is touched; the limit stands inside, so that only shown rows look for their doors.
# What counts is `selectors.counted`, said once more; the tests of search hold both to the same.
_STATEMENT = """
WITH meant AS MATERIALIZED ({tokens})
SELECT found.*, door.id, door.label, place.name
FROM (
    SELECT mention.id, mention.sealed, mention.sex, mention.birth_year, mention.source, mention.door_id
    FROM meant
    JOIN registry_mention AS mention ON mention.id = meant.mention_id
    LEFT JOIN registry_filedecision AS decision ON decision.source_file_id = mention.source_file_id
    WHERE mention.emergency_id = %s AND ({within})
      AND (decision.verdict = 'accepted' OR (mention.source_file_id IS NULL
           AND NOT EXISTS (SELECT FROM registry_sourcevoid AS void WHERE void.source_id = mention.source_id)))
    ORDER BY mention.id LIMIT {limit}
) AS found
JOIN places_door AS door ON door.id = found.door_id
JOIN places_building AS building ON building.place_id = door.building_id
JOIN places_place AS place ON place.id = building.compound_id
ORDER BY found.id
"""
_WITHIN = "mention.path >= %s AND mention.path < %s"
_HAS_ONE = "SELECT mention_id FROM registry_mentiontoken WHERE token = ANY(%s)"


def _read(actor: Actor, emergency_id: uuid.UUID, wanted: Sequence[Set[bytes]]) -> list[_Row]:
    """Mentions that have one token of each set, in the actor's places."""
    ranges = actor.ranges(PERMISSION)
    statement = _STATEMENT.format(
        within=" OR ".join([_WITHIN] * len(ranges)) or "false",
        tokens=" INTERSECT ".join([_HAS_ONE] * len(wanted)) if len(wanted) > 1 else f"{_HAS_ONE} GROUP BY mention_id",
        limit=LIMIT + 1,
    )
    bounds = [bound for within in ranges for bound in (within.lo, within.hi)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*(list(tokens) for tokens in wanted), emergency_id, *bounds])
        return [_row(row) for row in cursor.fetchall()]


def _row(columns: Sequence[Any]) -> _Row:
    pk, sealed, sex, birth_year, source, door_id = columns[:6]
    mention = Mention(id=pk, sealed=sealed, sex=sex, birth_year=birth_year, source=source, door_id=door_id)
    return _Row(mention, DoorAt(*columns[6:]))


def _hits(rows: Sequence[_Row], asked_name: str) -> list[Hit]:
    """Equal names at one door are one hit with all their sources, as on the door's page; whole matches first."""
    lines: dict[tuple[uuid.UUID, str], Hit] = {}
    for row in rows:
        details: MentionDetails = row.mention.open()
        hit = lines.setdefault((row.door.id, name_key(details.name)), Hit(details.name, row.door))
        hit.add(row.mention, details)
    return sorted(lines.values(), key=lambda hit: names.fold(hit.name) != asked_name)
