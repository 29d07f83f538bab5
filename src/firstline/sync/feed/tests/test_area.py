"""The area of a device: who, what is asked by which rules, which buildings there are; sent again when it changed."""

import json
from datetime import timedelta
from typing import Any

import pytest

from firstline.accounts.devices.hats import Hat
from firstline.accounts.models import DeviceGrant
from firstline.census import actions as census
from firstline.census.callbacks import actions as calls
from firstline.census.questions import definition, shipped
from firstline.census.questions.actions import choose_questions, upload_questions
from firstline.kernel import clock
from firstline.places import actions as places
from firstline.places.actions import Profile
from firstline.places.models import Building, Compound, MakeUp, Management, Place
from firstline.response import actions as response
from firstline.sync.feed.tests.following import Follower
from firstline.sync.tests.phones import phone_of
from firstline.testing.cast import COMMUNITY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def device(cast: Cast) -> Follower:
    return Follower(phone_of(cast.director.person_id, COMMUNITY, valid_from=clock.now() - timedelta(days=1)))


def area(device: Follower) -> dict[str, Any]:
    device.page()
    assert device.area is not None
    return device.area


def test_it_says_who_where_and_until_when(cast: Cast, device: Follower) -> None:
    until = (clock.now() + timedelta(hours=8)).replace(microsecond=0)
    DeviceGrant.objects.update(valid_until=until)
    said = area(device)
    assert said["person"] == {"id": str(cast.director.person_id), "name": "高秀兰"}
    (grant,) = said["grants"]
    assert (grant["hats"], grant["path"], grant["place"]) == (["doors"], COMMUNITY, "丽景街社区")
    assert grant["until"] == int(until.timestamp() * 1000)
    assert grant["from"] < grant["until"]
    assert said["emergency"] == {"name": "新冠肺炎疫情防控", "level": 1}
    assert {"path": COMMUNITY, "name": "丽景街社区"} in said["places"]


def test_it_says_where_its_person_may_sign_in(cast: Cast, device: Follower) -> None:
    assert area(device)["stations"] == []
    on_duty = phone_of(cast.worker.person_id, COMMUNITY, hats=(Hat.DUTY,))
    place = cast.compound.place
    assert area(Follower(on_duty))["stations"] == [{"path": place.path, "name": place.name}]


def test_it_has_the_compounds_and_their_buildings_in_order(cast: Cast, device: Follower) -> None:
    said = area(device)
    assert [(one["name"], [b["label"] for b in one["buildings"]]) for one in said["compounds"]] == [
        ("枫林苑", ["1", "2"]),
        ("邮电局家属院", ["1"]),
    ]
    home = said["compounds"][0]
    assert home["fields"] == {"address": "", "management": "unknown", "gatehouse": None, "make_up": "unknown"}
    assert home["buildings"][0] == {
        "id": str(cast.building.pk),
        "label": "1",
        "shape": "flats",
        "position": 1,
        "frame": "declared",
    }


def test_it_has_the_campaign_with_all_its_rules(cast: Cast, device: Follower) -> None:
    census.change_rules(cast.county_officer, campaign_id=cast.campaign.pk, rules={"form_days": 3})
    calls.set_number(cast.director, path=COMMUNITY, number="0358-8220000")
    campaign = area(device)["campaign"]
    assert campaign["id"] == str(cast.campaign.pk)
    assert campaign["rules"]["form_days"] == 3
    assert campaign["rules"]["evening_from"] == 18  # nobody changed it, and the phone asks nobody for a default
    assert campaign["number"] == "0358-8220000"
    assert campaign["questions"] is None


def test_the_questions_are_the_definition_that_the_browser_knows(cast: Cast, device: Follower) -> None:
    name = shipped.NAMES[0]
    said = shipped.read(name)
    kept = upload_questions(cast.director, path=COMMUNITY, said=said, workbook=shipped.workbook(name))
    choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=kept.pk)
    asked = area(device)["campaign"]["questions"]
    assert asked == json.loads(definition.encoded(said))
    choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=None)
    assert area(device)["campaign"]["questions"] is None


def test_today_ends_with_the_evening_of_the_rules(cast: Cast, device: Follower) -> None:
    stop = area(device)["words"]["stop"]
    assert stop % (3600 * 1000) == 0
    assert (stop // (3600 * 1000) + 8) % 24 == 21


def test_whoever_answers_for_one_building_is_told_of_its_compound(cast: Cast) -> None:
    place = cast.building.place.path
    device = Follower(phone_of(cast.worker.person_id, place)).follow(wait=False)
    (compound,) = device.area["compounds"]  # type: ignore[index]
    assert (compound["name"], [one["label"] for one in compound["buildings"]]) == ("枫林苑", ["1"])
    assert len(device.doors) == 12


def test_without_an_emergency_there_are_still_places(cast: Cast, device: Follower) -> None:
    response.end(cast.county_officer, emergency_id=cast.emergency.pk)
    said = area(device)
    assert (said["emergency"], said["campaign"]) == (None, None)
    assert len(said["compounds"]) == 2


@pytest.mark.parametrize(
    "change",
    [
        lambda cast: places.describe_compound(
            cast.director, compound_id=cast.compound.pk, profile=Profile(make_up=MakeUp.DEVELOPED)
        ),
        lambda cast: places.declare_buildings(
            cast.director, compound_id=cast.compound.pk, line="3号楼 1单元2层每层2户"
        ),
        lambda cast: places.walk_frame(
            cast.director, building_id=cast.building.pk, happened_at=clock.now(), doors_found=12
        ),
        lambda cast: places.create_compound(cast.director, community_path=COMMUNITY, name="新小区"),
        lambda cast: census.change_rules(cast.county_officer, campaign_id=cast.campaign.pk, rules={"form_days": 3}),
        lambda cast: calls.set_number(cast.director, path=COMMUNITY, number="0358-8220000"),
        lambda cast: DeviceGrant.objects.update(valid_until=clock.now() + timedelta(days=1)),
        lambda cast: Building.objects.filter(pk=cast.building.pk).update(shape="rows"),
        lambda cast: Place.objects.filter(pk=cast.building.pk).update(position=7),
        lambda cast: Building.objects.filter(pk=cast.building.pk).update(label="一号"),
        lambda cast: Place.objects.filter(pk=cast.compound.pk).update(name="枫林苑一期"),
        lambda cast: Compound.objects.filter(pk=cast.compound.pk).update(address="北门"),
        lambda cast: Compound.objects.filter(pk=cast.compound.pk).update(management=Management.NOBODY),
        lambda cast: Compound.objects.filter(pk=cast.compound.pk).update(gatehouse=False),
    ],
)
def test_it_comes_again_when_anything_of_it_changed_and_only_then(cast: Cast, device: Follower, change: Any) -> None:
    before = area(device)
    assert device.page()["area"] is None
    change(cast)
    after = device.page()["area"]
    assert after["hash"] != before["hash"]
    assert {**after, "hash": ""} != {**before, "hash": ""}
    assert device.page()["area"] is None


def test_visits_do_not_change_it(cast: Cast, device: Follower) -> None:
    device.page()
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer")
    assert device.page()["area"] is None


def test_it_comes_to_whoever_says_another_hash(device: Follower) -> None:
    device.page()
    assert json.loads(device.ask(area="nonsense").content)["area"] is not None
