"""The list: what has run out of time in one's places, narrowed down; and handed over at the end of a shift."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.config.testing.budget import Budget
from firstline.gaps import actions
from firstline.gaps.errors import GapsNotTakeable
from firstline.gaps.handing_over import hand_over
from firstline.gaps.models import Gap, GapEvent, Reach, What
from firstline.gaps.tests.open import gap_at
from firstline.kernel import clock, scope
from firstline.notify.models import Message
from firstline.testing.cast import COMMUNITY, Cast, Member
from firstline.testing.time import Clock

LIST = reverse("gaps:list")


@pytest.fixture
def gaps(cast: Cast) -> tuple[Gap, Gap]:
    """One in the worker's compound, and a graver one in the next one's."""
    return gap_at(cast.compound.place.path), gap_at(cast.compound_next.place.path, severity=90)


def shown(member: Member, **asked: str) -> list[str]:
    response = member.client().get(LIST, asked)
    assert response.status_code == 200
    return [row.detail for row in response.context["rows"]]


@pytest.mark.usefixtures("gaps")
def test_the_gravest_first_and_only_one_s_own_places(cast: Cast) -> None:
    here, following = cast.compound.place.name, cast.compound_next.place.name
    assert shown(cast.director) == [following, here]
    assert shown(cast.worker) == [here]
    assert shown(cast.worker_elsewhere) == []
    assert shown(cast.director, at=cast.compound.place.path) == [here]
    assert cast.worker.client().get(LIST, {"at": cast.compound_next.place.path}).status_code == 404
    assert cast.lapsed.client().get(LIST).status_code == 403


def test_filters_say_how_many_and_show_them(cast: Cast, gaps: tuple[Gap, Gap], clock_at: Clock) -> None:
    mine, other = gaps
    actions.take(cast.worker, gap_id=mine.pk, until=clock.now() + timedelta(hours=2))
    actions.dispute(cast.director, gap_id=other.pk, reason="都敲过了")
    Gap.objects.filter(pk=other.pk).update(tier=Reach.TOWNSHIP, opened_at=clock.now() - timedelta(days=2))
    here, following = cast.compound.place.name, cast.compound_next.place.name
    wanted = {"nobody": [following], "taken": [here], "disputed": [following], "old": [following], "mine": []}
    assert {show: shown(cast.director, show=show) for show in wanted} == wanted
    assert shown(cast.worker, show="mine") == [here]
    assert shown(cast.director, tier="2") == [following]
    assert shown(cast.director, kind="steps_overdue") == [following, here]
    clock_at.move(hours=3)
    assert shown(cast.worker, show="mine") == [], "its time is over"


@pytest.mark.usefixtures("gaps")
def test_what_nobody_can_mean_shows_everything(cast: Cast) -> None:
    assert len(shown(cast.director, show="x", tier="9", kind="<script>")) == 2


def test_nothing_open_says_where_to_go_on(cast: Cast) -> None:
    assert reverse("gaps:home") in cast.worker.client().get(LIST).text


def test_at_the_end_of_a_shift_another_goes_on_with_it(cast: Cast, gaps: tuple[Gap, Gap]) -> None:
    gap, until = gaps[0], clock.now() + timedelta(hours=2)
    before = actions.take(cast.worker, gap_id=gap.pk, until=until).climbs_at
    client = cast.worker.client()
    page = client.get(LIST, {"show": "mine"})
    assert str(cast.director.person_id) in {one["id"] for one in page.context["people"]}
    assert client.post(reverse("gaps:hand_over"), {"person": str(cast.director.person_id)}).status_code == 303
    after = Gap.objects.get(pk=gap.pk)
    assert (after.taken_by_id, after.taken_until, after.climbs_at) == (cast.director.person_id, until, before)
    assert GapEvent.objects.filter(gap=gap, what=What.HANDED_OVER, by_person_id=cast.worker.person_id).count() == 1
    with scope.enter(cast.county_officer):
        assert LedgerEntry.objects.filter(action="gaps.hand_over").count() == 1
    assert Message.objects.filter(kind="gaps.handed_over").count() == 1
    actions.give_back(cast.director, gap_id=gap.pk)
    assert Gap.objects.get(pk=gap.pk).climbs_at is not None


def test_it_says_beforehand_how_much_would_stay(cast: Cast, gaps: tuple[Gap, Gap]) -> None:
    there = gap_at(cast.compound_next.place.path, kind="deliveries_failed")
    for gap in (*gaps, there):
        actions.take(cast.director, gap_id=gap.pk, until=clock.now() + timedelta(hours=2))
    people = cast.director.client().get(LIST, {"show": "mine"}).context["people"]
    stays = {one["id"]: one["stays"] for one in people}
    assert stays[str(cast.clerk.person_id)] == ""
    assert "1" in stays[str(cast.worker_next.person_id)]
    assert "2" in stays[str(cast.worker.person_id)]
    assert people[0]["stays"] == "", "whoever takes everything stands first"


def test_nobody_gets_what_they_may_not_take(cast: Cast, gaps: tuple[Gap, Gap]) -> None:
    actions.take(cast.worker, gap_id=gaps[0].pk, until=clock.now() + timedelta(hours=2))
    for other in (cast.worker_elsewhere, cast.lapsed, cast.worker):
        with pytest.raises(GapsNotTakeable):
            hand_over(cast.worker, to_person_id=other.person_id)
    with pytest.raises(GapsNotTakeable):
        hand_over(cast.director, to_person_id=cast.clerk.person_id)


def test_a_full_list_costs_no_more_statements(cast: Cast, statement_budget: Budget) -> None:
    for number in range(10_001, 10_061):
        gap_at(f"{cast.compound.place.path}/{number:05d}")
    client = cast.director.client()
    assert client.get(LIST, {"at": COMMUNITY}).context["pages"].after_url
    with statement_budget("gaps.list"):
        assert client.get(LIST).status_code == 200


def test_a_long_list_has_as_many_pages_as_it_needs(cast: Cast) -> None:
    for number in range(10_001, 10_106):
        gap_at(f"{cast.compound.place.path}/{number:05d}")
    client, at, seen = cast.director.client(), {"at": cast.compound.place.path, "kind": "steps_overdue"}, []
    url = f"{LIST}?{urlencode(at)}"
    sizes = []
    while url:
        page = client.get(url).context
        seen += [row.action_url for row in page["rows"]]
        sizes.append((page["pages"].first, page["pages"].last))
        url = page["pages"].after_url and LIST + page["pages"].after_url
    assert sizes == [(1, 50), (51, 100), (101, 105)]
    assert len(set(seen)) == 105, "each once, whatever was filtered by kept"
    last = client.get(LIST, at | {"page": "999"}).context["pages"]
    assert (last.first, last.after_url) == (101, "")
    assert client.get(LIST + last.before_url).context["pages"].first == 51
    for nonsense in ("0", "-1", "x", "二"):
        assert client.get(LIST, at | {"page": nonsense}).context["pages"].first == 1


@pytest.mark.usefixtures("gaps")
def test_each_filter_and_page_has_a_key_of_its_own(cast: Cast) -> None:
    keys = [one["key"] for one in cast.director.client().get(LIST).context["filters"]]
    assert keys == ["1", "2", "3", "4", "5", "6"]
