"""Fills an empty installation with the demonstration community, through the same actions that people use."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum

from django.utils.translation import gettext as _

from firstline.accounts import actions as accounts
from firstline.accounts.models import Person
from firstline.accounts.roles import Role
from firstline.accounts.selectors import actor_of_person
from firstline.census.coverage import coverage
from firstline.census.results import Outcome
from firstline.drill import community
from firstline.drill.days import Days
from firstline.drill.households import Inventor
from firstline.kernel import clock
from firstline.kernel.actors import Actor, console
from firstline.kernel.paths import subtree
from firstline.places import actions as places
from firstline.places.models import Compound, Contact, Management
from firstline.places.selectors import place_at
from firstline.response import actions as response
from firstline.response.models import Level

PASSWORD = "firstline-demo-2020"  # noqa: S105  # printed for everybody who tries the demonstration
_SEED = 20200126
_WORKERS = 8
_DAYS_SINCE_DECLARED = 17
Say = Callable[[str], None]


@dataclass(frozen=True)
class Demo:
    """One login of the demonstration; a grid worker's places follow from the compounds shared out."""

    login: str
    role: Role
    path: str
    post: str


DIRECTOR = Demo("director", Role.COMMUNITY_DIRECTOR, community.COMMUNITY, "社区主任")
WORKER = Demo("grid1", Role.GRID_WORKER, "", "网格员")
OTHERS = (
    Demo("typist", Role.INFORMATION_CLERK, community.COMMUNITY, "信息员"),
    Demo("subdistrict", Role.SUBDISTRICT_CLERK, "141102003", "街道办干事"),
    Demo("lishi", Role.COUNTY_OFFICER, "141102", "离石区防控办"),
    Demo("shilou", Role.COUNTY_OFFICER, "141126", "石楼县防控办"),
    Demo("elsewhere", Role.GRID_WORKER, community.ELSEWHERE, "网格员"),
)
# What takes two people (the end of an emergency's keys) can be tried too.
SECOND = Demo("lishi2", Role.COUNTY_OFFICER, "141102", "离石区防控办副主任")
LOGINS = (DIRECTOR, WORKER, *OTHERS, SECOND)


class Loaded(Enum):
    """How much of the demonstration an installation holds."""

    NOTHING = "nothing"
    PARTLY = "partly"
    WHOLE = "whole"
    OTHER = "other"


def loaded() -> Loaded:
    """Look what is there. Compounds are worked through in order, so the last one tells whether all are."""
    if place_at("14") is None:
        return Loaded.NOTHING
    within = subtree(community.COMMUNITY)
    counts = {one.name: one.account for one in coverage(within).places}
    if not counts.keys() & {estate.name for estate in community.ESTATES}:
        return Loaded.OTHER if place_at(community.COMMUNITY) is None else Loaded.PARTLY
    last = counts.get(community.ESTATES[-1].name)
    return Loaded.WHOLE if last is not None and last.doors > last.counts[Outcome.UNTRIED] else Loaded.PARTLY


def load(say: Say) -> None:
    """Build the community, its people, lists and three days of visits. The installation must be empty."""
    inventor, operator = Inventor(_SEED), console()
    _enter_divisions(operator)
    estates = _enter_estates(operator, inventor)
    director = _enrol(operator, inventor, DIRECTOR)
    workers = _share_out(operator, inventor, [compound for compound, _estate in estates])
    for demo in OTHERS:
        _enrol(operator, inventor, demo)
    _declare(operator)
    days = Days(inventor, actor_of_person(director.pk))
    for number, (compound, estate) in enumerate(estates, 1):
        say(_("%(number)d of %(all)d: %(name)s") % {"number": number, "all": len(estates), "name": estate.name})
        days.work(actor_of_person(workers[compound.pk]), compound, estate)
    _enrol(operator, inventor, SECOND)


def _enter_divisions(operator: Actor) -> None:
    for division in community.DIVISIONS:
        places.create_place(operator, kind=division.kind, code=division.code, name=division.name)


def _enter_estates(operator: Actor, inventor: Inventor) -> list[tuple[Compound, community.Estate]]:
    made = []
    for estate in community.ESTATES:
        compound = places.create_compound(operator, community_path=community.COMMUNITY, name=estate.name)
        places.describe_compound(
            operator,
            compound_id=compound.pk,
            profile=places.Profile(
                make_up=estate.make_up,
                management=estate.management,
                gatehouse=estate.management != Management.NOBODY,
                company=estate.company,
                contacts=[Contact(inventor.staff_name(), inventor.phone())] if estate.company else None,
                believed_households=estate.believed,
            ),
        )
        made.append((compound, estate))
    places.create_compound(operator, community_path=community.COMMUNITY, name="散居", scattered=True)
    return made


def _share_out(operator: Actor, inventor: Inventor, compounds: list[Compound]) -> dict[uuid.UUID, uuid.UUID]:
    """Give each compound to one of a few grid workers, the demonstration's own login among them."""
    workers = [_enrol(operator, inventor, WORKER)]
    workers += [_person(operator, inventor, WORKER.post) for _number in range(_WORKERS - 1)]
    answers = {}
    for number, compound in enumerate(compounds):
        worker = workers[number % _WORKERS]
        accounts.grant_role(operator, person_id=worker.pk, role=Role.GRID_WORKER, path=compound.place.path)
        answers[compound.pk] = worker.pk
    return answers


def _enrol(operator: Actor, inventor: Inventor, demo: Demo) -> Person:
    person = _person(operator, inventor, demo.post, demo)
    if demo.path:
        accounts.grant_role(operator, person_id=person.pk, role=demo.role, path=demo.path)
    return person


def _person(operator: Actor, inventor: Inventor, post: str, demo: Demo | None = None) -> Person:
    return accounts.enrol_person(
        operator,
        name=inventor.staff_name(),
        phone=inventor.phone(),
        post=post,
        home_path=(demo and demo.path) or community.COMMUNITY,
        username=demo.login if demo else None,
        password=PASSWORD if demo else None,
    )


def _declare(operator: Actor) -> None:
    """Level I in both counties, as on the page: 1月26日启动一级响应; here as many days ago."""
    for path, name, document in (
        ("141102", "离石区新冠肺炎疫情", "离疫防指〔2020〕1号"),
        ("141126", "石楼县新冠肺炎疫情", "石疫防指〔2020〕1号"),
    ):
        response.declare(
            operator,
            path=path,
            name=name,
            level=Level.I,
            legal_basis="《中华人民共和国突发事件应对法》",
            document_number=document,
            started_at=clock.now() - timedelta(days=_DAYS_SINCE_DECLARED),
        )
