"""Doors on a phone, in a real browser: what a thumb does there."""

from playwright.sync_api import Page, expect

# A red dot: what a camera would bring.
PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0c"
    b"IDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)


def at(page: Page) -> str:
    return page.locator("h1").inner_text()


def tap(page: Page, *words: str) -> None:
    """Press one after the other; the last one writes something down and leads to another door."""
    before = at(page)
    for word in words:
        page.locator(".fl-outcome-dock").get_by_role("button", name=word).first.click()
    expect(page.locator("h1")).not_to_have_text(before)


def back_in_the_network(page: Page) -> None:
    page.context.set_offline(False)
    page.goto("/field/#/sync")
    expect(page.locator(".fl-waits")).to_have_text("都传了", timeout=20_000)
