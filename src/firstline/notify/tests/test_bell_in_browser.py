"""The count in the top bar in a real browser: it follows without a reload, and asks for nothing while nobody looks."""

from playwright.sync_api import expect

from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.notify import actions
from firstline.notify.tests.conftest import GUARD
from firstline.testing.cast import COMMUNITY, Cast


def tell(cast: Cast) -> None:
    to = [cast.director.person_id]
    actions.tell(
        cast.director, kind=GUARD, path=COMMUNITY, to=to, subject=None, words={"count": 2}, url="/ledger/", severity=70
    )


def test_it_follows_and_the_page_says_that_new_ones_came(cast: Cast, browse: Browse) -> None:
    tell(cast)
    page = browse.page(DESK, session=session_of(cast.director.login))
    page.clock.install()
    page.goto("/messages/")
    bell = page.locator("fl-bell b")
    expect(bell).to_have_text("1")
    with page.expect_response("**/messages/count/") as asked:
        page.clock.run_for("00:31")
    assert asked.value.status == 304
    expect(page.get_by_role("link", name="有新消息，点这里看")).to_be_hidden()
    tell(cast)
    page.clock.run_for("00:31")
    expect(bell).to_have_text("2")
    page.get_by_role("link", name="有新消息，点这里看").click()
    expect(page.get_by_text("Post without a guard: 2")).to_have_count(2)
    page.get_by_role("button", name="全部标成看过").click()
    expect(bell).to_be_hidden()
    page.get_by_role("button", name="撤销").click()
    expect(bell).to_have_text("2")


def test_nobody_looks_nothing_is_asked(cast: Cast, browse: Browse) -> None:
    page = browse.page(PHONE, session=session_of(cast.director.login))
    page.clock.install()
    page.goto("/messages/settings/")
    expect(page.locator("fl-bell")).to_be_visible()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true })")
    page.clock.run_for("05:00")
    assert asked == []
