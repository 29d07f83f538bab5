"""E-mail and SMS to people: what they chose, what they are told, and what becomes of addresses that take nothing."""

import json
import smtplib
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from firstline.accounts.models import Person
from firstline.accounts.selectors import details_of
from firstline.config.env import MailServer
from firstline.kernel.errors import Forbidden, Invalid
from firstline.kernel.keys import organisation_key
from firstline.notify import actions
from firstline.notify.actions import Wish
from firstline.notify.delivering import deliver_all
from firstline.notify.models import Delivery, Endpoint, Parcel, Preference, Receipt
from firstline.notify.tests.conftest import GUARD, Clock
from firstline.testing.cast import COMMUNITY, Cast, Member


@pytest.fixture
def mailing(settings: Any) -> None:
    settings.FIRSTLINE_EMAIL = MailServer("127.0.0.1", 25, "", "", "asked for")
    settings.FIRSTLINE_SMS_FOLDER = Path(settings.FIRSTLINE_SMS_FOLDER)


def give_address(member: Member, email: str = "haiyan@example.org") -> None:
    person = Person.objects.get(pk=member.person_id)
    details = details_of(person)
    details.email = email
    person.seal(details, organisation_key())
    person.save()


def tell(cast: Cast, *people: Member, times: int = 1, severity: int = 70, **words: Any) -> None:
    said = {"count": 2} | words
    to = [one.person_id for one in people]
    actions.tell_many(cast.director, [actions.Telling(GUARD, COMMUNITY, to, said, "/", severity) for _ in range(times)])


def wish(**changed: Any) -> Wish:
    said: dict[str, Any] = {
        "email": True,
        "sms": False,
        "quiet_from": time(22),
        "quiet_until": time(7),
        "quiet_above": 80,
        "digest_hours": (),
    }
    return Wish(**said | changed)


@pytest.mark.usefixtures("mailing")
def test_whoever_has_an_address_gets_a_letter_that_links(cast: Cast, wall_clock: Clock) -> None:
    give_address(cast.worker)
    tell(cast, cast.worker, cast.director)
    deliver_all()
    [letter] = mail.outbox
    message = Receipt.objects.filter(receiver_id=cast.worker.person_id).get().message_id
    assert letter.to == ["haiyan@example.org"]
    assert letter.subject == "第一道防线：Post without a guard · 丽景街社区 (2)"
    assert letter.body.splitlines() == [
        "10:00 Post without a guard · 丽景街社区 (2)",
        f"http://127.0.0.1:8000/messages/{message}/",
    ]
    assert letter.extra_headers["Message-ID"] == f"<{Parcel.objects.get().pk}@127.0.0.1>"


def test_without_a_mail_server_the_channel_is_off(cast: Cast, wall_clock: Clock) -> None:
    give_address(cast.worker)
    tell(cast, cast.worker)
    deliver_all()
    assert not Parcel.objects.exists()
    page = cast.worker.client().get("/messages/settings/").content.decode()
    assert "没有设邮件服务器" in page


@pytest.mark.usefixtures("mailing")
def test_who_wants_no_letter_gets_none(cast: Cast, wall_clock: Clock) -> None:
    give_address(cast.worker)
    actions.choose(cast.worker, wish=wish(email=False))
    tell(cast, cast.worker)
    deliver_all()
    assert not mail.outbox


@pytest.mark.usefixtures("mailing")
def test_the_night_is_one_letter_in_the_morning(cast: Cast, wall_clock: Clock) -> None:
    give_address(cast.worker)
    wall_clock.at(22)
    tell(cast, cast.worker, times=5)
    deliver_all()
    wall_clock.at(3)
    tell(cast, cast.worker, times=20)
    deliver_all()
    assert not mail.outbox
    assert list(Delivery.objects.values_list("result", "code")) == [("held_back", "quiet")]
    wall_clock.at(7)
    deliver_all()
    [letter] = mail.outbox
    assert len(letter.body.splitlines()) == 9  # seven lines, "and 18 more", the link
    assert "18" in letter.body.splitlines()[7]


@pytest.mark.usefixtures("mailing")
def test_what_was_read_meanwhile_is_not_sent(cast: Cast, wall_clock: Clock) -> None:
    give_address(cast.worker)
    wall_clock.at(22)
    tell(cast, cast.worker, times=2)
    deliver_all()
    for receipt in Receipt.objects.all():
        actions.read(cast.worker, message_id=receipt.message_id)
    wall_clock.at(7)
    deliver_all()
    assert not mail.outbox
    assert Parcel.objects.get().closed_at


@pytest.mark.usefixtures("mailing")
def test_a_digest_waits_for_its_hour_and_what_is_urgent_does_not(cast: Cast, wall_clock: Clock) -> None:
    give_address(cast.worker)
    actions.choose(cast.worker, wish=wish(digest_hours=(12, 18)))
    tell(cast, cast.worker)
    tell(cast, cast.worker, severity=95)
    deliver_all()
    assert len(mail.outbox) == 1
    wall_clock.at(12)
    deliver_all()
    assert len(mail.outbox) == 2


@pytest.mark.usefixtures("mailing")
def test_an_address_nobody_has_is_given_up_and_a_gap(
    cast: Cast, wall_clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_address(cast.worker)
    tell(cast, cast.worker)

    def refused(_letter: EmailMessage) -> None:
        raise smtplib.SMTPRecipientsRefused({"haiyan@example.org": (550, b"no such user")})

    monkeypatch.setattr(EmailMessage, "send", refused)
    deliver_all()
    assert Delivery.objects.get().code == "smtp_550"
    page = cast.director.client().get("/messages/robots/").content.decode()
    assert "王海燕" in page and "没有这个地址" in page
    assert "haiyan" not in page


@pytest.mark.usefixtures("mailing")
@pytest.mark.parametrize(
    ("problem", "code"),
    [
        (smtplib.SMTPServerDisconnected("gone"), "unreachable"),
        (smtplib.SMTPDataError(451, b"later"), "smtp_451"),
        (TimeoutError(), "timeout"),
        (ConnectionRefusedError(), "unreachable"),
        (RuntimeError("a mistake of ours"), "fault"),
    ],
)
def test_a_server_that_is_away_is_tried_again(
    cast: Cast, wall_clock: Clock, monkeypatch: pytest.MonkeyPatch, problem: Exception, code: str
) -> None:
    give_address(cast.worker)
    tell(cast, cast.worker)

    def away(_letter: EmailMessage) -> None:
        raise problem

    with monkeypatch.context() as night:
        night.setattr(EmailMessage, "send", away)
        deliver_all()
    assert Delivery.objects.get().code == code
    wall_clock.pass_(seconds=5)
    deliver_all()
    assert len(mail.outbox) == 1
    assert Endpoint.objects.get().failing_since is None


def test_sms_is_written_to_a_file_without_the_number(cast: Cast, wall_clock: Clock, settings: Any) -> None:
    actions.choose(cast.worker, wish=wish(sms=True))
    tell(cast, cast.worker)
    deliver_all()
    [file] = Path(settings.FIRSTLINE_SMS_FOLDER).iterdir()
    said = json.loads(file.read_text())
    file.unlink()
    assert said["to"] == "…0000"
    assert "13900000000" not in json.dumps(said)
    assert said["text"].startswith("Post without a guard · 丽景街社区 (2)\nhttp://127.0.0.1:8000/messages/")


@pytest.mark.usefixtures("mailing")
def test_ten_thousand_gaps_at_once_to_one_person_are_one_letter(cast: Cast, wall_clock: Clock) -> None:
    give_address(cast.worker)
    tell(cast, cast.worker, times=10_000)
    deliver_all()
    [letter] = mail.outbox
    assert "9,993" in letter.body
    assert len(letter.body.splitlines()) == 9


@pytest.mark.usefixtures("mailing")
def test_names_put_into_the_words_by_mistake_leave_by_no_channel(cast: Cast, wall_clock: Clock) -> None:
    give_address(cast.worker)
    actions.choose(cast.worker, wish=wish(sms=True))
    tell(cast, cast.worker, note="王建国 13812345678")
    deliver_all()
    sent = f"{mail.outbox[0].subject} {mail.outbox[0].body}"
    assert "王建国" not in sent and "13812345678" not in sent


def test_wishes_are_kept_and_told_to_the_ledger_by_their_person_only(cast: Cast) -> None:
    actions.choose(cast.worker, wish=wish(quiet_from=time(21), digest_hours=(18, 9, 9)))
    kept = Preference.objects.get()
    assert (kept.person_id, kept.quiet_from, kept.digest_hours) == (cast.worker.person_id, time(21), [9, 18])
    with pytest.raises(Invalid):
        actions.choose(cast.worker, wish=wish(digest_hours=(24,)))
    with pytest.raises(Forbidden):
        actions.choose(cast.lapsed, wish=wish())


@pytest.mark.usefixtures("mailing")
def test_a_person_without_a_role_is_still_told_what_they_were_sent(cast: Cast, wall_clock: Clock) -> None:
    """Whom to tell is for the caller to say; nothing is said but a title and a link that asks for a login."""
    give_address(cast.lapsed)
    tell(cast, cast.lapsed)
    deliver_all()
    assert len(mail.outbox) == 1
    assert cast.lapsed.client().get(f"/messages/{Receipt.objects.get().message_id}/").status_code == 403
    assert timedelta(0) == Parcel.objects.get().due_at - wall_clock.now
