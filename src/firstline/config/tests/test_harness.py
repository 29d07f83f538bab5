"""What other tests rest on: the budget counts, the browser runs against the real server, headers are set."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection, transaction
from django.test import Client

from firstline.config.testing import budget
from firstline.config.testing.budget import Budget
from firstline.config.testing.hour import offset

if TYPE_CHECKING:
    from playwright.sync_api import Page


@pytest.fixture
def two_statements(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "statement-budget.json"
    file.write_text(json.dumps({"page": 2}))
    monkeypatch.setattr(budget, "BUDGET", file)


def ask(times: int) -> None:
    with connection.cursor() as cursor:
        for _time in range(times):
            cursor.execute("SELECT 1")


@pytest.mark.django_db
@pytest.mark.usefixtures("two_statements")
def test_a_page_within_its_budget_passes(statement_budget: Budget) -> None:
    with statement_budget("page") as sent:
        ask(2)
    assert len(sent) == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("two_statements")
def test_a_savepoint_counts(statement_budget: Budget) -> None:
    with (
        pytest.raises(pytest.fail.Exception, match="page sent 3 statements, its budget is 2"),
        statement_budget("page"),
        transaction.atomic(),
    ):
        ask(1)


@pytest.mark.django_db
def test_pages_allow_nothing_from_elsewhere() -> None:
    headers = Client().get("/login/").headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_real_browser_opens_the_login_page_in_chinese(phone: "Page") -> None:
    answer = phone.goto("/login/")
    assert answer
    assert answer.status == 200
    assert phone.locator("html").get_attribute("lang") == "zh-Hans"
    assert phone.locator("input[name=login]").is_visible()


@pytest.mark.parametrize(
    ("hour", "moved"),
    [
        ("23:57", timedelta(hours=-10, minutes=-10)),
        ("0", timedelta(hours=-10, minutes=-7)),
        ("10:07", timedelta()),
        ("22:00", timedelta(hours=11, minutes=53)),
    ],
)
def test_the_clock_is_moved_to_the_nearest_such_hour(hour: str, moved: timedelta) -> None:
    seven_past_ten = datetime(2020, 1, 28, 2, 7, tzinfo=UTC)
    assert offset(seven_past_ten, hour) == moved


@pytest.mark.parametrize("hour", ["24", "7:60", "noon", "-1"])
def test_what_is_no_hour_is_refused(hour: str) -> None:
    with pytest.raises(pytest.UsageError):
        offset(datetime(2020, 1, 28, tzinfo=UTC), hour)
