"""A shift without a network, and what was written then handed over: by file, or by film to another phone's camera."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from firstline.accounts.devices.actions import invite_device
from firstline.accounts.devices.hats import Hat
from firstline.config.testing.browser import PHONE, Browse, find_chromium
from firstline.kernel import scope
from firstline.sync.models import Kept
from firstline.sync.tests.in_browser import PIN, controlled, grant_lasting_storage, press
from firstline.testing.cast import Cast, Member
from firstline.workforce.models import DutySign

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("no_wrong_codes_yet")]
TURNS = 3
# Every picture of the film once, as rows of dark and light modules.
PICTURES = """async () => {
  const canvas = document.querySelector('.fl-film canvas');
  const many = Number(/\\d+/.exec(document.querySelector('.fl-film figcaption').textContent)[0]);
  const found = new Set();
  while (found.size < many) {
    const { width, height } = canvas;
    const pixels = canvas.getContext('2d').getImageData(0, 0, width, height).data;
    const rows = Array.from({ length: height }, (_, y) =>
      Array.from({ length: width }, (_, x) => (pixels[(y * width + x) * 4] === 0 ? '1' : '0')).join(''));
    if (width === height) found.add(rows.join('\\n'));
    await new Promise(requestAnimationFrame);
  }
  return [...found];
}"""
WIDTH, HEIGHT = 640, 480


def phone_of(browse: Browse, cast: Cast, person: Member) -> Page:
    """A phone with the hat Duty at the worker's compound, enrolled, its files all there."""
    page = browse.page(PHONE)
    grant_lasting_storage(page.context, browse.server.url)
    path = cast.compound.place.path
    code = invite_device(cast.director, person_id=person.person_id, path=path, hats=[Hat.DUTY]).code
    page.goto(f"/field/#enrol=1.{code}")
    press(page, PIN)
    expect(page.get_by_text("同样的六位再按一遍")).to_be_visible()
    press(page, PIN)
    expect(page.get_by_role("button", name="签到")).to_be_visible()
    controlled(page)
    return page


@pytest.fixture
def lonely(browse: Browse, cast: Cast) -> Page:
    """The worker's phone after a shift without a network: signed in and out three times."""
    page = phone_of(browse, cast, cast.worker)
    page.context.set_offline(True)
    for _turn in range(TURNS):
        page.get_by_role("button", name="签到").click()
        page.get_by_role("button", name="签退").click()
    page.goto("/field/#/sync")
    expect(page.locator(".fl-big")).to_contain_text(f"{2 * TURNS}")
    return page


def signs(cast: Cast) -> list[tuple[str, str]]:
    with scope.enter(cast.director):
        found = DutySign.objects.filter(person_id=cast.worker.person_id).order_by("happened_at", "id")
        return [(sign.step, sign.path) for sign in found]


def expected(cast: Cast) -> list[tuple[str, str]]:
    return [("in", cast.compound.place.path), ("out", cast.compound.place.path)] * TURNS


def handed_in_once(lonely: Page, carrier: Page, cast: Cast) -> None:
    """The carrier hands it in; when the maker's phone comes back itself, nothing comes twice."""
    expect(carrier.get_by_text("全都捎上了")).to_be_visible(timeout=30_000)
    carrier.goto("/field/#/sync")
    expect(carrier.get_by_text(f"已交上去，{2 * TURNS}条")).to_be_visible(timeout=30_000)
    assert signs(cast) == expected(cast)
    expect(lonely.locator(".fl-big")).to_contain_text(f"{2 * TURNS}")
    lonely.context.set_offline(False)
    lonely.get_by_role("button", name="现在就传").click()
    expect(lonely.get_by_text(f"今天传上去{2 * TURNS}条")).to_be_visible(timeout=30_000)
    assert signs(cast) == expected(cast)
    with scope.enter(cast.director):
        assert not Kept.objects.exists()


def test_by_file(browse: Browse, lonely: Page, cast: Cast, tmp_path: Path) -> None:
    lonely.get_by_role("link", name="存成文件").click()
    lonely.evaluate("delete Navigator.prototype.canShare")
    with lonely.expect_download() as download:
        lonely.get_by_role("button", name=f"给出文件，{2 * TURNS}条").click()
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.read_bytes().startswith(b"FLP1")
    assert cast.compound.place.path.encode() not in file.read_bytes()
    lonely.get_by_role("link", name="返回").click()
    carrier = phone_of(browse, cast, cast.director)
    carrier.goto("/field/#/sync/receive")
    carrier.set_input_files("input[type=file]", file)
    handed_in_once(lonely, carrier, cast)


def test_a_file_that_is_no_parcel_is_not_taken(browse: Browse, cast: Cast) -> None:
    carrier = phone_of(browse, cast, cast.director)
    carrier.goto("/field/#/sync/receive")
    carrier.set_input_files(
        "input[type=file]", {"name": "x.flp", "mimeType": "application/octet-stream", "buffer": b"GIF89a" * 99}
    )
    expect(carrier.get_by_text("拼不起来")).to_be_visible()


def moving_picture(pictures: Sequence[str], path: Path) -> None:
    """The film as a camera sees it, as uncompressed video (YUV4MPEG2): each picture for a fifth of a second."""
    with path.open("wb") as video:
        video.write(f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode())
        for picture in pictures:
            rows = picture.splitlines()
            scale = HEIGHT // len(rows)
            left = (WIDTH - scale * len(rows)) // 2
            grey = bytearray(b"\xd0" * WIDTH * HEIGHT)
            for y in range(scale * len(rows)):
                line = b"".join((b"\x20" if one == "1" else b"\xd0") * scale for one in rows[y // scale])
                grey[y * WIDTH + left : y * WIDTH + left + len(line)] = line
            video.write((b"FRAME\n" + bytes(grey) + b"\x80" * (WIDTH * HEIGHT // 2)) * 2)


@pytest.fixture
def camera_browser(browse: Browse, lonely: Page, tmp_path: Path) -> Iterator[Browse]:
    """Another browser, whose camera looks at the film of the first phone."""
    lonely.get_by_role("link", name="显示成码").click()
    expect(lonely.locator(".fl-film figcaption")).to_contain_text("个码")
    pictures = lonely.evaluate(PICTURES)
    lonely.get_by_role("link", name="返回").click()
    assert len(pictures) > 1
    # Out of order, as whoever looks away sees them.
    moving_picture(pictures[1:] + pictures[:1], tmp_path / "film.y4m")
    flags = [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={tmp_path / 'film.y4m'}",
    ]
    chromium = browse.browser.browser_type.launch(executable_path=find_chromium(), args=flags)
    yield Browse(chromium, browse.server, browse.complaints)
    chromium.close()


def test_by_film(camera_browser: Browse, lonely: Page, cast: Cast) -> None:
    """The receiving phone has no network either while it looks: what reads the codes lies on it."""
    carrier = phone_of(camera_browser, cast, cast.director)
    carrier.context.set_offline(True)
    carrier.goto("/field/#/sync/receive")
    carrier.get_by_role("button", name="扫另一部手机的码").click()
    expect(carrier.get_by_text("全都捎上了")).to_be_visible(timeout=60_000)
    carrier.context.set_offline(False)
    handed_in_once(lonely, carrier, cast)
