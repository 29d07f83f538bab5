"""Who is expected at many doors, as data, in one statement: what a device takes along."""

import uuid
from collections.abc import Collection, Mapping

import msgspec

from firstline.kernel.errors import KeyDestroyed
from firstline.registry.mentions import name_key, relation_text
from firstline.registry.models import Mention, MentionDetails, MentionSource
from firstline.registry.selectors import counted

_TAIL = 4


class Expected(msgspec.Struct):
    """One name at one door with all sources that say it, in words; no claim that they mean one person.

    ``born`` is a year, ``tail`` the last digits of the first number that a source gave. No document numbers.
    """

    name: str
    sex: str = ""
    born: int | None = None
    relation: str = ""
    sources: list[str] = msgspec.field(default_factory=list)
    tail: str = ""


def expected_at(doors: Mapping[uuid.UUID, Collection[uuid.UUID]]) -> dict[uuid.UUID, list[Expected]]:
    """Who is expected, by door; of ``doors`` each says where its names are told: at itself, or at what it became.

    Mentions of sources that count; equal names at one door are one line, as on the door's page. Whoever hands this on
    records the look.
    """
    found = Mention.objects.filter(counted(), door_id__in=list(doors))
    # Lists before visits, and within a list its own order, as on the door's page.
    rows = found.order_by("source", "source_file_id", "source_id", "part").values_list(
        "id", "door_id", "source", "sex", "birth_year", "sealed"
    )
    words = {source.value: str(source.label) for source in MentionSource}
    lines: dict[uuid.UUID, dict[str, Expected]] = {}
    for pk, door_id, source, sex, born, sealed in rows:
        told = [lines.setdefault(shown, {}) for shown in doors[door_id]]
        try:
            details: MentionDetails = Mention.opened(pk, sealed)
        except KeyDestroyed as destroyed:
            for at_door in told:
                at_door.setdefault("", Expected(destroyed.instead))
            continue
        key = name_key(details.name)
        for at_door in told:
            line = at_door.setdefault(key, Expected(details.name))
            _add(line, details, words[source], sex, born)
    return {door_id: list(at_door.values()) for door_id, at_door in lines.items()}


def _add(line: Expected, details: MentionDetails, source: str, sex: str, born: int | None) -> None:
    """What an earlier source said stays; a later one fills in what is missing."""
    line.sex = line.sex or sex
    line.born = line.born or born
    if not line.relation and details.relation not in {"", "unspecified"}:
        line.relation = relation_text(details.relation)
    if not line.tail and details.phones:
        line.tail = details.phones[0][-_TAIL:]
    if source not in line.sources:
        line.sources.append(source)
