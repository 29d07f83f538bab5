"""A household's report: kept as it came, at its door where it can be believed, on the pile where it cannot."""

import re
from typing import Any

import pytest
from django.db import ProgrammingError, connection
from django.test import Client

from firstline.audit.models import LedgerEntry
from firstline.census.models import Attempt, DoorState, ReportLink, SelfReport
from firstline.census.online.actions import place_report
from firstline.census.online.intake import INTAKE_ID, new_token
from firstline.census.online.judging import ParkedFor
from firstline.census.online.tests.conftest import HOUSEHOLD, Post
from firstline.census.questions.actions import choose_questions
from firstline.census.questions.tests.sheets import a_set
from firstline.census.questions.tests.test_question_sets import uploaded
from firstline.kernel import clock, scope
from firstline.registry.mentions import mentions_at
from firstline.testing.cast import COUNTY, Cast


def reports(cast: Cast) -> list[SelfReport]:
    with scope.enter(cast.director):
        return list(SelfReport.objects.order_by("recorded_at", "version"))


def attempts(cast: Cast) -> list[Attempt]:
    with scope.enter(cast.director):
        return list(Attempt.objects.filter(channel="online").select_related("void").order_by("recorded_at"))


def outcome(cast: Cast, label: str = "1-1-101") -> str | None:
    with scope.enter(cast.director):
        door = cast.door_of(cast.compound, label)
        return DoorState.objects.filter(door=door).values_list("outcome", flat=True).first()


def code_in(page: Any) -> str:
    found = re.search(r'class="fl-code">([^<]+)<', page.content.decode())
    assert found
    return found[1].replace(" ", "")


def row(number: int, part: str) -> str:
    return f"{number}-{part}"


def test_a_report_that_can_be_read_registers_its_door(cast: Cast, post: Post) -> None:
    assert post().status_code == 200

    (report,) = reports(cast)
    (attempt,) = attempts(cast)
    assert (report.parked_for, report.persons, report.door_id) == ("", 2, cast.door.pk)
    assert (attempt.result, attempt.persons_met, attempt.source_id) == ("registered", 2, report.pk)
    assert attempt.by_person_id == INTAKE_ID
    assert outcome(cast) == "registered"
    with scope.enter(cast.director):
        assert {seen.name for seen in mentions_at(cast.door.pk)} == {"王建国", "李秀英"}


def test_what_was_written_is_sealed_and_opens_as_it_came(cast: Cast, post: Post) -> None:
    post()

    (report,) = reports(cast)
    with scope.enter(cast.director):
        written = report.open()
    assert written.people[0].id_number == HOUSEHOLD["1-id"]
    assert written.note == "老人行动不便"
    assert "王建国".encode() not in bytes(report.sealed)


def test_the_ledger_has_both_acts(cast: Cast, post: Post) -> None:
    post()

    with scope.enter(cast.director):
        acts = LedgerEntry.objects.filter(actor_id=INTAKE_ID).values_list("action", flat=True)
        assert sorted(acts) == ["census.record_attempt", "census.take_report"]


def test_nobody_known_well_enough_leaves_it_partial(cast: Cast, post: Post) -> None:
    post(**{"1-id": None, "2-name": None, "2-relation": None, "2-birth": None})

    assert [attempt.result for attempt in attempts(cast)] == ["partial"]


def test_the_same_form_twice_is_one_report(cast: Cast, link: ReportLink, post: Post) -> None:
    token = new_token(link.code)
    first, again = post(token=token), post(token=token)

    assert code_in(first) == code_in(again)
    assert len(reports(cast)) == len(attempts(cast)) == 1


def test_the_same_form_with_other_words_is_a_correction(cast: Cast, link: ReportLink, post: Post) -> None:
    token = new_token(link.code)
    first = post(token=token)
    second = post(token=token, **{"2-name": "李秀荣"})

    assert code_in(first) == code_in(second)
    assert [report.version for report in reports(cast)] == [1, 2]
    assert [hasattr(attempt, "void") for attempt in attempts(cast)] == [True, False]
    with scope.enter(cast.director):
        assert {seen.name for seen in mentions_at(cast.door.pk)} == {"王建国", "李秀荣"}
        assert reports(cast)[0].open().people[1].name == "李秀英"


def test_a_correction_may_move_to_another_door(cast: Cast, link: ReportLink, post: Post) -> None:
    token = new_token(link.code)
    post(token=token)
    post(token=token, room="102")

    assert (outcome(cast), outcome(cast, "1-1-102")) == (None, "registered") or outcome(cast) == "untried"


def test_a_report_at_a_door_that_is_registered_is_one_more_source(cast: Cast, post: Post) -> None:
    post()
    post(**{"1-name": "赵铁柱", "1-id": None, "1-birth": "1980"})

    assert [attempt.result for attempt in attempts(cast)] == ["registered", "registered"]
    with scope.enter(cast.director):
        assert {seen.name for seen in mentions_at(cast.door.pk)} == {"王建国", "李秀英", "赵铁柱"}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"room": "909"}, ParkedFor.DOOR_UNKNOWN),
        ({"room": None, "building": None, "unit": None, "confirmed": "1"}, ParkedFor.DOOR_MISSING),
        ({"room": None, "building": None, "address": "东土大唐"}, ParkedFor.DOOR_UNREADABLE),
        ({"1-name": "😀😀", "confirmed": "1"}, ParkedFor.NAMES),
        ({"1-id": None, "1-phone": "11111111111", "confirmed": "1"}, ParkedFor.NUMBERS),
        ({"note": "好" * 2_001}, ParkedFor.LONG),
        ({"token": "made up"}, ParkedFor.UNSIGNED),
    ],
    ids=lambda value: str(value) if isinstance(value, ParkedFor) else "",
)
def test_what_cannot_be_believed_waits_and_changes_no_door(
    cast: Cast, post: Post, changes: dict[str, Any], reason: ParkedFor
) -> None:
    answer = post(**changes)

    assert code_in(answer)
    assert [report.parked_for for report in reports(cast)] == [reason]
    assert attempts(cast) == []


def test_forty_people_are_taken_for_a_clerk_to_see(cast: Cast, post: Post) -> None:
    post(**{row(number, "name"): f"王建{'国军民生业'[number % 5]}" for number in range(1, 41)})

    (report,) = reports(cast)
    assert (report.parked_for, report.persons) == (ParkedFor.MANY, 40)


def test_the_answer_never_says_what_became_of_it(cast: Cast, link: ReportLink, post: Post) -> None:
    def said(page: Any) -> str:
        return re.sub(r'class="fl-code">[^<]+<', "", page.content.decode())

    answers = {said(post()), said(post()), said(post(room="909")), said(post(**{"1-name": "asdf9", "confirmed": "1"}))}
    assert len(answers) == 1


def test_again_and_again_at_one_door_is_for_a_clerk(cast: Cast, post: Post) -> None:
    for _time in range(7):
        post()

    assert [report.parked_for for report in reports(cast)] == [""] * 6 + [ParkedFor.AGAIN]


@pytest.mark.database_time
def test_a_flood_is_diverted_and_never_refused(cast: Cast, link: ReportLink, post: Post, monkeypatch: Any) -> None:
    monkeypatch.setattr("firstline.census.online.actions.taking.LEAST_AN_HOUR", 2)
    monkeypatch.setattr("firstline.census.online.doors.counted", lambda _path: 0)
    answers = [post(room=room) for room in ("101", "102", "201")]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert [report.parked_for for report in reports(cast)] == ["", "", ParkedFor.FLOOD]


def test_the_devices_own_time_stands_when_it_can_be_right(cast: Cast, post: Post) -> None:
    begun = cast.emergency.started_at
    post(filled_at=begun.isoformat())
    post(filled_at="1999-01-01 08:00:00")

    first, second = reports(cast)
    assert first.happened_at == begun == attempts(cast)[0].happened_at
    assert second.happened_at > begun


def test_free_text_finds_its_door_under_the_communitys_address(cast: Cast, whole: ReportLink, post: Post) -> None:
    post(under=whole, building=None, unit=None, room=None, address="枫林苑1号楼二单元302室")

    (report,) = reports(cast)
    assert (report.parked_for, report.path) == ("", cast.compound.place.path)


def test_other_communities_do_not_see_it(cast: Cast, post: Post) -> None:
    post()

    for outsider in (cast.worker_elsewhere, cast.other_county_officer, cast.county_officer):
        with scope.enter(outsider):
            assert not SelfReport.objects.exists()


def test_a_report_cannot_be_changed_afterwards(cast: Cast, post: Post) -> None:
    post()

    with pytest.raises(ProgrammingError, match="permission denied"), scope.enter(cast.director):
        SelfReport.objects.update(parked_for="flood")


def test_one_report_costs_few_statements(cast: Cast, link: ReportLink, post: Post, statement_budget: Any) -> None:
    post(room="102")

    with statement_budget("census.report"):
        post()


def test_without_an_emergency_nothing_is_asked(cast: Cast, link: ReportLink) -> None:
    with scope.enter(cast.county_officer), connection.cursor() as cursor:
        cursor.execute("UPDATE response_emergency SET ended_at = %s", [clock.now()])

    answer = Client().get(f"/r/{link.code}/")
    assert answer.status_code == 410


class TestQuestions:
    """A campaign that asks more: its questions stand on the page, and the answers with the attempt."""

    @pytest.fixture
    def asked(self, cast: Cast) -> None:
        said = a_set(("integer", "cats", "几只猫", "yes"))
        chosen = uploaded(cast.county_officer, said, COUNTY)
        choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=chosen.pk)

    @pytest.mark.usefixtures("asked")
    def test_the_page_asks_them(self, link: ReportLink) -> None:
        assert 'name="q.cats"' in Client().get(f"/r/{link.code}/").content.decode()

    @pytest.mark.usefixtures("asked")
    def test_answers_are_kept_with_the_attempt(self, cast: Cast, post: Post) -> None:
        assert code_in(post(**{"q.cats": "2"}))

        (attempt,) = attempts(cast)
        with scope.enter(cast.director):
            assert attempt.open().answers == {"cats": "2"}

    @pytest.mark.usefixtures("asked")
    def test_what_does_not_fit_is_asked_once_and_then_waits(self, cast: Cast, post: Post) -> None:
        assert b'name="confirmed"' in post(**{"q.cats": "viele"}).content
        assert reports(cast) == []

        assert code_in(post(**{"q.cats": "viele"}, confirmed="1"))
        (report,) = reports(cast)
        assert report.parked_for == ParkedFor.QUESTIONS
        place_report(cast.typist, report_id=report.pk, door_id=cast.door.pk)
        assert outcome(cast) == "registered"
