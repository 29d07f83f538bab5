"""The pictures of the guides about levels, who answers, gaps, boards, messages, lists, the ledger and codes.

    make demo-reset PORT=8099 &      a fresh demonstration
    make pictures PORT=8099          its pages as files in docs/guide/pictures, in Chinese and in English

Each picture is a page of the demonstration in a real Chromium, a phone's (390 x 844) or a desk's (1440 x 900), with 64
colours at most, so that none is larger than 60 kB. People on them are synthetic.
"""

import io
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

TO = Path(__file__).parents[1] / "docs" / "guide" / "pictures"
PASSWORD = "firstline-demo-2020"  # noqa: S105  # printed for everybody who tries the demonstration
PHONE, DESK, WALL = (390, 844), (1440, 900), (1920, 1080)
MOST = 60_000
Act = Callable[[Page], None]


@dataclass(frozen=True)
class Picture:
    """A page as somebody sees it. ``then`` is done on it first, ``wide`` is its width as a file (0: as it is)."""

    name: str
    who: str
    path: str
    size: tuple[int, int] = DESK
    then: Act | None = None
    wide: int = 0


def first_of_list(page: Page) -> None:
    """Open the first gap of the list."""
    page.locator(".fl-gap-act").first.click()
    page.wait_for_load_state()


def read_secretaries(page: Page) -> None:
    """Paste a short list of first secretaries, and look at how it is read."""
    page.locator("main details summary").first.click()
    page.locator("main textarea").fill(SECRETARIES)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_load_state()


def look_up(page: Page) -> None:
    """Press the first name: who answers, in the panel beside."""
    page.locator("main .fl-answers tbody a").first.click()
    page.wait_for_load_state()


def open_copy(page: Page) -> None:
    """Unfold what leads to a copy."""
    page.locator(".fl-copy summary").click()


SECRETARIES = """序号,姓名,派出单位,职务,乡镇,村,联系电话,到村时间
1,周敏,县农业局,干部,灵泉镇,城关村,13500000001,2018.5.1
2,王志刚,县水利局,干部,灵泉镇,塔底村,13500000002,2019.3.12
3,李建华,县文旅局,副主任,灵泉镇,解家湾,13500000003,2019.4.1
"""

PICTURES = (
    Picture("levels-desk", "shilou", "/levels/"),
    Picture("levels-declare", "lishi", "/levels/change/?step=declare&level=1", PHONE),
    Picture("levels-measure", "shilou", "/levels/measures/new/?kind=curfew", PHONE),
    Picture("levels-here", "", "/here/141102003005/", PHONE),
    Picture("answers-table", "shilou", "/answers/?show=holes"),
    Picture("answers-place", "director", "/answers/", PHONE, look_up),
    Picture("gaps-home", "director", "/"),
    Picture("gaps-list", "director", "/gaps/"),
    Picture("gaps-one", "director", "/gaps/", PHONE, first_of_list),
    Picture("gaps-rules", "shilou", "/gaps/rules/"),
    Picture("gaps-past", "director", "/gaps/past/", PHONE),
    Picture("board-wall", "shilou", "/board/?wall", WALL, wide=1280),
    Picture("board-phone", "director", "/board/", PHONE),
    Picture("board-person", "director", "/board/?by=person"),
    Picture("messages-box", "shilou", "/messages/", PHONE),
    Picture("messages-ways", "director", "/messages/settings/", PHONE),
    Picture("messages-robots", "director", "/messages/robots/", PHONE),
    Picture("second-factor-code", "shilou?", "/login/", PHONE),
    Picture("second-factor-own", "shilou", "/second-factor/", PHONE),
    Picture("people-reading", "shilou", "/staff/import/", DESK, read_secretaries),
    Picture("ledger-day", "director", "/ledger/", DESK, open_copy),
)


def main(base: str, only: list[str]) -> int:
    """Take the pictures, all or those named; how many are too large."""
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    too_large = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
        for language, short in (("zh-hans", "zh"), ("en", "en")):
            pages: dict[str, Page] = {}
            for one in PICTURES:
                if only and one.name not in only:
                    continue
                page = pages.get(one.who) or opened(browser, base, language, one.who)
                pages[one.who] = page
                taken = picture(page, base, one)
                (TO / f"{one.name}-{short}.webp").write_bytes(taken)
                too_large += len(taken) > MOST
                print(f"{one.name}-{short}.webp  {len(taken):,}")
        browser.close()
    return too_large


def opened(browser: Browser, base: str, language: str, who: str) -> Page:
    """A page of somebody logged in, "" for a resident; with “?” they stand before the code."""
    context = browser.new_context(timezone_id="Asia/Shanghai", locale="zh-CN" if language == "zh-hans" else "en-GB")
    context.add_cookies([{"name": "django_language", "value": language, "url": base}])
    page = context.new_page()
    if not who:
        return page
    page.goto(f"{base}/login/")
    page.fill("[name=login]", who.rstrip("?"))
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_load_state()
    if page.locator("[name=code]").count() and not who.endswith("?"):
        page.press("[name=code]", "Enter")
        page.wait_for_load_state()
    return page


def picture(page: Page, base: str, one: Picture) -> bytes:
    """The page as a small file."""
    page.set_viewport_size({"width": one.size[0], "height": one.size[1]})
    if not one.who.endswith("?"):
        page.goto(base + one.path)
    if one.then:
        one.then(page)
    page.wait_for_timeout(400)
    return small(page.screenshot(), one.wide)


def small(shot: bytes, wide: int) -> bytes:
    """A screenshot as narrow as asked for, with as many colours as it can have."""
    image = Image.open(io.BytesIO(shot)).convert("RGB")
    if wide:
        image = image.resize((wide, round(image.height * wide / image.width)), Image.Resampling.LANCZOS)
    files = (as_file(image, colours) for colours in (64, 32, 16))
    return next((one for one in files if len(one) <= MOST), as_file(image, 8))


def as_file(image: Image.Image, colours: int) -> bytes:
    """A picture with so many colours, without loss otherwise."""
    kept = io.BytesIO()
    image.quantize(colours, dither=Image.Dither.NONE).convert("RGB").save(kept, "WEBP", lossless=True, method=6)
    return kept.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1].rstrip("/"), sys.argv[2:]))
