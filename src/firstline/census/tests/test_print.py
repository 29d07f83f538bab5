"""The picture of a building on paper: what is pressed stays away, marks and numbers stand, also without colour."""

import pytest
from playwright.sync_api import Page, expect

from firstline.census.actions import record_attempt
from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.places.actions import declare_buildings
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
# Black on white, or near enough to it, of every door's number; 4.5 is what can be read.
CONTRAST = """doors => doors.map(door => {
  const light = colour => { const [r, g, b] = colour.match(/[\\d.]+/g).map(part => {
    const one = part / 255; return one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4; });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b; };
  const style = getComputedStyle(door), pair = [light(style.color), light(style.backgroundColor)].sort();
  return (pair[1] + 0.05) / (pair[0] + 0.05);
})"""


def on_paper(page: Page, path: str) -> None:
    page.goto(path)
    page.emulate_media(media="print")
    # A4 between its margins.
    page.set_viewport_size({"width": 688, "height": 1000})


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_the_building_can_be_pinned_on_a_wall(browse: Browse, cast: Cast, size: tuple[int, int]) -> None:
    for door, result in zip(
        cast.building.doors.order_by("position"), ("refused", "no_answer", "form_slipped"), strict=False
    ):
        record_attempt(cast.worker, door_id=door.pk, result=result)
    page = browse.page(size, session=session_of(cast.worker.login))
    on_paper(page, f"/buildings/{cast.building.pk}/")

    for pressed in (".fl-filter", ".fl-actions", ".fl-tabs", ".fl-top-nav"):
        assert page.locator(f"{pressed}:visible").count() == 0, pressed
    expect(page.get_by_text("截至")).to_be_visible()
    doors = page.locator(".fl-wall .fl-door")
    assert doors.count() == 12
    assert page.locator(".fl-wall .fl-door .fl-mark:visible").count() == 12
    assert min(doors.evaluate_all(CONTRAST)) >= 4.5


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_tower_stands_whole_on_paper(browse: Browse, cast: Cast, size: tuple[int, int]) -> None:
    declare_buildings(cast.director, compound_id=cast.compound.pk, line="5号楼 1单元18层每层6户")
    page = browse.page(size, session=session_of(cast.worker.login))
    on_paper(page, f"/buildings/{cast.building_of(cast.compound, '5').pk}/")

    expect(page.locator(".fl-lens-view")).to_be_hidden()
    assert page.locator(".fl-wall .fl-room:visible").count() == 18 * 6
    assert page.locator(".fl-wall th:visible").count() >= 18
