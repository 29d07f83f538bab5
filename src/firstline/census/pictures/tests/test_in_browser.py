"""Rates and pictures on a phone and at a desk, in both languages: usable by everybody, nothing scrolls sideways."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from firstline.census.actions import record_attempt
from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.places.models import Door
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
TRIED = {"1-1-101": ("door", "registered"), "1-1-102": ("phone", "registered"), "1-1-201": ("door", "refused")}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_of_figures_is_usable(browse: Browse, cast: Cast, size: tuple[int, int], language: str) -> None:
    for label, (channel, result) in TRIED.items():
        record_attempt(cast.worker, door_id=Door.id_for(cast.compound.pk, label), result=result, channel=channel)
    page = browse.page(size, session=session_of(cast.director.login), language=language)
    faults: dict[str, str] = {}
    for path in (
        "/rates/",
        "/rates/?channel=phone",
        "/rates/doors/?category=uh",
        "/coverage/",
        "/coverage/left/",
        "/tonight/",
    ):
        page.goto(path)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        faults |= {f"{path} {one['id']}": one["nodes"][0]["html"][:160] for one in found.response["violations"]}
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            faults[f"{path} scrolls sideways"] = ""
    assert faults == {}
