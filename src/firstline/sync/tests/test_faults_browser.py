"""What happens to a phone in a shift, in a real browser: nothing lost, nothing twice, and said in words."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Error, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from firstline.accounts.devices.actions import ask_wipe, revoke_device
from firstline.accounts.models import Device
from firstline.accounts.tests.test_device_gaps import missing
from firstline.config.testing.browser import Browse
from firstline.kernel import clock, scope
from firstline.sync.models import Kept, KeptState
from firstline.sync.tests.in_browser import EMPTY, OUTBOX, PIN, on_duty, outbox, press, send, until
from firstline.sync.tests.own_browser import OwnBrowser
from firstline.testing.cast import Cast
from firstline.web import field
from firstline.workforce.models import DutySign

pytestmark = [
    pytest.mark.browser,
    pytest.mark.fault,
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("no_wrong_codes_yet"),
]
DAY = timedelta(days=1)
COMMANDS = "**/sync/v1/commands"
# Signs in and out as fast as the screen follows; a second tap never meets the old screen.
SIGNS = """async (many) => {
  const button = () => document.querySelector('.fl-duty .fl-foot .is-huge');
  for (let done = 0; done < many; done += 1) {
    const before = button().textContent;
    button().click();
    while (button()?.textContent === before) await new Promise((go) => setTimeout(go, 2));
  }
}"""
# The device's clock, as wrong as the test says; its steady clock goes on.
WRONG_CLOCK = """(() => {
  const Real = Date;
  let ahead = %d;
  globalThis.Date = class extends Real {
    constructor(...given) { given.length > 0 ? super(...given) : super(Real.now() + ahead); }
    static now() { return Real.now() + ahead; }
  };
  globalThis.setClock = (milliseconds) => { ahead = milliseconds; };
})();"""


def signs(cast: Cast) -> list[DutySign]:
    with scope.enter(cast.director):
        return list(DutySign.objects.order_by("id"))


def ids(cast: Cast) -> list[str]:
    return [str(sign.pk) for sign in signs(cast)]


def test_killed_in_mid_write(own: OwnBrowser, cast: Cast) -> None:
    page = on_duty(own.page, cast)
    page.context.set_offline(True)
    page.evaluate(f"() => {{ void ({SIGNS})(100000); }}")
    until(page, f"async () => (await ({OUTBOX})()).rows.length > 20")
    seen = outbox(page)
    own.kill()

    page = own.unlock()
    kept = outbox(page)
    assert kept[: len(seen)] == seen
    send(page, len(kept))
    assert ids(cast) == kept


def test_killed_in_mid_upload(own: OwnBrowser, cast: Cast) -> None:
    """The server has taken it, the answer was never heard."""
    page = on_duty(own.page, cast)
    page.context.set_offline(True)
    page.evaluate(SIGNS, 12)
    kept = outbox(page)
    page.context.set_offline(False)
    taken = []

    def die(route: Route) -> None:
        taken.append(route.fetch().status)
        own.kill()

    page.route(COMMANDS, die)
    page.goto("/field/#/sync")
    with suppress(Error):
        # Waits until the browser is gone, which ends the wait.
        page.wait_for_timeout(20_000)
    assert taken == [200]
    assert ids(cast) == kept

    page = own.unlock()
    send(page, 12)
    assert ids(cast) == kept


def test_a_clock_a_day_ahead_that_jumps_back(phone: Page, cast: Cast) -> None:
    phone.add_init_script(WRONG_CLOCK % (DAY.total_seconds() * 1000))
    on_duty(phone, cast)
    phone.context.set_offline(True)
    phone.evaluate(SIGNS, 2)
    phone.evaluate("setClock(0)")
    phone.evaluate(SIGNS, 2)
    kept = outbox(phone)
    phone.context.set_offline(False)
    send(phone, 4)

    found = {str(sign.pk): sign for sign in signs(cast)}
    assert sorted(found) == sorted(kept)
    # Ids only rise, whatever the clock did; what cannot be put right gets the server's time.
    assert kept == sorted(kept)
    assert all(abs(sign.happened_at - clock.now()) < DAY / 2 for sign in found.values())


def test_a_store_thrown_away_is_known_on_the_phone_and_at_the_desk(phone: Page, browse: Browse, cast: Cast) -> None:
    """One batch of 200 went through before the signal was lost; what was left is what the server knew of."""
    on_duty(phone, cast)
    phone.context.set_offline(True)
    phone.evaluate(SIGNS, 204)
    batches = []

    def only_the_first(route: Route) -> None:
        batches.append(route)
        route.continue_() if len(batches) == 1 else route.abort()

    phone.route(COMMANDS, only_the_first)
    phone.context.set_offline(False)
    phone.goto("/field/#/sync")
    expect(phone.locator(".fl-big b")).to_have_text("4", timeout=30_000)
    phone.context.set_offline(True)
    session = phone.context.new_cdp_session(phone)
    session.send("Storage.clearDataForOrigin", {"origin": browse.server.url, "storageTypes": "indexeddb"})
    phone.reload()
    expect(phone.get_by_text("浏览器把存的东西清掉了")).to_be_visible()

    assert Device.objects.get().waiting == 4
    assert "devices_at_risk" not in missing(cast.director)
    Device.objects.update(last_contact_at=clock.now() - DAY)
    assert missing(cast.director)["devices_at_risk"] == 1


def test_an_update_in_mid_shift_is_offered_and_not_taken(
    phone: Page, cast: Cast, live_server: LiveServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    on_duty(phone, cast)
    phone.route(COMMANDS, lambda route: route.abort())
    phone.evaluate(SIGNS, 1)
    phone.evaluate("() => { globalThis.stillHere = true; }")
    built = field._path

    def newer(name: str) -> Path:
        if name != "sw.js":
            return built(name)
        later = tmp_path / name
        later.write_bytes(built(name).read_bytes() + b"\n// a later version\n")
        return later

    monkeypatch.setattr(field, "_path", newer)
    phone.evaluate("navigator.serviceWorker.getRegistration().then((found) => found.update()).then(() => null)")
    take = phone.get_by_role("button", name="换上")
    expect(take).to_be_visible()
    phone.get_by_role("button", name="签退").click()
    expect(phone.get_by_role("button", name="签到")).to_be_visible()
    assert phone.evaluate("globalThis.stillHere")
    until(phone, "navigator.serviceWorker.getRegistration().then((found) => found.waiting !== null)")
    take.click()
    expect(phone.get_by_text("请按密码")).to_be_visible()
    press(phone, PIN)
    expect(phone.get_by_role("button", name="签到")).to_be_visible()
    until(phone, "navigator.serviceWorker.getRegistration().then((found) => found.waiting === null)")
    kept = outbox(phone)
    phone.unroute(COMMANDS)
    send(phone, 2)
    assert ids(cast) == kept


def test_a_phone_clears_itself_only_when_all_is_taken(phone: Page, cast: Cast) -> None:
    on_duty(phone, cast)
    phone.context.set_offline(True)
    phone.evaluate(SIGNS, 4)
    kept = outbox(phone)
    ask_wipe(cast.director, device_id=Device.objects.get().pk)
    answers: list[APIResponse | None] = []

    def lose_the_first_answer(route: Route) -> None:
        answers.append(route.fetch() if not answers else None)
        route.abort() if len(answers) == 1 else route.continue_()

    phone.route(COMMANDS, lose_the_first_answer)
    phone.context.set_offline(False)
    phone.goto("/field/#/sync")
    for _try in range(100):
        if answers:
            break
        phone.wait_for_timeout(100)
    # The server has them and said "wipe"; the phone did not hear it, and keeps all.
    assert outbox(phone) == kept
    assert Device.objects.get().wiped_at is None
    phone.get_by_role("button", name="现在就传").click()
    expect(phone.get_by_text("登记这部手机")).to_be_visible(timeout=30_000)
    until(phone, EMPTY)
    assert ids(cast) == kept
    assert Device.objects.get().wiped_at is not None


def test_a_revoked_phone_hands_in_and_is_given_nothing(phone: Page, cast: Cast) -> None:
    on_duty(phone, cast)
    phone.context.set_offline(True)
    phone.evaluate(SIGNS, 4)
    kept = outbox(phone)
    revoke_device(cast.director, device_id=Device.objects.get().pk)
    phone.context.set_offline(False)
    phone.goto("/field/#/sync")
    phone.get_by_role("button", name="现在就传").click()
    expect(phone.get_by_text("这部手机已停用。").first).to_be_visible(timeout=30_000)
    expect(phone.locator(".fl-big b")).to_have_text("0")
    assert outbox(phone) == kept
    assert ids(cast) == []
    with scope.enter(cast.director):
        found = Kept.objects.order_by("seq")
        assert [(str(one.pk), one.state) for one in found] == [(one, KeptState.QUARANTINED) for one in kept]
