"""The list of compounds: what one may see, search, filters, and adding one."""

import pytest
from django.test import Client

from firstline.accounts.actions import enrol_person, grant_role
from firstline.accounts.roles import Role
from firstline.config.testing.budget import Budget
from firstline.kernel.actors import console
from firstline.places import actions, compounds_page
from firstline.places.actions import Profile
from firstline.places.models import Compound, Management, PlaceKind
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast

UNMANAGED = Profile(management=Management.NOBODY, gatehouse=False, aliases=["枫林小区"], believed_households="80多")


def names(cast: Cast, who: str, query: str = "") -> list[str]:
    answer = getattr(cast, who).client().get(f"/compounds/{query}")
    assert answer.status_code == 200
    return [row.name for row in answer.context["rows"]]


def test_everybody_sees_the_compounds_of_their_own_places(cast: Cast) -> None:
    assert names(cast, "worker") == ["枫林苑"]
    assert names(cast, "director") == ["枫林苑", "邮电局家属院"]
    assert names(cast, "clerk") == ["马茂庄小区", "枫林苑", "邮电局家属院"]
    assert names(cast, "other_county_officer") == ["石楼家属院"]


def test_the_list_says_who_looks_after_a_compound_and_who_answers(cast: Cast, statement_budget: Budget) -> None:
    actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=UNMANAGED)
    client = cast.director.client()
    with statement_budget("places.compounds"):
        answer = client.get("/compounds/")

    row = answer.context["rows"][0]
    assert (row.unmanaged, row.believed, row.who) == (True, "80多", cast.worker.name)
    assert (row.buildings, row.doors, row.walked) == (2, 24, 0)
    assert "80多" in answer.content.decode()


def test_search_by_name_other_name_or_company_and_filters(cast: Cast) -> None:
    actions.describe_compound(cast.director, compound_id=cast.compound.pk, profile=UNMANAGED)
    actions.create_compound(cast.director, community_path=COMMUNITY, name="锦绣苑")

    assert names(cast, "director", "?q=枫林小区") == ["枫林苑"]
    assert names(cast, "director", "?show=unmanaged") == ["枫林苑"]
    assert names(cast, "director", "?show=bare") == ["锦绣苑"]
    assert names(cast, "director", "?show=unwalked&q=邮电") == ["邮电局家属院"]
    assert names(cast, "director", "?q=没有的小区") == []
    assert len(names(cast, "director", "?show=nonsense")) == 3


def test_one_community_is_shown_to_those_above_it_and_to_nobody_else(cast: Cast) -> None:
    at = f"?at={COMMUNITY_ELSEWHERE}"
    assert names(cast, "clerk", at) == ["马茂庄小区"]
    assert names(cast, "clerk", f"{at}&show=unwalked&q=马茂庄") == ["马茂庄小区"]
    for who in ("director", "other_county_officer"):
        assert getattr(cast, who).client().get(f"/compounds/{at}").status_code == 404


def test_of_very_many_the_first_are_shown_and_the_rest_are_counted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compounds_page, "AT_MOST", 1)
    answer = cast.director.client().get("/compounds/")
    assert [row.name for row in answer.context["rows"]] == ["枫林苑"]
    assert "这里只列出前 1 个，一共 2 个" in answer.content.decode()
    assert "一共" not in cast.worker.client().get("/compounds/").content.decode()
    assert names(cast, "director", "?q=邮电") == ["邮电局家属院"]


def test_a_compound_is_added_then_described(cast: Cast) -> None:
    answer = cast.director.client().post("/compounds/new/", {"name": "锦绣苑", "community": COMMUNITY})

    made = Compound.objects.get(place__name="锦绣苑")
    assert (answer.status_code, answer["Location"]) == (303, f"/compounds/{made.pk}/frame/")


@pytest.mark.parametrize(
    ("name", "community", "status"),
    [("", COMMUNITY, 422), ("枫林苑", COMMUNITY, 409), ("锦绣苑", COMMUNITY_ELSEWHERE, 404), ("锦绣苑", "", 404)],
)
def test_what_cannot_be_added_is_said_and_what_was_typed_comes_back(
    cast: Cast, name: str, community: str, status: int
) -> None:
    answer = cast.director.client().post("/compounds/new/", {"name": name, "community": community})
    assert answer.status_code == status
    assert Compound.objects.filter(place__name=name).count() == (status == 409)


def test_only_a_director_is_offered_to_add_one(cast: Cast) -> None:
    assert cast.director.client().get("/compounds/").context["communities"]
    assert not cast.worker.client().get("/compounds/").context["communities"]
    assert cast.worker.client().post("/compounds/new/", {"name": "锦绣苑"}).status_code == 403


def test_without_any_compound_the_page_says_what_to_do(cast: Cast) -> None:
    community = actions.create_place(console(), kind=PlaceKind.COMMUNITY, code="141102003009", name="袁家庄社区")
    newcomer = enrol_person(
        console(),
        name="白雪梅",
        phone="",
        post="",
        home_path=community.path,
        username="newcomer",
        password=cast.password,
    )
    grant_role(console(), person_id=newcomer.pk, role=Role.COMMUNITY_DIRECTOR, path=community.path)
    client = Client()
    client.force_login(newcomer.login)

    answer = client.get("/compounds/")

    assert answer.context["none_yet"] and [one["name"] for one in answer.context["communities"]] == ["袁家庄社区"]
    assert cast.lapsed.client().get("/compounds/").status_code == 403
