"""How long it took: median and ninety in a hundred, by kind and level, within one's places and some days."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from firstline.config.testing.budget import Budget
from firstline.gaps.history import Span, times_to_close
from firstline.gaps.models import GapEvent, What
from firstline.gaps.tests.open import gap_at
from firstline.kernel import clock
from firstline.kernel.paths import subtree
from firstline.testing.cast import COMMUNITY, Cast

HISTORY = reverse("gaps:history")


@pytest.fixture(autouse=True)
def closed(cast: Cast) -> None:
    """One to ten hours in the worker's compound, and one of a hundred in the next."""
    now = clock.now()
    for hours in range(1, 11):
        path = f"{cast.compound.place.path}/1{hours:04d}"
        _close(path, hours, now)
    _close(cast.compound_next.place.path, 100, now - timedelta(days=30))


def _close(path: str, hours: int, at: datetime) -> None:
    gap = gap_at(path)
    GapEvent.objects.create(gap=gap, path=path, what=What.CLOSED, at=at, tier=2, count=1, seconds=hours * 3600)


def _found(days: int, cast: Cast) -> list[Span]:
    now = clock.now()
    return times_to_close([subtree(COMMUNITY)], now - timedelta(days=days), now + timedelta(minutes=1))


def test_half_and_nine_of_ten(cast: Cast) -> None:
    (row,) = _found(7, cast)
    assert (row.closed, row.median, row.ninety) == (10, timedelta(hours=5.5), timedelta(hours=9.1))
    (longer,) = _found(60, cast)
    assert (longer.closed, longer.median) == (11, timedelta(hours=6))


def test_the_page_is_of_one_s_own_places_and_of_the_days_asked_for(cast: Cast, statement_budget: Budget) -> None:
    client = cast.worker.client()
    client.get(HISTORY)
    with statement_budget("gaps.history"):
        page = client.get(HISTORY)
    assert page.context["closed"] == 10
    assert "5.5" in page.text
    assert cast.worker_elsewhere.client().get(HISTORY).context["closed"] == 0
    assert client.get(HISTORY, {"from": "2001-01-01", "until": "2001-01-02"}).context["rows"] == []
    for nonsense in ("x", "2001-13-01", "9999-12-31", ""):
        assert client.get(HISTORY, {"from": nonsense, "until": nonsense}).context["closed"] == 10
