"""The cover in a real browser: at once, over everything, with what was typed still below it."""

from playwright.sync_api import Page, expect

from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.testing.cast import PASSWORD, Cast


def at_the_desk(browse: Browse, cast: Cast, size: tuple[int, int] = DESK) -> Page:
    page = browse.page(size, session=session_of(cast.director.login))
    page.goto("/compounds/")
    return page


def test_one_key_covers_and_the_password_uncovers_what_was_typed(cast: Cast, browse: Browse) -> None:
    page = at_the_desk(browse, cast)
    page.locator("#fl-compound-q").fill("枫林")
    page.keyboard.press("F9")
    expect(page.get_by_role("heading", name="已锁定")).to_be_visible()
    expect(page.locator("#fl-main")).not_to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("heading", name="已锁定")).to_be_visible()
    page.keyboard.type("wrong-password")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("这不是您的密码，请再输一遍。")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#fl-compound-q")).to_be_visible()
    expect(page.locator("#fl-compound-q")).to_have_value("枫林")


def test_the_server_is_locked_with_the_screen(cast: Cast, browse: Browse) -> None:
    page = at_the_desk(browse, cast)
    with page.expect_response("**/lock/"):
        page.keyboard.press("F9")
    page.reload()
    expect(page.get_by_role("heading", name="已锁定")).to_be_visible()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("#fl-compound-q")).to_be_visible()


def test_an_untouched_page_covers_itself(cast: Cast, browse: Browse) -> None:
    page = browse.page(DESK, session=session_of(cast.director.login))
    page.clock.install()
    page.goto("/compounds/")
    page.clock.run_for("09:00")
    expect(page.locator("#fl-compound-q")).to_be_visible()
    page.clock.run_for("02:00")
    expect(page.get_by_role("heading", name="已锁定")).to_be_visible()


def test_on_the_phone_it_stands_behind_the_last_tab(cast: Cast, browse: Browse) -> None:
    page = at_the_desk(browse, cast, PHONE)
    page.get_by_role("navigation", name="主要栏目").get_by_text("更多").click()
    page.get_by_role("button", name="锁定").click()
    expect(page.get_by_role("heading", name="已锁定")).to_be_visible()
    expect(page.locator("#fl-main")).not_to_be_visible()
