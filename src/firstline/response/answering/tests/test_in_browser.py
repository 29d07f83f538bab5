"""Who answers in a real browser: one press on a phone, the keyboard at the desk, a name typed where the hole is."""

from playwright.sync_api import expect

from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.response.answering.tests.people import somebody
from firstline.testing.cast import Cast


def test_one_press_on_a_phone_opens_the_line_and_one_more_the_number(cast: Cast, browse: Browse) -> None:
    page = browse.page(PHONE, session=session_of(cast.worker.login))
    page.goto(f"/buildings/{cast.building.pk}/")
    page.locator(".fl-answering summary").click()
    rungs = page.locator(".fl-rungs > li")
    expect(rungs).to_have_count(3)
    expect(rungs.first).to_contain_text("王海燕")
    rungs.nth(1).get_by_role("button").click()
    expect(rungs.nth(1)).to_contain_text("13900000000")


def test_the_keyboard_opens_it_too(cast: Cast, browse: Browse) -> None:
    page = browse.page(DESK, session=session_of(cast.director.login))
    page.goto(f"/compounds/{cast.compound.pk}/")
    page.locator(".fl-answering summary:visible").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".fl-rungs > li:visible")).to_have_count(3)


def test_a_name_is_typed_where_the_hole_is(cast: Cast, browse: Browse) -> None:
    somebody("任志明")
    page = browse.page(DESK, session=session_of(cast.county_officer.login))
    page.goto("/answers/?show=holes")
    row = page.locator(".fl-answers tbody tr", has_text="丽景街社区")
    row.locator("a.fl-name-them").click()
    expect(row.locator("input[name=name]")).to_be_focused()
    page.keyboard.type("任志明")
    page.keyboard.press("Enter")
    expect(page.locator(".fl-undo")).to_contain_text("任志明")
