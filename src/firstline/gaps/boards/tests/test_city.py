"""The city's own role: confirmed figures by county, and nobody's rows, names or doors, by page or by the database."""

import pytest
from django.test import Client
from django.urls import reverse

from firstline.accounts.actions import grant_role
from firstline.accounts.details.actions import Correction, put_own_right, put_right
from firstline.accounts.errors import PlaceUnfit, RoleNotYours
from firstline.accounts.models import FormerDetails
from firstline.accounts.roles import PERMISSIONS, Role
from firstline.accounts.second_factor.gate import must_give
from firstline.config.testing.budget import Budget
from firstline.gaps.boards.actions import confirm_counts
from firstline.gaps.boards.tests.city import CITY, of_city
from firstline.kernel import scope
from firstline.kernel.actors import KNOW_RESIDENTS, console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.registry.models import Mention
from firstline.registry.tests.lists import encoded, staged
from firstline.response.answering.actions import record_absence, record_own_absence
from firstline.response.models import AbsenceReason
from firstline.testing.cast import COUNTY, OTHER_COUNTY, Cast

CONFIRMED = reverse("gaps:confirmed")


def _county(path: str) -> str:
    return reverse("gaps:confirmed_county", args=[path])


def test_its_home_is_the_page_of_confirmed_figures(cast: Cast, statement_budget: Budget) -> None:
    confirm_counts(cast.county_officer, path=COUNTY)
    client = of_city().client()
    assert client.get("/").headers["Location"] == CONFIRMED
    with statement_budget("gaps.confirmed"):
        page = client.get(CONFIRMED)
    assert [row["name"] for row in page.context["rows"]] == ["离石区", "石楼县"]
    assert _county(COUNTY) in page.text
    assert page.context["rows"][1]["found"] is None
    assert cast.compound.place.name not in page.text


def test_a_county_is_read_over_time_by_figures_alone(cast: Cast, statement_budget: Budget) -> None:
    for _time in range(2):
        confirm_counts(cast.county_officer, path=COUNTY)
    client = of_city().client()
    with statement_budget("gaps.confirmed_county"):
        page = client.get(_county(COUNTY))
    assert [row["change"] for row in page.context["rows"]] == [0, None]
    for name in (cast.county_officer.name, cast.director.name, cast.compound.place.name, "丽景街社区"):
        assert name not in page.text
    assert client.get(_county(OTHER_COUNTY)).context["rows"] == []


@pytest.mark.parametrize("path", ["140000", "140105", "1411", "141102003", "141102003005", "x"])
def test_what_is_no_county_of_this_city_is_not_there(cast: Cast, path: str) -> None:
    assert of_city().client().get(_county(path)).status_code == 404


def test_who_stands_below_a_county_reads_none_of_it(cast: Cast) -> None:
    for member in (cast.clerk, cast.director, cast.worker, cast.lapsed):
        assert member.client().get(CONFIRMED).status_code == 403
        assert member.client().get(_county(COUNTY)).status_code == 403


def test_it_gives_a_second_factor_before_any_page_opens(cast: Cast) -> None:
    officer = of_city()
    assert must_give(officer)
    client = Client()
    client.force_login(officer.login)
    assert client.get(CONFIRMED).headers["Location"].startswith(reverse("accounts:second_factor"))


def test_it_confirms_and_changes_nothing_of_a_county(cast: Cast) -> None:
    officer = of_city()
    with pytest.raises(Forbidden):
        confirm_counts(officer, path=COUNTY)
    with pytest.raises(Forbidden):
        put_right(officer, person_id=cast.director.person_id, correction=Correction(phone="1"))
    assert KNOW_RESIDENTS not in PERMISSIONS[Role.CITY_OFFICER]


def test_the_database_itself_shows_it_no_row_of_a_county(cast: Cast) -> None:
    staged(cast.director, cast.compound, encoded("房号,姓名\n1-1-101,王建国\n"))
    record_absence(cast.director, person_id=cast.worker.person_id, reason="发烧")
    put_right(cast.director, person_id=cast.worker.person_id, correction=Correction(phone="13900001111"))
    with scope.enter(cast.director):
        assert Mention.objects.exists()
        assert AbsenceReason.objects.exists()
    with scope.enter(of_city()):
        for model in (Mention, AbsenceReason, FormerDetails):
            assert not model._default_manager.exists(), model


def test_what_is_its_own_is_its_own(cast: Cast) -> None:
    officer = of_city()
    put_own_right(officer, phone="13900001111", email="")
    record_own_absence(officer, reason="开会")
    with scope.enter(officer):
        assert AbsenceReason.objects.count() == FormerDetails.objects.count() == 1
    with pytest.raises(NotFound):
        record_own_absence(officer, deputy_id=cast.director.person_id)


def test_only_the_console_appoints_it_and_only_at_a_city(cast: Cast) -> None:
    person = cast.second_officer.person_id
    with pytest.raises(RoleNotYours):
        grant_role(cast.county_officer, person_id=person, role=Role.CITY_OFFICER, path=COUNTY)
    with pytest.raises(PlaceUnfit):
        grant_role(console(), person_id=person, role=Role.CITY_OFFICER, path=COUNTY)
    assert grant_role(console(), person_id=person, role=Role.CITY_OFFICER, path=CITY).path == CITY
