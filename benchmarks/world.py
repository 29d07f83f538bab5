"""A city of counties of 100,000 doors each, written by COPY; 300,000 mentions and 500,000 attempts in the first."""

import random
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import msgspec
from django.db import connection

from benchmarks import attempts
from firstline.accounts import actions as accounts
from firstline.accounts.models import Person, PersonDetails
from firstline.accounts.roles import Role
from firstline.census.models import TALLIED
from firstline.drill.households import Inventor
from firstline.kernel import clock, crypto, paths, scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.keys import organisation_key
from firstline.places import actions as places
from firstline.places.models import Building, Door, Place, PlaceKind
from firstline.registry import tokens as search_tokens
from firstline.registry.models import MentionDetails
from firstline.registry.person_line import PersonSaid
from firstline.response import actions as response
from firstline.response.models import Emergency, Level

CITY, PASSWORD = "1411", "benchmark-only-2020"
# Where the readers stand, and all mentions; the other counties are only doors and where they stand.
COUNTY = f"{CITY}02"
_COMMUNITIES_A_COUNTY = 28
_FLOORS, _UNITS, _ACROSS = 6, 3, 2
_BUILDINGS = 4
_COMPOUNDS = 25
_A_COMMUNITY = _FLOORS * _UNITS * _ACROSS * _BUILDINGS * _COMPOUNDS
_MENTIONS_A_DOOR = 3
_TRIED = 0.7
_BATCH = 20_000


@dataclass(frozen=True)
class World:
    """What the benchmarks need to know of the county."""

    counties: int
    doors: int
    mentions: int
    attempts: int
    compound_id: uuid.UUID
    building_id: uuid.UUID

    @property
    def described(self) -> str:
        """The installation in a line."""
        return (
            f"{self.doors:>9,} doors, counties: {self.counties}, {self.mentions:,} mentions, {self.attempts:,} attempts"
        )


def make(doors: int, *, tried: bool = True) -> None:
    """Fill the empty database; of a county three quarters of the time goes into tokens and their index."""
    operator, dice = console(), random.Random(1)
    places.create_place(operator, kind=PlaceKind.PROVINCE, code=CITY[:2], name="山西省")
    places.create_place(operator, kind=PlaceKind.CITY, code=CITY, name="吕梁市")
    communities = -(-doors // _A_COMMUNITY)
    for number, first in enumerate(range(0, communities, _COMMUNITIES_A_COUNTY), start=2):
        county = f"{CITY}{number:02d}"
        _county(operator, county, range(first, min(first + _COMMUNITIES_A_COUNTY, communities)), dice, tried=tried)
    _people(operator)


def found() -> World:
    """The county as it stands. Raises Compound.DoesNotExist when nothing has been made yet."""
    with scope.enter(console()):
        building = Building.objects.order_by("place__path").first()
        assert building is not None
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT (SELECT count(*) FROM places_place WHERE kind = 'county'),"
                " (SELECT count(*) FROM places_door), (SELECT count(*) FROM registry_mention),"
                " (SELECT count(*) FROM census_attempt)"
            )
            counties, doors, mentions, tried = cursor.fetchone()
    return World(counties, doors, mentions, tried, building.compound_id, building.pk)


def _county(operator: Actor, county: str, communities: range, dice: random.Random, *, tried: bool) -> None:
    places.create_place(operator, kind=PlaceKind.COUNTY, code=county, name=f"{county[-2:]}区")
    places.create_place(operator, kind=PlaceKind.TOWNSHIP, code=_township(county), name="莲花池街道")
    emergency = response.declare(
        operator,
        path=county,
        name="Benchmark",
        level=Level.I,
        legal_basis="-",
        document_number="-",
        started_at=clock.now() - timedelta(days=17),
    )
    with scope.enter(operator):
        standing = [
            door
            for number in communities
            for door in _community(operator, county, number, emergency, dice, tried=tried)
        ]
        if tried and county == COUNTY:
            _mentions(standing, emergency)
            attempts.write([(door[0], door[1]) for door in standing], emergency, _copy)
    if tried and county == COUNTY:
        # The states written with the doors give way to what the attempts add up to.
        attempts.derive(operator, emergency)


def _township(county: str) -> str:
    return f"{county}003"


def _people(operator: Actor) -> None:
    for login, role, path in (
        ("director", Role.COMMUNITY_DIRECTOR, f"{_township(COUNTY)}001"),
        ("officer", Role.COUNTY_OFFICER, COUNTY),
    ):
        person = accounts.enrol_person(
            operator, name=login, phone="", post="", home_path=path, username=login, password=PASSWORD
        )
        accounts.grant_role(operator, person_id=person.pk, role=role, path=path)


def _community(
    operator: Actor, county: str, number: int, emergency: Emergency, dice: random.Random, *, tried: bool
) -> list[Sequence[object]]:
    """One community of 25 compounds of four buildings, a grid worker each; its doors as (id, path)."""
    path = f"{_township(county)}{number % _COMMUNITIES_A_COUNTY + 1:03d}"
    places.create_place(operator, kind=PlaceKind.COMMUNITY, code=path, name=f"第{number + 1}社区")
    parent = Place.objects.get(path=path)
    nodes, compounds, buildings, doors, states, tallies, people, grants = [], [], [], [], [], [], [], []
    now = clock.now()
    for c in range(1, _COMPOUNDS + 1):
        compound_path, compound = paths.child(path, "compound", c), uuid.uuid4()
        nodes.append((compound, compound_path, "compound", f"第{c}院", parent.pk, c))
        compounds.append((compound, "developed", "company", True, [], "", ""))
        worker = Person(home_path=path)
        worker.seal(PersonDetails(f"网格员{c}"), organisation_key())
        people.append((worker.pk, path, worker.sealed, now))
        grants.append((uuid.uuid4(), worker.pk, Role.GRID_WORKER.value, compound_path, now, operator.person_id))
        for b in range(1, _BUILDINGS + 1):
            building_path, building = paths.child(compound_path, "building", b), Building.id_for(compound, str(b))
            nodes.append((building, building_path, "building", str(b), compound, b))
            counts = dict.fromkeys(TALLIED, 0)
            made = list(_doors(compound, building, building_path, b, now))
            for door in made:
                if tried and dice.random() < _TRIED:
                    outcome = dice.choices(TALLIED, [60, 3, 8, 1, 4, 5, 8, 5, 3, 2, 1])[0]
                    counts[outcome] += 1
                    states.append(
                        (emergency.default_campaign_id, door[0], door[2], outcome, now, 1, now, "door", "", "none", "")
                    )
            doors += made
            buildings.append((building, compound, str(b), "flats", "", len(made), "listed", now))
            tallies.append((emergency.default_campaign_id, building, building_path, *counts.values()))
    _copy("accounts_person (id, home_path, sealed, created_at)", people)
    _copy("accounts_rolegrant (id, person_id, role, path, valid_from, granted_by_id)", grants)
    _copy("places_place (id, path, kind, name, parent_id, position)", nodes)
    _copy(
        "places_compound (place_id, make_up, management, gatehouse, aliases, address, believed_households)", compounds
    )
    _copy("places_building (place_id, compound_id, label, shape, plan, door_count, frame, created_at)", buildings)
    _copy("places_door (id, building_id, path, unit, floor, room, label, position, created_at)", doors)
    _copy(
        "census_doorstate (campaign_id, door_id, path, outcome, since, attempts, last_attempt_at, channel, disposition,"
        " step, slot)",
        states,
    )
    columns = ", ".join(outcome.value for outcome in TALLIED)
    _copy(f"census_buildingtally (campaign_id, building_id, path, {columns})", tallies)
    return [(door[0], door[2]) for door in doors]


def _doors(
    compound: uuid.UUID, building: uuid.UUID, path: str, number: int, now: object
) -> Iterator[tuple[uuid.UUID, uuid.UUID, str, str, int, str, str, int, object]]:
    position = 0
    for unit in range(1, _UNITS + 1):
        for floor in range(1, _FLOORS + 1):
            for side in range(1, _ACROSS + 1):
                position += 1
                room = f"{floor}{side:02d}"
                label = f"{number}-{unit}-{room}"
                door = Door.id_for(compound, label)
                yield door, building, paths.child(path, "door", position), str(unit), floor, room, label, position, now


def _mentions(doors: Sequence[Sequence[object]], emergency: Emergency) -> None:
    inventor, names = Inventor(2), []
    while len(names) < 20_000:
        names += inventor.household()
    rows, tokens = [], []
    for number, (door, door_path) in enumerate(doors):
        path = str(door_path)[:17]  # a list's mentions carry their compound's
        for part in range(_MENTIONS_A_DOOR):
            said = names[(number * _MENTIONS_A_DOOR + part * 7) % len(names)]
            details = MentionDetails(said.name, said.relation, [said.phone], said.id_number)
            mention = uuid.uuid4()
            row = f"registry_mention:{mention}"
            sealed = crypto.seal(msgspec.msgpack.encode(details), key_id=emergency.key_id, row=row)
            rows.append(
                (
                    mention,
                    path,
                    emergency.pk,
                    emergency.default_campaign_id,
                    door,
                    "visit",
                    uuid.uuid4(),
                    part,
                    "",
                    "",
                    sealed,
                )
            )
            spoken = PersonSaid(name=said.name, phones=(said.phone,), id_number=said.id_number)
            tokens += [(token, mention, path) for token in search_tokens.of(spoken, key_id=emergency.key_id)]
        if len(rows) > _BATCH:
            _write_mentions(rows, tokens)
    _write_mentions(rows, tokens)


def _write_mentions(rows: list[tuple[object, ...]], tokens: list[tuple[object, ...]]) -> None:
    _copy(
        "registry_mention (id, path, emergency_id, campaign_id, door_id, source, source_id, part, sex,"
        " origin_division, sealed)",
        rows,
    )
    _copy("registry_mentiontoken (token, mention_id, path)", tokens)
    rows.clear()
    tokens.clear()


def _copy(table: str, rows: Iterable[Sequence[object]]) -> None:
    """COPY cannot enter a table with row-level security; a temporary one can, and INSERT takes it from there."""
    name, _, columns = table.partition(" ")
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT {columns[1:-1]} FROM {name} LIMIT 0")
        with cursor.copy(f"COPY incoming {columns} FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)
        cursor.execute(f"INSERT INTO {table} SELECT * FROM incoming")
        cursor.execute("DROP TABLE incoming")
