"""The home page: what is missing first, whose it is, and what is left."""

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import override

from firstline.census import actions as census
from firstline.config.testing.budget import Budget
from firstline.gaps.board import board_for
from firstline.gaps.home import home_for
from firstline.kernel import clock, gap_sources, scope
from firstline.places import actions as places
from firstline.testing.cast import Cast
from firstline.web.templatetags.firstline import counted

HOME = reverse("gaps:home")


def test_it_opens_with_what_is_missing_and_whose_it_is(cast: Cast) -> None:
    with scope.enter(cast.director):
        board = board_for(cast.director)
    untried = next(row for row in board.rows if row.kind == "doors_untried")
    assert untried.count == 36
    assert cast.worker.name in untried.who, "most of the doors lie in the worker's compound"
    assert untried.stage == "todo"


def test_a_door_with_an_outcome_is_missing_no_longer(cast: Cast) -> None:
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="vacant")
    with scope.enter(cast.director):
        home = home_for(cast.director)
    assert home.account.total == 36
    assert home.account.left == 35
    assert sum(term.count for term in home.account.terms) == home.account.total
    assert home.days[-1][1] == 1


def test_tonight_is_what_the_evening_shows(cast: Cast) -> None:
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="vacant")
    census.record_attempt(cast.worker, door_id=cast.door_of(cast.compound, "1-1-102").pk, result="refused")
    later = clock.now() + timedelta(days=3)
    census.record_attempt(
        cast.worker, door_id=cast.door_of(cast.compound, "1-1-201").pk, result="come_back", again_at=later
    )
    for member in (cast.director, cast.worker):
        client = member.client()
        home = client.get(HOME).context
        evening = client.get(home["tonight_url"]).context
        assert home["tonight"] == evening["doors"] == sum(one.doors for one in evening["compounds"])
    assert home["tonight"] == 24 - 2


def test_above_communities_nobody_plans_an_evening(cast: Cast) -> None:
    page = cast.county_officer.client().get(HOME)
    assert page.context["tonight"] == 0
    assert reverse("census:tonight") not in page.content.decode()


def test_until_every_frame_is_walked_it_speaks_of_known_doors(cast: Cast) -> None:
    with scope.enter(cast.worker):
        assert not home_for(cast.worker).account.walked
    for label in ("1", "2"):
        building = cast.building_of(cast.compound, label)
        places.walk_frame(
            cast.worker, building_id=building.pk, happened_at=cast.emergency.started_at, doors_found=building.door_count
        )
    with scope.enter(cast.worker):
        assert home_for(cast.worker).account.walked


def test_nobody_sees_more_than_their_places(cast: Cast) -> None:
    with scope.enter(cast.worker):
        mine = home_for(cast.worker)
    with scope.enter(cast.other_county_officer):
        theirs = home_for(cast.other_county_officer)
    assert (mine.by_community, [row.name for row in mine.rows]) == (False, [cast.compound.place.name])
    assert (theirs.by_community, [row.name for row in theirs.rows]) == (True, ["城关社区"])


def test_it_is_yours_when_you_answer(cast: Cast) -> None:
    with scope.enter(cast.worker):
        assert all(row.yours for row in board_for(cast.worker).rows)


def test_a_worker_of_several_compounds_asks_as_few_statements_as_a_director(
    cast: Cast, statement_budget: Budget
) -> None:
    director, worker = cast.director.client(), cast.worker.client()
    for client in (director, worker):
        client.get(HOME)
        with statement_budget("gaps.home"):
            assert client.get(HOME).status_code == 200


def test_at_most_seven_causes_and_the_rest_behind_a_number(cast: Cast) -> None:
    with scope.enter(cast.director):
        board = board_for(cast.director, at_most=1)
    assert len(board.rows) == 1
    assert board.more >= 1


def test_words_of_the_place_in_both_languages(cast: Cast) -> None:
    client = cast.director.client()
    for language in ("zh-hans", "en"):
        with override(language):
            assert cast.compound.place.name in client.get(HOME, headers={"accept-language": language}).text


def test_a_login_without_a_role_is_refused_in_words(cast: Cast) -> None:
    response = cast.lapsed.client().get(HOME)
    assert response.status_code == 403
    assert "forbidden" in response.text


def test_a_character_no_text_has_is_refused_in_words(cast: Cast) -> None:
    assert cast.director.client().get(HOME, {"x": "a\0b"}).status_code == 422


def test_a_day_nobody_meant_is_today(cast: Cast) -> None:
    for day in ("9999-12-31", "0001-01-01"):
        assert cast.director.client().get(reverse("audit:ledger"), {"day": day}).status_code == 200


def test_a_single_thing_is_not_several(cast: Cast) -> None:
    with override("en"):
        words = {str(kind.unit) for kind in gap_sources.kinds().values()}
        assert {word for word in words if not word.endswith("s") or word.endswith("ies")} == {"people", "phone"}
        assert [counted("doors", 1), counted("doors", 2), counted("people", 1)] == ["door", "doors", "person"]
    with override("zh-hans"):
        assert counted("户", 1) == "户"
