"""A phone without room for another visit, in a real browser: it says so, and writes nothing by half."""

import pytest
from playwright.sync_api import Page, expect

from firstline.census.models import Attempt, AttemptPhoto, AttemptVoid
from firstline.kernel import scope
from firstline.sync.models import Kept
from firstline.sync.tests.at_doors import at, with_picture
from firstline.sync.tests.in_browser import PIN, controlled, enrol, on_duty, outbox, press, send
from firstline.sync.tests.own_browser import OwnBrowser
from firstline.testing.cast import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.fault,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_wrong_codes_yet"),
]
# What the browser says to a write that finds no room, for as long as ``full`` is set.
NO_ROOM = """(() => {
  const add = IDBObjectStore.prototype.add;
  IDBObjectStore.prototype.add = function (...given) {
    if (globalThis.full) throw new DOMException('No room.', 'QuotaExceededError');
    return add.apply(this, given);
  };
})();"""


def test_a_full_phone_says_so_and_writes_nothing_by_half(phone: Page, cast: Cast) -> None:
    phone.add_init_script(NO_ROOM)
    with phone.expect_response("**/sync/v1/changes?*"):
        enrol(phone, cast)
    phone.goto(f"/field/#/building/{cast.building.pk}")
    phone.get_by_role("button", name="下一户：").click()
    phone.context.set_offline(True)
    before = phone.locator("h1").inner_text()
    phone.evaluate("() => { globalThis.full = true; }")
    nobody = phone.locator(".fl-outcome-dock").get_by_role("button", name="没人应").first
    nobody.click()
    expect(phone.get_by_text("刚才的没记上")).to_be_visible()
    assert phone.locator("h1").inner_text() == before
    assert outbox(phone) == []
    phone.evaluate("() => { globalThis.full = false; }")
    nobody.click()
    expect(phone.locator("h1")).not_to_have_text(before)
    phone.context.set_offline(False)
    send(phone, 1)
    with scope.enter(cast.director):
        assert Attempt.objects.count() == 1


def test_a_full_phone_says_so_on_duty_too(phone: Page, cast: Cast) -> None:
    phone.add_init_script(NO_ROOM)
    on_duty(phone, cast)
    phone.context.set_offline(True)
    phone.evaluate("() => { globalThis.full = true; }")
    phone.get_by_role("button", name="签到").click()
    expect(phone.get_by_text("刚才的没记上")).to_be_visible()
    assert outbox(phone) == []


def test_a_phone_that_is_really_full(own: OwnBrowser, cast: Cast) -> None:
    """The browser itself finds no room: for a visit with its picture, then for any, an undo included."""
    with own.page.expect_response("**/sync/v1/changes?*"):
        enrol(own.page, cast)
    controlled(own.page)
    own.leave(1_500_000)
    page = at_the_building(own.page, cast)
    page.context.set_offline(True)
    pictures = 0
    while register(page, f"王{'一二三四五六七八九十'[pictures]}"):
        pictures += 1
    assert pictures
    # Nothing by half: no visit without its picture, and no number given away.
    assert len(outbox(page)) == 2 * pictures

    own.leave(30_000)
    at_the_building(page, cast)
    knocks = 0
    while knocked(page):
        knocks += 1
    assert knocks
    kept = outbox(page)
    assert len(kept) == 2 * pictures + knocks
    undo = page.locator(".fl-undo")
    undo.get_by_role("button", name="撤回").click()
    expect(undo).to_contain_text("刚才的没记上")
    assert outbox(page) == kept

    own.make_room()
    undo.get_by_role("button", name="撤回").click()
    expect(page.locator(".fl-tried")).to_contain_text("撤了")
    assert knocked(page)
    page.context.set_offline(False)
    send(page, len(kept) + 2)
    assert outbox(page)[:-2] == kept
    with scope.enter(cast.director):
        assert Attempt.objects.count() == pictures + knocks + 1
        assert AttemptPhoto.objects.count() == pictures
        assert AttemptVoid.objects.count() == 1
        assert not Kept.objects.exists()


def at_the_building(page: Page, cast: Cast) -> Page:
    """The client opened anew, at the first door that is left."""
    page.goto("/field/")
    press(page, PIN)
    expect(page.locator(".fl-place")).to_be_visible()
    page.goto(f"/field/#/building/{cast.building.pk}")
    page.get_by_role("button", name="下一户：").click()
    expect(page.locator(".fl-outcome-dock")).to_be_visible()
    return page


def register(page: Page, name: str) -> bool:
    """Somebody, with a picture; whether it found room."""
    before = at(page)
    with_picture(page, name)
    return went_on(page, before)


def knocked(page: Page) -> bool:
    before = at(page)
    page.locator(".fl-outcome-dock").get_by_role("button", name="没人应").first.click()
    return went_on(page, before)


def went_on(page: Page, before: str) -> bool:
    """Whether the next door came; else the page says that nothing was written."""
    full, head = page.locator(".fl-mistake-line").get_by_text("刚才的没记上"), page.locator("h1")
    expect(full.or_(head.filter(has_not_text=before)).first).to_be_visible()
    found = full.count() > 0
    assert (at(page) == before) is found
    return not found
