"""The code of a new phone in a real browser: a camera reads it, and the page notices by itself who came in."""

import io

import zxingcpp
from PIL import Image
from playwright.sync_api import expect

from firstline.accounts.devices.enrolling import enrol
from firstline.accounts.tests.test_devices_page import new_key
from firstline.config.testing.browser import PHONE, Browse, session_of
from firstline.testing.cast import Cast


def test_the_code_is_scanned_and_the_page_notices(cast: Cast, browse: Browse) -> None:
    page = browse.page(PHONE, session=session_of(cast.director.login))
    page.goto("/devices/")
    page.get_by_role("link", name="登记手机").click()
    page.get_by_label("谁的手机").select_option(label="王海燕")
    page.get_by_role("button", name="出码").click()
    link = page.locator(".fl-qr-link").inner_text()
    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(page.screenshot())))
    assert code.text == link
    expect(page.locator("#fl-invitation")).to_contain_text("10 分钟内有效")
    enrol(link.rpartition(".")[2], public_key=new_key(), client="0.1.0", persistent=True)
    expect(page.locator("#fl-invitation")).to_contain_text("王海燕的手机登记好了。")
    page.get_by_role("link", name="去看看").click()
    expect(page.get_by_role("heading", name="王海燕")).to_be_visible()
