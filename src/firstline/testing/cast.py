"""The fixed cast: who is inside the area, who is outside, who is above, so that a name tells the expectation.

The rows are made once a run, through the same actions that people use, read back, and rolled back; what inserts
copies of them is put together once too, and sent in one go for each test that asks for the cast, in its own transaction
(or committed, for a live server).
"""

import copy
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test import Client

from firstline.accounts import actions as accounts
from firstline.accounts.models import Login, Person
from firstline.accounts.roles import Role
from firstline.accounts.selectors import actor_of_person
from firstline.audit.models import LedgerEntry
from firstline.census.models import Campaign
from firstline.kernel import clock, keys, scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.models import Touched
from firstline.places import actions as places
from firstline.places.frames import DoorProposal, ensure_doors
from firstline.places.models import Building, Compound, Door, Frame, PlaceKind
from firstline.response import actions as response
from firstline.response.measures import standing
from firstline.response.models import Emergency, Level
from firstline.testing.logins import log_in_whole

PASSWORD = "lianchi-1102-door"  # noqa: S105  # of every login of the cast
COUNTY, OTHER_COUNTY = "141102", "141126"
TOWNSHIP, OTHER_TOWNSHIP = "141102003", "141126100"
COMMUNITY, COMMUNITY_ELSEWHERE, OTHER_COMMUNITY = "141102003005", "141102003001", "141126100001"
# Since when the cast's divisions have their codes.
SINCE = date(2012, 1, 1)

_DIVISIONS = (
    ("14", "山西省", PlaceKind.PROVINCE),
    ("1411", "吕梁市", PlaceKind.CITY),
    (COUNTY, "离石区", PlaceKind.COUNTY),
    (TOWNSHIP, "莲花池街道", PlaceKind.TOWNSHIP),
    (COMMUNITY_ELSEWHERE, "马茂庄社区", PlaceKind.COMMUNITY),
    (COMMUNITY, "丽景街社区", PlaceKind.COMMUNITY),
    (OTHER_COUNTY, "石楼县", PlaceKind.COUNTY),
    (OTHER_TOWNSHIP, "灵泉镇", PlaceKind.TOWNSHIP),
    (OTHER_COMMUNITY, "城关社区", PlaceKind.COMMUNITY),
)
_UNITS, _FLOORS, _ROOMS_A_FLOOR = 2, 3, 2


@dataclass(frozen=True, slots=True)
class Member(Actor):
    """Somebody of the cast: an actor, with the name they are called by."""

    name: str = ""

    @property
    def login(self) -> Login:
        return Login.objects.select_related("person").get(person_id=self.person_id)

    @property
    def person(self) -> Person:
        return Person.objects.get(pk=self.person_id)

    def client(self, **extra: Any) -> Client:
        """A test client in which this person is logged in, with whatever their role needs for that."""
        client = Client(**extra)
        log_in_whole(client, self.login)
        return client


@dataclass
class Cast:
    """Everybody, and the places they stand in. ``compound`` is the worker's; the others are out of their reach."""

    county_officer: Member  # of 141102, above everybody below
    second_officer: Member  # of 141102 too: what takes two people
    other_county_officer: Member  # of 141126, sees nothing of 141102
    clerk: Member  # of the subdistrict 141102003
    director: Member  # of the community 141102003005
    worker: Member  # grid worker of `compound` only
    worker_next: Member  # grid worker of `compound_next`, in the same community
    worker_elsewhere: Member  # grid worker of another community of the same subdistrict
    typist: Member  # information clerk of the community
    lapsed: Member  # was grid worker of `compound` until yesterday
    emergency: Emergency  # of 141102
    other_emergency: Emergency  # of 141126
    campaign: Campaign  # the default one of `emergency`
    compound: Compound  # 枫林苑: buildings 1 and 2, twelve doors each
    compound_next: Compound  # 邮电局家属院: building 1, in the same community
    compound_elsewhere: Compound  # in another community of the same subdistrict
    compound_other_county: Compound

    password = PASSWORD

    @property
    def building(self) -> Building:
        """Building 1 of ``compound``."""
        return self.building_of(self.compound)

    @property
    def door(self) -> Door:
        """Door 1-1-101 of ``compound``."""
        return self.door_of(self.compound)

    @property
    def door_next(self) -> Door:
        return self.door_of(self.compound_next)

    @property
    def door_elsewhere(self) -> Door:
        return self.door_of(self.compound_elsewhere)

    @property
    def door_other_county(self) -> Door:
        return self.door_of(self.compound_other_county)

    def building_of(self, compound: Compound, label: str = "1") -> Building:
        return Building.objects.select_related("place", "compound__place").get(compound=compound, label=label)

    def door_of(self, compound: Compound, label: str = "1-1-101") -> Door:
        related = Door.objects.select_related("building__place", "building__compound__place")
        return related.get(pk=Door.id_for(compound.pk, label))


@dataclass(frozen=True)
class _Template:
    insertion: str  # the statements that insert the rows
    cast: Cast
    organisation_key: uuid.UUID
    rules: standing.Kept | None


@pytest.fixture(scope="session")
def cast_template(django_db_setup: None, django_db_blocker: Any) -> _Template:
    """The rows of the cast, made once through the real actions and taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = make_cast()
        with scope.enter(console()):
            rows = _harvest()
            standing.keep(None)
            standing.standing()
        key = keys.organisation_key()
        transaction.set_rollback(True)
    with django_db_blocker.unblock():
        insertion = _insertion_of(rows)
    return _Template(insertion, made, key, standing.kept())


@pytest.fixture
def cast(db: None, cast_template: _Template) -> Iterator[Cast]:
    """The cast, in this test's database. The ledger is empty: what a test finds there, it did itself;
    so is the log of what was touched."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(cast_template.insertion)
    keys.remember_standing_key(cast_template.organisation_key)
    standing.keep(cast_template.rules)
    yield copy.deepcopy(cast_template.cast)
    keys.forget_standing_key()


def _insertion_of(tables: list[list[models.Model]]) -> str:
    """What Django sends to insert these rows."""
    sent: list[str] = []

    def note(execute: Callable[..., Any], statement: str, values: Any, many: bool, context: dict[str, Any]) -> Any:
        sent.append(context["cursor"].mogrify(statement, values))
        return execute(statement, values, many, context)

    with transaction.atomic():
        with connection.execute_wrapper(note):
            for rows in tables:
                type(rows[0])._base_manager.bulk_create([_fresh(row) for row in rows])
        transaction.set_rollback(True)
    return ";\n".join(statement for statement in sent if statement.startswith("INSERT"))


def _fresh(row: models.Model) -> models.Model:
    """A copy to insert: what only the database can fill is filled anew."""
    new = copy.copy(row)
    new._state = copy.copy(row._state)
    new._state.adding = True
    for field in new._meta.concrete_fields:
        if field.has_db_default():
            setattr(new, field.attname, field.get_default())
    return new


def _harvest() -> list[list[models.Model]]:
    """All rows of our own tables, those first that others refer to."""
    ours = [model for app in apps.get_app_configs() if app.name.startswith("firstline.") for model in app.get_models()]
    told = (LedgerEntry, Touched)
    tables = [rows for model in ours if model not in told and (rows := list(model._base_manager.all()))]
    order = _dependencies_first([type(rows[0]) for rows in tables])
    return sorted(tables, key=lambda rows: order.index(type(rows[0])))


def _dependencies_first(found: list[type[models.Model]]) -> list[type[models.Model]]:
    placed: list[type[models.Model]] = []

    def place(model: type[models.Model]) -> None:
        for field in model._meta.concrete_fields:
            target = field.related_model
            if isinstance(target, type) and target is not model and target in found and target not in placed:
                place(target)
        if model not in placed:
            placed.append(model)

    for model in found:
        place(model)
    return placed


def make_cast() -> Cast:
    """Everybody and every place, through the real actions, in whichever database is asked."""
    operator = console()
    for code, name, kind in _DIVISIONS:
        places.create_place(operator, kind=kind, code=code, name=name, valid_from=SINCE)
    home = _compound("枫林苑", COMMUNITY, ["1", "2"])
    following = _compound("邮电局家属院", COMMUNITY, ["1"])
    elsewhere = _compound("马茂庄小区", COMMUNITY_ELSEWHERE, ["1"])
    far = _compound("石楼家属院", OTHER_COMMUNITY, ["1"])
    emergency, other = _declare(COUNTY), _declare(OTHER_COUNTY)
    lapsed = _member("lapsed", "韩建国", Role.GRID_WORKER, home.place.path, lapsed=True)
    return Cast(
        county_officer=_member("lishi", "李卫国", Role.COUNTY_OFFICER, COUNTY),
        second_officer=_member("lishi2", "张爱民", Role.COUNTY_OFFICER, COUNTY),
        other_county_officer=_member("shilou", "石永红", Role.COUNTY_OFFICER, OTHER_COUNTY),
        clerk=_member("subdistrict", "刘志强", Role.SUBDISTRICT_CLERK, TOWNSHIP),
        director=_member("director", "高秀兰", Role.COMMUNITY_DIRECTOR, COMMUNITY),
        worker=_member("grid1", "王海燕", Role.GRID_WORKER, home.place.path),
        worker_next=_member("grid2", "赵小军", Role.GRID_WORKER, following.place.path),
        worker_elsewhere=_member("elsewhere", "马文斌", Role.GRID_WORKER, COMMUNITY_ELSEWHERE),
        typist=_member("typist", "任晓梅", Role.INFORMATION_CLERK, COMMUNITY),
        lapsed=lapsed,
        emergency=emergency,
        other_emergency=other,
        campaign=Campaign.objects.get(pk=emergency.default_campaign_id),
        compound=home,
        compound_next=following,
        compound_elsewhere=elsewhere,
        compound_other_county=far,
    )


def _compound(name: str, community: str, buildings: list[str]) -> Compound:
    operator = console()
    compound = places.create_compound(operator, community_path=community, name=name)
    doors = [
        DoorProposal(building, str(unit), f"{floor}0{room}", f"{building}-{unit}-{floor}0{room}", floor)
        for building in buildings
        for unit in range(1, _UNITS + 1)
        for floor in range(1, _FLOORS + 1)
        for room in range(1, _ROOMS_A_FLOOR + 1)
    ]
    ensure_doors(compound, doors, how=Frame.DECLARED, by=operator)
    return Compound.objects.select_related("place").get(pk=compound.pk)


def _declare(path: str) -> Emergency:
    return response.declare(
        console(),
        path=path,
        name="新冠肺炎疫情防控",
        level=Level.I,
        legal_basis="《中华人民共和国传染病防治法》第四十二条",
        document_number="晋政发〔2020〕1号",
        started_at=clock.now() - timedelta(days=2),
    )


def _member(username: str, name: str, role: Role, path: str, *, lapsed: bool = False) -> Member:
    operator, now = console(), clock.now()
    person = accounts.enrol_person(
        operator, name=name, home_path=path, phone="13900000000", username=username, password=PASSWORD
    )
    accounts.grant_role(
        operator,
        person_id=person.pk,
        role=role,
        path=path,
        valid_from=now - timedelta(days=3),
        valid_until=now - timedelta(days=1) if lapsed else None,
    )
    actor = actor_of_person(person.pk)
    return Member(actor.person_id, actor.label, actor.grants, name=name)
