"""Declaring an emergency: a key and a campaign of its own, one at a time at a place, by the county only."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from firstline.census.campaigns import campaigns_within
from firstline.census.models import Campaign
from firstline.kernel import clock, crypto, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.keys import check_all
from firstline.kernel.paths import subtree
from firstline.response.actions import declare
from firstline.response.errors import EmergencyMissing, EmergencyTwice, LegalBasisMissing
from firstline.response.models import Emergency, Level
from firstline.response.selectors import emergencies_over, emergencies_within, emergency_at, find_emergency
from firstline.testing.cast import (
    COMMUNITY,
    COMMUNITY_ELSEWHERE,
    COUNTY,
    OTHER_COMMUNITY,
    OTHER_COUNTY,
    TOWNSHIP,
    Cast,
    Member,
)
from firstline.testing.time import Clock

LAW = "《中华人民共和国突发事件应对法》"


def end_all() -> None:
    Emergency.objects.update(ended_at=clock.now())


def declared(actor: Member, path: str = COUNTY) -> Emergency:
    return declare(actor, path=path, name="疫情", level=Level.II, legal_basis=LAW)


def test_emergency_has_its_own_key_and_default_campaign(cast: Cast) -> None:
    end_all()
    emergency = declared(cast.county_officer)
    assert len(crypto.check_value(emergency.key_id)) == 8
    assert emergency.key_id != cast.emergency.key_id
    campaign = Campaign.objects.get(emergency=emergency)
    assert (campaign.pk, campaign.is_default) == (emergency.default_campaign_id, True)
    check_all()


@pytest.mark.parametrize("path", [COUNTY, COMMUNITY])
def test_declared_where_one_leads_it_stands_beside(cast: Cast, path: str) -> None:
    beside = declared(cast.county_officer, path)
    assert beside.leads_since is None
    assert emergency_at(COMMUNITY) == cast.emergency
    assert not Campaign.objects.filter(emergency=beside).exists()
    assert emergencies_over([subtree(COMMUNITY)]) == [cast.emergency, beside]


def test_sent_twice_it_is_declared_once(cast: Cast) -> None:
    declared(cast.county_officer)
    with pytest.raises(EmergencyTwice, match="疫情"):
        declared(cast.county_officer)


def test_wider_one_leads_around_a_standing_one(cast: Cast) -> None:
    Emergency.objects.filter(pk=cast.emergency.pk).update(path=COMMUNITY)
    Campaign.objects.filter(pk=cast.campaign.pk).update(path=COMMUNITY)
    wider = declared(cast.county_officer)
    assert wider.leads_since is not None
    assert emergency_at(COMMUNITY) == cast.emergency
    assert (emergency_at(COMMUNITY_ELSEWHERE), emergency_at(COUNTY)) == (wider, wider)
    parts = emergencies_within([subtree(TOWNSHIP)])
    assert [found.pk for _part, found in parts] == [wider.pk, cast.emergency.pk, wider.pk]
    assert [part.campaign.emergency_id for part in campaigns_within([subtree(TOWNSHIP)])] == [f.pk for _p, f in parts]


@pytest.mark.parametrize(
    ("who", "path", "error"),
    [
        ("director", COMMUNITY, Forbidden),
        ("other_county_officer", COUNTY, NotFound),
        ("county_officer", "141102999", NotFound),
    ],
)
def test_declaring_is_the_countys_in_its_own_area(cast: Cast, who: str, path: str, error: type[Exception]) -> None:
    end_all()
    with pytest.raises(error):
        declared(getattr(cast, who), path)
    assert Emergency.objects.filter(ended_at=None).count() == 0


@pytest.mark.parametrize(("name", "law"), [("", LAW), ("疫情", "  ")])
def test_legal_basis_is_said(cast: Cast, name: str, law: str) -> None:
    end_all()
    with pytest.raises(LegalBasisMissing):
        declare(cast.county_officer, path=COUNTY, name=name, level=Level.I, legal_basis=law)


def test_emergency_in_force_covers_all_below_it(cast: Cast) -> None:
    assert emergency_at(cast.door.path) == cast.emergency
    assert emergency_at(OTHER_COMMUNITY).path == OTHER_COUNTY


def test_without_an_emergency_it_is_said_what_to_do(cast: Cast) -> None:
    end_all()
    assert find_emergency(COMMUNITY) is None
    with pytest.raises(EmergencyMissing) as missing:
        emergency_at(COMMUNITY)
    assert missing.value.status == 409


def test_asked_often_it_is_read_once_a_scope(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    door = cast.door.path
    with scope.enter(cast.director), django_assert_num_queries(1):
        assert {emergency_at(path).pk for path in (COMMUNITY, COUNTY, door)} == {cast.emergency.pk}


def test_declared_in_a_scope_it_is_found_in_that_scope(cast: Cast) -> None:
    end_all()
    with scope.enter(cast.county_officer):
        assert find_emergency(COUNTY) is None
        new = declared(cast.county_officer)
        assert emergency_at(COMMUNITY) == new


def test_an_emergency_of_a_township_is_seen_from_above(cast: Cast, clock_at: Clock) -> None:
    clock_at.set(cast.emergency.started_at + timedelta(days=2))
    Emergency.objects.filter(pk=cast.emergency.pk).update(path=TOWNSHIP)
    whole = subtree(COUNTY)
    assert emergencies_within([whole]) == [(subtree(TOWNSHIP), cast.emergency)]
    assert emergencies_within([subtree(COMMUNITY)]) == [(subtree(COMMUNITY), cast.emergency)]
    assert emergencies_within([subtree("141102999")]) == []
    page = cast.county_officer.client().get("/").context
    assert (page["emergency"]["day"], page["emergency"]["where"]) == (3, "莲花池街道")
    assert cast.director.client().get("/").context["emergency"]["where"] == ""


def test_top_bar_says_level_and_day(cast: Cast, clock_at: Clock) -> None:
    clock_at.set(cast.emergency.started_at + timedelta(days=2))
    page = cast.director.client().get("/ledger/").context
    assert page["emergency"]["day"] == 3
    assert page["place_name"] == "丽景街社区"
