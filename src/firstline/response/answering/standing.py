"""Who stands where at a moment, read for any number of paths at once: the table, the roles behind it, who is away."""

import uuid
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from firstline.accounts.models import Person
from firstline.accounts.roles import Role
from firstline.kernel import bulk, prepared
from firstline.response.models import Duty, Rank, Tier

# Where the table says nothing at a level, whoever has that role there is asked.
ROLE_TIERS: dict[Role, Tier] = {
    Role.GRID_WORKER: Tier.VILLAGE,
    Role.COMMUNITY_DIRECTOR: Tier.VILLAGE,
    Role.SUBDISTRICT_CLERK: Tier.TOWNSHIP,
    Role.COUNTY_OFFICER: Tier.COUNTY,
}
# By the word that stands in the table: looking a role up by its word costs more than all else that is made of a row.
_TIER_WORDS = {role.value: tier.value for role, tier in ROLE_TIERS.items()}
_ORDER = {duty.value: number for number, duty in enumerate(Duty)}


@dataclass(frozen=True, slots=True)
class Stander:
    """One line of the table in force, or a role (``role`` is not ""). ``gone``: the person has left since."""

    path: str
    tier: str
    duty: str
    label: str
    rank: str
    since: datetime
    id: uuid.UUID
    person_id: uuid.UUID
    sealed: bytes
    gone: bool
    away: bool
    role: str

    @property
    def leads(self) -> bool:
        return self.rank == Rank.LEAD

    @property
    def order(self) -> tuple[bool, bool, int]:
        """The table before roles, leads before deputies, then by duty; rows come longest-serving first."""
        return (bool(self.role), not self.leads, _ORDER.get(self.duty, len(_ORDER)))


@dataclass(frozen=True, slots=True)
class StandIn:
    """Whom an absent person named; ``away``: not here either."""

    person_id: uuid.UUID
    deputy_id: uuid.UUID
    sealed: bytes
    gone: bool
    away: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What was read: those in force at each path, and the deputies of those who are away, by person."""

    at_path: dict[str, list[Stander]]
    stand_ins: dict[uuid.UUID, StandIn]


def read_standing(paths: Collection[str], at: datetime) -> Standing:
    """Everybody in force at these very paths; one statement, and another while one of them is away."""
    found: dict[str, list[Stander]] = {}
    if not paths:
        return Standing({}, {})
    with prepared.cursor() as cursor:
        cursor.execute(_STANDING, {"at": at, "paths": bulk.array(paths), "roles": bulk.array(ROLE_TIERS)})
        rows = cursor.fetchall()
    for row in rows:
        one = _stander(row)
        found.setdefault(one.path, []).append(one)
    for those in found.values():
        those.sort(key=lambda one: one.order)
    away = {one.person_id for those in found.values() for one in those if one.away}
    return Standing(found, _stand_ins(away, at) if away else {})


def opened_name(person_id: uuid.UUID, sealed: bytes) -> Any:
    """Somebody's details, as ``accounts.PersonDetails``."""
    return Person.opened(person_id, sealed)


def _stander(row: Iterable[Any]) -> Stander:
    path, tier, duty, label, rank, since, id_, person_id, sealed, gone, away, role = row
    if role:
        tier = _TIER_WORDS[role]
    return Stander(path, tier, duty, label, rank, since, id_, person_id, sealed, gone, away, role)


def _stand_ins(away: Collection[uuid.UUID], at: datetime) -> dict[uuid.UUID, StandIn]:
    with prepared.cursor() as cursor:
        cursor.execute(_CHAIN, {"at": at, "people": bulk.array(away)})
        return {row[0]: StandIn(*row) for row in cursor.fetchall()}


# The longest-lasting of somebody's roles tells whether they left: all of them over, the last one after the line began.
_STANDING = """
SELECT line.path, line.tier, line.duty, line.label, line.rank, line.valid_from, line.id, line.person_id, person.sealed,
       coalesce(person.left_at <= %(at)s, false)
       OR coalesce((SELECT max(coalesce(valid_until, 'infinity')) FROM accounts_rolegrant
                     WHERE person_id = line.person_id) BETWEEN line.valid_from AND %(at)s, false),
       EXISTS (SELECT FROM response_absence WHERE person_id = line.person_id AND begins_at <= %(at)s
                  AND (ends_at IS NULL OR ends_at > %(at)s)),
       ''
  FROM response_responsibility AS line JOIN accounts_person AS person ON person.id = line.person_id
 WHERE line.path = ANY(%(paths)s::text[]) AND line.valid_from <= %(at)s
   AND (line.valid_until IS NULL OR line.valid_until > %(at)s)
UNION ALL
SELECT worn.path, '', '', '', 'lead', worn.valid_from, worn.id, worn.person_id, person.sealed,
       coalesce(person.left_at <= %(at)s, false),
       EXISTS (SELECT FROM response_absence WHERE person_id = worn.person_id AND begins_at <= %(at)s
                  AND (ends_at IS NULL OR ends_at > %(at)s)),
       worn.role
  FROM accounts_rolegrant AS worn JOIN accounts_person AS person ON person.id = worn.person_id
 WHERE worn.path = ANY(%(paths)s::text[]) AND worn.role = ANY(%(roles)s::text[]) AND worn.valid_from <= %(at)s
   AND (worn.valid_until IS NULL OR worn.valid_until > %(at)s)
 ORDER BY 6, 7
"""

# From those who are away to whom they named, and on to whom these named; UNION stops at a circle.
_CHAIN = """
WITH RECURSIVE away AS (
    SELECT person_id, deputy_id FROM response_absence
     WHERE person_id = ANY(%(people)s::uuid[]) AND deputy_id IS NOT NULL AND begins_at <= %(at)s
       AND (ends_at IS NULL OR ends_at > %(at)s)
    UNION
    SELECT further.person_id, further.deputy_id
      FROM response_absence AS further JOIN away ON away.deputy_id = further.person_id
     WHERE further.deputy_id IS NOT NULL AND begins_at <= %(at)s AND (ends_at IS NULL OR ends_at > %(at)s)
)
SELECT away.person_id, away.deputy_id, person.sealed,
       coalesce(person.left_at <= %(at)s, false)
       OR coalesce((SELECT max(coalesce(valid_until, 'infinity')) FROM accounts_rolegrant
                     WHERE person_id = away.deputy_id) <= %(at)s, false),
       EXISTS (SELECT FROM response_absence WHERE person_id = away.deputy_id AND begins_at <= %(at)s
                  AND (ends_at IS NULL OR ends_at > %(at)s))
  FROM away JOIN accounts_person AS person ON person.id = away.deputy_id
"""
