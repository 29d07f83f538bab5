"""A lost phone's second factor is taken away by whoever may give its owner's roles."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.urls import reverse

from firstline.accounts.models import RoleGrant
from firstline.accounts.roles import Role
from firstline.accounts.second_factor.actions import Reason, reset_second_factor
from firstline.accounts.second_factor.errors import NothingSetUp, ResetNotYours
from firstline.accounts.second_factor.setting_up import set_up
from firstline.accounts.second_factor.tests.sessions import MINE, OWN, Time, by_password, give, is_in, recorded
from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.testing.cast import COMMUNITY_ELSEWHERE, Cast, Member


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
