"""Setting a second factor up in a real browser: scanned, typed, printed; and the code at the next login."""

import base64
import io

import pytest
import zxingcpp
from allauth.mfa.totp.internal import auth as totp
from PIL import Image
from playwright.sync_api import Page, expect

from firstline.accounts.second_factor.setting_up import phone_of
from firstline.config.testing.browser import DESK, PHONE, Browse
from firstline.testing.cast import PASSWORD, Cast


def log_in(page: Page) -> None:
    page.goto("/ledger/")
    page.get_by_label("登录名").fill("lishi")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")


def code_of(secret: str) -> str:
    """The code of the step before this one, so that this one is left for the login."""
    return str(totp.format_hotp_value(totp.hotp_value(secret, next(totp.yield_hotp_counters_from_time()))))


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_scanned_confirmed_printed_and_asked_for_next_time(cast: Cast, browse: Browse, size: tuple[int, int]) -> None:
    page = browse.page(size)
    log_in(page)
    expect(page.get_by_role("heading", name="还差一步")).to_be_visible()
    scanned = zxingcpp.read_barcode(Image.open(io.BytesIO(page.screenshot(full_page=True))))
    assert scanned is not None
    assert scanned.text.startswith("otpauth://totp/lishi?secret=")
    secret = scanned.text.split("secret=")[1].split("&")[0]
    assert page.locator(".fl-set-up-key").inner_text().replace(" ", "") == secret
    page.get_by_label("六位数").fill(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.locator(".fl-printed-codes li")).to_have_count(10)
    expect(page.get_by_role("button", name="印")).to_be_visible()
    page.get_by_role("link", name="收好了").click()
    expect(page).to_have_url("/ledger/")
    page.context.clear_cookies()
    log_in(page)
    page.get_by_label("动态码").fill("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    phone = phone_of(cast.county_officer.login)
    assert phone is not None
    page.get_by_label("动态码").fill(_following(secret, phone.data["last_step"]))
    page.keyboard.press("Enter")
    expect(page).to_have_url("/ledger/")


def _following(secret: str, step: int) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, step + 1)))


def test_the_picture_is_one_that_the_policy_allows(cast: Cast, browse: Browse) -> None:
    page = browse.page(PHONE)
    log_in(page)
    source = page.locator(".fl-qr img").get_attribute("src") or ""
    assert base64.b64decode(source.removeprefix("data:image/svg+xml;base64,")).startswith((b"<?xml", b"<svg"))
    assert page.locator("[style], style, script:not([src])").count() == 0
