"""After dark, with a thumb and without script: windows are tapped, nothing lies off the screen."""

import pytest
from django.urls import reverse

from firstline.census.models.lights import LitCount
from firstline.config.testing.browser import PHONE, Browse, session_of
from firstline.kernel import scope
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
_TARGET = 48


def test_windows_are_tapped_without_script(cast: Cast, browse: Browse) -> None:
    page = browse.page(PHONE, session=session_of(cast.worker.login), scripts=False)
    page.goto(reverse("census:lights_building", args=[cast.building.pk]))
    for room in ("1-1-101", "1-2-302"):
        cell = page.locator(f"label:has(input[value='{cast.door_of(cast.compound, room).pk}'])")
        box = cell.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= _TARGET
        cell.tap()
    page.get_by_role("button", name="亮的就这些").tap()

    page.get_by_text("记下了，亮灯2户").wait_for()
    with scope.enter(cast.director):
        assert LitCount.objects.get().by_unit == {"1": 1, "2": 1}


@pytest.mark.parametrize("name", ["census:lights", "census:seals"])
def test_nothing_lies_off_a_phones_screen(cast: Cast, browse: Browse, name: str) -> None:
    page = browse.page(PHONE, session=session_of(cast.director.login))
    page.goto(reverse(name))
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
