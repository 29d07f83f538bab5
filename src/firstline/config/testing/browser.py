"""Real Chromium on a live server with the real database. A machine without a browser is told what went untested."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.live_server_helper import LiveServer

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PHONE, DESK = (390, 844), (1440, 900)
UNTESTED = pytest.StashKey[list[str]]()


def find_chromium() -> str | None:
    return next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)


def pytest_configure(config: pytest.Config) -> None:
    config.stash[UNTESTED] = []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()):  # by whatever fixtures lead to it
            item.add_marker(pytest.mark.browser)


def pytest_runtest_setup(item: pytest.Item) -> None:
    if not item.get_closest_marker("browser") or find_chromium():
        return
    if os.environ.get("CI", "").lower() in {"1", "true"}:
        pytest.fail("No Chromium on this machine; install the package chromium.", pytrace=False)
    item.config.stash[UNTESTED].append(item.nodeid)
    pytest.skip("no Chromium on this machine")


def pytest_terminal_summary(terminalreporter: Any, config: pytest.Config) -> None:
    untested = config.stash[UNTESTED]
    if untested:
        terminalreporter.section("NOT TESTED: NO BROWSER ON THIS MACHINE", sep="!", red=True, bold=True)
        terminalreporter.line(f"{len(untested)} browser tests did not run; `apt-get install chromium` makes them run:")
        for name in untested:
            terminalreporter.line(f"  {name}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    from playwright.sync_api import sync_playwright

    # Playwright keeps an event loop in this thread; Django would refuse every query made beside it.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=arguments)
        yield chromium
        chromium.close()


@dataclass(frozen=True)
class Browse:
    """Opens pages of the live server; closes them after the test, and fails on what the page's console said."""

    browser: Browser
    server: LiveServer
    complaints: list[str]

    def page(
        self,
        size: tuple[int, int] = DESK,
        *,
        language: str = "zh-CN",
        session: str | None = None,
        scripts: bool = True,
    ) -> Page:
        """A page of its own (own cookies). `session` is a key of a logged-in session, see `session_of`."""
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            locale=language,
            timezone_id="Asia/Shanghai",
            base_url=self.server.url,
            has_touch=size == PHONE,
            java_script_enabled=scripts,
        )
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.server.url}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda said: self.complaints.append(said.text) if said.type == "error" else None)
        return page


@pytest.fixture
def browse(browser: Browser, live_server: LiveServer) -> Iterator[Browse]:
    browse = Browse(browser, live_server, [])
    yield browse
    for context in browser.contexts:
        context.close()
    # A refused request (4xx) is reported by the browser as an error too; tests provoke those on purpose.
    complaints = [text for text in browse.complaints if not text.startswith("Failed to load resource")]
    assert complaints == []


@pytest.fixture
def phone(browse: Browse) -> Page:
    return browse.page(PHONE)


@pytest.fixture
def desk(browse: Browse) -> Page:
    return browse.page(DESK)


def session_of(login: Any) -> str:
    """The key of a session in which `login` is logged in, without walking through the login page each time."""
    from django.test import Client

    from firstline.testing.logins import log_in_whole

    client = Client()
    log_in_whole(client, login)
    return client.cookies["sessionid"].value
