"""The route of changes: what comes first, what comes later, what never comes, and what the ledger says of it."""

import gzip
import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from msgspec.structs import replace

from firstline.accounts.models import Device, DeviceGrant
from firstline.audit.models import LedgerEntry
from firstline.census import actions as census
from firstline.census.results import Result
from firstline.census.walk import actions as walk
from firstline.kernel import clock, scope
from firstline.kernel.tests.test_changes import writers
from firstline.places import actions as places
from firstline.registry.person_line import PersonSaid
from firstline.sync.feed import cursor as cursors
from firstline.sync.feed import page as feed
from firstline.sync.feed.tests.following import Follower
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import COMMUNITY, Cast

pytestmark = pytest.mark.usefixtures("transactional_db")
DAY = timedelta(days=1)
WANG = PersonSaid(name="王建国", sex="male", birth_year=1961, relation="head", phones=("13912344820",))


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast.worker.person_id, cast.compound.place.path, valid_from=clock.now() - DAY)


@pytest.fixture
def device(phone: Phone) -> Follower:
    return Follower(phone)


def visit(cast: Cast, label: str = "1-1-101", result: str = Result.NO_ANSWER, **given: Any) -> Any:
    door = cast.door_of(cast.compound, label)
    return census.record_attempt(cast.worker, door_id=door.pk, result=result, **given)


def test_it_begins_with_everything_of_its_place_and_nothing_beside(cast: Cast, device: Follower) -> None:
    first = device.page()
    assert (first["reset"], first["more"]) == (True, False)
    assert len(device.doors) == 24
    paths = {door["path"] for door in device.doors.values()}
    assert all(path.startswith(f"{cast.compound.place.path}/") for path in paths)
    assert [one["name"] for one in device.area["compounds"]] == ["枫林苑"]  # type: ignore[index]


def test_what_nobody_touched_does_not_come_again(cast: Cast, device: Follower) -> None:
    device.follow()
    again = device.page()
    assert (again["doors"], again["gone"], again["area"], again["reset"]) == ([], [], None, False)


def test_a_visit_comes_as_the_document_of_its_door(cast: Cast, device: Follower) -> None:
    device.follow()
    attempt = visit(cast, result=Result.REGISTERED, people=[WANG], note="门锁坏了")
    device.follow()
    (door,) = [device.doors[door_id] for door_id in device.told]
    assert door["label"] == "1-1-101"
    assert door["state"]["outcome"] == "registered"
    assert door["people"] == [
        {"name": "王建国", "sex": "male", "born": 1961, "relation": "户主", "sources": ["上门"], "tail": "4820"}
    ]
    (tried,) = door["tried"]
    assert (tried["id"], tried["by"], tried["note"], tried["void"]) == (str(attempt.pk), "王海燕", "门锁坏了", False)
    assert tried["at"] == round(attempt.happened_at.timestamp() * 1000)


def test_a_time_agreed_upon_is_told_as_such(cast: Cast, device: Follower) -> None:
    device.follow()
    again_at = (clock.now() + timedelta(days=1)).replace(microsecond=0)
    visit(cast, result=Result.COME_BACK, again_at=again_at)
    (door_id,) = device.follow().told
    door = device.doors[door_id]
    assert door["tried"][0]["again_at"] == door["state"]["due"] == int(again_at.timestamp() * 1000)


def test_a_visit_taken_back_comes_too(cast: Cast, device: Follower) -> None:
    attempt = visit(cast, result=Result.REGISTERED, people=[WANG])
    device.follow()
    census.void_attempt(cast.worker, attempt_id=attempt.pk)
    (door_id,) = device.follow().told
    door = device.doors[door_id]
    assert (door["people"], door["state"]["outcome"], door["tried"][0]["void"]) == ([], "untried", True)


def test_no_document_number_and_no_whole_phone_leaves_the_house(cast: Cast, device: Follower) -> None:
    said = PersonSaid(name="李梅", phones=("13987654321",), id_number="142302197602226845")
    visit(cast, result=Result.REGISTERED, people=[said])
    body = device.ask().content.decode()
    assert "李梅" in body
    assert "13987654321" not in body
    assert "6845" not in body


def test_equal_names_at_one_door_are_one_line(cast: Cast, device: Follower) -> None:
    visit(cast, result=Result.PARTIAL, people=[PersonSaid(name="王建国")])
    visit(cast, result=Result.REGISTERED, people=[WANG, PersonSaid(name="王 小丽")])
    device.follow()
    people = device.doors[str(cast.door.pk)]["people"]
    assert [(one["name"], one["born"]) for one in people] == [("王建国", 1961), ("王 小丽", None)]


def test_five_attempts_come_the_newest_first(cast: Cast, device: Follower) -> None:
    now = clock.now()
    for hours in range(7, 0, -1):
        visit(cast, happened_at=now - timedelta(hours=hours), note=str(hours))
    device.follow()
    door = device.doors[str(cast.door.pk)]
    assert [one["note"] for one in door["tried"]] == ["1", "2", "3", "4", "5"]
    assert door["state"]["attempts"] == 7


def test_who_was_refused_is_not_sent_again(cast: Cast, device: Follower) -> None:
    visit(cast, result=Result.REFUSED)
    device.follow()
    assert device.doors[str(cast.door.pk)]["state"]["not_me"] is True
    director = Follower(phone_of(cast.director.person_id, COMMUNITY)).follow()
    assert director.doors[str(cast.door.pk)]["state"]["not_me"] is False


def test_what_is_to_be_walked_today_says_until_when(
    cast: Cast, device: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = clock.now().replace(hour=4, minute=0, second=0, microsecond=0)  # twelve o'clock in China
    monkeypatch.setattr(clock, "now", lambda: noon)
    people = [cast.worker.person_id]
    DeviceGrant.objects.update(valid_from=noon - DAY)
    device.follow()
    walk.share_walk(cast.director, path=cast.compound.place.path, slot="day", people=people, minutes_each=60)
    device.follow()
    mine = [device.doors[door_id]["state"] for door_id in device.told]
    assert {one["mine"] for one in mine} == {"day"}
    # Six in the evening in China is when the day ends there.
    assert {one["until"] for one in mine} == {round(noon.replace(hour=10).timestamp() * 1000)}


def test_a_door_added_comes_and_its_neighbours_with_their_new_order(cast: Cast, device: Follower) -> None:
    device.follow()
    places.add_door(cast.worker, building_id=cast.building.pk, text="1-1-102B")
    told = device.follow().told
    assert len(told) == 13
    order = sorted(
        (door for door in device.doors.values() if door["building"] == str(cast.building.pk)),
        key=lambda door: door["position"],
    )
    assert [door["position"] for door in order] == list(range(1, 14))


def test_doors_that_became_one_are_gone(cast: Cast, device: Follower) -> None:
    one, other = cast.door, cast.door_of(cast.compound, "1-1-102")
    visit(cast, "1-1-102", Result.REGISTERED, people=[WANG])
    device.follow()
    places.merge_doors(cast.worker, door_ids=[one.pk, other.pk], into="101")
    device.follow()
    assert device.gone == [str(other.pk)]
    assert str(other.pk) not in device.doors
    assert [person["name"] for person in device.doors[str(one.pk)]["people"]] == ["王建国"]
    assert len(device.doors) == 23


def test_what_was_said_at_a_door_that_became_another_is_taken_back_there(cast: Cast, device: Follower) -> None:
    one, other = cast.door, cast.door_of(cast.compound, "1-1-102")
    attempt = visit(cast, "1-1-102", Result.REGISTERED, people=[WANG])
    places.merge_doors(cast.worker, door_ids=[one.pk, other.pk], into="101")
    device.follow()
    census.void_attempt(cast.worker, attempt_id=attempt.pk)
    assert device.follow().told == [str(one.pk)]
    assert device.doors[str(one.pk)]["people"] == []


def test_doors_that_are_deleted_are_gone_and_come_back_as_themselves(cast: Cast, device: Follower) -> None:
    device.follow()
    declared = places.declare_buildings(cast.director, compound_id=cast.compound.pk, line="3号楼 1单元2层每层2户")
    new = {str(door.pk) for door in declared.ensured.new}
    assert set(device.follow().told) == new
    places.withdraw_declaration(cast.director, declaration_id=declared.id)
    assert set(device.follow().gone) == new
    assert len(device.doors) == 24
    again = places.declare_buildings(cast.director, compound_id=cast.compound.pk, line="3号楼 1单元2层每层2户")
    places.withdraw_declaration(cast.director, declaration_id=again.id)
    places.declare_buildings(cast.director, compound_id=cast.compound.pk, line="3号楼 1单元2层每层2户")
    device.follow()
    assert set(device.told) == new
    assert device.gone == []


def test_many_doors_come_in_pages_and_none_twice(cast: Cast, device: Follower, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feed, "DOORS", 5)
    device.follow()
    assert device.pages == 5
    assert len(device.told) == len(set(device.told)) == 24
    assert device.resets == 1
    places.add_door(cast.worker, building_id=cast.building.pk, text="1-1-901")
    assert len(device.follow().told) == 13
    assert device.pages == 8


def test_what_changes_between_two_pages_comes_with_the_next_pass(
    cast: Cast, device: Follower, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feed, "DOORS", 5)
    device.page()
    visit(cast, "1-1-101")  # sent already
    visit(cast, "2-2-302")  # not sent yet
    device.follow()
    assert device.doors[str(cast.door.pk)]["state"]["outcome"] == "untried"
    device.follow()
    assert device.doors[str(cast.door.pk)]["state"]["outcome"] == "knocked1"
    assert device.doors[str(cast.door_of(cast.compound, "2-2-302").pk)]["state"]["outcome"] == "knocked1"


def test_a_visit_that_is_committed_late_is_not_missed(cast: Cast, device: Follower) -> None:
    device.follow()
    with writers(1) as (slow,):
        slow.does(lambda: visit(cast, "1-1-101"))
        visit(cast, "2-1-101")
        assert device.follow(wait=False).told == []
        slow.commit()
    device.follow()
    assert {device.doors[door_id]["label"] for door_id in device.told} == {"1-1-101", "2-1-101"}


def test_another_campaign_that_leads_changes_every_door(cast: Cast, device: Follower) -> None:
    visit(cast)
    device.follow()
    opened = census.open_campaign(cast.county_officer, path="141102", name="第二遍", leads=True)
    device.follow()
    assert len(device.told) == 24
    assert device.doors[str(cast.door.pk)]["state"]["outcome"] == "untried"
    assert device.area["campaign"]["id"] == str(opened.pk)  # type: ignore[index]


def test_a_cursor_that_is_no_cursor_begins_anew(cast: Cast, device: Follower) -> None:
    for nonsense in ("x", "=", "AAAA", "%", "一", "z" * 5_000):
        device.cursor = nonsense
        assert device.page()["reset"] is True
        assert len(device.doors) == 24


def test_a_cursor_of_another_place_or_another_life_begins_anew(cast: Cast, device: Follower) -> None:
    other = Follower(phone_of(cast.worker_next.person_id, cast.compound_next.place.path)).follow()
    own = device.follow().cursor
    device.cursor = other.cursor
    assert device.page()["reset"] is True
    kept = cursors.read(own)
    assert kept is not None
    for changed in (
        {"generation": 0},
        {"at": int((clock.now() - 29 * DAY - timedelta(minutes=1)).timestamp())},
        {"since": kept.since + 1_000_000},
        {"since": -1},
        {"after": "\0"},
    ):
        device.cursor = cursors.written(_with(kept, **changed))
        assert device.page()["reset"] is True, changed
    device.cursor = own
    assert device.page()["reset"] is False


def test_a_device_that_was_moved_forgets_what_it_had(cast: Cast) -> None:
    phone = phone_of(cast.director.person_id, cast.compound.place.path)
    device = Follower(phone).follow()
    assert len(device.doors) == 24
    DeviceGrant.objects.filter(device=phone.device_id).update(path=cast.compound_next.place.path)
    device.follow()
    assert device.resets == 2
    assert {door["path"][:17] for door in device.doors.values()} == {cast.compound_next.place.path}


@pytest.mark.parametrize("ending", ["revoked", "ended", "lapsed"])
def test_nothing_is_given_back_to_who_may_not_any_more(cast: Cast, device: Follower, ending: str) -> None:
    device.follow()
    now = clock.now()
    if ending == "revoked":
        Device.objects.update(revoked_at=now, revoked_by_id=cast.director.person_id)
    elif ending == "ended":
        DeviceGrant.objects.update(valid_until=now)
    else:
        device = Follower(phone_of(cast.lapsed.person_id, cast.compound.place.path))
    response = device.ask()
    assert response.status_code == 403
    assert json.loads(response.content)["code"] == ("device_revoked" if ending == "revoked" else "grant_ended")
    assert b"doors" not in response.content


@pytest.mark.parametrize("who", ["worker_next", "worker_elsewhere", "other_county_officer"])
def test_nobody_elsewhere_sees_a_door_of_it(cast: Cast, who: str) -> None:
    """Whatever the device was given: what its person may is the other half."""
    visit(cast, result=Result.REGISTERED, people=[WANG])
    phone = phone_of(getattr(cast, who).person_id, cast.compound.place.path)
    response = phone.get("/sync/v1/changes")
    assert response.status_code == 403
    assert "王建国" not in response.content.decode()


def test_an_officer_above_carries_no_residents(cast: Cast) -> None:
    visit(cast, result=Result.REGISTERED, people=[WANG])
    device = Follower(phone_of(cast.county_officer.person_id, "141102")).follow()
    assert device.doors == {}


def test_a_device_on_duty_is_told_of_its_place_and_of_no_door(cast: Cast) -> None:
    visit(cast, result=Result.REGISTERED, people=[WANG])
    device = Follower(phone_of(cast.worker.person_id, cast.compound.place.path, hats=("duty",))).follow()
    assert device.doors == {}
    assert device.area["person"]["name"] == "王海燕"  # type: ignore[index]


def test_that_residents_were_taken_along_is_on_record_once_a_page(cast: Cast, device: Follower) -> None:
    visit(cast, result=Result.REGISTERED, people=[WANG, PersonSaid(name="李梅")])
    visit(cast, "2-1-101", Result.REGISTERED, people=[PersonSaid(name="王小丽")])
    device.follow()
    device.follow()
    with scope.enter(cast.director):
        (entry,) = LedgerEntry.objects.filter(action="sync.take_along")
        assert entry.open().after == {"fields": ["names", "notes"], "people": 3, "doors": 2}
    assert (entry.is_look, entry.path) == (True, cast.compound.place.path)
    assert (entry.actor_id, entry.device_id) == (cast.worker.person_id, device.phone.device_id)
    assert entry.subject_id == device.phone.device_id


def test_doors_without_anybody_are_no_look(cast: Cast, device: Follower) -> None:
    visit(cast)
    device.follow()
    assert not LedgerEntry.objects.filter(action="sync.take_along").exists()


def test_it_is_compressed_for_who_can_read_that(cast: Cast, device: Follower) -> None:
    headers = device.phone.headers("GET", "/sync/v1/changes")
    plain = Client().get("/sync/v1/changes", headers=headers)
    packed = Client().get("/sync/v1/changes", headers={**headers, "Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert len(packed.content) < len(plain.content) / 5
    assert json.loads(gzip.decompress(packed.content))["doors"] == json.loads(plain.content)["doors"]
    assert "no-store" in packed.headers["Cache-Control"]
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_only_reading_is_offered(cast: Cast, device: Follower) -> None:
    assert device.phone.post("/sync/v1/changes", {}).status_code == 405
    assert Client().get("/sync/v1/changes").status_code == 401


def test_a_page_takes_few_statements_however_many_doors(
    cast: Cast, device: Follower, django_assert_max_num_queries: Any
) -> None:
    for label in ("1-1-101", "1-2-201", "2-1-301"):
        visit(cast, label, Result.REGISTERED, people=[WANG])
    with django_assert_max_num_queries(22):
        device.page()
    with django_assert_max_num_queries(14):
        device.page()


def _with(cursor: cursors.Cursor, **changed: Any) -> cursors.Cursor:
    return replace(cursor, **changed)
