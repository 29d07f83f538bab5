"""The grid of the night: kept while typed, read at once, saved in one go, taken back."""

import html
import uuid
from collections.abc import Sequence
from datetime import timedelta

import msgspec
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firstline.census.models import Attempt, EnteredRow
from firstline.census.night.cells import FIELDS, Cells
from firstline.census.night.pasted import MOST_LINES
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, scope
from firstline.kernel.ids import uuid7
from firstline.registry.models import Mention, TypingDraft
from firstline.testing.cast import Cast

FAMILY = Cells("1-1-101", "d", "王建国 男 56 户主；李秀珍 110101199003070118 p", "灯亮", "", "s", "高秀兰", "17")
NOBODY = Cells("102", "w")
UNKNOWN = Cells("9-9-999", "w", note="看不清")


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.typist.client()


def _form(
    step: str, *lines: Cells, ids: Sequence[uuid.UUID] = (), page: uuid.UUID | None = None, **more: str
) -> dict[str, object]:
    ids = [*ids, *(uuid7() for _line in lines[len(ids) :])]
    columns = {name: [getattr(line, name) for line in lines] for name in FIELDS}
    return {"step": step, "page": str(page or uuid7()), "line": [str(one) for one in ids], **columns, **more}


def _address(cast: Cast) -> str:
    return reverse("census:night_grid", args=[cast.compound.pk])


def _text(response) -> str:  # type: ignore[no-untyped-def]
    return html.unescape(response.content.decode())


def _attempts(cast: Cast) -> list[Attempt]:
    with scope.enter(cast.director):
        return list(Attempt.objects.filter(void=None).select_related("door").order_by("door__label"))


def test_lines_are_saved_as_attempts_with_their_people(cast: Cast, client: Client) -> None:
    answer = client.post(_address(cast), _form("save", FAMILY, NOBODY))
    assert answer.status_code == 303
    first, second = _attempts(cast)
    assert (first.door.label, first.result, first.channel, first.persons_met) == ("1-1-101", "registered", "door", 2)
    assert (second.door.label, second.result, second.by_person_id) == ("1-1-102", "no_answer", cast.typist.person_id)
    with scope.enter(cast.director):
        assert first.open().visitor == second.open().visitor == "高秀兰"
        rows = {row.number: row.open() for row in EnteredRow.objects.all()}
        assert (rows[2].door, rows[2].channel, rows[2].paper) == ("1-1-102", "s", "17"), "what was carried down is kept"
        assert Mention.objects.filter(source_id=first.pk).count() == 2


def test_whoever_types_their_own_visits_was_there(cast: Cast) -> None:
    line = msgspec.structs.replace(FAMILY, visitor=cast.worker.name)
    cast.worker.client().post(_address(cast), _form("save", line, Cells("102", "w", visitor="高秀兰")))
    assert [one.visitor_id for one in _attempts(cast)] == [cast.worker.person_id, None]


def test_what_is_not_understood_stays_with_its_reason(cast: Cast, client: Client) -> None:
    answer = client.post(_address(cast), _form("save", FAMILY, UNKNOWN))
    page = _text(client.get(answer["Location"]))
    assert 'value="9-9-999"' in page and 'value="看不清"' in page and 'value="1-1-101"' not in page
    assert "9-9-999" in page.split("fl-night-wrong")[1]
    assert len(_attempts(cast)) == 1


def test_what_stays_keeps_what_it_took_from_the_lines_that_went(cast: Cast, client: Client) -> None:
    above = msgspec.structs.replace(FAMILY, time="昨天 19:30")
    page = _text(client.get(client.post(_address(cast), _form("save", above, Cells("102", "d")))["Location"]))
    assert 'value="1-1-102"' in page and 'value="高秀兰"' in page and "19:30" in page


def test_where_nothing_is_fine_nothing_is_saved_and_nothing_is_lost(cast: Cast, client: Client) -> None:
    answer = client.post(_address(cast), _form("save", UNKNOWN))
    assert answer.status_code == 422
    assert 'value="9-9-999"' in _text(answer) and 'value="9-9-999"' in _text(client.get(_address(cast)))


def test_sent_twice_it_is_saved_once(cast: Cast, client: Client) -> None:
    form = _form("save", FAMILY, NOBODY, UNKNOWN)
    locations = {client.post(_address(cast), form)["Location"] for _twice in range(2)}
    assert len(locations) == 1 and len(_attempts(cast)) == 2
    assert _text(client.get(_address(cast))).count('value="9-9-999"') == 1


def test_gone_back_to_a_line_that_was_saved_is_not_changed_in_silence(cast: Cast, client: Client) -> None:
    ids, page = [uuid7()], uuid7()
    client.post(_address(cast), _form("save", NOBODY_IN_FULL, ids=ids, page=page))
    changed = Cells("1-1-102", "j")
    answer = client.post(_address(cast), _form("save", changed, ids=ids, page=page))
    assert answer.status_code == 422 and 'value="j"' in _text(answer)
    assert [one.result for one in _attempts(cast)] == ["no_answer"]


NOBODY_IN_FULL = Cells("1-1-102", "w")


def test_kept_sealed_for_one_person_while_typed_and_gone_when_saved(cast: Cast, client: Client) -> None:
    answer = client.post(_address(cast), _form("draft", FAMILY, NOBODY))
    assert answer.status_code == 200
    assert "王建国" in _text(answer) and "1990-03-07" in _text(answer), "the reading is answered at once"
    assert 'value="102"' in _text(client.get(_address(cast)))
    assert 'value="102"' not in _text(cast.director.client().get(_address(cast)))
    with scope.enter(cast.director):
        assert "王建国".encode() not in bytes(TypingDraft.objects.get().sealed)
    client.post(_address(cast), _form("save", FAMILY, NOBODY))
    page = _text(client.get(_address(cast)))
    assert "王建国" not in page and 'value="102"' not in page
    assert 'value="高秀兰"' in page, "the next pile goes on with the same visitor"


def test_a_night_of_three_hundred_lines_is_kept(cast: Cast, client: Client) -> None:
    assert client.post(_address(cast), _form("draft", FAMILY, *[NOBODY] * (MOST_LINES - 1))).status_code == 200
    assert _text(client.get(_address(cast))).count('value="102"') == MOST_LINES - 1


def test_past_midnight_today_is_the_evening_the_page_was_opened(cast: Cast, client: Client) -> None:
    yesterday = timezone.localdate(clock.now()) - timedelta(days=1)
    client.post(_address(cast), _form("save", NOBODY_IN_FULL, day=yesterday.isoformat()))
    (attempt,) = _attempts(cast)
    assert timezone.localdate(attempt.happened_at) == yesterday


def test_a_late_keeping_brings_saved_lines_back_only_to_be_left_out(cast: Cast, client: Client) -> None:
    form = _form("save", FAMILY, NOBODY)
    client.post(_address(cast), form)
    client.post(_address(cast), {**form, "step": "draft"})
    assert 'value="1-1-101"' not in _text(client.get(_address(cast)))


def test_all_of_it_is_taken_back_with_one_press(cast: Cast, client: Client) -> None:
    answer = client.post(_address(cast), _form("save", FAMILY, NOBODY))
    page = _text(client.get(answer["Location"]))
    assert "fl-undo" in page
    sheet = answer["Location"].split("saved=")[1]
    assert client.post(reverse("census:night_take_back", args=[sheet])).status_code == 303
    assert _attempts(cast) == []
    page = _text(client.get(_address(cast)))
    assert 'value="1-1-101"' in page and 'value="1-1-102"' in page
    assert client.post(reverse("census:night_take_back", args=[sheet])).status_code == 303, "again is harmless"


def test_nobody_takes_back_anothers_sheet(cast: Cast, client: Client) -> None:
    sheet = client.post(_address(cast), _form("save", NOBODY_IN_FULL))["Location"].split("saved=")[1]
    assert cast.director.client().post(reverse("census:night_take_back", args=[sheet])).status_code == 403
    assert cast.worker_next.client().post(reverse("census:night_take_back", args=[sheet])).status_code == 404
    assert len(_attempts(cast)) == 1


def test_the_same_as_recorded_is_said(cast: Cast, client: Client) -> None:
    client.post(_address(cast), _form("save", Cells("1-1-102", "w", time="今天 0:00")))
    at = _attempts(cast)
    first = client.post(_address(cast), _form("check", Cells("1-1-102", "w", time="昨天 19:30")))
    assert first.status_code == 200
    client.post(_address(cast), _form("save", Cells("1-1-102", "w", time="昨天 19:30")))
    page = _text(client.post(_address(cast), _form("check", Cells("1-1-102", "w", time="昨天 19:30"))))
    assert cast.typist.name in page.split("fl-night-wrong")[1]
    assert len(_attempts(cast)) == len(at) + 1


def test_a_paste_is_shown_as_it_is_understood_and_becomes_lines(cast: Cast, client: Client) -> None:
    text = "楼号\t单元\t房号\t姓名\t结果\n1\t1\t101\t王建国\td\n1\t1\t102\t\tw\n"
    shown = _text(client.post(_address(cast), _form("paste", pasted=text)))
    assert "1-1-101" in shown and "王建国" in shown
    with scope.enter(cast.director):
        assert not TypingDraft.objects.exists(), "a preview keeps nothing"
    page = _text(client.post(_address(cast), _form("check", pasted=text)))
    assert 'value="1-1-102"' in page and "is-ready" in page


def test_the_compound_is_chosen_by_its_initials(cast: Cast, client: Client) -> None:
    start = reverse("census:night")
    assert client.get(start, {"q": "fly"})["Location"] == _address(cast)
    assert client.get(start, {"q": "fenglin"})["Location"] == _address(cast)
    several = _text(client.get(start))
    assert "枫林苑" in several and "邮电局家属院" in several
    assert "枫林苑" not in _text(client.get(start, {"q": "没有这个"}))
    assert cast.worker.client().get(start)["Location"] == _address(cast), "one compound needs no choice"
    client.post(_address(cast), _form("draft", NOBODY))
    assert _text(client.get(start)).count("枫林苑") == 2, "what is not finished stands on top"


def test_elsewhere_it_is_not_there(cast: Cast) -> None:
    for person in (cast.worker_next, cast.worker_elsewhere):
        assert person.client().get(_address(cast)).status_code == 404
        assert person.client().post(_address(cast), _form("save", FAMILY)).status_code == 404
    assert cast.lapsed.client().get(_address(cast)).status_code == 403
    assert Client().get(_address(cast)).status_code == 302
    assert _attempts(cast) == []


def test_few_statements_however_many_lines(cast: Cast, client: Client, statement_budget: Budget) -> None:
    client.post(_address(cast), _form("draft", FAMILY, *[NOBODY] * 40))
    with statement_budget("census.night_grid"):
        client.get(_address(cast))
