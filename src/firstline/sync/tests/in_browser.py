"""A phone as its owner holds it: enrolled, unlocked, asked what it holds; in a real browser against the real server."""

from playwright.sync_api import BrowserContext, Page, expect

from firstline.accounts.devices import actions
from firstline.accounts.devices.hats import Hat
from firstline.testing.cast import COMMUNITY, Cast

PIN = "482917"
EMPTY = """async () => {
  const db = await new Promise((done) => {
    indexedDB.open('firstline-field').onsuccess = (event) => done(event.target.result);
  });
  const counts = await Promise.all([...db.objectStoreNames].map((name) => new Promise((done) => {
    db.transaction(name).objectStore(name).count().onsuccess = (event) => done(event.target.result);
  })));
  db.close();
  return counts.every((count) => count === 0);
}"""

# Number and id of each command in the store, in the order of the numbers; and the highest number ever given.
OUTBOX = """async () => {
  const db = await new Promise((done) => {
    indexedDB.open('firstline-field').onsuccess = (event) => done(event.target.result);
  });
  // Both as of one moment: the page may be writing.
  const moment = db.transaction(['outbox', 'notes']);
  const all = (name) => new Promise((done) => {
    moment.objectStore(name).getAll().onsuccess = (event) => done(event.target.result);
  });
  const [lying, notes] = await Promise.all([all('outbox'), all('notes')]);
  const rows = lying.map(({ seq, id }) => [seq, id]).sort((one, other) => one[0] - other[0]);
  const given = notes.find(({ name }) => name.startsWith('seq:'))?.value ?? 0;
  db.close();
  return { rows, given };
}"""


def grant_lasting_storage(context: BrowserContext, origin: str) -> None:
    page = context.pages[0]
    session = context.new_cdp_session(page)
    target = session.send("Target.getTargetInfo")["targetInfo"]
    browser = context.browser
    assert browser
    browser.new_browser_cdp_session().send(
        "Browser.grantPermissions",
        {"permissions": ["durableStorage"], "origin": origin, "browserContextId": target["browserContextId"]},
    )


def invited(cast: Cast) -> str:
    return actions.invite_device(cast.director, person_id=cast.worker.person_id, path=COMMUNITY, hats=[Hat.DOORS]).code


def press(page: Page, pin: str) -> None:
    for digit in pin:
        page.get_by_role("button", name=digit, exact=True).click()


def enrol(page: Page, cast: Cast, pin: str = PIN) -> None:
    page.goto(f"/field/#enrol=1.{invited(cast)}")
    press(page, pin)
    expect(page.get_by_text("同样的六位再按一遍")).to_be_visible()
    press(page, pin)
    expect(page.locator(".fl-place")).to_have_text("丽景街社区")


def on_duty(page: Page, cast: Cast) -> Page:
    """Enrol a phone with the hat Duty for the worker."""
    path = cast.compound.place.path
    code = actions.invite_device(cast.director, person_id=cast.worker.person_id, path=path, hats=[Hat.DUTY]).code
    page.goto(f"/field/#enrol=1.{code}")
    press(page, PIN)
    expect(page.get_by_text("同样的六位再按一遍")).to_be_visible()
    press(page, PIN)
    expect(page.get_by_role("button", name="签到")).to_be_visible()
    controlled(page)
    return page


def until(page: Page, holds: str) -> None:
    """Ask again until it is so; from outside, since the page's own policy evaluates no text."""
    for _try in range(100):
        if page.evaluate(holds):
            return
        page.wait_for_timeout(100)
    raise AssertionError(holds)


def controlled(page: Page) -> None:
    """Wait until the worker has all files and holds the page."""
    until(page, "navigator.serviceWorker.controller !== null")


def send(page: Page, many: int) -> None:
    """Send until the page says that so many are on the server."""
    page.goto("/field/#/sync")
    page.get_by_role("button", name="现在就传").click()
    expect(page.get_by_text(f"今天传上去{many}条")).to_be_visible(timeout=30_000)
    expect(page.locator(".fl-big b")).to_have_text("0")


def outbox(page: Page) -> list[str]:
    """Ids of what lies on the phone; each number once, none left out."""
    found = page.evaluate(OUTBOX)
    assert [seq for seq, _id in found["rows"]] == list(range(1, found["given"] + 1))
    return [id_ for _seq, id_ in found["rows"]]
