"""The page of one's own messages: unread first, by day, opened and read, all read and taken back."""

import uuid
from typing import Any

import pytest
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.kernel.errors import NotFound
from firstline.notify import actions, kinds
from firstline.notify.models import Message, Receipt, RobotKind
from firstline.notify.tests.conftest import GUARD, SALARY, Clock
from firstline.testing.cast import COMMUNITY, Cast, Member

WECOM = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=0"


def tell(cast: Cast, *people: Member, times: int = 1, **changed: Any) -> list[uuid.UUID]:
    said: dict[str, Any] = {"kind": GUARD, "words": {"count": 2}, "severity": 70} | changed
    to = [one.person_id for one in people]
    told = [actions.Telling(path=COMMUNITY, to=to, url="/ledger/", **said) for _ in range(times)]
    actions.tell_many(cast.director, told)
    return [one.id for one in told]


def page(member: Member, address: str = "/messages/") -> str:
    return str(member.client().get(address).content.decode())


def test_unread_first_with_place_and_urgency(cast: Cast) -> None:
    [_old] = tell(cast, cast.worker, kind=SALARY, words={})
    actions.read(cast.worker, message_id=_old)
    tell(cast, cast.worker, severity=90)
    shown = page(cast.worker)
    assert shown.index("Post without a guard: 2") < shown.index("Your export is ready")
    assert "莲花池街道 丽景街社区" in shown
    assert "急" in shown
    assert "1条没看" in shown


def test_opening_reads_it_once_and_leads_on(cast: Cast) -> None:
    [message] = tell(cast, cast.worker)
    client = cast.worker.client()
    for _time in range(2):
        answer = client.get(f"/messages/{message}/")
        assert (answer.status_code, answer["Location"]) == (302, "/ledger/")
    assert Receipt.objects.get().read_at
    with scope.enter(cast.worker):
        assert LedgerEntry.objects.filter(action="notify.read").count() == 1


def test_a_message_of_somebody_else_is_not_there(cast: Cast) -> None:
    [message] = tell(cast, cast.worker)
    assert cast.worker_next.client().get(f"/messages/{message}/").status_code == 404
    with pytest.raises(NotFound):
        actions.read(cast.director, message_id=message)
    assert Receipt.objects.get().read_at is None


def test_all_read_and_taken_back_leaves_what_was_read_before(cast: Cast) -> None:
    first, *_rest = tell(cast, cast.worker, times=3)
    tell(cast, cast.worker_next)
    actions.read(cast.worker, message_id=first)
    client = cast.worker.client()
    answer = client.post("/messages/read-all/")
    undo = answer.context["undo"]
    assert "2条" in undo.text
    mine = Receipt.objects.filter(receiver_id=cast.worker.person_id)
    assert not mine.filter(read_at=None).exists()
    client.post(undo.url, undo.fields)
    assert mine.filter(read_at=None).count() == 2
    assert Receipt.objects.filter(receiver_id=cast.worker_next.person_id, read_at=None).exists()


def test_nothing_to_mark_is_no_undo(cast: Cast) -> None:
    assert cast.worker.client().post("/messages/read-all/").context["undo"] is None


@pytest.mark.parametrize("at", ["", "yesterday", "2020-01-28T10:00:00", "9999-99-99T00:00:00+08:00"])
def test_an_undo_that_is_none_is_refused_in_words(cast: Cast, at: str) -> None:
    assert cast.worker.client().post("/messages/unread/", {"at": at}).status_code == 422


def test_of_ten_thousand_seven_stand_and_a_number_leads_on(cast: Cast) -> None:
    tell(cast, cast.worker, times=10_000)
    shown = page(cast.worker)
    assert shown.count("Post without a guard: 2") == 7
    assert "9,993" in shown
    day = Message.objects.first()
    assert day is not None
    of_a_kind = page(cast.worker, f"/messages/?kind={GUARD}&day={day.at.astimezone():%Y-%m-%d}")
    assert of_a_kind.count("Post without a guard: 2") == 200


@pytest.mark.parametrize("asked", ["kind=x", "day=2020-99-99", "kind=x&day=2020-01-28", "kind=x&day=nonsense"])
def test_an_address_that_says_nothing_still_opens(cast: Cast, asked: str) -> None:
    assert cast.worker.client().get(f"/messages/?{asked}").status_code == 200


def test_a_kind_nobody_registers_any_more_still_shows(cast: Cast, told_kinds: None) -> None:
    tell(cast, cast.worker)
    del kinds._kinds[GUARD]
    assert GUARD in page(cast.worker)


def test_pages_keep_their_budget_of_statements(cast: Cast, statement_budget: Budget) -> None:
    [message, *_rest] = tell(cast, cast.director, times=30)
    actions.add_robot(cast.director, path=COMMUNITY, kind=RobotKind.WECOM, label="群", url=WECOM)
    client = cast.director.client()
    for name in ("messages", "settings", "robots"):
        with statement_budget(f"notify.{name}"):
            client.get(reverse(f"notify:{name}"))
    with statement_budget("notify.open"):
        client.get(f"/messages/{message}/")
    with statement_budget("notify.read_all"):
        client.post("/messages/read-all/")


def test_an_empty_box_says_what_to_do(cast: Cast) -> None:
    assert "还没有消息" in page(cast.worker)


def test_days_are_those_of_the_wall(cast: Cast, wall_clock: Clock) -> None:
    wall_clock.at(23, 50)
    tell(cast, cast.worker)
    wall_clock.at(0, 10)
    tell(cast, cast.worker)
    shown = page(cast.worker)
    assert shown.index("1月29日") < shown.index("1月28日")
