"""Intercom rounds on a phone: from the panel to a door and back, every button as large as a thumb."""

import pytest
from playwright.sync_api import expect

from firstline.config.testing.browser import PHONE, Browse, session_of
from firstline.testing.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


def test_a_stairwell_is_rung_door_by_door(browse: Browse, cast: Cast) -> None:
    page = browse.page(PHONE, session=session_of(cast.worker.login))
    page.goto("/intercom/")
    page.get_by_role("link", name="1号楼1单元").click()
    lit = page.locator("a.fl-door:not(.is-dim)")
    expect(lit).to_have_count(6)
    sizes = [box for door in lit.all() if (box := door.bounding_box())]
    assert min(min(box["width"], box["height"]) for box in sizes) >= 48
    page.get_by_role("link", name="按 301").click()
    page.get_by_role("button", name="晚点再按").click()
    expect(page.get_by_text("已记")).to_be_visible()
    expect(page.get_by_role("link", name="按 302")).to_be_visible()
