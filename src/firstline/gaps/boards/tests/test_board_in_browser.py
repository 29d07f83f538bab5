"""The board in a real browser: it fits the phone, opens downwards by keyboard, and hears that nothing changed."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from firstline.census.actions import record_attempt
from firstline.config.testing.browser import PHONE, Browse, session_of
from firstline.gaps.sweeping import sweep
from firstline.kernel import clock
from firstline.kernel.actors import console
from firstline.testing.cast import COMMUNITY, Cast
from firstline.testing.time import Clock

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_it_opens_downwards_and_asks_with_its_tag(browse: Browse, cast: Cast, clock_at: Clock) -> None:
    again = clock.now() + timedelta(hours=1)
    record_attempt(cast.worker, door_id=cast.door.pk, result="come_back", again_at=again)
    clock_at.move(hours=2)
    sweep(console())
    page = browse.page(PHONE, session=session_of(cast.county_officer.login))
    page.goto("/board/")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_response(lambda answer: "/board/part/" in answer.url) as asked:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert asked.value.status == 304
    proof = asked.value.headers["firstline-proof"]
    with page.expect_response(lambda answer: "/board/part/" in answer.url) as asked:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert asked.value.status == 304
    assert asked.value.request.headers["firstline-proof"] == proof
    cell = page.locator(f"a.fl-cell[href*='{COMMUNITY}']")
    cell.focus()
    page.keyboard.press("Enter")
    expect(page.locator("a.fl-cell").first).to_contain_text(cast.compound.place.name)
