"""Names in sources, one mention each: writing them with their search tokens, and what is expected at a door."""

import uuid
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy

from firstline.identifiers import names
from firstline.kernel import bulk
from firstline.kernel.errors import KeyDestroyed
from firstline.kernel.ids import derived
from firstline.places.errors import DoorsInUse
from firstline.places.models import Door
from firstline.registry import tokens
from firstline.registry.masks import masked_document, masked_phone
from firstline.registry.models import Mention, MentionDetails, MentionSource, Sex, SourceVoid
from firstline.registry.person_line import PersonSaid, completed
from firstline.registry.reading.codes import RELATIONS
from firstline.registry.selectors import counted
from firstline.response.models import Emergency


@dataclass(frozen=True, slots=True)
class NewMention:
    """A name about to be written: where it was said, by which source, and what was said."""

    path: str
    emergency_id: uuid.UUID
    campaign_id: uuid.UUID
    door_id: uuid.UUID
    source: MentionSource
    source_id: uuid.UUID
    part: int
    said: PersonSaid
    source_file_id: uuid.UUID | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A phone or document number as it is shown: masked, or in clear (then ``dial`` is set) after a recorded look."""

    label: str | Promise
    text: str
    dial: str = ""


@dataclass(slots=True)
class Seen:
    """One name at one door with all sources that say it; no claim that they mean one person."""

    name: str
    detail: str = ""
    sources: list[str] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    mention_ids: list[uuid.UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Prepared:
    """Mentions as they are written: sealed, and each with its path and search tokens. No database was asked."""

    rows: list[dict[str, Any]]
    tokens: list[tuple[uuid.UUID, str, list[bytes]]]

    def of_sources(self, source_ids: Collection[uuid.UUID]) -> "Prepared":
        """Those that these sources said, and no others."""
        rows = [row for row in self.rows if row["source_id"] in source_ids]
        ids = {row["id"] for row in rows}
        return Prepared(rows, [found for found in self.tokens if found[0] in ids])


def prepare(mentions: Sequence[NewMention], *, key_id: uuid.UUID) -> Prepared:
    """Seal mentions and make their tokens; that needs no database, so it may be done beside it."""
    rows = [_row(mention, key_id) for mention in mentions]
    found = [
        (row["id"], row["path"], tokens.of(mention.said, key_id=key_id))
        for row, mention in zip(rows, mentions, strict=True)
    ]
    return Prepared(rows, found)


def store(prepared: Prepared) -> None:
    """Write mentions and their tokens in the running transaction; the same source and part again changes nothing."""
    bulk.insert(Mention, prepared.rows)
    tokens.write(prepared.tokens)


def write(mentions: Sequence[NewMention], *, key_id: uuid.UUID) -> list[uuid.UUID]:
    """Prepare and store mentions; their ids."""
    prepared = prepare(mentions, key_id=key_id)
    store(prepared)
    return [row["id"] for row in prepared.rows]


def said_at_door(
    *,
    door: Door,
    source: MentionSource,
    source_id: uuid.UUID,
    people: Sequence[PersonSaid],
    emergency_id: uuid.UUID,
    campaign_id: uuid.UUID,
) -> list[NewMention]:
    """The names said at a door in one attempt (``source_id``), to be written inside the action that records it."""
    return [
        NewMention(
            path=door.path,
            emergency_id=emergency_id,
            campaign_id=campaign_id,
            door_id=door.pk,
            source=source,
            source_id=source_id,
            part=part,
            said=person,
        )
        for part, person in enumerate(people, start=1)
    ]


def write_mentions(
    *,
    door: Door,
    source_id: uuid.UUID,
    people: Sequence[PersonSaid],
    emergency: Emergency,
    campaign_id: uuid.UUID,
    source: MentionSource = MentionSource.VISIT,
) -> list[uuid.UUID]:
    """Write the names said at a door in one attempt."""
    said = said_at_door(
        door=door,
        source=source,
        source_id=source_id,
        people=people,
        emergency_id=emergency.pk,
        campaign_id=campaign_id,
    )
    return write(said, key_id=emergency.key_id)


def void_sources(voids: Iterable[SourceVoid]) -> None:
    """What was said in attempts counts no longer; inside the action that takes them back. Again is harmless."""
    SourceVoid.objects.bulk_create(voids, ignore_conflicts=True)


def mentions_at(*door_ids: uuid.UUID, in_clear: bool = False) -> list[Seen]:
    """Who is expected at a door, or at doors that became one, by sources that count; equal names are one line.

    Numbers are masked unless ``in_clear``. Whoever asks for numbers in clear records the look.
    """
    return _lines(_counted_at(door_ids), in_clear=in_clear)


def keep_named_doors(*, door_ids: Iterable[uuid.UUID], **_signal: object) -> None:
    """Mentions name their door without a foreign key; while one counts, its door stays. Raises DoorsInUse."""
    if _counted_at(list(door_ids)).exists():
        raise DoorsInUse


def name_key(name: str) -> str:
    """What two sources must agree in for their mentions at one door to be shown as one line."""
    return names.clean(name) or name.strip()


def known_name(mention: Mention) -> str:
    """The name of a mention as ``name_key`` gives it; empty where its key was destroyed."""
    try:
        return name_key(mention.open().name)
    except KeyDestroyed:
        return ""


def summary(mention: Mention, details: MentionDetails) -> str:
    """``male, born 1961, head of household`` in the language of whoever looks."""
    parts = []
    if mention.sex:
        parts.append(str(Sex(mention.sex).label))
    if mention.birth_year:
        parts.append(gettext("born %(year)s") % {"year": mention.birth_year})
    if details.relation and details.relation != "unspecified":
        parts.append(relation_text(details.relation))
    return gettext(", ").join(parts)


def relation_text(relation: str) -> str:
    """The everyday word of a relation code; what a person said in other words stays as it was said."""
    known = RELATIONS.get(relation)
    return gettext(known) if known else relation


def numbers_of(details: MentionDetails, *, in_clear: bool) -> list[Number]:
    """The numbers of a mention for the screen."""
    phones = [
        Number(_PHONE, phone, dial=phone) if in_clear else Number(_PHONE, masked_phone(phone))
        for phone in details.phones
    ]
    if not details.id_number:
        return phones
    return [*phones, Number(_DOCUMENT, details.id_number if in_clear else masked_document(details.id_number))]


def details_of(person: PersonSaid) -> MentionDetails:
    """A person as a sealed row keeps them, with what their document number says filled in."""
    return _details(completed(person))


_PHONE = gettext_lazy("phone")
_DOCUMENT = gettext_lazy("document")


def _row(mention: NewMention, key_id: uuid.UUID) -> dict[str, Any]:
    said = completed(mention.said)
    pk = derived(mention.source_id, "mention", mention.part)
    return {
        "id": pk,
        "path": mention.path,
        "emergency_id": mention.emergency_id,
        "campaign_id": mention.campaign_id,
        "door_id": mention.door_id,
        "source": mention.source.value,
        "source_id": mention.source_id,
        "source_file_id": mention.source_file_id,
        "part": mention.part,
        "sex": said.sex,
        "birth_year": said.birth_year,
        "origin_division": said.origin_division,
        "sealed": Mention.envelope(pk, _details(said), key_id),
    }


def _details(said: PersonSaid) -> MentionDetails:
    return MentionDetails(
        name=said.name,
        relation=said.relation,
        phones=list(said.phones),
        id_number=said.id_number,
        id_problem=said.id_problem,
        birth_date=said.birth_date,
        remark=said.remark,
    )


def _counted_at(door_ids: Collection[uuid.UUID]) -> QuerySet[Mention]:
    at_doors = Mention.objects.filter(counted(), door_id__in=door_ids)
    # Lists before visits, and within a list its own order: ids of visits are younger, so the file decides first.
    return at_doors.order_by("source", "source_file_id", "source_id", "part")


def _lines(mentions: Iterable[Mention], *, in_clear: bool) -> list[Seen]:
    lines: dict[str, Seen] = {}
    for mention in mentions:
        try:
            details: MentionDetails = mention.open()
        except KeyDestroyed as destroyed:
            # Of an emergency that is over: somebody was named here, and nobody can say who any more.
            lines.setdefault("", Seen(name=destroyed.instead)).mention_ids.append(mention.id)
            continue
        line = lines.setdefault(name_key(details.name), Seen(name=details.name))
        _add(line, mention, details, in_clear=in_clear)
    return list(lines.values())


def _add(line: Seen, mention: Mention, details: MentionDetails, *, in_clear: bool) -> None:
    line.mention_ids.append(mention.id)
    line.detail = max(line.detail, summary(mention, details), key=len)
    source = str(MentionSource(mention.source).label)
    if source not in line.sources:
        line.sources.append(source)
    for number in numbers_of(details, in_clear=in_clear):
        if number.text not in [shown.text for shown in line.numbers]:
            line.numbers.append(number)
