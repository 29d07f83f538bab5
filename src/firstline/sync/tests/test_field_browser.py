"""The field client in a real browser against the real server: enrolled, locked, without a network, cleared."""

import pytest
from playwright.sync_api import Page, expect

from firstline.accounts.devices import actions
from firstline.accounts.models import Device
from firstline.sync.tests.in_browser import EMPTY, PIN, controlled, enrol, invited, press, until
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
OTHER_PIN = "739152"


def test_a_phone_is_enrolled_and_opens_without_a_network(phone: Page, cast: Cast) -> None:
    enrol(phone, cast)
    controlled(phone)
    device = Device.objects.get()
    assert device.person_id == cast.worker.person_id
    assert "enrol" not in phone.url
    phone.context.set_offline(True)
    phone.reload()
    expect(phone.get_by_text("请按密码")).to_be_visible()
    press(phone, OTHER_PIN)
    expect(phone.get_by_text("还能试9次")).to_be_visible()
    press(phone, PIN)
    expect(phone.get_by_text("没网。接着干")).to_be_visible()
    phone.context.set_offline(False)
    expect(phone.get_by_text("没网。接着干")).not_to_be_visible(timeout=15_000)


def test_a_code_is_good_once(phone: Page, cast: Cast) -> None:
    code = invited(cast)
    phone.goto(f"/field/#enrol=1.{code}")
    press(phone, PIN)
    press(phone, PIN)
    expect(phone.locator(".fl-place")).to_be_visible()
    phone.goto("/field/")
    phone.evaluate("indexedDB.deleteDatabase('firstline-field')")
    phone.reload()
    expect(phone.get_by_text("浏览器把存的东西清掉了")).to_be_visible()
    phone.fill("#code", code.lower())
    phone.get_by_role("button", name="下一步").click()
    press(phone, PIN)
    press(phone, PIN)
    expect(phone.get_by_text("这个码不对")).to_be_visible()


def test_two_pins_that_differ_begin_again(phone: Page, cast: Cast) -> None:
    phone.goto(f"/field/#enrol=1.{invited(cast)}")
    press(phone, "123456")
    expect(phone.get_by_text("太好猜了")).to_be_visible()
    press(phone, PIN)
    press(phone, OTHER_PIN)
    expect(phone.get_by_text("两遍不一样")).to_be_visible()
    assert not Device.objects.exists()


def test_a_phone_that_is_asked_to_clears_itself_and_says_so(phone: Page, cast: Cast) -> None:
    with phone.expect_response("**/sync/v1/changes?*"):
        enrol(phone, cast)
    actions.ask_wipe(cast.director, device_id=Device.objects.get().pk)
    phone.goto("/field/#/sync")
    phone.get_by_role("button", name="现在就传").click()
    expect(phone.get_by_text("登记这部手机")).to_be_visible()
    # The key goes last, when the server has heard that the rest is gone.
    until(phone, EMPTY)
    assert Device.objects.get().wiped_at is not None


def test_a_lock_in_one_tab_locks_the_other(phone: Page, cast: Cast) -> None:
    enrol(phone, cast)
    other = phone.context.new_page()
    other.goto("/field/")
    press(other, PIN)
    expect(other.locator(".fl-place")).to_be_visible()
    for page in (phone, other):
        expect(page.locator(".fl-place")).to_be_visible()
    other.evaluate("new BroadcastChannel('firstline-field').postMessage('lock')")
    for page in (phone, other):
        expect(page.get_by_text("请按密码")).to_be_visible()
