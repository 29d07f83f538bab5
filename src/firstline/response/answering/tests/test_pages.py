"""The pages of who answers: what stands on them, what is refused, and what a look leaves."""

import uuid

import pytest
from django.urls import reverse

from firstline.accounts.models import Person
from firstline.audit.models import LedgerEntry
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.places.models import PostKind
from firstline.places.posts import add_post
from firstline.response.answering import actions
from firstline.response.answering.tests.people import named, somebody
from firstline.response.models import Duty, FiveRole, Responsibility, Tier
from firstline.testing.cast import COMMUNITY, COUNTY, TOWNSHIP, Cast, Member

TABLE = "/answers/"


def test_the_table_shows_holes_first_and_names_at_each_level(cast: Cast, statement_budget: Budget) -> None:
    named(cast.county_officer, somebody("郑爱国"), TOWNSHIP, tier=Tier.COUNTY, duty=Duty.COUNTY_LEADER)
    add_post(cast.compound.place, PostKind.CHECKPOINT, "东门检查点")
    client = cast.county_officer.client()
    client.get(TABLE)
    with statement_budget("response.answers"):
        context = client.get(TABLE).context
    assert [row.name for row in context["holes"]] == ["马茂庄社区", "丽景街社区"], "no township cadre is named for them"
    township = next(row for row in context["rows"] if row.path == TOWNSHIP)
    assert (township.cells[0].name, township.cells[0].own) == ("郑爱国", True)
    community = next(row for row in context["rows"] if row.path == COMMUNITY)
    assert (community.cells[0].name, community.cells[0].own) == ("郑爱国", False)
    assert community.cells[2].name == cast.director.name


def test_a_community_shows_its_compounds_and_posts(cast: Cast) -> None:
    post = add_post(cast.compound.place, PostKind.CHECKPOINT, "东门检查点")
    rows = cast.director.client().get(TABLE, {"at": COMMUNITY}).context["rows"]
    assert [row.name for row in rows] == ["丽景街社区", "枫林苑", "东门检查点", "邮电局家属院"]
    assert next(row for row in rows if row.path == post.path).holes == 1


def test_a_post_is_led_by_whoever_is_named_for_it_and_a_gate_by_its_compound(cast: Cast) -> None:
    gate = add_post(cast.compound.place, PostKind.GATE, "大门")
    rows = cast.director.client().get(TABLE, {"at": COMMUNITY, "show": "holes"}).context["rows"]
    assert gate.path not in {row.path for row in rows}


def test_the_table_is_searched_by_place_and_by_person(cast: Cast) -> None:
    named(cast.director, somebody("石改梅"), cast.compound.place.path)
    client = cast.director.client()
    assert [row.name for row in client.get(TABLE, {"q": "石改梅"}).context["rows"]] == ["枫林苑"]
    assert [row.name for row in client.get(TABLE, {"q": "邮电"}).context["rows"]] == ["邮电局家属院"]


def test_nobody_sees_the_table_of_another_place(cast: Cast) -> None:
    assert cast.director.client().get(TABLE, {"at": TOWNSHIP}).status_code == 404
    assert cast.lapsed.client().get(TABLE).status_code == 403


def test_a_name_nobody_has_is_put_on_record_on_the_spot(cast: Cast) -> None:
    client = cast.director.client()
    asked = {"path": cast.compound.place.path, "tier": "village", "name": "石改梅", "back": "/answers/?at=" + COMMUNITY}
    first = client.post(reverse("response:assign"), asked)
    assert first.status_code == 422 and "石改梅" in first.text and not Responsibility.objects.exists()
    second = client.post(reverse("response:assign"), asked | {"enrol": "1", "phone": "13800002222", "post": "物业经理"})
    assert second.status_code == 303
    line = Responsibility.objects.select_related("person").get()
    assert line.person.open().phone == "13800002222"
    page = client.get(second["Location"])
    assert page.context["undo"].detail == "石改梅"
    client.post(page.context["undo"].url, page.context["undo"].fields)
    assert Responsibility.objects.get().valid_until is not None


def test_the_only_one_of_a_name_is_taken_and_of_several_one_is_chosen(cast: Cast) -> None:
    client = cast.director.client()
    asked = {"path": cast.compound.place.path, "tier": "village", "name": "王海燕"}
    assert client.post(reverse("response:assign"), asked).status_code == 303
    assert Responsibility.objects.get().person_id == cast.worker.person_id
    twin = somebody("赵小军", COMMUNITY)
    asked = {"path": cast.compound_next.place.path, "tier": "village", "name": "赵小军"}
    doubtful = client.post(reverse("response:assign"), asked)
    assert {one["id"] for one in doubtful.context["candidates"]} == {twin.pk, cast.worker_next.person_id}
    assert client.post(reverse("response:assign"), asked | {"person": str(twin.pk), "enrol": "1"}).status_code == 303
    assert Responsibility.objects.filter(person=twin).count() == 1


def test_ticked_places_are_named_for_together(cast: Cast) -> None:
    places = [cast.compound.place.path, cast.compound_next.place.path]
    client = cast.director.client()
    form = client.get(reverse("response:assign"), {"path": places, "tier": "village"})
    assert [one["name"] for one in form.context["places"]] == ["枫林苑", "邮电局家属院"]
    client.post(reverse("response:assign"), {"path": places, "tier": "village", "name": "王海燕"})
    assert Responsibility.objects.count() == 2


def test_a_place_says_who_answers_and_who_stands_above(cast: Cast, statement_budget: Budget) -> None:
    url = reverse("response:answers_at", args=[cast.door.path])
    client = cast.worker.client()
    client.get(url)
    with statement_budget("response.answers_at"):
        rungs = client.get(url).context["rungs"]
    assert [rung.name for rung in rungs][:2] == [cast.worker.name, cast.clerk.name]
    assert client.get(reverse("response:answers_at", args=[COUNTY])).status_code == 200, "those above may be known"
    assert client.get(reverse("response:answers_at", args=[cast.door_next.path])).status_code == 404
    assert client.get(reverse("response:answers_at", args=["141102003005/0001/001/9999"])).status_code == 404
    with statement_budget("response.answers_panel"):
        assert cast.worker.name in client.get(reverse("response:answers_panel", args=[cast.door.path])).text


@pytest.mark.parametrize("page", ["census:compound", "places:frame"])
def test_every_page_of_a_place_leads_there(cast: Cast, page: str) -> None:
    text = cast.director.client().get(reverse(page, args=[cast.compound.pk])).text
    assert reverse("response:answers_panel", args=[cast.compound.place.path]) in text


def test_buildings_doors_and_gaps_lead_there_too(cast: Cast) -> None:
    client = cast.director.client()
    for url, path in (
        (reverse("census:building", args=[cast.building.pk]), cast.building.place.path),
        (reverse("census:door", args=[cast.door.pk]), cast.door.path),
    ):
        assert reverse("response:answers_panel", args=[path]) in client.get(url).text
    assert "/answers/1411" in client.get("/").text


def test_a_look_at_a_phone_is_on_record(cast: Cast) -> None:
    client = cast.worker.client()
    url = reverse("response:answers_phone", args=[cast.door.path])
    assert "13900000000" in client.post(url, {"person": str(cast.clerk.person_id)}).text
    with scope.enter(cast.director):
        entry = LedgerEntry.objects.get(action="response.read_phone")
        assert (entry.subject_id, entry.path) == (cast.clerk.person_id, cast.door.path)
    assert client.post(url, {"person": str(cast.worker_elsewhere.person_id)}).status_code == 404
    assert client.post(url, {"person": "x"}).status_code == 404


def test_a_person_is_shown_with_all_of_it_and_handed_over(cast: Cast, statement_budget: Budget) -> None:
    head = somebody("石改梅", COMMUNITY)
    lines = named(cast.director, head, cast.compound.place.path, cast.compound_next.place.path)
    actions.record_absence(cast.director, person_id=head.pk, deputy_id=cast.worker.person_id, reason="发烧")
    client, url = cast.director.client(), reverse("response:answering_person", args=[head.pk])
    client.get(url)
    with statement_budget("response.answering_person"):
        page = client.get(url)
    assert (page.context["load"].places, page.context["away"]) == (2, True)
    assert "发烧" in page.text and "发烧" not in cast.worker.client().get(url).text
    asked = {"line": [str(line.pk) for line in lines], "name": "赵小军", "back": url}
    assert client.post(reverse("response:hand_over"), asked).status_code == 303
    assert Responsibility.objects.filter(person_id=cast.worker_next.person_id, valid_until=None).count() == 2
    assert client.post(reverse("response:hand_over"), asked).status_code == 409


def test_somebody_comes_back_and_goes_from_their_page(cast: Cast) -> None:
    client = cast.director.client()
    url = reverse("response:absence", args=[cast.worker.person_id])
    assert client.post(url, {"until": "2099-01-01T08:00", "name": "赵小军"}).status_code == 303
    absence = Person.objects.get(pk=cast.worker.person_id).absences.get()
    assert absence.deputy_id == cast.worker_next.person_id
    assert client.post(url, {"until": "gestern"}).status_code == 422
    assert client.post(reverse("response:absence_over", args=[absence.pk])).status_code == 303


def test_too_much_for_one_is_shown_by_the_rule_of_the_place(cast: Cast) -> None:
    head = somebody("石改梅", COMMUNITY)
    named(cast.director, head, cast.compound.place.path, cast.compound_next.place.path)
    client = cast.county_officer.client()
    limits = {"path": COUNTY, "places": "1", "posts": "2", "households": "3"}
    assert client.post(reverse("response:load_limits"), limits).status_code == 303
    assert [one.name for one in client.get(TABLE, {"show": "much"}).context["much"]] == ["石改梅"]
    assert client.post(reverse("response:load_limits"), limits | {"places": "0"}).status_code == 422


@pytest.fixture
def household(cast: Cast) -> uuid.UUID:
    return actions.keep_household(cast.director, door_id=cast.door.pk, reason="从武汉返乡").pk


def test_the_five_are_named_on_the_page_of_their_household(
    cast: Cast, household: uuid.UUID, statement_budget: Budget
) -> None:
    client, url = cast.director.client(), reverse("response:household", args=[household])
    client.post(reverse("response:name_five", args=[household]), {"role": FiveRole.DOCTOR.value, "name": "赵小军"})
    with statement_budget("response.household"):
        page = client.get(url)
    assert page.context["household"].missing == 4 and "从武汉返乡" in page.text
    with statement_budget("response.households"):
        assert client.get(reverse("response:households")).context["missing"] == 1
    wrong = client.post(reverse("response:name_five", args=[household]), {"role": "mayor", "name": "赵小军"})
    assert wrong.status_code == 422
    assert client.post(reverse("response:release_household", args=[household])).status_code == 303


def test_one_of_the_five_whom_nobody_knows_yet_is_put_on_record_there(cast: Cast, household: uuid.UUID) -> None:
    client, url = cast.director.client(), reverse("response:name_five", args=[household])
    asked = client.post(url, {"role": FiveRole.POLICE.value, "name": "马建国"})
    assert asked.status_code == 422
    assert (asked.context["role"], asked.context["home"], asked.context["candidates"]) == ("police", COMMUNITY, [])
    assert 'value="马建国"' in asked.text
    said = {"role": "police", "name": "马建国", "path": COMMUNITY, "enrol": "1", "phone": "10000000000", "post": "民警"}
    assert client.post(url, said).status_code == 303
    page = client.get(reverse("response:household", args=[household]))
    assert "马建国" in page.text
    # Of a name that is part of several, one is chosen.
    doubtful = client.post(url, {"role": FiveRole.DOCTOR.value, "name": "建国"})
    assert doubtful.status_code == 422
    (one,) = (found for found in doubtful.context["candidates"] if found["name"] == "马建国")
    assert client.post(url, {"role": "doctor", "name": "建国", "person": str(one["id"])}).status_code == 303


def test_a_household_is_put_under_five_from_its_door(cast: Cast) -> None:
    client = cast.director.client()
    keep = client.get(reverse("response:answers_at", args=[cast.door.path])).context["keep_url"]
    assert client.post(keep, {"reason": "独居老人"}).status_code == 303
    assert client.get(reverse("response:answers_at", args=[cast.door.path])).context["household_url"]


@pytest.mark.parametrize("who", ["worker_next", "county_officer", "clerk"])
def test_who_may_not_know_the_household_does_not_see_it(cast: Cast, household: uuid.UUID, who: str) -> None:
    member: Member = getattr(cast, who)
    assert member.client().get(reverse("response:household", args=[household])).status_code in {403, 404}
