"""One door: who is expected, what was tried, its facts beside the picture; and that a look leaves a record."""

from typing import Any

import pytest
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt, void_attempt
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import Cast

WANG = PersonSaid(name="王建国", sex="male", birth_year=1964, phones=("13912345678",))


def url(cast: Cast, name: str = "door") -> str:
    return reverse(f"census:{name}", args=[cast.door.pk])


def looks(cast: Cast) -> list[LedgerEntry]:
    with scope.enter(cast.director):
        return list(LedgerEntry.objects.filter(is_look=True))


@pytest.fixture
def known(cast: Cast) -> Cast:
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", note="有灯没开")
    record_attempt(cast.director, door_id=cast.door.pk, result="partial", people=[WANG])
    return cast


def test_it_shows_who_is_expected_and_what_was_tried(known: Cast) -> None:
    page = known.worker.client().get(url(known))

    shown = page.content.decode()
    assert "王建国" in shown
    assert "有灯没开" in shown
    assert known.director.name in shown
    assert "13912345678" not in shown
    assert page.headers["Cache-Control"].find("no-store") >= 0


def test_looking_at_names_is_on_record(known: Cast) -> None:
    known.worker.client().get(url(known))

    (look,) = looks(known)
    assert look.actor_id == known.worker.person_id
    assert look.subject_id == known.door.pk
    assert look.open().after == {"fields": ["names", "notes"]}


def test_where_nothing_personal_is_shown_nothing_is_recorded(cast: Cast) -> None:
    assert cast.worker.client().get(url(cast)).status_code == 200
    assert looks(cast) == []


def test_who_may_not_read_names_sees_none(known: Cast) -> None:
    page: Any = known.county_officer.client().get(url(known))

    assert page.status_code == 200
    assert "王建国" not in page.content.decode()
    assert page.context["buttons"] == []
    assert page.context["look_url"] == ""


def test_an_attempt_taken_back_stays_to_be_seen(known: Cast) -> None:
    attempt = record_attempt(known.worker, door_id=known.door.pk, result="vacant")
    void_attempt(known.worker, attempt_id=attempt.pk)

    lines = known.worker.client().get(url(known)).context["attempts"]
    assert [line["voided"] for line in lines] == [False, False, True]
    # The worker may take back their own, not the director's.
    assert [bool(line["undo_url"]) for line in lines] == [True, False, False]


def test_a_refusal_asks_why(cast: Cast) -> None:
    ask = cast.worker.client().get(url(cast), {"result": "refused"}).context["ask"]
    assert [button.result for button in ask.buttons] == ["refused_safety", "refused_privacy", "refused"]


def test_knocks_by_day_hint_at_the_evening(cast: Cast) -> None:
    from datetime import timedelta

    from django.utils import timezone

    from firstline.kernel import clock

    morning = timezone.localtime(clock.now()).replace(hour=10) - timedelta(days=1)
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", happened_at=morning)
    assert cast.worker.client().get(url(cast)).context["hint"]

    evening = morning.replace(hour=20)
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", happened_at=evening)
    assert not cast.worker.client().get(url(cast)).context["hint"]


def test_a_line_is_understood_while_it_is_typed(cast: Cast) -> None:
    answer = cast.worker.client().post(url(cast, "reading"), {"line": ["老王", "王建国 男 56 户主"]})
    assert answer.status_code == 200
    assert "王建国" in answer.content.decode()
    assert "老王" not in answer.content.decode()


def test_the_panel_names_whoever_is_expected_and_records_the_look(known: Cast) -> None:
    answer = known.worker.client().get(url(known, "panel"))
    assert "王建国" in answer.content.decode()
    assert len(looks(known)) == 1


@pytest.mark.parametrize("who", ["worker_elsewhere", "worker_next", "other_county_officer"])
@pytest.mark.parametrize("name", ["door", "panel"])
def test_elsewhere_there_is_nothing(known: Cast, who: str, name: str) -> None:
    assert getattr(known, who).client().get(url(known, name)).status_code == 404
    assert looks(known) == []


def test_elsewhere_the_database_shows_nothing_also_without_the_selectors_check(
    known: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = known.door
    monkeypatch.setattr("firstline.census.views.doors.door_for", lambda *_args, **_kwargs: door)
    shown = known.worker_elsewhere.client().get(url(known)).content.decode()
    assert "王建国" not in shown
    assert "有灯没开" not in shown


def test_the_page_keeps_its_budget(known: Cast, statement_budget: Budget) -> None:
    client, door, panel = known.worker.client(), url(known), url(known, "panel")
    with statement_budget("census.door"):
        client.get(door)
    with statement_budget("census.panel"):
        client.get(panel)


def test_a_note_is_read_by_those_who_may_know_names_only(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", note="王家老人耳背")
    address = reverse("census:door", args=[cast.door.pk])
    assert "耳背" in cast.director.client().get(address).text
    assert "耳背" not in cast.county_officer.client().get(address).text
    panel = reverse("census:panel", args=[cast.door.pk])
    assert "耳背" not in cast.county_officer.client().get(panel).text
