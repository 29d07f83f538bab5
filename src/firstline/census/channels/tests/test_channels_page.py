"""Channels on the page: proposed with the compound's own numbers, chosen by somebody, and what each has brought."""

from typing import Any

import pytest
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt
from firstline.census.channels.actions import choose_channels
from firstline.census.channels.errors import ChannelsUnknown
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import Cast, Member

WANG = PersonSaid(name="王建国", phones=("13912345678",))


def rows(member: Member) -> dict[str, Any]:
    answer = member.client().get(reverse("census:channels"))
    assert answer.status_code == 200
    return {row.name: row for row in answer.context["rows"]}


def test_without_anything_known_the_doors_are_walked(cast: Cast) -> None:
    row = rows(cast.director)["枫林苑"]
    assert (row.proposed, row.doors, row.chosen) == (["上门"], 24, [])
    assert row.why == "没有物业，没名单可要；有没有微信群还没人说；没有电话号码；24户都上门"


def test_known_numbers_propose_the_telephone(cast: Cast) -> None:
    for room in ("101", "102", "201", "202", "301"):
        door = cast.door_of(cast.compound_next, f"1-1-{room}")
        record_attempt(cast.worker_next, door_id=door.pk, result="partial", people=[WANG])
    row = rows(cast.director)["邮电局家属院"]
    assert row.proposed == ["电话", "上门"]
    assert "12户里5户有电话" in row.why
    assert [(one.label, one.doors) for one in row.brought] == [("上门", 5)]


def test_what_is_chosen_stands_with_who_and_when(cast: Cast) -> None:
    choose_channels(cast.director, compound_id=cast.compound.pk, channels=["phone", "intercom"], chat_group=True)
    row = rows(cast.worker)["枫林苑"]
    assert (row.chosen, row.by) == (["电话", "门铃"], cast.director.name)
    assert row.proposed == ["网上填报", "上门"]
    assert row.edit_url == ""
    with scope.enter(cast.director):
        assert LedgerEntry.objects.filter(action="census.choose_channels").count() == 1


def test_the_latest_choice_counts_and_none_is_as_proposed(cast: Cast) -> None:
    choose_channels(cast.director, compound_id=cast.compound.pk, channels=["phone"], chat_group=None)
    choose_channels(cast.director, compound_id=cast.compound.pk, channels=[], chat_group=False)
    row = rows(cast.director)["枫林苑"]
    assert row.chosen == []
    assert "没有微信群" in row.why


@pytest.mark.parametrize("channels", [["phone", "phone"], ["callback"], ["pigeon"]])
def test_nonsense_is_refused(cast: Cast, channels: list[str]) -> None:
    with pytest.raises(ChannelsUnknown):
        choose_channels(cast.director, compound_id=cast.compound.pk, channels=channels, chat_group=None)


def test_only_the_director_chooses_and_only_at_home(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        choose_channels(cast.worker, compound_id=cast.compound.pk, channels=["door"], chat_group=None)
    with pytest.raises(NotFound):
        choose_channels(cast.director, compound_id=cast.compound_elsewhere.pk, channels=["door"], chat_group=None)


def test_the_form_keeps_the_order(cast: Cast) -> None:
    address = reverse("census:choose_channels", args=[cast.compound.pk])
    client = cast.director.client()
    answer = client.post(address, {"channel": ["paper", "", "door"], "group": "no"}, follow=True)
    assert {row.name: row.chosen for row in answer.context["rows"]}["枫林苑"] == ["纸表", "上门"]
    twice = client.post(address, {"channel": ["door", "door"], "group": ""})
    assert twice.status_code == 422
    assert "只选一次" in twice.content.decode()


def test_another_community_shows_its_own(cast: Cast) -> None:
    assert list(rows(cast.worker_elsewhere)) == ["马茂庄小区"]


def test_the_pages_keep_their_budget(cast: Cast, statement_budget: Budget) -> None:
    choose_channels(cast.director, compound_id=cast.compound.pk, channels=["phone"], chat_group=None)
    client = cast.director.client()
    with statement_budget("census.channels"):
        client.get(reverse("census:channels"))
    with statement_budget("census.choose_channels"):
        client.get(reverse("census:choose_channels", args=[cast.compound.pk]))
