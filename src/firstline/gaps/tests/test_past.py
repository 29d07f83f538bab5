"""What was open at a past moment, and how high: by the events and rules of then, whatever came after."""

from datetime import timedelta

from django.urls import reverse

from firstline.config.testing.budget import Budget
from firstline.gaps import actions
from firstline.gaps.escalation import Band, Rules
from firstline.gaps.models import Reach
from firstline.gaps.past import as_of, much_of
from firstline.gaps.sweeping import sweep
from firstline.gaps.tests.open import gap_at
from firstline.kernel import clock
from firstline.kernel.actors import console
from firstline.testing.cast import Cast
from firstline.testing.time import Clock

PAST = reverse("gaps:past")


def test_as_it_stood_then_whatever_came_after(cast: Cast, clock_at: Clock) -> None:
    begun = clock.now()
    gap = gap_at(cast.compound.place.path, count=3)
    clock_at.move(hours=1)
    actions.take(cast.worker, gap_id=gap.pk, until=clock.now() + timedelta(hours=10))
    clock_at.move(hours=1)
    actions.give_back(cast.worker, gap_id=gap.pk)
    clock_at.move(hours=20)
    quick = Rules(bands=(Band(0, 1, 2),))
    actions.change_rules(cast.county_officer, emergency_id=cast.emergency.pk, rules=quick)
    clock_at.move(hours=1)
    sweep(console())

    def tier(hours: float) -> list[tuple[int, Reach]]:
        at = begun + timedelta(hours=hours)
        found = [one for one in as_of(cast.director, at) if one.gap.pk == gap.pk]
        return [(much_of([one.gap], at)[gap.pk], one.tier) for one in found]

    assert tier(-1) == []
    assert tier(0.5) == [(3, Reach.VILLAGE)]
    assert tier(4.5) == [(3, Reach.VILLAGE)], "its clock stood for an hour"
    assert tier(5.5) == [(3, Reach.TOWNSHIP)]
    assert tier(16) == [(3, Reach.TOWNSHIP)]
    assert tier(17.5) == [(3, Reach.COUNTY)]
    assert tier(30) == [], "closed by then"


def test_the_page_is_of_one_s_own_places(cast: Cast, statement_budget: Budget) -> None:
    gap_at(cast.compound.place.path)
    client = cast.worker.client()
    client.get(PAST)
    with statement_budget("gaps.past"):
        assert client.get(PAST).context["all_count"] == 1
    assert cast.worker_elsewhere.client().get(PAST).context["all_count"] == 0
    assert client.get(PAST, {"at": "2001-01-01T12:00"}).context["all_count"] == 0
    for nonsense in ("x", "2001-13-01T00:00", "9999-12-31T23:59", ""):
        assert client.get(PAST, {"at": nonsense}).context["all_count"] == 1


def test_rules_count_for_their_own_time_only(cast: Cast, clock_at: Clock) -> None:
    """What climbed under rules that were changed since has climbed; what they would have done earlier has not been."""
    begun = clock.now()
    gap = gap_at(cast.compound.place.path)
    clock_at.move(hours=5)
    slow = Rules(bands=(Band(0, 60 * 10, 60 * 10),))
    actions.change_rules(cast.county_officer, emergency_id=cast.emergency.pk, rules=slow)
    clock_at.move(hours=2)
    quick = Rules(bands=(Band(0, 60, 60),))
    actions.change_rules(cast.county_officer, emergency_id=cast.emergency.pk, rules=quick)
    clock_at.move(hours=1)

    def tier(hours: float) -> list[Reach]:
        return [one.tier for one in as_of(cast.director, begun + timedelta(hours=hours)) if one.gap.pk == gap.pk]

    assert tier(3.9) == [Reach.VILLAGE]
    assert tier(4.5) == [Reach.TOWNSHIP], "after four hours, by the shipped rules"
    assert tier(6.5) == [Reach.TOWNSHIP], "the slower ones pull nothing down"
    assert tier(7.5) == [Reach.COUNTY], "the quicker ones hold from then on"


def test_everything_is_there_page_by_page(cast: Cast, statement_budget: Budget) -> None:
    for number in range(10_001, 10_131):
        gap_at(f"{cast.compound.place.path}/{number:05d}")
    client, url, seen = cast.director.client(), PAST, []
    while url:
        with statement_budget("gaps.past"):
            page = client.get(url).context
        seen += [row["url"] for row in page["rows"]]
        url = page["pages"].after_url and PAST + page["pages"].after_url
    assert len(set(seen)) == len(seen) == page["all_count"] >= 130
    by_level = {one["label"]: one["count"] for one in page["filters"]}
    assert sum(by_level.values()) == 2 * page["all_count"], "all, and the same by level"
    assert client.get(PAST, {"tier": "3"}).context["pages"].count == page["filters"][1]["count"]
