"""A list in a real browser: chosen, read, looked at, accepted; the form says that it is being read."""

import pytest
from playwright.sync_api import FilePayload, expect

from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.places.models import Door
from firstline.registry.tests.lists import encoded
from firstline.testing.cast import Cast

pytestmark = pytest.mark.django_db(transaction=True)
FILE: FilePayload = {"name": "枫林苑住户.csv", "mimeType": "text/csv", "buffer": encoded()}


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_a_list_is_chosen_read_and_accepted(browse: Browse, cast: Cast, size: tuple[int, int]) -> None:
    page = browse.page(size, session=session_of(cast.typist.login))
    page.goto("/lists/new/")
    page.set_input_files("#fl-file", FILE)
    page.get_by_role("button", name="读给我看").click()
    page.wait_for_url("**/lists/*/")
    expect(page.get_by_text("139****5678").first).to_be_visible()
    page.get_by_role("link", name="收下").click()
    page.get_by_role("button", name="收下").click()
    expect(page.get_by_text("已收下").first).to_be_visible()
    assert Door.objects.filter(building__compound=cast.compound, label="3-1-101").exists()


def test_while_a_list_is_read_the_form_says_so(browse: Browse, cast: Cast) -> None:
    page = browse.page(DESK, session=session_of(cast.typist.login))
    page.goto("/lists/new/")
    # "No content" leaves the browser on the page, as it stands while the server reads.
    page.route("**/lists/new/", lambda sent: sent.fulfill(status=204))
    page.set_input_files("#fl-file", FILE)
    said, button = page.locator("fl-wait"), page.get_by_role("button", name="读给我看")
    expect(said).to_be_hidden()
    button.click()
    expect(said).to_be_visible()
    expect(button).to_be_disabled()


def test_files_dropped_beside_the_frame_are_taken_too(browse: Browse, cast: Cast) -> None:
    page = browse.page(DESK, session=session_of(cast.typist.login))
    page.goto("/lists/new/")
    page.evaluate(
        """() => {
          const dataTransfer = new DataTransfer();
          for (const name of ["甲.csv", "乙.csv"]) dataTransfer.items.add(new File(["房号"], name));
          const drop = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true });
          document.querySelector("aside").dispatchEvent(drop);
        }"""
    )
    expect(page.locator("[data-names]")).to_contain_text("甲.csv")
    assert page.evaluate("document.querySelector('#fl-file').files.length") == 2
