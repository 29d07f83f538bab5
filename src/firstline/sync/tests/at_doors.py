"""Doors on a phone, in a real browser: what a thumb does there."""

import io
import random
import re

from PIL import Image
from playwright.sync_api import Page, expect

from firstline.sync.tests.in_browser import until

# A red dot: what a camera would bring.
PICTURE = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x02\x00\x00\x00\x90wS\xde\x00\x00\x00\x0c"
    b"IDATx\x9cc\xf8\xcf\xc0\x00\x00\x03\x01\x01\x00\xc9\xfe\x92\xef\x00\x00\x00\x00IEND\xaeB`\x82"
)

# Knocks at one door after the other as fast as the screen follows; nobody answers anywhere, so no door is ever done.
KNOCKS = """(many) => {
  const knocks = async () => {
    for (let done = 0; done < many; done += 1) {
      const before = location.hash;
      const keys = [...document.querySelectorAll('.fl-outcome-dock button')];
      keys.find((key) => key.textContent.startsWith('没人应')).click();
      while (location.hash === before) await new Promise((go) => setTimeout(go, 2));
      while (!document.querySelector('.fl-outcome-dock button')) await new Promise((go) => setTimeout(go, 2));
    }
    globalThis.knocked = true;
  };
  globalThis.knocked = false;
  void knocks();
}"""
KNOCKED = "() => globalThis.knocked"

# What is offered first to somebody who is asked to come again; late in the evening it is tomorrow's.
EVENING = re.compile("^(今晚|明晚)$")


def at(page: Page) -> str:
    return page.locator("h1").inner_text()


def tap(page: Page, *words: str | re.Pattern[str]) -> None:
    """Press one after the other; the last one writes something down and leads to another door."""
    before = at(page)
    for word in words:
        page.locator(".fl-outcome-dock").get_by_role("button", name=word).first.click()
    expect(page.locator("h1")).not_to_have_text(before)


def back_in_the_network(page: Page) -> None:
    page.context.set_offline(False)
    page.goto("/field/#/sync")
    expect(page.locator(".fl-waits")).to_have_text("都传了", timeout=20_000)


def begin_to_knock(page: Page, many: int) -> None:
    """Nobody answers at so many doors, from the one that is open on; does not wait."""
    page.evaluate(KNOCKS, many)


def all_knocked(page: Page) -> None:
    until(page, KNOCKED)


def noise() -> bytes:
    """A picture that no packing makes small."""
    held = io.BytesIO()
    Image.frombytes("RGB", (700, 700), random.Random(1).randbytes(3 * 700 * 700)).save(held, "JPEG", quality=90)
    return held.getvalue()


def with_picture(page: Page, name: str) -> None:
    """Register somebody, with a picture; does not wait for the next door."""
    page.get_by_role("button", name="开门了，登记").click()
    page.get_by_label("一个人").fill(f"{name} 女 1990")
    page.set_input_files(".fl-photo-key input", {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": noise()})
    expect(page.get_by_role("button", name="拍了")).to_be_visible()
    page.get_by_role("button", name="没别人了，下一户").click()
