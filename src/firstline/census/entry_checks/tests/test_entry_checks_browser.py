"""The second typing in a real browser: typed by keys, decided by the paper, usable by everybody."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from firstline.census.entry_checks.actions import draw_check
from firstline.census.models import Attempt
from firstline.census.night.cells import Cells
from firstline.census.night.tests.sheets import typed
from firstline.census.night.tests.usable import faults_of
from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.kernel import clock, scope
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_second_typing_to_the_rate(browse: Browse, cast: Cast, size: tuple[int, int]) -> None:
    typed(cast.typist, cast.compound, Cells("1-1-101", "d", "王建国 男 56", paper="17"), Cells("102", "w"))
    check = draw_check(cast.director, compound_id=cast.compound.pk, day=timezone.localdate(clock.now()), percent=100)
    page = browse.page(size, session=session_of(cast.director.login))
    page.goto(f"/census/night/checks/{check.pk}/again/")
    page.locator("[name=outcome]").first.focus()
    page.keyboard.type("d")
    page.keyboard.insert_text("王建国 男 65")
    page.keyboard.press("Enter")
    page.keyboard.type("w")
    expect(page.locator("tr.is-ready")).to_have_count(2)
    assert ("again", *faults_of(page)) == ("again", {}, 0)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("1行不一样")).to_be_visible()
    page.get_by_role("link", name="看纸定").click()
    assert ("differences", *faults_of(page)) == ("differences", {}, 0)
    page.get_by_label("王建国 男 65").check()
    page.get_by_role("button", name="纸上是这样").click()
    expect(page.get_by_text("没有要定的")).to_be_visible()
    page.goto("/census/night/checks/")
    expect(page.get_by_text("2中错1").first).to_be_visible()
    assert ("checks", *faults_of(page)) == ("checks", {}, 0)
    with scope.enter(cast.director):
        assert Attempt.objects.filter(void=None).count() == 2
        assert Attempt.objects.filter(void__isnull=False).count() == 1
