"""A compound's buildings and doors by page: preview, save, undo, walk, one door; with and without htmx."""

import re
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from firstline.audit.models import LedgerEntry
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, scope
from firstline.places import actions
from firstline.places.actions import Profile
from firstline.places.models import Building, Company, Contact, Door, Frame, FrameFact, Management
from firstline.testing.cast import Cast

LINE = "3-8号楼 各2单元3层每层2户"


@pytest.fixture
def desk(cast: Cast) -> Client:
    return cast.director.client()


def frame(cast: Cast, rest: str = "") -> str:
    return f"/compounds/{cast.compound.pk}/frame/{rest}"


def test_the_page_costs_few_statements_however_many_buildings(
    cast: Cast, desk: Client, statement_budget: Budget
) -> None:
    actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line=LINE)
    actions.walk_frame(cast.worker, building_id=cast.building.pk, happened_at=clock.now(), doors_found=12)
    with statement_budget("places.frame"):
        answer = desk.get(frame(cast))
    assert [row.doors for row in answer.context["buildings"]] == [12] * 8
    assert answer.context["buildings"][0].frame["by"] == cast.worker.name


def test_the_preview_shows_counts_first_doors_and_what_is_known(
    cast: Cast, desk: Client, statement_budget: Budget
) -> None:
    with statement_budget("places.frame_preview"):
        answer = desk.post(
            frame(cast, "preview/"), {"line": "1-3号楼 各2单元3层每层2户"}, headers={"HX-Request": "true"}
        )

    preview = answer.context["preview"]
    assert (preview["buildings"], preview["doors"], preview["new"], preview["known"]) == (3, 36, 12, 24)
    assert [row.first for row in preview["rows"]][2].startswith("3-1-101, 3-1-102")
    assert len(preview["houses"]) == 1
    assert Door.objects.filter(building__compound=cast.compound).count() == 24


def test_the_preview_says_what_was_not_understood_and_where(cast: Cast, desk: Client) -> None:
    answer = desk.post(frame(cast, "preview/"), {"line": "3号楼 3层每层2户；4号楼 三五成群"})

    assert answer.context["preview"] is None
    assert "<mark>" in answer.content.decode()
    assert all(mistake.before.startswith("3号楼") for mistake in answer.context["mistakes"])


def test_without_htmx_a_line_is_previewed_then_saved_and_can_be_undone(cast: Cast, desk: Client) -> None:
    shown = desk.post(frame(cast), {"line": LINE, "step": "preview"})
    token = shown.context["preview"]["token"]
    assert not Building.objects.filter(compound=cast.compound, label="3").exists()

    saved = desk.post(frame(cast), {"line": LINE, "step": "save", "token": token})
    assert saved.status_code == 303
    page = desk.get(saved["Location"])
    assert Building.objects.filter(compound=cast.compound).count() == 8

    taken_back = desk.post(page.context["undo"]["url"], follow=True)
    assert Building.objects.filter(compound=cast.compound).count() == 2
    assert desk.get(saved["Location"]).context["undo"] is None
    assert taken_back.status_code == 200


def test_a_line_is_not_saved_unseen(cast: Cast, desk: Client) -> None:
    answer = desk.post(frame(cast), {"line": LINE, "step": "save", "token": "of another line"})

    assert answer.status_code == 409
    assert answer.context["preview"]["new"] == 72 and answer.context["mistake"]
    assert not Building.objects.filter(compound=cast.compound, label="3").exists()


def test_a_walk_is_recorded_and_a_difference_said(cast: Cast) -> None:
    client = cast.worker.client()
    answer = client.post(f"/buildings/{cast.building.pk}/walked/", {"doors_found": "13"}, follow=True)

    assert answer.context["buildings"][0].difference
    assert answer.context["buildings"][0].frame["state"] == Frame.WALKED
    assert FrameFact.objects.get(how=Frame.WALKED).doors_found == 13


def test_a_walk_says_when_by_the_clock_on_the_wall(cast: Cast) -> None:
    client = cast.worker.client()
    client.post(f"/buildings/{cast.building.pk}/walked/", {"doors_found": "12", "happened_at": "2020-02-12T18:20"})
    assert cast.building.walked_at is not None
    assert f"{timezone.localtime(cast.building.walked_at):%Y-%m-%d %H:%M}" == "2020-02-12 18:20"


@pytest.mark.parametrize(
    "said",
    [
        {"doors_found": ""},
        {"doors_found": "many"},
        {"doors_found": "-1"},
        {"doors_found": "10000"},
        {"doors_found": "12", "happened_at": "tomorrow"},
        {"doors_found": "12", "happened_at": "2020-02-31T10:00"},
        {"doors_found": "12", "happened_at": "2199-01-01T10:00"},
    ],
)
def test_a_walk_that_says_nothing_is_asked_again_at_its_building(cast: Cast, said: dict[str, str]) -> None:
    answer = cast.worker.client().post(f"/buildings/{cast.building.pk}/walked/", said)

    assert answer.status_code == 422
    assert [bool(row.mistake) for row in answer.context["buildings"]] == [True, False]
    assert cast.building.frame == Frame.DECLARED


def test_a_door_that_may_be_two_is_asked_then_added(cast: Cast) -> None:
    client = cast.worker.client()
    asked = client.post(f"/buildings/{cast.building.pk}/doors/", {"text": "401"})
    assert asked.status_code == 409
    assert asked.context["buildings"][0].choices == ["1-1-401", "1-2-401"]

    client.post(f"/buildings/{cast.building.pk}/doors/", {"text": "401", "chosen": "1-2-401"})
    assert Door.objects.filter(label="1-2-401").exists()


def test_the_profile_is_kept_and_contacts_stay_out_of_the_page(cast: Cast, desk: Client) -> None:
    said = {
        "make_up": "developed",
        "management": "company",
        "gatehouse": "yes",
        "company": "丽都物业",
        "contact_name": "冯经理",
        "contact_phone": "13835812345",
        "believed": "80多",
        "aliases": "枫林小区，枫林",
    }
    assert desk.post(f"/compounds/{cast.compound.pk}/profile/", said).status_code == 303

    page = desk.get(frame(cast))
    assert page.context["profile"]["aliases"] == "枫林小区, 枫林"
    assert "13835812345" not in page.content.decode()
    contacts = desk.post(f"/compounds/{cast.compound.pk}/contacts/")
    assert "13835812345" in contacts.content.decode()


def test_a_link_to_the_contacts_leaves_no_look(cast: Cast, desk: Client) -> None:
    assert desk.get(f"/compounds/{cast.compound.pk}/contacts/").status_code == 405
    with scope.enter(cast.director):
        assert not LedgerEntry.objects.filter(is_look=True).exists()


def test_a_profile_with_answers_of_ones_own_is_refused(cast: Cast, desk: Client) -> None:
    answer = desk.post(f"/compounds/{cast.compound.pk}/profile/", {"make_up": "castle", "management": "company"})
    assert answer.status_code == 422


def test_forms_are_shown_to_those_who_may_use_them(cast: Cast) -> None:
    page = cast.worker.client().get(frame(cast))
    assert not page.context["can_edit"] and not page.context["can_describe"]
    assert all(row.walk_url and row.add_url for row in page.context["buildings"])
    page = cast.county_officer.client().get(frame(cast))
    assert not any(row.walk_url or row.add_url for row in page.context["buildings"])
    assert (
        len(re.findall("<form", page.content.decode()))
        == len(re.findall("<form", cast.county_officer.client().get("/compounds/").content.decode())) - 1
    )


ADDRESSES: tuple[tuple[str, str, dict[str, str]], ...] = (
    ("get", "/compounds/{compound}/frame/", {}),
    ("post", "/compounds/{compound}/frame/", {"line": LINE, "step": "preview"}),
    ("post", "/compounds/{compound}/frame/preview/", {"line": LINE}),
    ("post", "/compounds/{compound}/profile/", {"make_up": "unknown", "management": "nobody", "gatehouse": ""}),
    ("post", "/compounds/{compound}/contacts/", {}),
    ("post", "/buildings/{building}/walked/", {"doors_found": "12"}),
    ("post", "/buildings/{building}/doors/", {"text": "2-401"}),
    ("post", "/declarations/{declaration}/withdraw/", {}),
)


@pytest.mark.parametrize(("method", "address", "said"), ADDRESSES)
def test_another_areas_compound_is_not_there_and_stays_as_it_was(
    cast: Cast, method: str, address: str, said: dict[str, str]
) -> None:
    actions.describe_compound(
        cast.director,
        compound_id=cast.compound.pk,
        profile=Profile(management=Management.COMPANY, company="丽都物业", contacts=[Contact("冯经理", "13835812345")]),
    )
    declared = actions.declare_buildings(cast.director, compound_id=cast.compound.pk, line="9号楼 1层每层1户").id
    url = address.format(compound=cast.compound.pk, building=cast.building.pk, declaration=declared)
    for outsider in (cast.worker_elsewhere, cast.worker_next, cast.other_county_officer):
        answer = getattr(outsider.client(), method)(url, said)
        assert answer.status_code in {403, 404}, outsider.label
        if method == "get":
            assert answer.status_code == 404
    assert (cast.building.frame, cast.building.door_count) == (Frame.DECLARED, 12)
    assert Building.objects.filter(compound=cast.compound).count() == 3
    assert Company.objects.get().name == "丽都物业"


def test_what_is_not_there_is_not_there(cast: Cast, desk: Client) -> None:
    assert desk.get(f"/compounds/{uuid.uuid4()}/frame/").status_code == 404
    assert desk.post(f"/declarations/{uuid.uuid4()}/withdraw/").status_code == 404
    assert desk.get(frame(cast, "?declared=nonsense")).status_code == 200
    assert desk.get(frame(cast, f"?declared={uuid.uuid4()}")).context["undo"] is None
