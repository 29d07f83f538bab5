"""The field client in a real browser that computes four times slower, against a server as it really runs.

    python -m benchmarks.field

One community of the world of ``benchmarks.feed``: 3,600 doors, 10,800 mentions, one phone. The network is this
machine's own and is not throttled; the processor is, all the time but while commands are made: 2,000 attempts with a
note each. Nobody presses so many in a bench: the client's own code writes them into the phone's outbox
(``frontend/field/testing/fill.ts``, built for this alone), from a page in which nothing sends.
Beside the figures stands an empty page in the same slowed browser. Clocks are those of the page.
"""

import gzip
import multiprocessing
import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.servers import ROOT, Server, gunicorn

_PORT, _DOORS, _SLOWER, _COMMANDS, _PIN = 8793, 3_600, 4, 2_000, "482917"
# Seconds that so many commands may take to upload.
_UPLOADED = 5
_BUILT = ROOT / "frontend" / "dist" / "field"
_ORIGIN = f"http://127.0.0.1:{_PORT}"
# When each of these was first on the page, by the page's own clock, which begins with the navigation.
_WATCH = """(() => {
  globalThis.seen = {};
  const wanted = { pin: '.fl-keys', list: '.fl-list a[href^="#/doors/"], .fl-list a[href^="#/door/"]' };
  const look = () => {
    for (const [name, what] of Object.entries(wanted)) {
      if (!(name in seen) && document.querySelector(what)) seen[name] = performance.now();
    }
  };
  new MutationObserver(look).observe(document, { childList: true, subtree: true });
})()"""
_LAST_DIGIT = """(digit) => {
  globalThis.pressed = performance.now();
  [...document.querySelectorAll('.fl-keys button')].find((key) => key.textContent.trim() === digit).click();
}"""
_OPEN_DOOR = """async ([compound, number]) => {
  location.hash = compound;
  while (!document.querySelector('.fl-rows button')) await new Promise(requestAnimationFrame);
  const began = performance.now();
  document.querySelectorAll('.fl-rows button')[number].click();
  while (!document.querySelector('.fl-outcome-dock')) await new Promise(requestAnimationFrame);
  return performance.now() - began;
}"""
# What waits, what the server has, and all there is.
_LEFT = """async () => {
  const db = await new Promise((done) => {
    indexedDB.open('firstline-field').onsuccess = (event) => done(event.target.result);
  });
  const outbox = db.transaction('outbox').objectStore('outbox');
  const count = (...asked) => new Promise((done) => {
    outbox.index('status').count(...asked).onsuccess = (event) => done(event.target.result);
  });
  const found = await Promise.all(['waiting', 'accepted', 'duplicate', 'flagged'].map((status) => count(status)));
  const held = await count();
  db.close();
  return [found[0], found[1] + found[2] + found[3], held];
}"""


def main() -> None:
    """Make the community the first time, measure, print; fail when a command was lost."""
    environment = {
        "FIRSTLINE_VAR": str(ROOT / "var" / f"bench-{_DOORS}"),
        "DJANGO_SETTINGS_MODULE": "firstline.config.settings",
        "FIRSTLINE_LOG_LEVEL": "WARNING",
    }
    spawn = multiprocessing.get_context("spawn")
    with Server(_DOORS) as server, ProcessPoolExecutor(1, spawn, _begin, (environment,)) as ours:
        print(server.described(), flush=True)
        print(f"processor {_SLOWER} times slower, network not throttled\n{'':<54}{'':>10}{'limit':>10}{'x limit':>9}")
        _row("initial bundle, kB gzip", _bundle() / 1000, 80)
        with gunicorn(environment, _PORT):
            _measure(ours.submit(_invite).result())


def _measure(code: str) -> None:
    from playwright.sync_api import sync_playwright

    from firstline.config.testing.browser import PHONE, find_chromium

    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        context = browser.new_context(
            base_url=_ORIGIN, locale="zh-CN", viewport={"width": PHONE[0], "height": PHONE[1]}
        )
        context.add_init_script(_WATCH)
        page, session = _page(context)
        _first_sync(page, session, code)
        page.close()
        context.set_offline(True)
        starts = [_cold_start(context) for _run in range(3)]
        _row("cold start offline to the PIN, seconds", median(pin for pin, _list in starts), 1.5)
        _row("  from the PIN's last digit to the work list", median(found for _pin, found in starts), 3)
        _doors(context)
        _upload(context)
        browser.close()


def _page(context: Any) -> tuple[Any, Any]:
    """A new page, slowed."""
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": _SLOWER})
    return page, session


def _first_sync(page: Any, session: Any, code: str) -> None:
    page.goto("/sync/v1/alive")
    empty = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    print(f"{'an empty page in the same browser, seconds':<54}{empty / 1000:>10.3f}")
    session.send("Network.enable")
    pages: dict[str, list[float]] = {}
    session.on(
        "Network.requestWillBeSent",
        lambda said: (
            pages.update({said["requestId"]: [said["timestamp"]]})
            if "/sync/v1/changes" in said["request"]["url"]
            else None
        ),
    )
    session.on(
        "Network.loadingFinished",
        lambda said: (
            pages[said["requestId"]].extend((said["timestamp"], said["encodedDataLength"]))
            if said["requestId"] in pages
            else None
        ),
    )
    page.goto(f"/field/#enrol=1.{code}")
    for digit in _PIN * 2:
        page.get_by_role("button", name=digit, exact=True).click()
    page.locator(".fl-place").wait_for()
    before = -1
    while len(pages) != before or not pages or any(len(one) < 3 for one in pages.values()):
        before = len(pages)
        page.wait_for_timeout(3_000)
    done = list(pages.values())
    _row(f"first sync ({len(done)} pages), seconds", max(one[1] for one in done) - min(one[0] for one in done), 4)
    _row("  compressed, kB", sum(one[2] for one in done) / 1000, 1_500)
    while not page.evaluate("navigator.serviceWorker.controller !== null"):
        page.wait_for_timeout(100)


def _unlock(page: Any) -> None:
    page.goto("/field/")
    page.locator(".fl-keys").wait_for()
    for digit in _PIN[:-1]:
        page.get_by_role("button", name=digit, exact=True).click()
    page.evaluate(_LAST_DIGIT, _PIN[-1])
    page.locator(".fl-list a").first.wait_for()


def _cold_start(context: Any) -> tuple[float, float]:
    """Seconds until the PIN can be given, and from its last digit to the list; in a process of its own."""
    page, _session = _page(context)
    _unlock(page)
    pin, found = page.evaluate("[seen.pin, seen.list - pressed]")
    page.close()
    return pin / 1000, found / 1000


def _doors(context: Any) -> None:
    page, _session = _page(context)
    _unlock(page)
    compound = page.locator(".fl-list a[href^='#/doors/']").first.get_attribute("href")
    took = [page.evaluate(_OPEN_DOOR, [compound, number]) for number in range(10)]
    _row(f"door page, ms (median of {len(took)}; longest {max(took):.0f})", median(took), 100)
    page.close()


def _upload(context: Any) -> None:
    held = _fill(context)
    page, session = _page(context)
    _unlock(page)
    session.send("Network.enable")
    times: list[float] = []
    batches: set[str] = set()

    def sent(said: Any) -> None:
        if said["request"]["url"].endswith("/sync/v1/commands"):
            batches.add(said["requestId"])
            times.append(said["timestamp"])

    session.on("Network.requestWillBeSent", sent)
    session.on(
        "Network.loadingFinished",
        lambda said: times.append(said["timestamp"]) if said["requestId"] in batches else None,
    )
    context.set_offline(False)
    for _try in range(120):
        page.wait_for_timeout(500)
        waiting, taken, found = page.evaluate(_LEFT)
        if not waiting:
            break
    _row(f"{held:,} commands uploaded, seconds", times[-1] - times[0], _UPLOADED)
    if not taken == found == held:
        sys.exit(f"{held} commands written, {found} on the phone, {taken} taken within a minute")


def _fill(context: Any) -> int:
    """A shift written into the phone's outbox by the client's own code, in a page beside the client; its commands."""
    with tempfile.TemporaryDirectory() as folder:
        vite = [str(Path(sys.executable).with_name("node")), "node_modules/vite/bin/vite.js", "build"]
        options = ["--config", "field/testing/fill.config.js", "--outDir", folder, "--emptyOutDir"]
        subprocess.run([*vite, *options], cwd=ROOT / "frontend", check=True)
        script = (Path(folder) / "fill.js").read_text()
    page = context.new_page()
    context.set_offline(False)
    page.goto("/sync/v1/alive")
    context.set_offline(True)
    held = page.evaluate(f"(given) => {{ {script}; return shift.fill(...given); }}", [_PIN, _COMMANDS])
    page.close()
    return int(held)


def _row(name: str, figure: float, limit: float) -> None:
    print(f"{name:<54}{figure:>10,.2f}{limit:>10,g}{figure / limit:>9.2f}", flush=True)


def _bundle() -> int:
    """Bytes, compressed, of what the page names: itself, its scripts, its style."""
    text = (_BUILT / "index.html").read_text()
    names = re.findall(r'(?:src|href)="/static/field/(assets/[^"]+)"', text)
    return sum(len(gzip.compress(Path(_BUILT / name).read_bytes())) for name in ["index.html", *names])


# --- In the process that knows the installation


def _begin(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    import django

    django.setup()


def _invite() -> str:
    """For a worker of the community, who takes on both hats; the browser here grants no lasting storage."""
    from benchmarks.world import COUNTY
    from firstline.accounts.devices.actions import invite_device
    from firstline.accounts.devices.hats import Hat
    from firstline.accounts.models import Person, RoleGrant
    from firstline.accounts.roles import Role
    from firstline.kernel import clock
    from firstline.kernel.actors import console

    operator, path = console(), f"{COUNTY}003001"
    person = Person.objects.filter(home_path=path, login=None).first()
    assert person is not None
    RoleGrant.objects.get_or_create(
        person=person,
        role=Role.GRID_WORKER,
        path=path,
        defaults={"valid_from": clock.now(), "granted_by_id": operator.person_id},
    )
    invited = invite_device(operator, person_id=person.pk, path=path, hats=[Hat.DOORS, Hat.DUTY], may_be_volatile=True)
    return invited.code


if __name__ == "__main__":
    main()
