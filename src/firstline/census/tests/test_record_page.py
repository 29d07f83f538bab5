"""Recording at the door's page and by the keyboard: without script, pressed twice, one person at a time, taken back."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from firstline.census.models import Attempt, DoorState
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.kernel.ids import uuid7
from firstline.registry.models import Mention
from firstline.testing.cast import Cast


def record_url(cast: Cast) -> str:
    return reverse("census:record", args=[cast.door.pk])


def attempts(cast: Cast) -> list[Attempt]:
    with scope.enter(cast.director):
        return list(Attempt.objects.filter(door=cast.door).order_by("id"))


def outcome(cast: Cast) -> str:
    with scope.enter(cast.director):
        return DoorState.objects.get(door=cast.door).outcome


def test_one_press_records_and_leads_back_to_the_picture(cast: Cast) -> None:
    answer: Any = cast.worker.client().post(record_url(cast), {"result": "no_answer", "note": "车在楼下"})

    (attempt,) = attempts(cast)
    assert attempt.open().note == "车在楼下"
    assert answer.url.startswith(reverse("census:building", args=[cast.building.pk]))
    assert str(attempt.pk) in answer.url


def test_the_picture_offers_to_take_it_back_and_the_next_door(cast: Cast) -> None:
    client = cast.worker.client()
    page: Any = client.post(record_url(cast), {"result": "no_answer"}, follow=True)

    assert page.context["undo"].url == reverse("census:void", args=[attempts(cast)[0].pk])
    assert page.context["next_door"]
    after: Any = client.post(page.context["undo"].url, page.context["undo"].fields, follow=True)
    assert after.context["house"].left == 12
    assert after.context["undo"] is None


def test_nobody_else_is_offered_to_take_it_back(cast: Cast) -> None:
    page: Any = cast.worker.client().post(record_url(cast), {"result": "vacant"})
    assert cast.director.client().get(page.url).context["undo"] is None


def test_pressed_twice_is_recorded_once(cast: Cast) -> None:
    client, form = cast.worker.client(), {"result": "vacant", "attempt_id": str(uuid7())}
    first, second = client.post(record_url(cast), form), client.post(record_url(cast), form)
    assert first.url == second.url  # type: ignore[attr-defined]
    assert len(attempts(cast)) == 1


def test_a_used_page_cannot_record_something_else(cast: Cast) -> None:
    client, attempt_id = cast.worker.client(), str(uuid7())
    client.post(record_url(cast), {"result": "vacant", "attempt_id": attempt_id})
    assert client.post(record_url(cast), {"result": "refused", "attempt_id": attempt_id}).status_code == 409
    assert outcome(cast) == "vacant"


def test_a_digit_pressed_twice_on_one_picture_records_once_and_two_doors_are_two(cast: Cast) -> None:
    client, page = cast.worker.client(), str(uuid7())
    form = {"result": "vacant", "page": page, "back": "compound"}
    client.post(record_url(cast), form)
    back: Any = client.post(record_url(cast), form)
    other = cast.door_of(cast.compound, "1-1-102")
    client.post(reverse("census:record", args=[other.pk]), form)

    assert len(attempts(cast)) == 1
    assert back.url.startswith(reverse("census:compound", args=[cast.compound.pk]))
    with scope.enter(cast.director):
        assert Attempt.objects.count() == 2


def test_registering_asks_first_who_was_met(cast: Cast) -> None:
    answer: Any = cast.worker.client().post(record_url(cast), {"result": "registered"})
    assert answer.url.startswith(reverse("census:door", args=[cast.door.pk]))
    assert "result=registered" in answer.url
    assert attempts(cast) == []


class TestEntry:
    """One person a line, until there is nobody else."""

    @pytest.fixture
    def client(self, cast: Cast) -> Client:
        return cast.worker.client()

    def step(self, client: Client, cast: Cast, **form: Any) -> Any:
        return client.post(record_url(cast), {"result": "registered", "attempt_id": str(uuid7())} | form)

    def test_a_line_noted_is_shown_and_not_saved_yet(self, client: Client, cast: Cast) -> None:
        page = self.step(client, cast, line=["王建国 男 56 户主"], step="more")
        assert [person.name for person in page.context["entry"]["noted"]] == ["王建国"]
        assert page.context["entry"]["line"] == ""
        assert attempts(cast) == []

    def test_nobody_else_saves_all_lines_in_one_attempt(self, client: Client, cast: Cast) -> None:
        self.step(client, cast, line=["王建国 男 56 户主", "李秀英 女 54"], step="done", note="都好")
        (attempt,) = attempts(cast)
        assert (attempt.persons_met, attempt.open().note) == (2, "都好")
        with scope.enter(cast.worker):
            named = [mention.open().name for mention in Mention.objects.order_by("part")]
        assert named == ["王建国", "李秀英"]

    def test_a_line_can_be_struck_out(self, client: Client, cast: Cast) -> None:
        page = self.step(client, cast, line=["王建国", "李秀英", "王"], drop="0")
        assert [person.name for person in page.context["entry"]["noted"]] == ["李秀英"]
        assert page.context["entry"]["line"] == "王"

    def test_a_line_without_a_name_is_said_and_kept(self, client: Client, cast: Cast) -> None:
        page = self.step(client, cast, line=["13912345678"], step="done")
        assert page.context["mistake"]
        assert page.context["entry"]["line"] == "13912345678"
        assert attempts(cast) == []

    def test_nobody_at_all_is_no_registration(self, client: Client, cast: Cast) -> None:
        assert self.step(client, cast, line=[""], step="done").context["mistake"]
        assert attempts(cast) == []


class TestNothingTypedIsLost:
    """A remark typed first, or people typed and then another outcome, stay until they are saved."""

    @pytest.fixture
    def client(self, cast: Cast) -> Client:
        return cast.worker.client()

    @pytest.mark.parametrize("result", ["registered", "partial", "form_returned", "refused"])
    def test_a_remark_is_there_in_the_second_step_and_after_something_else(
        self, client: Client, cast: Cast, result: str
    ) -> None:
        form = {"attempt_id": str(uuid7()), "note": "狗在院里"}
        second: Any = client.post(record_url(cast), form | {"ask": result})
        assert (second.status_code, second.context["note"]) == (200, "狗在院里")
        assert second.context["entry"] or second.context["ask"]

        choice: Any = client.post(record_url(cast), form | {"result": result, "ask": ""})
        assert (choice.context["note"], choice.context["entry"], choice.context["ask"]) == ("狗在院里", None, None)
        assert attempts(cast) == []

    def test_people_typed_stay_when_another_outcome_is_chosen(self, client: Client, cast: Cast) -> None:
        lines = ["王建国 男 56 户主", "李秀英"]
        choice: Any = client.post(record_url(cast), {"result": "registered", "line": lines, "ask": ""})
        assert choice.context["carried"] == lines
        entry: Any = client.post(record_url(cast), {"ask": "partial", "line": lines})
        assert [person.name for person in entry.context["entry"]["noted"]] == ["王建国"]
        assert entry.context["entry"]["line"] == "李秀英"

    def test_people_typed_are_not_saved_with_an_outcome_that_met_nobody(self, client: Client, cast: Cast) -> None:
        client.post(record_url(cast), {"result": "vacant", "line": ["王建国"]})
        (attempt,) = attempts(cast)
        assert (attempt.result, attempt.persons_met) == ("vacant", 0)

    def test_a_step_loaded_anew_is_the_door(self, client: Client, cast: Cast) -> None:
        assert client.get(record_url(cast)).headers["Location"] == reverse("census:door", args=[cast.door.pk])


def test_a_word_that_is_no_result_is_said(cast: Cast) -> None:
    assert cast.worker.client().post(record_url(cast), {"result": "abandoned"}).status_code == 422
    assert cast.worker.client().post(record_url(cast), {}).status_code == 422


@pytest.mark.parametrize(
    ("who", "status"), [("worker_elsewhere", 404), ("worker_next", 404), ("clerk", 403), ("lapsed", 403)]
)
def test_who_may_not_record_cannot_post(cast: Cast, who: str, status: int) -> None:
    assert getattr(cast, who).client().post(record_url(cast), {"result": "vacant"}).status_code == status
    assert attempts(cast) == []


def test_elsewhere_nothing_is_recorded_also_without_the_selectors_check(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = cast.door
    for selector in ("views.doors.door_for", "actions.attempts.door_to_record"):
        monkeypatch.setattr(f"firstline.census.{selector}", lambda *_args, **_kwargs: door)
    assert cast.worker_elsewhere.client().post(record_url(cast), {"result": "vacant"}).status_code == 404
    assert attempts(cast) == []


def test_taking_back_twice_is_said(cast: Cast) -> None:
    client = cast.worker.client()
    client.post(record_url(cast), {"result": "vacant"})
    void = reverse("census:void", args=[attempts(cast)[0].pk])
    assert client.post(void).status_code == 302
    assert client.post(void).status_code == 409


@pytest.mark.parametrize(("who", "status"), [("worker_elsewhere", 404), ("typist", 403), ("director", 302)])
def test_who_may_take_it_back(cast: Cast, who: str, status: int) -> None:
    cast.worker.client().post(record_url(cast), {"result": "vacant"})
    void = reverse("census:void", args=[attempts(cast)[0].pk])
    assert getattr(cast, who).client().post(void).status_code == status


def test_elsewhere_nothing_is_taken_back_also_without_the_selectors_check(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.worker.client().post(record_url(cast), {"result": "vacant"})
    with scope.enter(cast.director):
        attempt = Attempt.objects.select_related("door__building").get()
    attempt.by_person_id = cast.worker_elsewhere.person_id
    monkeypatch.setattr("firstline.census.actions.attempts.attempt_for", lambda *_args, **_kwargs: attempt)
    void = reverse("census:void", args=[attempt.pk])
    assert cast.worker_elsewhere.client().post(void).status_code == 404
    assert outcome(cast) == "vacant"


def test_posting_keeps_its_budget(cast: Cast, statement_budget: Budget) -> None:
    client, record = cast.worker.client(), record_url(cast)
    with statement_budget("census.record"):
        client.post(record, {"result": "registered", "line": ["王建国 男 56"], "step": "done"})
    void = reverse("census:void", args=[attempts(cast)[0].pk])
    with statement_budget("census.void"):
        client.post(void)
