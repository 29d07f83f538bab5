"""What the level above a county sees: figures that somebody confirmed, with when and by whom."""

import pytest
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.config.testing.budget import Budget
from firstline.gaps.boards.actions import confirm_counts
from firstline.gaps.models import ConfirmedCount
from firstline.kernel import scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.testing.cast import COMMUNITY, COUNTY, Cast

CONFIRMED = reverse("gaps:confirmed")


def test_the_city_sees_the_latest_confirmed_figures(cast: Cast, statement_budget: Budget) -> None:
    confirm_counts(cast.county_officer, path=COUNTY)
    row = confirm_counts(cast.county_officer, path=COUNTY)
    assert (row.doors, row.left) == (48, 48)
    client = cast.other_county_officer.client()
    with statement_budget("gaps.confirmed"):
        page = client.get(CONFIRMED)
    shown = [one["found"] for one in page.context["rows"]]
    assert row in shown
    assert ConfirmedCount.objects.count() == 2
    assert cast.county_officer.name in page.text


def test_a_press_on_the_board_confirms_and_is_on_record(cast: Cast) -> None:
    answer = cast.county_officer.client().post(reverse("gaps:confirm"), {"at": COUNTY})
    assert answer.status_code == 303
    with scope.enter(cast.county_officer):
        entries = LedgerEntry.objects.filter(action="gaps.confirm_counts", path=COUNTY).count()
    assert entries == 1


def test_only_a_county_is_confirmed_and_only_by_its_own(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        confirm_counts(cast.director, path=COUNTY)
    with pytest.raises(NotFound):
        confirm_counts(cast.other_county_officer, path=COUNTY)
    with pytest.raises(NotFound):
        confirm_counts(cast.county_officer, path=COMMUNITY)
