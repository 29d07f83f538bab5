"""The first day in a real browser, on a phone and at a desk: log in, go to a door, take it back; axe on every page."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from firstline.census.models import Attempt
from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.kernel import scope
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def _log_in(page: Page, cast: Cast) -> None:
    page.goto("/")
    page.fill("[name=login]", "director")
    page.fill("[name=password]", cast.password)
    page.press("[name=password]", "Enter")
    page.wait_for_url("**/")


@SIZES
def test_from_the_login_to_a_door_and_back(browse: Browse, cast: Cast, size: tuple[int, int]) -> None:
    page = browse.page(size)
    _log_in(page, cast)
    expect(page.get_by_text("户没着落")).to_be_visible()
    page.goto(f"/buildings/{cast.building.pk}/")
    page.get_by_role("link", name="1号楼1单元101").first.click()
    page.goto(f"/doors/{cast.door.pk}/")
    page.get_by_role("button", name="没人应").click()
    expect(page.get_by_role("status").get_by_text("已记：没人应")).to_be_visible()
    expect(page.get_by_role("link", name="1号楼1单元101，不在家1次")).to_have_count(1)
    page.get_by_role("button", name="撤销").click()
    expect(page.get_by_role("link", name="1号楼1单元101，没去过")).to_have_count(1)


@SIZES
def test_a_remark_typed_first_is_saved_with_the_people(browse: Browse, cast: Cast, size: tuple[int, int]) -> None:
    page = browse.page(size, session=session_of(cast.worker.login))
    page.goto(f"/doors/{cast.door.pk}/")
    page.fill("[name=note]", "狗在院里")
    page.get_by_role("button", name="不愿登记").click()
    expect(page.locator("[name=note]")).to_have_value("狗在院里")
    page.get_by_role("button", name="换个结果").click()
    page.get_by_role("button", name="开门了，登记").click()
    page.fill("#fl-line", "王建国 男 56 户主")
    page.get_by_role("button", name="没别人了").click()
    expect(page.get_by_role("status").get_by_text("已记：")).to_be_visible()
    with scope.enter(cast.worker):
        attempt = Attempt.objects.get(door=cast.door)
        assert (attempt.open().note, attempt.persons_met) == ("狗在院里", 1)


@SIZES
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_every_page_is_usable_by_everybody(browse: Browse, cast: Cast, size: tuple[int, int], language: str) -> None:
    page = browse.page(size, session=session_of(cast.director.login), language=language)
    faults: dict[str, str] = {}
    for path in (
        "/",
        "/compounds/",
        f"/compounds/{cast.compound.pk}/",
        f"/compounds/{cast.compound.pk}/frame/",
        f"/buildings/{cast.building.pk}/",
        f"/doors/{cast.door.pk}/",
        "/lists/",
        "/lists/new/",
        "/search/",
        "/ledger/",
        "/password/",
    ):
        page.goto(path)
        found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
        faults |= {f"{path} {one['id']}": one["nodes"][0]["html"][:160] for one in found.response["violations"]}
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            faults[f"{path} scrolls sideways"] = f"{wide} px"
    assert faults == {}


def test_the_picture_is_walked_with_the_keys(browse: Browse, cast: Cast) -> None:
    page = browse.page(DESK, session=session_of(cast.director.login))
    page.goto(f"/compounds/{cast.compound.pk}/")
    page.locator(".fl-door").first.focus()
    page.keyboard.press("ArrowRight")
    focused = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert "102" in focused or "302" in focused
    page.keyboard.press("Enter")
    page.wait_for_url("**/doors/**")


def test_what_stands_behind_the_last_tab_lights_it(browse: Browse, cast: Cast) -> None:
    page = browse.page(PHONE, session=session_of(cast.director.login))
    page.goto("/lists/")
    expect(page.locator(".fl-tabs summary.is-here")).to_have_text("更多")
    page.goto("/compounds/")
    expect(page.locator(".fl-tabs summary.is-here")).to_have_count(0)


def test_on_a_phone_the_end_of_a_page_stands_clear_of_the_bar(browse: Browse, cast: Cast) -> None:
    page = browse.page(PHONE, session=session_of(cast.director.login))
    for address in ("/lists/new/", "/lists/"):
        page.goto(address)
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
        end, bar = page.locator("#fl-main > :last-child").bounding_box(), page.locator(".fl-tabs").bounding_box()
        assert end is not None
        assert bar is not None
        assert end["y"] + end["height"] <= bar["y"] + 1
