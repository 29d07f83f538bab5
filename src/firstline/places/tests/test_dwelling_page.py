"""Saying on the phone that a door is not what it was, and homes by their address."""

import pytest
from django.urls import reverse

from firstline.census.actions import record_attempt
from firstline.census.door_page import people_of
from firstline.places.actions import create_compound, merge_doors
from firstline.places.models import Compound, Door
from firstline.testing.cast import COMMUNITY, Cast


def test_a_second_household_in_one_line(cast: Cast) -> None:
    client = cast.worker.client()
    page = client.get(reverse("places:dwelling", args=[cast.door.pk]))
    assert page.context["into"] == "101、101/2"

    answer = client.post(page.context["split_url"], {"into": page.context["into"]})
    assert answer.status_code == 303
    assert Door.objects.filter(pk=Door.id_for(cast.compound.pk, "1-1-101/2")).exists()


def test_two_flats_become_one(cast: Cast) -> None:
    client = cast.worker.client()
    page = client.get(reverse("places:dwelling", args=[cast.door.pk]))
    other = next(one for one in page.context["beside"] if one["room"] == "102")

    client.post(page.context["merge_url"], {"door": [str(other["id"])], "label": "101"})

    gone = client.get(reverse("census:door", args=[other["id"]]))
    assert gone.context["ended"] is not None
    assert [one["name"] for one in gone.context["successors"]] == ["1号楼1单元101"]
    assert gone.context["buttons"] == []
    assert client.get(reverse("places:dwelling", args=[other["id"]])).context["split_url"] == ""


def test_who_was_expected_at_the_old_door_is_expected_at_the_new_one(cast: Cast) -> None:
    gone = Door.id_for(cast.compound.pk, "1-1-102")
    record_attempt(cast.worker, door_id=gone, result="registered", people=people_of(["王建国 男 56 户主"]))
    merge_doors(cast.worker, door_ids=[cast.door.pk, gone], into="101")

    page = cast.worker.client().get(reverse("census:door", args=[cast.door.pk]))
    assert [seen.name for seen in page.context["expected"]] == ["王建国"]
    assert [one["name"] for one in page.context["origins"]] == ["1号楼1单元102"]


@pytest.mark.parametrize("data", [{"into": "101"}, {"into": "101、不知道"}, {"into": ""}])
def test_what_could_not_be_taken_is_said_and_kept(cast: Cast, data: dict[str, str]) -> None:
    answer = cast.worker.client().post(reverse("places:split_door", args=[cast.door.pk]), data)
    assert answer.status_code == 422
    assert answer.context["mistake"]
    assert answer.context["into"] == (data["into"] or "101、101/2")


@pytest.fixture
def homes(cast: Cast) -> Compound:
    return create_compound(cast.director, community_path=COMMUNITY, name="散居", scattered=True)


def test_homes_are_added_and_found_by_part_of_their_address(cast: Cast, homes: Compound) -> None:
    client, url = cast.director.client(), reverse("places:homes", args=[homes.pk])
    for address in ("北川路88号", "学院路103号院内东房"):
        assert client.post(url, {"address": address}).status_code == 303

    assert [home["name"] for home in client.get(url).context["homes"]] == ["北川路88号", "学院路103号院内东房"]
    assert [home["name"] for home in client.get(url, {"q": "学院"}).context["homes"]] == ["学院路103号院内东房"]
    refused = client.post(url, {"address": "13912345678"})
    assert (refused.status_code, refused.context["typed"]) == (422, "13912345678")
    assert client.get(reverse("places:frame", args=[homes.pk])).context["homes_url"] == url


def test_a_compound_has_no_free_addresses(cast: Cast) -> None:
    url = reverse("places:homes", args=[cast.compound.pk])
    assert cast.director.client().post(url, {"address": "北川路88号"}).status_code == 422
