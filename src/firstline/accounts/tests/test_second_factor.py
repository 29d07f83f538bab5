"""The second factor: nobody who sees more than one community gets anywhere by the password alone."""

import time
import uuid
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from firstline.accounts import actions as accounts
from firstline.accounts.models import Login, RoleGrant
from firstline.accounts.roles import Role
from firstline.accounts.second_factor.actions import Reason, reset_second_factor
from firstline.accounts.second_factor.codes import step_of
from firstline.accounts.second_factor.demonstration import SECRET, set_up_known
from firstline.accounts.second_factor.errors import NothingSetUp, ResetNotYours
from firstline.accounts.second_factor.gate import must_give
from firstline.accounts.second_factor.setting_up import set_up
from firstline.accounts.selectors import actor_of_person
from firstline.audit.models import LedgerEntry
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, scope
from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, PASSWORD, Cast, Member
from firstline.web.tests.routes import TABLE, Row
from firstline.web.tests.test_routes import WORDS

OWN, CODES = "/second-factor/", "/second-factor/codes/"
MINE = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"  # the key of RFC 6238's test vectors


class Time:
    """The server's clock as codes see it, which a test sets."""

    def __init__(self) -> None:
        self.now = 1_600_000_000.0

    def step(self, number: int = 1) -> None:
        self.now += number * 30

    def code(self, secret: str = MINE, *, ahead: int = 0) -> str:
        return str(totp.format_hotp_value(totp.hotp_value(secret, int(self.now) // 30 + ahead)))


@pytest.fixture(autouse=True)
def ticking(monkeypatch: pytest.MonkeyPatch, db: None) -> Time:
    cache.clear()
    moment = Time()
    monkeypatch.setattr(totp, "time", _Fixed(moment))
    return moment


class _Fixed:
    def __init__(self, moment: Time) -> None:
        self._moment = moment

    def time(self) -> float:
        return self._moment.now


def by_password(member: Member) -> tuple[Client, Any]:
    client = Client()
    return client, client.post("/login/", {"login": member.label, "password": PASSWORD})


def give(client: Client, code: str) -> Any:
    return client.post(reverse("mfa_authenticate"), {"code": code})


def is_in(client: Client) -> bool:
    return client.get("/ledger/").status_code == 200


def recorded() -> list[LedgerEntry]:
    with scope.enter(console()):
        return list(LedgerEntry.objects.order_by("at", "id"))


def acts() -> list[str]:
    return [entry.action for entry in recorded()]


# --- Who owes one


@pytest.mark.parametrize(
    ("name", "owes"),
    [
        ("county_officer", True),
        ("second_officer", True),
        ("other_county_officer", True),
        ("clerk", True),
        ("director", False),
        ("worker", False),
        ("typist", False),
        ("lapsed", False),
    ],
)
def test_who_sees_more_than_one_community_owes_one(cast: Cast, name: str, owes: bool) -> None:
    assert must_give(getattr(cast, name)) is owes


def test_grants_in_two_communities_owe_one_while_both_last(cast: Cast) -> None:
    second = accounts.grant_role(
        console(), person_id=cast.worker.person_id, role=Role.GRID_WORKER, path=COMMUNITY_ELSEWHERE
    )
    assert must_give(actor_of_person(cast.worker.person_id))
    accounts.end_grant(console(), grant_id=second.pk)
    assert not must_give(actor_of_person(cast.worker.person_id))


def test_two_places_of_one_community_owe_none(cast: Cast) -> None:
    accounts.grant_role(console(), person_id=cast.worker.person_id, role=Role.GRID_WORKER, path=COMMUNITY)
    assert not must_give(actor_of_person(cast.worker.person_id))


# --- Nothing opens without it

# What somebody reaches by the password alone: the way in, the way out, and what has no person at all.
OPEN = {
    "account_login",
    "account_logout",
    "mfa_authenticate",
    "set_language",
    "accounts:second_factor",
    "accounts:lock",
    "accounts:unlock",
}


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row.method} {row.name}")
def test_no_address_opens_to_a_county_officer_by_the_password_alone(cast: Cast, row: Row) -> None:
    answers = row.answers.split()
    if row.name in OPEN or len(set(answers)) == 1:
        return  # the same for everybody, strangers too
    client = Client()
    client.force_login(cast.county_officer.login)
    about = WORDS.get(row.about, uuid.uuid4())
    address = reverse(row.name, args=[about] if row.about else [])
    for headers in ({}, {"hx-request": "true"}):
        answer = client.generic(row.method, address, headers=headers)
        to_setting_up = answer.headers.get("Location", "").startswith(f"{OWN}?next=")
        assert answer.status_code == 403 or to_setting_up, headers
        assert row.method == "GET" or answer.status_code == 403


def test_the_password_alone_leads_to_setting_up(cast: Cast) -> None:
    client, answer = by_password(cast.county_officer)
    assert answer.status_code == 302
    for address in ("/", "/ledger/?kind=looks", reverse("places:compounds"), reverse("account_change_password")):
        refused = client.get(address)
        assert refused.status_code == 302, address
        assert refused.headers["Location"].startswith(f"{OWN}?next=")


def test_a_fragment_and_a_post_are_refused_and_what_was_typed_is_kept(cast: Cast) -> None:
    client, _answer = by_password(cast.county_officer)
    fragment = client.get("/ledger/", headers={"hx-request": "true"})
    assert fragment.status_code == 403
    assert "second_factor_due" in fragment.content.decode()
    posted: Any = client.post(
        reverse("response:register_copy", args=[cast.emergency.pk]),
        {"place": "保险柜"},
        headers={"origin": "http://testserver"},
    )
    assert (posted.status_code, posted.context["code"]) == (403, "second_factor_due")
    assert posted.context["fields"] == [("place", "保险柜")]
    assert "response.register_copies" not in acts()


def test_a_program_that_asks_for_json_gets_nothing_either(cast: Cast) -> None:
    client, _answer = by_password(cast.county_officer)
    answer = client.get("/ledger/", headers={"accept": "application/json"})
    assert (answer.status_code, answer.content) == (302, b"")


def test_nobody_below_is_asked(cast: Cast) -> None:
    client, _answer = by_password(cast.director)
    assert is_in(client)


def test_a_grant_gained_later_asks_at_the_next_request(cast: Cast) -> None:
    client, _answer = by_password(cast.director)
    assert is_in(client)
    accounts.grant_role(
        console(), person_id=cast.director.person_id, role=Role.COMMUNITY_DIRECTOR, path=COMMUNITY_ELSEWHERE
    )
    assert client.get("/ledger/").headers["Location"].startswith(OWN)


def test_a_grant_that_begins_later_asks_when_it_begins(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    tomorrow = clock.now() + timedelta(days=1)
    accounts.grant_role(
        console(),
        person_id=cast.typist.person_id,
        role=Role.INFORMATION_CLERK,
        path=COMMUNITY_ELSEWHERE,
        valid_from=tomorrow,
    )
    assert not must_give(actor_of_person(cast.typist.person_id))
    monkeypatch.setattr(clock, "now", lambda: tomorrow + timedelta(minutes=1))
    assert must_give(actor_of_person(cast.typist.person_id))


# --- Setting it up


def key_of(page: Any) -> str:
    return str(page.context["key"]).replace(" ", "")


def test_setting_up_opens_the_pages_and_shows_the_printed_codes_once(cast: Cast, ticking: Time) -> None:
    client, _answer = by_password(cast.county_officer)
    page: Any = client.get(f"{OWN}?next=/ledger/")
    assert page.status_code == 200
    secret = key_of(page)
    assert key_of(client.get(OWN)) == secret  # the same at every look
    before = client.cookies["sessionid"].value
    done = client.post(f"{OWN}?next=/ledger/", {"code": ticking.code(secret)})
    assert done.status_code == 302
    assert client.cookies["sessionid"].value != before
    codes: Any = client.get(done.headers["Location"])
    assert len(set(codes.context["codes"])) == 10
    assert codes.context["following"] == "/ledger/"
    again: Any = client.get(CODES)
    assert again.context["codes"] == []
    assert is_in(client)
    assert acts()[:2] == ["accounts.log_in", "accounts.set_up_second_factor"]


def test_a_wrong_code_sets_nothing_up(cast: Cast, ticking: Time) -> None:
    client, _answer = by_password(cast.county_officer)
    secret = key_of(client.get(OWN))
    wrong: Any = client.post(OWN, {"code": ticking.code(secret, ahead=9)})
    assert (wrong.status_code, key_of(wrong)) == (422, secret)
    assert wrong.context["mistake"]
    assert not Authenticator.objects.exists()
    assert not is_in(client)


def test_codes_are_no_way_round_setting_up(cast: Cast) -> None:
    client, _answer = by_password(cast.county_officer)
    for address in (CODES, reverse("accounts:second_factors")):
        assert client.get(address).headers["Location"].startswith(OWN)
    for name in ("print_codes_anew", "new_phone"):
        assert client.post(reverse(f"accounts:{name}"), {"code": "123456"}).status_code == 403


def test_set_up_in_another_window_this_one_logs_in_anew(cast: Cast) -> None:
    client, _answer = by_password(cast.county_officer)
    set_up(cast.county_officer.login, MINE)
    answer = client.get(f"{OWN}?next=/ledger/")
    assert answer.headers["Location"] == "/login/?next=%2Fledger%2F"
    assert "_auth_user_id" not in client.session


def test_it_leads_on_within_this_site_only(cast: Cast, ticking: Time) -> None:
    client, _answer = by_password(cast.county_officer)
    secret = key_of(client.get(OWN))
    done = client.post(f"{OWN}?next=https://evil.example/", {"code": ticking.code(secret)})
    page: Any = client.get(done.headers["Location"])
    assert page.context["following"] == "/"


def test_neither_database_nor_session_holds_the_key(cast: Cast, ticking: Time) -> None:
    client, _answer = by_password(cast.county_officer)
    secret = key_of(client.get(OWN))
    (session,) = Session.objects.all()
    assert secret not in str(session.get_decoded())
    client.post(OWN, {"code": ticking.code(secret)})
    kept = str(list(Authenticator.objects.values("data")))
    assert secret not in kept


# --- The code after the password


@pytest.fixture
def officer(cast: Cast) -> Member:
    """The county officer, whose phone has the key MINE."""
    set_up(cast.county_officer.login, MINE)
    return cast.county_officer


def test_password_and_code_open_the_pages(officer: Member, ticking: Time) -> None:
    client, answer = by_password(officer)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session
    assert not is_in(client)
    assert give(client, ticking.code()).headers["Location"] == "/"
    assert is_in(client)
    assert acts()[0] == "accounts.log_in"


def test_it_goes_on_where_somebody_was_going(officer: Member, ticking: Time) -> None:
    client = Client()
    client.post("/login/", {"login": officer.label, "password": PASSWORD, "next": "/ledger/?kind=looks"})
    assert give(client, ticking.code()).headers["Location"] == "/ledger/?kind=looks"


@pytest.mark.parametrize(("ahead", "taken"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_one_step_off_is_taken(officer: Member, ticking: Time, ahead: int, taken: bool) -> None:
    client, _answer = by_password(officer)
    give(client, ticking.code(ahead=ahead))
    assert is_in(client) is taken


def test_a_code_is_taken_once_for_as_long_as_it_counts(officer: Member, ticking: Time) -> None:
    code = ticking.code()
    first, _answer = by_password(officer)
    give(first, code)
    assert is_in(first)
    for _time in range(2):
        again, _answer = by_password(officer)
        assert give(again, code).status_code == 200
        assert not is_in(again)
        ticking.step()


def test_an_older_code_is_not_taken_after_a_newer_one(officer: Member, ticking: Time) -> None:
    first, _answer = by_password(officer)
    give(first, ticking.code(ahead=1))
    second, _answer = by_password(officer)
    give(second, ticking.code())
    assert not is_in(second)


def test_the_code_that_set_it_up_does_not_log_in(cast: Cast, ticking: Time) -> None:
    client, _answer = by_password(cast.county_officer)
    code = ticking.code(key_of(client.get(OWN)))
    client.post(OWN, {"code": code})
    other, _answer = by_password(cast.county_officer)
    give(other, code)
    assert not is_in(other)


def test_five_wrong_codes_are_on_record_and_then_none_is_tried(officer: Member, ticking: Time) -> None:
    client, _answer = by_password(officer)
    answers: list[Any] = [give(client, f"00000{number}") for number in range(6)]
    (first,), (last,) = (answer.context["form"].errors["code"] for answer in (answers[0], answers[-1]))
    assert first != last
    right: Any = give(client, ticking.code())
    assert right.status_code == 200
    assert not is_in(client)
    wrong = [entry for entry in recorded() if entry.action == "accounts.fail_second_factor"]
    assert len(wrong) == 5
    assert {entry.actor_label for entry in wrong} == {"nobody"}


def test_a_code_without_the_password_opens_nothing(officer: Member, ticking: Time) -> None:
    client = Client()
    assert give(client, ticking.code()).headers["Location"] == "/login/"


def test_a_printed_code_is_good_once_and_on_record(officer: Member, ticking: Time) -> None:
    printed = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().generate_codes()[3]
    client, _answer = by_password(officer)
    give(client, printed)
    assert is_in(client)
    assert "accounts.use_printed_code" in acts()
    again, _answer = by_password(officer)
    give(again, printed)
    assert not is_in(again)


def test_whoever_saw_more_once_is_still_asked(cast: Cast, ticking: Time) -> None:
    set_up(cast.director.login, MINE)
    client, _answer = by_password(cast.director)
    assert not is_in(client)
    give(client, ticking.code())
    assert is_in(client)


def test_the_desk_lock_asks_for_the_password_alone(officer: Member, ticking: Time) -> None:
    client, _answer = by_password(officer)
    give(client, ticking.code())
    client.post(reverse("accounts:lock"))
    assert client.get("/ledger/").status_code == 423
    client.post(reverse("accounts:unlock"), {"password": PASSWORD})
    assert is_in(client)


# --- New codes, a new phone


def test_new_printed_codes_end_the_old_ones(officer: Member, ticking: Time) -> None:
    client, _answer = by_password(officer)
    give(client, ticking.code())
    old = client.get(CODES).context["codes"]
    assert client.post(reverse("accounts:print_codes_anew"), {"code": "000000"}).status_code == 422
    ticking.step()
    assert client.post(reverse("accounts:print_codes_anew"), {"code": ticking.code()}).status_code == 303
    new = client.get(CODES).context["codes"]
    assert not set(old) & set(new)
    assert "accounts.print_codes_anew" in acts()


def test_another_phone_is_set_up_before_any_other_page(officer: Member, ticking: Time) -> None:
    client, _answer = by_password(officer)
    give(client, ticking.code())
    assert client.post(reverse("accounts:new_phone"), {"code": ticking.code()}).status_code == 422  # used
    ticking.step()
    assert client.post(reverse("accounts:new_phone"), {"code": ticking.code()}).status_code == 303
    assert not is_in(client)
    secret = key_of(client.get(OWN))
    assert secret != MINE
    client.post(OWN, {"code": ticking.code(secret)})
    assert is_in(client)
    assert "accounts.renew_second_factor" in acts()


# --- A lost phone


def test_another_officer_resets_it_and_its_owner_is_told(cast: Cast, officer: Member, ticking: Time) -> None:
    inside, _answer = by_password(officer)
    give(inside, ticking.code())
    address = reverse("accounts:reset_second_factor", args=[officer.person_id])
    assert cast.second_officer.client().post(address, {"reason": "lost"}).status_code == 303
    # Whatever was open ends: the lost phone may be what it was opened with.
    assert not is_in(inside)
    entry = recorded()[-2] if recorded()[-1].is_look else recorded()[-1]
    assert (entry.action, entry.actor_id) == ("accounts.reset_second_factor", cast.second_officer.person_id)
    client, answer = by_password(officer)
    assert answer.headers["Location"] == "/"
    page = client.get("/", follow=True).content.decode()
    assert "张爱民" in page
    # Once.
    assert "张爱民" not in client.get(OWN).content.decode()


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        ("county_officer", ResetNotYours),  # one's own
        ("director", NotFound),  # above them
        ("other_county_officer", NotFound),
        ("clerk", Forbidden),
        ("worker", Forbidden),
    ],
)
def test_who_may_not_reset_it(cast: Cast, officer: Member, by: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        reset_second_factor(getattr(cast, by), person_id=officer.person_id, reason=Reason.LOST)
    assert Authenticator.objects.count() == 2


def test_a_role_that_is_not_theirs_to_give_keeps_a_director_out(cast: Cast) -> None:
    """A grid worker of theirs who is a worker elsewhere too: half of that person is not the director's."""
    set_up(cast.worker.login, MINE)
    RoleGrant.objects.create(
        person_id=cast.worker.person_id,
        role=Role.GRID_WORKER,
        path=COMMUNITY_ELSEWHERE,
        granted_by_id=console().person_id,
    )
    with pytest.raises(ResetNotYours):
        reset_second_factor(cast.director, person_id=cast.worker.person_id, reason=Reason.LOST)
    reset_second_factor(cast.county_officer, person_id=cast.worker.person_id, reason=Reason.LOST)


def test_nothing_to_reset_is_said(cast: Cast) -> None:
    with pytest.raises(NothingSetUp):
        reset_second_factor(cast.second_officer, person_id=cast.county_officer.person_id, reason=Reason.BROKEN)


def test_the_operator_resets_the_only_officers(cast: Cast, officer: Member, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("reset_second_factor", login=officer.label)
    assert officer.label in capsys.readouterr().out
    assert not Authenticator.objects.exists()
    with pytest.raises(CommandError):
        call_command("reset_second_factor", login="nobody-here")


def test_the_page_lists_who_owes_one_first(cast: Cast, officer: Member) -> None:
    page: Any = cast.second_officer.client().get(reverse("accounts:second_factors"))
    rows = {row.login: row for row in page.context["rows"]}
    assert set(rows) == {"lishi", "lishi2", "subdistrict"}
    assert (rows["lishi"].resettable, rows["lishi2"].resettable, rows["subdistrict"].resettable) == (True, False, False)
    assert [row.since is None for row in page.context["rows"]] == [True, True, False]
    assert page.context["missing"] == 2


def test_a_reset_needs_its_reason(cast: Cast, officer: Member) -> None:
    address = reverse("accounts:reset_second_factor", args=[officer.person_id])
    assert cast.second_officer.client().post(address, {"reason": "because"}).status_code == 422
    assert Authenticator.objects.count() == 2


# --- The demonstration


def test_a_demonstration_shows_the_present_code(
    cast: Cast, tmp_path: Path, settings: LazySettings, monkeypatch: pytest.MonkeyPatch, ticking: Time
) -> None:
    settings.FIRSTLINE_DEMONSTRATION = tmp_path
    monkeypatch.setattr(time, "time", lambda: ticking.now)
    set_up_known(cast.county_officer.login)
    for _time in range(2):  # the second at once: the code of the next step is shown
        client, answer = by_password(cast.county_officer)
        page: Any = client.get(answer.headers["Location"])
        assert give(client, page.context["shown_code"]).status_code == 302
        assert is_in(client)


def test_nothing_is_shown_of_a_key_of_ones_own(
    cast: Cast, officer: Member, tmp_path: Path, settings: LazySettings
) -> None:
    settings.FIRSTLINE_DEMONSTRATION = tmp_path
    client, answer = by_password(officer)
    page: Any = client.get(answer.headers["Location"])
    assert page.context["shown_code"] == ""


def test_outside_a_demonstration_no_code_is_shown_and_none_is_known(
    cast: Cast, tmp_path: Path, settings: LazySettings
) -> None:
    settings.FIRSTLINE_DEMONSTRATION = tmp_path / "none"
    with pytest.raises(RuntimeError):
        set_up_known(cast.county_officer.login)
    # Even if somebody had put the known key there.
    set_up(cast.county_officer.login, SECRET)
    client, answer = by_password(cast.county_officer)
    page: Any = client.get(answer.headers["Location"])
    assert page.context["shown_code"] == ""
    assert totp.format_hotp_value(totp.hotp_value(SECRET, int(time.time()) // 30)) not in page.content.decode()


def test_the_codes_are_those_of_rfc_6238(ticking: Time) -> None:
    """Appendix B, at 59 s and 1111111109 s; its eight digits end in these six."""
    ticking.now = 59
    assert step_of(MINE, "287082") == 1
    ticking.now = 1_111_111_109
    assert step_of(MINE, "081804") == 37_037_036


def test_sessions_end_with_a_reset_and_with_nothing_else(cast: Cast) -> None:
    login = cast.county_officer.login
    before = login.get_session_auth_hash()
    login.last_login = clock.now()
    assert login.get_session_auth_hash() == before
    login.factor_reset_at = clock.now()
    assert login.get_session_auth_hash() != before
    assert Login.objects.get(pk=login.pk).get_session_auth_hash() == before


def test_pages_keep_to_their_statements(cast: Cast, officer: Member, statement_budget: Budget) -> None:
    setting_up, _answer = by_password(cast.second_officer)
    inside = officer.client()
    with statement_budget("accounts.set_up"):
        assert setting_up.get(OWN).status_code == 200
    with statement_budget("accounts.second_factor"):
        assert inside.get(OWN).status_code == 200
    with statement_budget("accounts.second_factors"):
        assert inside.get(reverse("accounts:second_factors")).status_code == 200
