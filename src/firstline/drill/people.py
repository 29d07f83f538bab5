"""Who works in a drill: logins for every role, grid workers who share the compounds, and the emergency."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from firstline.accounts import actions as accounts
from firstline.accounts.models import Login, Person
from firstline.accounts.roles import Role
from firstline.accounts.second_factor.demonstration import set_up_known
from firstline.accounts.selectors import actor_of_person
from firstline.drill import community, levels
from firstline.drill.households import Inventor
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.paths import COMMUNITY_LENGTH
from firstline.places.models import Compound
from firstline.response import actions as response
from firstline.response.models import Level

PASSWORD = "firstline-demo-2020"  # noqa: S105  # printed for everybody who tries the demonstration
_WORKERS = 8
_TOWNSHIP = "141102003"
_DAYS_SINCE_DECLARED = 17
_UNTIL_RAISED = timedelta(hours=3)


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
    Demo("subdistrict", Role.SUBDISTRICT_CLERK, _TOWNSHIP, "街道办干事"),
    Demo("lishi", Role.COUNTY_OFFICER, "141102", "离石区防控办"),
    Demo("shilou", Role.COUNTY_OFFICER, "141126", "石楼县防控办"),
    Demo("lvliang", Role.CITY_OFFICER, "1411", "吕梁市防控办"),
    Demo("elsewhere", Role.GRID_WORKER, community.ELSEWHERE, "网格员"),
)
# What takes two people (the end of an emergency's keys) can be tried too.
SECOND = Demo("lishi2", Role.COUNTY_OFFICER, "141102", "离石区防控办副主任")
LOGINS = (DIRECTOR, WORKER, *OTHERS, SECOND)


def share_out(operator: Actor, inventor: Inventor, compounds: Sequence[Compound]) -> dict[uuid.UUID, uuid.UUID]:
    """Give each compound to one of a few grid workers, the demonstration's own login among them."""
    workers = [enrol(operator, inventor, WORKER)]
    workers += [_person(operator, inventor, WORKER.post) for _number in range(_WORKERS - 1)]
    answers = {}
    for number, compound in enumerate(compounds):
        worker = workers[number % _WORKERS]
        accounts.grant_role(operator, person_id=worker.pk, role=Role.GRID_WORKER, path=compound.place.path)
        answers[compound.pk] = worker.pk
    return answers


def appoint(operator: Actor, inventor: Inventor, demo: Demo) -> Person:
    """Somebody with a login and their role; where nobody logs in, as when lists are scored, that is enough."""
    person = _person(operator, inventor, demo.post, demo)
    if demo.path:
        accounts.grant_role(operator, person_id=person.pk, role=demo.role, path=demo.path)
    return person


def enrol(operator: Actor, inventor: Inventor, demo: Demo) -> Person:
    """The same, with the second factor that everybody knows. RuntimeError where it is no demonstration."""
    person = appoint(operator, inventor, demo)
    if demo.path and len(demo.path) < COMMUNITY_LENGTH:
        set_up_known(Login.objects.get(person=person))
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


def declare(operator: Actor, staff: Mapping[str, Person], started_at: datetime | None = None) -> None:
    """Level I in both counties, as on the page: 1月26日启动一级响应; here as many days ago, unless files say when.

    ``staff`` are the logins' people: the counties' officers raise the level, the township asks more.
    """
    for login, path, name, document in (
        ("lishi", "141102", "离石区新冠肺炎疫情", "离疫防指〔2020〕%s号"),
        ("shilou", "141126", "石楼县新冠肺炎疫情", "石疫防指〔2020〕%s号"),
    ):
        emergency = response.declare(
            operator,
            path=path,
            name=name,
            level=Level.II,
            legal_basis="《中华人民共和国突发事件应对法》",
            document_number=document % 1,
            started_at=started_at or clock.now() - timedelta(days=_DAYS_SINCE_DECLARED),
        )
        officer = actor_of_person(staff[login].pk)
        levels.raise_to_first(officer, emergency, document % 2, _UNTIL_RAISED)
        if login == "lishi":
            clerk = actor_of_person(staff["subdistrict"].pk)
            levels.ask_more(clerk, emergency, path=_TOWNSHIP)
