"""The list at the desk: keys for filters and pages, a top bar that stays one line and folds its end."""

import re

import pytest
from playwright.sync_api import expect

from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.gaps.tests.open import gap_at
from firstline.testing.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_digits_press_filters_and_letters_turn_pages(browse: Browse, cast: Cast) -> None:
    for number in range(10_001, 10_061):
        gap_at(f"{cast.compound.place.path}/{number:05d}")
    page = browse.page(DESK, session=session_of(cast.director.login))
    page.goto("/gaps/")
    page.keyboard.press("n")
    expect(page).to_have_url(re.compile(r"page=2"))
    page.keyboard.press("p")
    expect(page).to_have_url(re.compile(r"page=1"))
    page.keyboard.press("2")
    expect(page).to_have_url(re.compile(r"show=nobody"))
    field = page.locator("#fl-gap-kind")
    field.focus()
    page.keyboard.press("6")
    expect(page).to_have_url(re.compile(r"show=nobody"))


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_top_bar_is_one_line_and_its_fold_closes_by_itself(browse: Browse, cast: Cast, language: str) -> None:
    page = browse.page(DESK, language=language, session=session_of(cast.director.login))
    page.goto("/gaps/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator(".fl-top").bounding_box()["height"] < 60  # type: ignore[index]
    fold = page.locator(".fl-top-more")
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(fold.locator("a").last).to_be_visible()
    page.keyboard.press("Escape")
    expect(fold.locator("a").last).to_be_hidden()
    page.keyboard.press("Enter")
    page.locator("#fl-main h1").click()
    expect(fold.locator("a").last).to_be_hidden()


def test_every_filter_is_within_the_screen_of_a_phone(browse: Browse, cast: Cast) -> None:
    gap_at(cast.compound.place.path)
    page = browse.page(PHONE, session=session_of(cast.director.login))
    page.goto("/gaps/")
    boxes = [one.bounding_box() for one in page.locator(".fl-filter a").all()]
    assert [box for box in boxes if box is None or box["x"] + box["width"] > PHONE[0] or box["height"] < 48] == []
