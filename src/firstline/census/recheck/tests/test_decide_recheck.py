"""Comparing, deciding who was right, and the figures that follow."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt
from firstline.census.models import DoorState
from firstline.census.models.recheck import RecheckBuilding, RecheckDecision
from firstline.census.recheck.actions import close_recheck, decide_recheck, record_finding
from firstline.census.recheck.errors import DifferenceGone
from firstline.census.recheck.tests.setting import drawn, sample, sent
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, gap_sources, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.gap_sources import Cause, Stage
from firstline.kernel.paths import subtree
from firstline.places.selectors import names_at
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import COMMUNITY, Cast

PERSON, EMPTY, UNLISTED = (
    ("person_missed", "1-1-101", "赵六"),
    ("held_empty", "1-1-201", ""),
    ("not_listed", "1-1-401", ""),
)


@pytest.fixture
def row(cast: Cast) -> RecheckBuilding:
    """Building 1 walked again: one home alike, one person more, one empty flat lived in, one home more."""
    for label, people in {"1-1-101": ["王建国"], "1-1-102": ["李秀英"]}.items():
        said = [PersonSaid(name) for name in people]
        record_attempt(cast.worker, door_id=cast.door_of(cast.compound, label).pk, result="registered", people=said)
    record_attempt(cast.worker, door_id=cast.door_of(cast.compound, "1-1-201").pk, result="vacant")
    row = drawn(cast, sample(cast))
    again = sent(cast, row)
    record_finding(again, building_id=row.pk, living="lived_in", label="1-1-101", names=["王建国", "赵六"])
    record_finding(again, building_id=row.pk, living="lived_in", label="1-1-102", names=["李秀英"])
    record_finding(again, building_id=row.pk, living="lived_in", label="1-1-201", persons=2)
    record_finding(again, building_id=row.pk, living="lived_in", text="1-1-401", persons=1)
    close_recheck(again, building_id=row.pk)
    return row


def page(cast: Cast, row: RecheckBuilding) -> Any:
    return cast.director.client().get(reverse("census:recheck_differences", args=[row.pk]))


def decide(cast: Cast, row: RecheckBuilding, difference: tuple[str, str, str], verdict: str) -> RecheckDecision:
    kind, label, name = difference
    given = {"kind": kind, "label": label, "name": name, "verdict": verdict, "why": "问过邻居"}
    return decide_recheck(cast.director, building_id=row.pk, **given)


def figures(cast: Cast, row: RecheckBuilding) -> Any:
    return cast.director.client().get(reverse("census:recheck_figures", args=[row.recheck_id])).context


def causes(cast: Cast) -> dict[str, Cause]:
    with scope.enter(cast.director):
        found = gap_sources.causes([subtree(COMMUNITY)], names_at)
        return {cause.kind: cause for cause in found if cause.kind.startswith("recheck")}


def test_each_difference_is_a_line_to_decide(cast: Cast, row: RecheckBuilding) -> None:
    lines = {(one.kind, one.label, one.name) for one in page(cast, row).context["undecided"]}
    assert lines == {PERSON, EMPTY, UNLISTED}


def test_reading_the_names_is_on_record(cast: Cast, row: RecheckBuilding) -> None:
    page(cast, row)
    with scope.enter(cast.director):
        assert LedgerEntry.objects.filter(is_look=True, subject_id=row.pk).count() == 1


def test_a_decision_changes_no_door_and_its_reason_lies_sealed(cast: Cast, row: RecheckBuilding) -> None:
    decision = decide(cast, row, PERSON, "recheck")
    with scope.enter(cast.director):
        assert (decision.open().name, decision.open().why) == ("赵六", "问过邻居")
        assert not any(word.encode() in bytes(decision.sealed) for word in ("赵六", "问过邻居"))
        assert DoorState.objects.get(door=cast.door_of(cast.compound, "1-1-201")).outcome == "vacant"


def test_undecided_counts_against_the_census_until_it_is_decided(cast: Cast, row: RecheckBuilding) -> None:
    before = figures(cast, row)
    assert (before["undecided"], before["doors"][0].missed.share) == (3, "50.0%")
    decide(cast, row, UNLISTED, "census")
    after = figures(cast, row)
    assert after["undecided"] == 2
    assert after["doors"][0].missed.share == "33.3%"


def test_putting_the_door_right_afterwards_does_not_hide_that_it_was_missed(cast: Cast, row: RecheckBuilding) -> None:
    decide(cast, row, EMPTY, "recheck")
    before = figures(cast, row)["doors"]
    door = cast.door_of(cast.compound, "1-1-201")
    record_attempt(cast.worker, door_id=door.pk, result="registered", people=[PersonSaid("钱七")])
    assert figures(cast, row)["doors"] == before


def test_a_decision_can_be_taken_anew(cast: Cast, row: RecheckBuilding) -> None:
    decide(cast, row, EMPTY, "census")
    decide(cast, row, EMPTY, "recheck")
    (line,) = page(cast, row).context["decided"]
    assert line.verdict == "recheck"


@pytest.mark.parametrize(
    ("kind", "label", "verdict"),
    [("held_empty", "1-1-101", "census"), ("held_empty", "1-1-201", "nobody"), ("weather", "1-1-201", "census")],
)
def test_what_is_no_difference_is_not_decided(
    cast: Cast, row: RecheckBuilding, kind: str, label: str, verdict: str
) -> None:
    with pytest.raises(DifferenceGone):
        decide(cast, row, (kind, label, ""), verdict)


def test_an_open_building_shows_no_difference(cast: Cast) -> None:
    row = drawn(cast, sample(cast))
    again = sent(cast, row)
    record_finding(again, building_id=row.pk, living="lived_in", label="1-1-101", persons=2)
    assert not page(cast, row).context["closed"]
    assert "held_empty" not in page(cast, row).content.decode()


@pytest.mark.parametrize(("who", "error"), [("worker", Forbidden), ("county_officer", Forbidden)])
def test_only_the_director_decides(cast: Cast, row: RecheckBuilding, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        decide_recheck(getattr(cast, who), building_id=row.pk, kind="held_empty", label="1-1-201", verdict="census")


def test_whoever_walked_it_again_sees_no_differences(cast: Cast, row: RecheckBuilding) -> None:
    client = cast.worker_next.client()
    assert client.get(reverse("census:recheck_differences", args=[row.pk])).status_code == 403
    assert client.get(reverse("census:recheck_figures", args=[row.recheck_id])).status_code == 403


class TestGaps:
    def test_a_building_is_to_settle_and_after_two_days_a_gap(
        self, cast: Cast, row: RecheckBuilding, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cause = causes(cast)["recheck_unsettled"]
        assert (cause.count, cause.stage, cause.places[0].name) == (1, Stage.TO_DO, "枫林苑")
        later = clock.now() + timedelta(days=3)
        monkeypatch.setattr(clock, "now", lambda: later)
        assert causes(cast)["recheck_unsettled"].stage == Stage.GAP

    def test_decided_is_no_gap(self, cast: Cast, row: RecheckBuilding) -> None:
        for line in page(cast, row).context["undecided"]:
            decide(cast, row, (line.kind, line.label, line.name), "neither")
        assert causes(cast) == {}

    def test_a_building_without_a_difference_is_settled_by_a_look(self, cast: Cast) -> None:
        row = drawn(cast, sample(cast))
        again = sent(cast, row)
        record_finding(again, building_id=row.pk, living="vacant", label="1-1-101")
        close_recheck(again, building_id=row.pk)
        assert causes(cast)["recheck_unsettled"].count == 1
        client = cast.director.client()
        for _again in range(2):
            client.post(page(cast, row).context["settle_url"])
        assert causes(cast) == {}

    def test_with_a_difference_open_it_is_not_settled(self, cast: Cast, row: RecheckBuilding) -> None:
        assert cast.director.client().post(page(cast, row).context["settle_url"]).status_code == 409

    def test_a_building_past_its_day_is_a_gap(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        sent(cast, drawn(cast, sample(cast)))
        assert causes(cast) == {}
        later = clock.now() + timedelta(days=4)
        monkeypatch.setattr(clock, "now", lambda: later)
        late = causes(cast)["recheck_late"]
        assert (late.count, late.stage) == (1, Stage.GAP)


def test_statements(cast: Cast, row: RecheckBuilding, statement_budget: Budget) -> None:
    client = cast.director.client()
    with statement_budget("census.recheck"):
        client.get(reverse("census:recheck"))
    with statement_budget("census.recheck_differences"):
        client.get(reverse("census:recheck_differences", args=[row.pk]))
    with statement_budget("census.recheck_figures"):
        client.get(reverse("census:recheck_figures", args=[row.recheck_id]))


def test_the_plan_says_how_many_before_they_are_drawn(cast: Cast) -> None:
    client = cast.director.client()
    plan: Any = client.get(reverse("census:recheck"), {"half": "0.05", "by": "compound"}).context["plan"]
    assert [one["name"] for one in plan["shares"]] == ["枫林苑", "邮电局家属院"]
    answer: Any = client.post(
        reverse("census:recheck"), {"half": "0.05", "by": "compound", "at": COMMUNITY}, follow=True
    )
    assert len(answer.context["rows"]) == plan["buildings"]


@pytest.mark.parametrize("half", ["0", "much", ""])
def test_a_precision_that_is_none_is_said_on_the_page(cast: Cast, half: str) -> None:
    answer: Any = cast.director.client().post(reverse("census:recheck"), {"half": half, "by": "management"})
    assert answer.status_code == 422
    assert answer.context["mistake"]


def test_elsewhere_is_not_there(cast: Cast) -> None:
    assert cast.director.client().get(reverse("census:recheck"), {"at": "141126"}).status_code == 404
    with pytest.raises(NotFound):
        decide_recheck(cast.director, building_id=cast.building.pk, kind="held_empty", label="x", verdict="census")
