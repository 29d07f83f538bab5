"""石楼县 as the page tells of it: nine townships, 116 villages, 113 first secretaries; and who answers for which part.

Small and made up: the townships are real, the villages and all the people are invented.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from firstline.accounts import actions as accounts
from firstline.accounts.models import Person
from firstline.accounts.roles import Role
from firstline.accounts.selectors import actor_of_person
from firstline.drill import community
from firstline.kernel.actors import console
from firstline.places import actions as places
from firstline.places.division_table import DivisionRow
from firstline.places.models import PlaceKind
from firstline.response import actions as response
from firstline.response.answering import actions as answering
from firstline.response.measures.catalogue import switched_on
from firstline.response.measures.days import day_of
from firstline.response.measures.fields import values_of
from firstline.response.measures.ordering import Draft
from firstline.response.models import Duty, Emergency, Level, Tier
from firstline.testing.cast import PASSWORD, Member

COUNTY = "141126"
LINGQUAN, LUOCUN, CAOJIAYUAN, PEIGOU = "141126100", "141126101", "141126203", "141126204"
LAW = "《中华人民共和国传染病防治法》第四十二条"
# How many villages each township has; their codes begin at 200, as those of villages do.
_VILLAGES = {
    LINGQUAN: 20,
    LUOCUN: 14,
    "141126102": 15,
    "141126103": 14,
    "141126104": 12,
    "141126200": 14,
    "141126201": 12,
    CAOJIAYUAN: 7,
    PEIGOU: 8,
}
_FAMILIES, _GROUNDS = "王李张刘贺任郭薛曹辛马郝", ("家湾", "家坡")


def village(township: str, number: int) -> str:
    """The path of a township's village, counted from 1; -1 is its last."""
    return f"{township}{199 + (number if number > 0 else _VILLAGES[township] + 1 + number)}"


VILLAGES = [village(township, number) for township, many in _VILLAGES.items() for number in range(1, many + 1)]
# Where nobody was named on the first evening.
WITHOUT_SECRETARY = (village(LINGQUAN, -1), village(LUOCUN, -1), village(PEIGOU, -1))
WITHOUT_CADRE = village(LINGQUAN, 1)
WITHOUT_LEADER = PEIGOU


def at(day: int, hour: int, minute: int = 0, *, month: int = 1) -> datetime:
    """A moment of early 2020 by the clock on the county's wall."""
    return datetime(2020, month, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@dataclass(frozen=True, slots=True)
class Shilou:
    """Those of the county who log in."""

    officer: Member  # of the county
    clerk: Member  # of 灵泉镇
    clerk_luocun: Member  # of 罗村镇
    director: Member  # of the first village of 灵泉镇
    villager: Member  # grid worker of the second village of 灵泉镇


def enter() -> Shilou:
    """The county on the eve of it: its places, and people who log in."""
    for one in community.DIVISIONS:
        if COUNTY.startswith(one.code) or one.code.startswith(COUNTY):
            places.create_place(console(), kind=one.kind, code=one.code, name=one.name, valid_from=community.SINCE)
    rows = [
        DivisionRow(township, COUNTY, PlaceKind.TOWNSHIP, f"{township}乡", f"{township}乡") for township in _VILLAGES
    ]
    rows += [
        DivisionRow(path, path[:9], PlaceKind.COMMUNITY, f"{_name(path)}民委员会", _name(path)) for path in VILLAGES
    ]
    places.load_divisions(console(), rows=rows, valid_from=community.SINCE)
    return Shilou(
        officer=_member("shilou", "石永红", Role.COUNTY_OFFICER, COUNTY),
        clerk=_member("lingquan", "刘志强", Role.SUBDISTRICT_CLERK, LINGQUAN),
        clerk_luocun=_member("luocun", "任建平", Role.SUBDISTRICT_CLERK, LUOCUN),
        director=_member("village1", "高秀兰", Role.COMMUNITY_DIRECTOR, village(LINGQUAN, 1)),
        villager=_member("village2", "王海燕", Role.GRID_WORKER, village(LINGQUAN, 2)),
    )


def declare(county: Shilou, started_at: datetime) -> Emergency:
    """Level I with the measures of the catalogue, each as long as the catalogue says."""
    return response.declare(
        county.officer,
        path=COUNTY,
        name="新冠肺炎疫情防控",
        level=Level.I,
        legal_basis=LAW,
        document_number="石防指〔2020〕1号",
        started_at=started_at,
        measures=measures_of(county, Level.I, started_at),
    )


def measures_of(county: Shilou, level: Level, begins: datetime) -> list[Draft]:
    """What the catalogue switches on at a level, as the officer orders it."""
    return [
        Draft(entry.kind, values_of(entry.parameters), last, county.officer.person_id if last else None)
        for entry in switched_on(COUNTY, level)
        for last in [entry.last_day(day_of(begins))]
    ]


def name_everybody(county: Shilou) -> None:
    """County leaders for townships, cadres and first secretaries for villages: all but a few."""
    for township in _VILLAGES:
        if township != WITHOUT_LEADER:
            name(county.officer, f"县领导{township}", [township], Tier.COUNTY, Duty.COUNTY_LEADER)
        whole = [one for one in VILLAGES if one.startswith(township) and one != WITHOUT_CADRE]
        cadre_of = whole if township == LINGQUAN else [township]
        name(county.officer, f"包村干部{township}", cadre_of, Tier.TOWNSHIP, Duty.TOWNSHIP_CADRE)
    for path in VILLAGES:
        if path not in WITHOUT_SECRETARY:
            name(county.officer, f"第一书记{path}", [path], Tier.VILLAGE, Duty.FIRST_SECRETARY)


def name(by: Member, called: str, paths: Sequence[str], tier: Tier, duty: Duty) -> Person:
    """Somebody new to us, named for some places."""
    person = accounts.enrol_person(console(), name=called, home_path=COUNTY, phone="13900000000")
    answering.assign(by, person_id=person.pk, places=paths, tier=tier, duty=duty)
    return person


def _name(path: str) -> str:
    number = int(path[9:]) - 200
    return f"{_FAMILIES[number % len(_FAMILIES)]}{_GROUNDS[number // len(_FAMILIES)]}村"


def _member(username: str, called: str, role: Role, path: str) -> Member:
    person = accounts.enrol_person(
        console(), name=called, home_path=path, phone="13900000000", username=username, password=PASSWORD
    )
    accounts.grant_role(console(), person_id=person.pk, role=role, path=path)
    actor = actor_of_person(person.pk)
    return Member(actor.person_id, actor.label, actor.grants, name=called)
