"""In a real browser: a pile of forms by the keyboard alone, a call by two taps."""

import pytest
from playwright.sync_api import expect

from firstline.census.models import Attempt
from firstline.census.paper.tests.sheets import printed, sheet
from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.kernel import scope
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_pile_is_typed_in_without_a_mouse(browse: Browse, cast: Cast) -> None:
    first, second = printed(cast, doors=[cast.door, cast.door_of(cast.compound, "1-1-102")])
    page = browse.page(DESK, session=session_of(cast.typist.login))
    page.goto("/paper/pile/")

    for number, people in ((first, ["王建国 男 56 户主", "李秀英 女 54 配偶"]), (second, ["张丽 女 33"])):
        page.keyboard.type(number)
        page.keyboard.press("Enter")
        expect(page.locator("#fl-lines")).to_be_focused()
        for line in people:
            page.keyboard.type(line)
            page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        page.wait_for_url("**/paper/pile/?done=*")
        expect(page.locator("#fl-number")).to_be_focused()

    assert [sheet(cast, number).state for number in (first, second)] == ["entered", "entered"]
    with scope.enter(cast.director):
        assert sorted(Attempt.objects.values_list("persons_met", flat=True)) == [1, 2]


def test_a_missed_call_takes_two_taps_and_stands_to_be_dialled(browse: Browse, cast: Cast) -> None:
    page = browse.page(PHONE, session=session_of(cast.director.login))
    page.goto("/callbacks/")
    page.fill("#fl-number", "139 1234 5678")
    page.get_by_role("button", name="没接到", exact=True).tap()

    dial = page.get_by_role("link", name="拨打")
    expect(dial).to_be_visible()
    assert dial.get_attribute("href") == "tel:13912345678"
    page.get_by_role("button", name="撤销").tap()
    expect(dial).to_have_count(0)
