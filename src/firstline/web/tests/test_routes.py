"""Every address, asked by everybody: one row a route and method, one column a person, so that no page is forgotten.

A new page fails this test until it has its row. What the pages are about is made once an app: one test asks all rows
of an app, takes back what each of them changes, and names every row that fails. Read a row as: what each of these
people is answered when the page is about building 1 of ``cast.compound``, its door 1-1-101, an attempt there, and a
list of that compound.
302 is the way to the login page (or, for those within, onwards), 403 "not your role", 404 "not there, or not yours".
"""

import uuid
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.timezone import localdate

from firstline.accounts.devices.actions import invite_device
from firstline.accounts.devices.enrolling import enrol
from firstline.accounts.devices.hats import Hat
from firstline.census.actions import open_campaign, record_attempt
from firstline.census.callbacks.actions import log_call
from firstline.census.entry_checks.actions import draw_check
from firstline.census.logs.tests.logs import line, taken
from firstline.census.models import ShareDoor
from firstline.census.night.cells import Cells
from firstline.census.night.tests.sheets import typed
from firstline.census.online.actions import open_links, set_aside_reports
from firstline.census.online.tests.conftest import parked_report
from firstline.census.paper.actions import print_sheets
from firstline.census.questions.actions import keep_pictures
from firstline.census.questions.tests.test_pictures import photograph
from firstline.census.questions.tests.test_question_sets import uploaded
from firstline.census.recheck.tests.setting import given_out
from firstline.census.results import Result
from firstline.census.seals.actions import set_seal
from firstline.census.walk.actions import share_walk
from firstline.gaps.actions import dispute
from firstline.gaps.tests.open import gap_at
from firstline.kernel import clock
from firstline.notify.actions import Telling, add_robot, tell_many
from firstline.notify.models import RobotKind
from firstline.notify.robots import TEST
from firstline.places.actions import declare_buildings
from firstline.places.models import Place
from firstline.registry.actions import PutRight, accept_file, put_right
from firstline.registry.staging import row_id
from firstline.registry.tests.lists import encoded, failed_work, staged
from firstline.response.actions import register_copies
from firstline.response.answering.actions import keep_household, record_absence
from firstline.response.levels.actions import lower_level
from firstline.response.measures.tests.drafts import ordered
from firstline.response.models import Level
from firstline.sync.tests.phones import Phone
from firstline.testing.cast import COMMUNITY, TOWNSHIP, Cast
from firstline.web.tests.routes import TABLE, Row
from firstline.workforce.lists.actions import bring_people
from firstline.workforce.lists.tests.lists import STAFF

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0"

PEOPLE = (
    "stranger",  # not logged in
    "lapsed",  # a login whose only role has ended
    "worker",  # grid worker of this compound
    "worker_next",  # of the next one
    "worker_elsewhere",  # of another community
    "typist",  # information clerk of the community
    "director",  # of the community
    "clerk",  # of the subdistrict
    "county_officer",
    "other_county_officer",
)


@dataclass(frozen=True)
class Made:
    """What the addresses are about."""

    compound: uuid.UUID
    building: uuid.UUID
    door: uuid.UUID
    attempt: uuid.UUID
    log: uuid.UUID  # of visits, that waits to be accepted
    declaration: uuid.UUID
    file: uuid.UUID
    work: uuid.UUID
    accepted: uuid.UUID  # another list of that compound, in which the row `put_right` was put right
    put_right: uuid.UUID
    emergency: uuid.UUID
    copy: uuid.UUID
    batch: uuid.UUID  # a form printed for that compound
    came_in: uuid.UUID  # a call to the community's number
    recheck: uuid.UUID
    drawn: uuid.UUID  # building 1 in that sample, given to `worker_next`
    seal: uuid.UUID  # on door 1-1-102
    share: uuid.UUID  # of the community's walk, among these two
    walker: uuid.UUID
    other_walker: uuid.UUID
    compound_next: uuid.UUID
    community: uuid.UUID
    link: uuid.UUID  # the address of that compound for online reports
    code: str  # under which it stands
    report: uuid.UUID  # one that waits for a clerk
    decision: uuid.UUID  # about another one
    campaign: uuid.UUID
    questions: uuid.UUID
    shipped: str
    photo: uuid.UUID
    second: uuid.UUID  # the community's own, in which nobody works yet
    sheet: uuid.UUID  # of lines the worker typed in the night
    check: uuid.UUID  # for which those were drawn
    device: uuid.UUID  # the worker's phone
    invitation: uuid.UUID  # by which it came in
    where: str  # that compound
    answerer: uuid.UUID  # the worker, who answers for it
    people_list: uuid.UUID  # of the community's staff, not accepted yet
    absence: uuid.UUID  # the typist's
    household: uuid.UUID  # behind door 1-1-302, which five people see to
    order: uuid.UUID  # a measure of the county for that township
    slip: uuid.UUID  # a change of level just made
    division: str  # the community's code
    message: uuid.UUID  # to the director
    robot: uuid.UUID  # of a group of the community
    gap: uuid.UUID  # of that compound, open
    disputed: uuid.UUID  # another one there, that the worker says is wrong


@pytest.fixture
def made(cast: Cast) -> Made:
    declared = declare_buildings(cast.director, compound_id=cast.compound.pk, line="7号楼 1单元2层每层2户")
    attempt = record_attempt(cast.worker, door_id=cast.door.pk, result=Result.NO_ANSWER)
    accepted = staged(cast.director, cast.compound, encoded("房号,姓名\n9-1-101,王建国\n,张无门\n"))
    accept_file(cast.director, file_id=accepted.pk)
    drawn = given_out(cast)
    row = row_id(accepted.pk, 3, None)
    put_right(cast.director, file_id=accepted.pk, rows=[PutRight(row)])
    sheet = uuid.uuid4()
    typed(cast.worker, cast.compound, Cells("1-1-102", "w"), sheet_id=sheet)
    # Everybody's doors by day: a door tried in the evening is for the evening only, and these are all untried.
    team = [cast.worker.person_id, cast.director.person_id]
    shared = share_walk(cast.director, path=cast.compound.place.path, slot="day", people=team, minutes_each=480)
    walker = ShareDoor.objects.get(share=shared, door=cast.door_of(cast.compound, "1-1-301")).person_id
    assert walker
    (link,) = open_links(cast.director, place_ids=[cast.compound.pk])
    report, other = parked_report(link, "909"), parked_report(link, "910")
    invited = invite_device(cast.director, person_id=cast.worker.person_id, path=COMMUNITY, hats=[Hat.DOORS])
    phone = enrol(invited.code, public_key=Phone().public_key, client="0.1.0", persistent=True)
    (decision,) = set_aside_reports(cast.typist, report_ids=[other])
    told = Telling(TEST, COMMUNITY, [cast.director.person_id], {}, "/", 50)
    tell_many(cast.director, [told])
    robot = add_robot(cast.director, path=COMMUNITY, kind=RobotKind.WECOM, label="群", url=WECOM)
    gap, disputed = gap_at(cast.compound.place.path), gap_at(cast.compound.place.path, kind="doors_untried")
    dispute(cast.worker, gap_id=disputed.pk, reason="都敲过了")
    return Made(
        compound=cast.compound.pk,
        building=cast.building.pk,
        door=cast.door.pk,
        attempt=attempt.pk,
        log=taken(cast, line("1-1-102", "没人"), line("1-1-103", "登记")).log.pk,
        declaration=declared.id,
        file=staged(cast.director, cast.compound).pk,
        work=failed_work(cast.director, cast.compound),
        accepted=accepted.pk,
        put_right=row,
        emergency=cast.emergency.pk,
        recheck=drawn.recheck_id,
        drawn=drawn.pk,
        seal=set_seal(cast.worker, door_id=cast.door_of(cast.compound, "1-1-102").pk, number="7").pk,
        campaign=cast.campaign.pk,
        second=open_campaign(cast.director, path=COMMUNITY, name="第二轮").pk,
        sheet=sheet,
        check=draw_check(cast.director, compound_id=cast.compound.pk, day=localdate(clock.now()), percent=100).pk,
        copy=register_copies(cast.county_officer, key_ids=[cast.emergency.key_id], place="保险柜")[0].pk,
        batch=print_sheets(cast.director, kind="form", path=cast.compound.place.path, blank=1).pk,
        came_in=log_call(cast.director, path=COMMUNITY, taken=False).pk,
        device=phone.pk,
        invitation=invited.invitation.pk,
        where=cast.compound.place.path,
        answerer=cast.worker.person_id,
        people_list=bring_people(cast.director, path=COMMUNITY, name="名单.csv", content=STAFF).pk,
        absence=record_absence(cast.director, person_id=cast.typist.person_id).pk,
        household=keep_household(
            cast.director, door_id=cast.door_of(cast.compound, "1-1-302").pk, reason="独居老人"
        ).pk,
        order=ordered(cast, cast.county_officer, "pass_at_gates", TOWNSHIP).pk,
        slip=lower_level(cast.county_officer, emergency_id=cast.emergency.pk, level=Level.II, legal_basis="-").pk,
        division=COMMUNITY,
        share=shared.pk,
        walker=walker,
        other_walker=next(person for person in shared.people if person != walker),
        compound_next=cast.compound_next.pk,
        community=Place.objects.get(path=COMMUNITY).pk,
        link=link.pk,
        code=link.code,
        report=report,
        decision=decision.pk,
        questions=uploaded(cast.director).pk,
        shipped="flood-evacuation",
        message=told.id,
        robot=robot.pk,
        gap=gap.pk,
        disputed=disputed.pk,
        photo=keep_pictures(cast.worker, attempt_id=attempt.pk, pictures={"": photograph((30, 20))})[0].pk,
    )


# What an address is about that has a name instead of an id.
WORDS = {"code": "ABCD2345", "shipped": "flood-evacuation", "where": f"{COMMUNITY}/0099"}
# A place has a path, which no id looks like.
NOWHERE = {"where": WORDS["where"]}


@dataclass(frozen=True)
class Asked:
    """Everybody, each logged in once, and what they ask about."""

    made: Made
    sessions: dict[str, SimpleCookie]

    def answer(self, row: Row, person: str, about: uuid.UUID | str | None = None) -> Any:
        """What a person is answered; whatever it changed is taken back."""
        arguments = [about or getattr(self.made, row.about)] if row.about else []
        data = {key: str(getattr(self.made, said[1:])) if said[:1] == "@" else said for key, said in row.data.items()}
        client = Client()
        client.cookies = deepcopy(self.sessions[person])
        asked = client.get if row.method == "GET" else client.post
        with transaction.atomic():
            found = asked(reverse(row.name, args=arguments), data)
            transaction.set_rollback(True)
        return found


@pytest.fixture
def asked(cast: Cast, made: Made) -> Asked:
    clients = {person: Client() if person == "stranger" else getattr(cast, person).client() for person in PEOPLE}
    return Asked(made, {person: client.cookies for person, client in clients.items()})


def names_of(patterns: list[Any], space: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from names_of(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


def title(row: Row) -> str:
    return f"{row.method} {row.name}"


def app_of(row: Row) -> str:
    """The namespace of its address; nothing for those of Django and allauth."""
    return row.name.rpartition(":")[0]


APPS = sorted({app_of(row) for row in TABLE})


def rows_of(app: str) -> list[Row]:
    return [row for row in TABLE if app_of(row) == app]


def test_every_route_has_its_row() -> None:
    assert set(names_of(get_resolver().url_patterns)) == {row.name for row in TABLE}


def test_every_row_answers_everybody() -> None:
    assert {title(row): len(row.answers.split()) for row in TABLE} == {title(row): len(PEOPLE) for row in TABLE}


@pytest.mark.parametrize("app", APPS)
def test_route_answers_each_as_the_table_says(asked: Asked, app: str, subtests: pytest.Subtests) -> None:
    """And by address alone nobody learns which doors, lists or attempts there are."""
    for row in rows_of(app):
        with subtests.test(title(row)):
            found = {person: asked.answer(row, person) for person in PEOPLE}
            expected = dict(zip(PEOPLE, map(int, row.answers.split()), strict=True))
            assert {person: one.status_code for person, one in found.items()} == expected
            for person in PEOPLE if row.about else ():
                missing = asked.answer(row, person, NOWHERE.get(row.about, uuid.uuid4()))
                assert missing.status_code in _of_nothing(expected[person], person), person
                if expected[person] == 404:
                    assert words(missing) == words(found[person]), person


def _of_nothing(status: int, person: str) -> set[int]:
    """What somebody may be answered about what does not exist, who is answered ``status`` about what does."""
    if status == 302 and person == "stranger":
        return {302}
    # Forbidden: the role (whatever is asked for), or one's own area but somebody else's fact.
    return {404} if status in {200, 302, 303, 404} else {403, 404}


@pytest.mark.parametrize("app", [app for app in APPS if app])
def test_other_methods_are_refused(cast: Cast, app: str, subtests: pytest.Subtests) -> None:
    client = cast.director.client()
    asked: dict[str, Callable[[str], Any]] = {"GET": client.get, "POST": client.post, "DELETE": client.delete}
    for name, about in sorted({(row.name, row.about) for row in rows_of(app)}):
        address = reverse(name, args=[WORDS.get(about, uuid.uuid4())] if about else [])
        for method in asked.keys() - {row.method for row in TABLE if row.name == name}:
            with subtests.test(f"{method} {name}"):
                assert asked[method](address).status_code == 405


def words(response: Any) -> str:
    """The error a page says, without what differs between any two pages."""
    return str(response.context["text"]) if response.context else ""
