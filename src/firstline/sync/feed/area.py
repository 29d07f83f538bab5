"""The document of a device's area: who carries it, what is asked there by which rules, which buildings there are."""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import connection
from django.db.models import Q

from firstline.accounts.devices.terms import Given
from firstline.accounts.selectors import names_of
from firstline.census.callbacks.selectors import number_at
from firstline.census.campaigns import campaigns_within
from firstline.census.models import Campaign
from firstline.census.next_steps import evening_end
from firstline.census.questions.selectors import sets_by_id
from firstline.census.rules import Rules
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.paths import Range, ancestors
from firstline.places.models import Building, Compound, Place
from firstline.places.selectors import in_ranges, names_at
from firstline.response.levels.selectors import level_now
from firstline.response.selectors import emergencies_within

READ, SIGN_IN = "places.read", "workforce.sign_in"
_HASH_CHARACTERS = 16


class Fields(msgspec.Struct):
    """What a device may describe anew; what stands here is the base of its edit."""

    address: str
    management: str
    gatehouse: bool | None
    make_up: str


class BuildingSaid(msgspec.Struct):
    id: uuid.UUID
    label: str
    shape: str
    position: int
    frame: str


class CompoundSaid(msgspec.Struct):
    id: uuid.UUID
    path: str
    name: str
    position: int
    fields: Fields
    buildings: list[BuildingSaid]


class PlaceSaid(msgspec.Struct):
    path: str
    name: str


class PersonSaid(msgspec.Struct):
    id: uuid.UUID
    name: str


class GrantSaid(msgspec.Struct):
    hats: list[str]
    path: str
    place: str
    from_: int = msgspec.field(name="from")
    until: int | None


class EmergencySaid(msgspec.Struct):
    name: str
    level: int


class CampaignSaid(msgspec.Struct):
    """``questions`` is the definition as ``census.questions.definition`` writes it, ``number`` the community's."""

    id: uuid.UUID
    name: str
    started_at: int
    rules: dict[str, Any]
    questions: msgspec.Raw | None
    number: str


class Area(msgspec.Struct):
    """``hash`` follows from all the rest: a device that has it is not sent it again. ``stations``: where to sign in."""

    hash: str
    person: PersonSaid
    grants: list[GrantSaid]
    emergency: EmergencySaid | None
    campaign: CampaignSaid | None
    compounds: list[CompoundSaid]
    places: list[PlaceSaid]
    stations: list[PlaceSaid]
    words: dict[str, int]


def area_unless(actor: Actor, given: Sequence[Given], known: str) -> Area | None:
    """The area of a device with these grants in force, for its person; None where its hash is ``known``.

    Eight statements at most. Every request asks, and hardly ever has anything changed: so the database hashes what
    stands of compounds and buildings, and only where the hash is another are they read.
    """
    ranges = actor.ranges(READ)
    area = _without_compounds(actor, given, ranges)
    area.hash = _hashed(msgspec.json.encode(area), _digest(ranges))
    if area.hash == known:
        return None
    area.compounds = _compounds(ranges)
    return area


def _without_compounds(actor: Actor, given: Sequence[Given], ranges: Sequence[Range]) -> Area:
    leading = campaigns_within(ranges)
    campaign = leading[0].campaign if leading else None
    emergencies = emergencies_within(ranges)
    roots = [one.path for one in given] + [one.lo for one in ranges]
    above = {place for root in roots for place in ancestors(root)}
    names = names_at(above)
    return Area(
        hash="",
        person=PersonSaid(actor.person_id, names_of({actor.person_id}).get(actor.person_id, "")),
        grants=[_grant(one, names.get(one.path, "")) for one in given],
        emergency=EmergencySaid(emergencies[0][1].name, level_now(emergencies[0][1])) if emergencies else None,
        campaign=_campaign(campaign, ranges[0].lo) if campaign else None,
        compounds=[],
        places=[PlaceSaid(path, names[path]) for path in sorted(names)],
        stations=[PlaceSaid(one.lo, names.get(one.lo, "")) for one in actor.ranges(SIGN_IN)],
        words={"stop": _ms(evening_end(clock.now(), campaign.rules if campaign else Rules(), 0))},
    )


def _hashed(said: bytes, places: str) -> str:
    return hashlib.sha256(said + places.encode()).hexdigest()[:_HASH_CHARACTERS]


def _digest(ranges: Sequence[Range]) -> str:
    """A digest of everything that ``_compounds`` reads; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_DIGEST, [[one.lo for one in ranges], [one.hi for one in ranges]])
        (digest,) = cursor.fetchone()
    return str(digest)


def _compounds(ranges: Sequence[Range]) -> list[CompoundSaid]:
    """The compounds with buildings of ranges, or without any yet, in the order of the tree; two statements."""
    buildings: dict[uuid.UUID, list[BuildingSaid]] = defaultdict(list)
    found = Building.objects.filter(in_ranges(ranges, "place__path")).order_by("place__position", "place__path")
    for compound_id, pk, label, shape, position, frame in found.values_list(
        "compound_id", "place_id", "label", "shape", "place__position", "frame"
    ):
        buildings[compound_id].append(BuildingSaid(pk, label, shape, position, frame))
    # Whoever answers for one building is told of its compound too.
    wanted = in_ranges(ranges, "place__path") | Q(pk__in=list(buildings))
    rows = Compound.objects.filter(wanted).order_by("place__path")
    return [
        CompoundSaid(pk, path, name, position, Fields(address, management, gatehouse, make_up), buildings[pk])
        for pk, path, name, position, address, management, gatehouse, make_up in rows.values_list(
            "place_id",
            "place__path",
            "place__name",
            "place__position",
            "address",
            "management",
            "gatehouse",
            "make_up",
        )
    ]


# By hand: hashed where it stands, nothing of it is read.
_DIGEST = f"""
WITH part AS (SELECT * FROM unnest(%s::text[], %s::text[]) AS part (lo, hi)),
building AS (
    SELECT place.path, building.compound_id,
           (building.place_id, building.label, building.shape, place.position, building.frame)::text AS said
      FROM part JOIN {Place._meta.db_table} AS place ON place.path >= part.lo AND place.path < part.hi
      JOIN {Building._meta.db_table} AS building ON building.place_id = place.id
), compound AS (
    SELECT place.path, (place.name, place.position, compound.address, compound.management, compound.gatehouse,
           compound.make_up)::text AS said
      FROM {Compound._meta.db_table} AS compound JOIN {Place._meta.db_table} AS place ON place.id = compound.place_id
     WHERE EXISTS (SELECT FROM part WHERE place.path >= part.lo AND place.path < part.hi)
        OR compound.place_id IN (SELECT compound_id FROM building)
)
SELECT md5(string_agg(path || said, E'\n' ORDER BY path))
  FROM (SELECT path, said FROM building UNION ALL SELECT path, said FROM compound) AS everything
"""  # noqa: S608  # names of our own tables; values are parameters


def _grant(given: Given, place: str) -> GrantSaid:
    until = _ms(given.valid_until) if given.valid_until else None
    return GrantSaid([str(hat) for hat in given.hats], given.path, place, _ms(given.valid_from), until)


def _campaign(campaign: Campaign, path: str) -> CampaignSaid:
    set_id = campaign.question_set_id
    asked = sets_by_id([set_id])[set_id].definition if set_id else None
    return CampaignSaid(
        id=campaign.pk,
        name=campaign.name,
        started_at=_ms(campaign.started_at),
        rules={name: getattr(campaign.rules, name) for name in Rules.__struct_fields__},
        questions=msgspec.Raw(asked.encode()) if asked is not None else None,
        number=number_at(path),
    )


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
