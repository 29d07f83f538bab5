"""The clerk's pile: what waits stands there with its words; placing, setting aside, and taking either back."""

from typing import Any

import pytest

from firstline.audit.models import LedgerEntry
from firstline.census.models import ReportDecision, ReportLink, SelfReport
from firstline.census.online.actions import place_report, set_aside_reports, undo_decision
from firstline.census.online.errors import ReportDecided, ReportDecisionVoided
from firstline.census.online.intake import new_token
from firstline.census.online.tests.conftest import Post
from firstline.census.online.tests.test_reporting import attempts, outcome, reports
from firstline.kernel import gap_sources, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.gap_sources import Cause
from firstline.places.selectors import names_at
from firstline.testing.cast import Cast


@pytest.fixture
def parked(cast: Cast, post: Post) -> SelfReport:
    """A report of a door that is not on record."""
    post(room="909")
    (report,) = reports(cast)
    return report


def pile(cast: Cast, who: str = "typist", **query: str) -> Any:
    answer = getattr(cast, who).client().get("/reports/", query)
    assert answer.status_code == 200
    return answer


def waiting(cast: Cast) -> list[Cause]:
    with scope.enter(cast.typist):
        found = gap_sources.causes(cast.typist.ranges(), names_at)
        return [cause for cause in found if cause.kind == "reports_parked"]


def test_the_pile_shows_the_words_and_puts_the_look_on_record(cast: Cast, parked: SelfReport) -> None:
    text = pile(cast).content.decode()

    assert "909" in text and "王建国" in text and "老人行动不便" in text
    assert "142302197602226845" not in text and "13912345678" not in text
    with scope.enter(cast.director):
        looks = LedgerEntry.objects.filter(action="census.read_reports", is_look=True)
        assert [look.subject_id for look in looks] == [parked.pk]


def test_it_costs_few_statements(cast: Cast, post: Post, statement_budget: Any) -> None:
    for room in ("908", "909", "910"):
        post(room=room)
    client = cast.typist.client()

    with statement_budget("census.reports"):
        client.get("/reports/")


def test_a_typed_door_places_it(cast: Cast, parked: SelfReport) -> None:
    answer = cast.typist.client().post(f"/reports/{parked.pk}/place/", {"text": "1-2-301"}, follow=True)

    assert answer.status_code == 200
    assert outcome(cast, "1-2-301") == "registered"
    assert attempts(cast)[0].by_person_id == cast.typist.person_id
    assert attempts(cast)[0].source_id == parked.pk
    assert waiting(cast) == []


def test_a_door_that_is_not_there_is_asked_again(cast: Cast, parked: SelfReport) -> None:
    answer = cast.typist.client().post(f"/reports/{parked.pk}/place/", {"text": "77-7-777"})

    assert answer.status_code == 422
    assert "77-7-777" in answer.content.decode()
    assert attempts(cast) == []


def test_a_door_that_fits_may_be_pressed(cast: Cast, parked: SelfReport) -> None:
    cast.typist.client().post(f"/reports/{parked.pk}/place/", {"door": str(cast.door.pk)})

    assert outcome(cast) == "registered"


def test_what_was_placed_can_be_taken_back(cast: Cast, parked: SelfReport) -> None:
    decision = place_report(cast.typist, report_id=parked.pk, door_id=cast.door.pk)
    undo_decision(cast.typist, decision_id=decision.pk)

    assert outcome(cast) in {None, "untried"}
    assert [cause.count for cause in waiting(cast)] == [1]
    again = place_report(cast.typist, report_id=parked.pk, door_id=cast.door.pk)
    assert again.pk != decision.pk
    assert outcome(cast) == "registered"


def test_what_was_set_aside_waits_no_longer_and_can_be_taken_back(cast: Cast, parked: SelfReport) -> None:
    (decision,) = set_aside_reports(cast.typist, report_ids=[parked.pk])
    assert waiting(cast) == []
    assert attempts(cast) == []

    undo_decision(cast.typist, decision_id=decision.pk)
    assert [cause.count for cause in waiting(cast)] == [1]
    with pytest.raises(ReportDecisionVoided):
        undo_decision(cast.typist, decision_id=decision.pk)


def test_nobody_decides_twice(cast: Cast, parked: SelfReport) -> None:
    set_aside_reports(cast.typist, report_ids=[parked.pk])

    with pytest.raises(ReportDecided):
        place_report(cast.director, report_id=parked.pk, door_id=cast.door.pk)


def test_a_newer_sending_takes_the_earlier_ones_place(cast: Cast, link: ReportLink, post: Post) -> None:
    token = new_token(link.code)
    post(token=token, room="909")
    post(token=token, room="910")
    first, second = reports(cast)

    assert [cause.count for cause in waiting(cast)] == [1]
    with pytest.raises(ReportDecided):
        place_report(cast.typist, report_id=first.pk, door_id=cast.door.pk)
    place_report(cast.typist, report_id=second.pk, door_id=cast.door.pk)


def test_a_correction_takes_back_what_a_clerk_had_placed(cast: Cast, link: ReportLink, post: Post) -> None:
    token = new_token(link.code)
    post(token=token, room="909")
    place_report(cast.typist, report_id=reports(cast)[0].pk, door_id=cast.door.pk)
    post(token=token, room="102")

    assert outcome(cast) in {None, "untried"}
    assert outcome(cast, "1-1-102") == "registered"


def test_a_clerk_who_places_a_correction_takes_back_the_households_own(
    cast: Cast, link: ReportLink, post: Post
) -> None:
    token = new_token(link.code)
    post(token=token)
    post(token=token, room="909")
    assert outcome(cast) == "registered"

    place_report(cast.typist, report_id=reports(cast)[1].pk, door_id=cast.door_of(cast.compound, "1-1-102").pk)
    assert outcome(cast) in {None, "untried"}
    assert outcome(cast, "1-1-102") == "registered"


@pytest.mark.parametrize(
    ("who", "error"),
    [("worker", Forbidden), ("clerk", Forbidden), ("county_officer", Forbidden), ("lapsed", Forbidden)],
)
def test_who_may_not(cast: Cast, parked: SelfReport, who: str, error: type[Exception]) -> None:
    with pytest.raises(error):
        set_aside_reports(getattr(cast, who), report_ids=[parked.pk])
    with scope.enter(cast.director):
        assert not ReportDecision.objects.exists()


def test_a_door_elsewhere_is_not_there(cast: Cast, parked: SelfReport) -> None:
    with pytest.raises(NotFound):
        place_report(cast.typist, report_id=parked.pk, door_id=cast.door_elsewhere.pk)
    assert [cause.count for cause in waiting(cast)] == [1]


def test_numbers_are_shown_to_who_may_and_on_record(cast: Cast, parked: SelfReport) -> None:
    text = cast.director.client().post(f"/reports/{parked.pk}/numbers/").content.decode()

    assert "13912345678" in text
    with scope.enter(cast.director):
        assert LedgerEntry.objects.filter(action="registry.reveal_numbers", subject_id=parked.pk).count() == 1
    assert cast.typist.client().post(f"/reports/{parked.pk}/numbers/").status_code == 403
