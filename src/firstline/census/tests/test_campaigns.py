"""Campaigns: which one leads where, their rules and rounds, the cut-off of the frame."""

from datetime import timedelta

import pytest
from django.urls import reverse

from firstline.census.actions import (
    add_round,
    change_rules,
    end_campaign,
    freeze_frame,
    lead_with,
    open_campaign,
    record_attempt,
)
from firstline.census.campaigns import campaign_at, campaigns_within, led_within
from firstline.census.coverage import coverage
from firstline.census.errors import (
    BeforeCampaign,
    CampaignLeads,
    CampaignNotUnderstood,
    FrameFrozen,
    OutsideCampaign,
    RulesNotUnderstood,
)
from firstline.census.models import BuildingFrame, Campaign, DoorState, FrameChange
from firstline.census.next_steps import Step
from firstline.census.results import Outcome
from firstline.kernel import clock, scope
from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.paths import Range, subtree
from firstline.places import actions as places
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, COUNTY, Cast
from firstline.testing.queue import work_off


def second(cast: Cast, **more: object) -> Campaign:
    return open_campaign(cast.director, path=COMMUNITY, name="第二轮", **more)  # type: ignore[arg-type]


def test_without_a_campaign_of_its_own_a_place_works_in_the_one_above(cast: Cast) -> None:
    second(cast)
    assert campaign_at(cast.door.path) == cast.campaign


def test_the_deepest_one_that_leads_is_at_work(cast: Cast) -> None:
    own = second(cast, leads=True)
    assert campaign_at(cast.door.path) == own
    assert campaign_at(cast.door_elsewhere.path) == cast.campaign


def test_no_door_is_counted_in_two_campaigns(cast: Cast) -> None:
    record_attempt(cast.director, door_id=cast.door.pk, result="registered")
    record_attempt(cast.worker_elsewhere, door_id=cast.door_elsewhere.pk, result="registered")
    own = second(cast, leads=True)
    with scope.enter(cast.county_officer):
        parts = campaigns_within([subtree(COUNTY)])
        here = subtree(COMMUNITY)
        assert [(part.within, part.campaign) for part in parts] == [
            (Range(COUNTY, here.lo), cast.campaign),
            (here, own),
            (Range(here.hi, subtree(COUNTY).hi), cast.campaign),
        ]
        total = coverage(subtree(COUNTY)).total
    # The second sweep starts anew here; elsewhere the first one goes on.
    assert total.counts[Outcome.REGISTERED] == 1
    assert total.doors == 48
    assert total.closes


def test_where_no_campaign_leads_there_is_nothing_to_visit(cast: Cast) -> None:
    assert led_within([subtree("141181")]) == []
    assert led_within([subtree("14")]) == [subtree(COUNTY), subtree("141126")]


def test_leading_again_and_ending(cast: Cast) -> None:
    own = second(cast, leads=True)
    with pytest.raises(CampaignLeads):
        end_campaign(cast.director, campaign_id=own.pk)
    third = open_campaign(cast.director, path=COMMUNITY, name="返乡人员", leads=True)
    assert campaign_at(cast.door.path) == third
    ended = end_campaign(cast.director, campaign_id=own.pk)
    assert ended.ends_at is not None
    with pytest.raises(CampaignNotUnderstood):
        lead_with(cast.director, campaign_id=own.pk)


@pytest.mark.parametrize(
    "dates",
    [
        {"ends_at": clock.now() - timedelta(days=1)},
        {"starts_at": clock.now() - timedelta(days=30)},
        {"starts_at": clock.now() + timedelta(days=1), "leads": True},
    ],
)
def test_dates_that_make_no_sense_are_refused(cast: Cast, dates: dict[str, object]) -> None:
    with pytest.raises(CampaignNotUnderstood):
        second(cast, **dates)


def test_a_date_typed_wrong_is_said(cast: Cast) -> None:
    client = cast.director.client()
    posted = client.post(reverse("census:begin"), {"path": COMMUNITY, "name": "第二轮", "starts_at": "明天"})
    assert posted.status_code == 422
    assert "明天" in posted.text
    assert not Campaign.objects.filter(name="第二轮").exists()


def test_what_is_recorded_for_a_campaign_counts_in_that_one_only(cast: Cast) -> None:
    own = second(cast)
    record_attempt(cast.worker, door_id=cast.door.pk, result="refused", campaign_id=own.pk)
    with scope.enter(cast.worker):
        assert list(DoorState.objects.values_list("campaign", "outcome")) == [(own.pk, "refused")]


def test_a_door_outside_a_campaign_is_refused(cast: Cast) -> None:
    own = second(cast)
    with pytest.raises(OutsideCampaign):
        record_attempt(console(), door_id=cast.door_elsewhere.pk, result="refused", campaign_id=own.pk)
    with pytest.raises(NotFound):
        record_attempt(cast.worker_elsewhere, door_id=cast.door_elsewhere.pk, result="refused", campaign_id=own.pk)


def test_before_a_campaign_began_nothing_happened_in_it(cast: Cast) -> None:
    own = second(cast)
    with pytest.raises(BeforeCampaign):
        record_attempt(
            cast.worker,
            door_id=cast.door.pk,
            result="vacant",
            campaign_id=own.pk,
            happened_at=clock.now() - timedelta(hours=1),
        )


def test_rules_change_what_comes_next(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer")
    change_rules(cast.county_officer, campaign_id=cast.campaign.pk, rules={"knocks_before_notice": 1})
    assert [ended.status for ended in work_off()] == ["succeeded"]
    with scope.enter(cast.worker):
        assert DoorState.objects.get(door=cast.door).step == Step.POST_NOTICE
    assert Campaign.objects.get(pk=cast.campaign.pk).rules_changed == {"knocks_before_notice": 1}


@pytest.mark.parametrize(
    "rules",
    [{"evening_from": 25}, {"knocks": 3}, {"evening_from": 22}, {"refusal_ladder": ["police"]}, {"form_days": "two"}],
)
def test_rules_that_are_none_are_refused_and_nothing_changes(cast: Cast, rules: dict[str, object]) -> None:
    with pytest.raises(RulesNotUnderstood):
        change_rules(cast.county_officer, campaign_id=cast.campaign.pk, rules=rules)
    assert Campaign.objects.get(pk=cast.campaign.pk).rules_changed == {}


def test_rounds_follow_each_other(cast: Cast) -> None:
    begun = add_round(cast.county_officer, campaign_id=cast.campaign.pk, name="第二轮")
    assert begun.number == 2
    with pytest.raises(CampaignNotUnderstood):
        add_round(cast.county_officer, campaign_id=cast.campaign.pk, name="早", starts_at=begun.starts_at)


def test_what_comes_after_the_cut_off_is_an_addition(cast: Cast) -> None:
    assert freeze_frame(cast.county_officer, campaign_id=cast.campaign.pk) == 48
    places.add_door(cast.director, building_id=cast.building.pk, text="1-1-901")
    places.merge_doors(cast.director, door_ids=[cast.door.pk, cast.door_of(cast.compound, "1-1-102").pk], into="101")
    total = coverage(subtree(COMMUNITY)).total
    assert (total.frame, total.added, total.removed, total.doors) == (36, 1, 1, 36)
    assert total.closes
    assert set(FrameChange.objects.exclude(kind="frozen").values_list("kind", "label")) == {
        ("added", "1-1-901"),
        ("removed", "1-1-102"),
    }
    with pytest.raises(FrameFrozen):
        freeze_frame(cast.county_officer, campaign_id=cast.campaign.pk)


def test_a_building_found_after_the_cut_off_has_no_door_in_the_frame(cast: Cast) -> None:
    freeze_frame(cast.county_officer, campaign_id=cast.campaign.pk)
    places.declare_buildings(cast.director, compound_id=cast.compound.pk, line="7号楼 1单元2层每层2户")
    found = BuildingFrame.objects.filter(building__label="7").values_list("doors", "added", "removed")
    assert list(found) == [(0, 4, 0)]


@pytest.mark.parametrize("who", ["worker", "typist", "clerk"])
def test_who_answers_for_no_census_changes_none(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        freeze_frame(getattr(cast, who), campaign_id=cast.campaign.pk)


def test_a_director_settles_their_own_census_and_not_the_countys(cast: Cast) -> None:
    with pytest.raises(NotFound):
        freeze_frame(cast.director, campaign_id=cast.campaign.pk)
    with pytest.raises(NotFound):
        open_campaign(cast.director, path=COMMUNITY_ELSEWHERE, name="别家")


def test_the_page_says_the_account_and_every_number_opens(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="refused")
    freeze_frame(cast.county_officer, campaign_id=cast.campaign.pk)
    client = cast.director.client()
    page = client.get(reverse("census:campaign", args=[cast.campaign.pk]))
    assert page.context["closes"]
    for url in [
        *(side.url for side in page.context["left_side"]),
        *(term.url for term in page.context["account"].terms),
    ]:
        opened = client.get(url)
        assert opened.status_code == 200
    refused = next(term for term in page.context["account"].terms if term.outcome == "refused")
    assert refused.count == client.get(refused.url).context["total"] == 1


def test_pages_keep_their_budget(cast: Cast, statement_budget: object) -> None:
    client = cast.director.client()
    for name, url in (
        ("census.campaigns", reverse("census:campaigns")),
        ("census.campaign", reverse("census:campaign", args=[cast.campaign.pk])),
        ("census.doors", reverse("census:doors")),
    ):
        client.get(url)
        with statement_budget(name):  # type: ignore[operator]
            assert client.get(url).status_code == 200
