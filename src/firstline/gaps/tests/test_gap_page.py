"""The page of one gap: how it stands, who answers at each level, what can be pressed, and what was said of it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from firstline.config.testing.budget import Budget
from firstline.gaps import actions
from firstline.gaps.models import Gap
from firstline.gaps.sweeping import sweep
from firstline.gaps.tests.open import gap_at
from firstline.kernel import clock
from firstline.kernel.actors import console
from firstline.testing.cast import Cast, Member
from firstline.testing.time import Clock


@pytest.fixture
def gap(cast: Cast) -> Gap:
    return gap_at(cast.compound.place.path)


def shown(member: Member, gap: Gap) -> str:
    response = member.client().get(reverse("gaps:gap", args=[gap.pk]))
    assert response.status_code == 200
    return " ".join(response.text.split())


def press(member: Member, gap: Gap, what: str, **posted: str) -> tuple[int, str]:
    response = member.client().post(reverse(f"gaps:{what}", args=[gap.pk]), posted)
    return response.status_code, response.text


def test_open_it_says_who_answers_where_to_act_and_offers_itself(cast: Cast, gap: Gap) -> None:
    page = shown(cast.worker, gap)
    assert "还缺着，没人接" in page
    assert cast.worker.name in page
    assert reverse("response:answers_at", args=[gap.path]) in page
    assert re.findall(r'name="hours" value="(\d+)"', page) == ["1", "3", "8", "24"]
    assert "到期没办" in page
    assert "先放着" not in page, "nobody said that it is wrong, so there is nothing to decide"


def test_taken_others_read_by_whom_and_until_when(cast: Cast, gap: Gap) -> None:
    assert press(cast.worker, gap, "take", hours="3", words="我去敲门")[0] == 303
    theirs, mine = shown(cast.director, gap), shown(cast.worker, gap)
    assert f"{cast.worker.name}接着，到" in theirs
    assert "我去敲门" in theirs
    assert 'name="hours"' not in theirs
    assert reverse("gaps:give_back", args=[gap.pk]) in mine
    assert 'name="hours"' in mine, "whoever has it may ask for more time"
    status, words = press(cast.director, gap, "take", hours="1")
    assert (status, cast.worker.name in words) == (409, True)
    assert press(cast.worker, gap, "give_back")[0] == 303
    assert "还缺着，没人接" in shown(cast.director, gap)


def test_whoever_took_it_and_did_not_come_is_said_to_be_late(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    actions.take(cast.worker, gap_id=gap.pk, until=clock.now() + timedelta(hours=1))
    clock_at.move(hours=2)
    assert "接的人时间到了" in shown(cast.director, gap)


def test_climbed_it_says_so_and_the_next_level_has_its_moment(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    assert shown(cast.clerk, gap).count("没人管的话，从") == 1
    clock_at.move(hours=4, minutes=1)
    actions.give_back(cast.worker, gap_id=_taken(cast, gap).pk)
    page = shown(cast.clerk, gap)
    assert page.count("现在要管") == 2
    assert page.count("没人管的话，从") == 1


def _taken(cast: Cast, gap: Gap) -> Gap:
    return actions.take(cast.worker, gap_id=gap.pk, until=clock.now() + timedelta(minutes=1))


def test_said_to_be_wrong_somebody_else_decides_and_it_comes_back(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    assert press(cast.director, gap, "dispute", words=" ")[0] == 422
    assert press(cast.director, gap, "dispute", words="这户已经搬走")[0] == 303
    assert reverse("gaps:settle", args=[gap.pk]) not in shown(cast.director, gap)
    assert "还缺着，有人说不对" in shown(cast.clerk, gap)
    assert reverse("gaps:settle", args=[gap.pk]) in shown(cast.clerk, gap)
    assert press(cast.director, gap, "settle", decide="keep")[0] == 409
    assert press(cast.worker, gap, "settle", decide="keep")[0] == 403
    assert press(cast.clerk, gap, "settle", decide="set_aside", until="昨天")[0] == 422
    tomorrow = (clock.now() + timedelta(days=1)).date().isoformat()
    assert press(cast.clerk, gap, "settle", decide="set_aside", until=tomorrow)[0] == 303
    assert "先放着：有人定了这不算缺" in shown(cast.director, gap)
    clock_at.move(days=3)
    assert "先放着：有人定了这不算缺" not in shown(cast.director, gap)


def test_closed_nothing_can_be_pressed_any_more(cast: Cast, gap: Gap) -> None:
    sweep(console())
    page = shown(cast.director, gap)
    assert "已了结：缺的已经有了" in page
    assert "事情办到，自己了结" in page
    assert not re.search(r'action="/gaps/', page)
    status, words = press(cast.director, gap, "take", hours="1")
    assert (status, "已经了结" in words) == (409, True)


@pytest.mark.parametrize("hours", ["", "0", "-1", "25", "x", "９９９９９９９９"])
def test_a_time_nobody_may_take_is_refused_in_words(cast: Cast, gap: Gap, hours: str) -> None:
    assert press(cast.worker, gap, "take", hours=hours)[0] == 422
    assert Gap.objects.get(pk=gap.pk).taken_by_id is None


def test_what_somebody_writes_stays_text(cast: Cast, gap: Gap) -> None:
    actions.dispute(cast.worker, gap_id=gap.pk, reason="<script>alert(1)</script>")
    page = shown(cast.director, gap)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_kind_no_app_knows_any_more_is_still_a_page(cast: Cast) -> None:
    assert "gone_long_ago" in shown(cast.director, gap_at(cast.compound.place.path, kind="gone_long_ago"))


def test_a_long_story_costs_no_more_statements(cast: Cast, gap: Gap, statement_budget: Budget) -> None:
    for _time in range(5):
        actions.give_back(cast.worker, gap_id=_taken(cast, gap).pk, words="还没开门")
    client = cast.worker.client()
    client.get(reverse("gaps:gap", args=[gap.pk]))
    with statement_budget("gaps.gap"):
        assert client.get(reverse("gaps:gap", args=[gap.pk])).status_code == 200
