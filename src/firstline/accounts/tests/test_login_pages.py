"""The pages around logging in, in a real browser: words, keyboard, and no page of somebody else's making."""

from playwright.sync_api import Page, expect

from firstline.config.testing.browser import PHONE, Browse, session_of
from firstline.testing.cast import PASSWORD, Cast


def test_wrong_then_right_password(cast: Cast, phone: Page) -> None:
    phone.goto("/ledger/")
    phone.get_by_label("登录名").fill("director")
    phone.get_by_label("密码").fill("wrong-password")
    phone.keyboard.press("Enter")
    expect(phone.get_by_role("alert")).to_be_visible()
    expect(phone.get_by_label("登录名")).to_have_value("director")
    phone.get_by_label("密码").fill(PASSWORD)
    phone.keyboard.press("Enter")
    expect(phone).to_have_url("/ledger/")


def test_password_is_changed_and_used(cast: Cast, browse: Browse) -> None:
    page = browse.page(PHONE, session=session_of(cast.director.login))
    page.goto("/password/")
    page.get_by_label("现在的密码").fill(PASSWORD)
    page.get_by_label("新密码", exact=True).fill("a-new-door-1102")
    page.get_by_label("再输一遍新密码").fill("a-new-door-1102")
    page.get_by_role("button", name="改密码").click()
    expect(page).not_to_have_url("/password/")
    page.goto("/logout/")
    page.get_by_role("main").get_by_role("button", name="退出").click()
    page.goto("/ledger/")
    page.get_by_label("登录名").fill("director")
    page.get_by_label("密码").fill("a-new-door-1102")
    page.keyboard.press("Enter")
    expect(page).to_have_url("/ledger/")
