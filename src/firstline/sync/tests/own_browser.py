"""A browser with a folder of its own: its processes can be killed, and its disk be full."""

import os
import signal
from pathlib import Path

from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from firstline.config.testing.browser import PHONE, Browse, find_chromium
from firstline.sync.tests.in_browser import PIN, press


class OwnBrowser:
    """A browser with a folder of its own, whose processes can be killed."""

    def __init__(self, browse: Browse, folder: Path) -> None:
        self._browse, self._folder = browse, folder
        self.page = self.open()

    def open(self) -> Page:
        """Start it on what lies in its folder."""
        arguments = ["--disable-dev-shm-usage", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
        self._context: BrowserContext = self._browse.browser.browser_type.launch_persistent_context(
            self._folder,
            executable_path=find_chromium(),
            args=arguments,
            viewport={"width": PHONE[0], "height": PHONE[1]},
            locale="zh-CN",
            base_url=self._browse.server.url,
        )
        self.page = self._context.pages[0]
        # Kept: what it overrides holds for as long as it is there.
        self._storage: CDPSession = self._context.new_cdp_session(self.page)
        self._storage.send(
            "Browser.grantPermissions", {"permissions": ["durableStorage"], "origin": self._browse.server.url}
        )
        return self.page

    def kill(self) -> None:
        """End every process of it at once, as a battery does."""
        mark = f"--user-data-dir={self._folder}".encode()
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (process / "cmdline").read_bytes():
                    os.kill(int(process.name), signal.SIGKILL)
            except (FileNotFoundError, ProcessLookupError):
                continue
        for name in ("SingletonLock", "SingletonCookie", "SingletonSocket"):
            (self._folder / name).unlink(missing_ok=True)

    def unlock(self) -> Page:
        """Start it anew and enter the PIN."""
        page = self.open()
        page.goto("/field/")
        press(page, PIN)
        expect(page.locator(".fl-place")).to_be_visible()
        return page

    def close(self) -> None:
        self._context.close()

    def leave(self, room: int) -> None:
        """Give the client's origin so many bytes more than it uses; from the next page on.

        While a store is open the browser believes for half a minute what it was told of its disk.
        """
        origin, session = self._browse.server.url, self._storage
        self.page.goto("about:blank")
        self.page.wait_for_timeout(3_000)
        used = session.send("Storage.getUsageAndQuota", {"origin": origin})["usage"]
        session.send("Storage.overrideQuotaForOrigin", {"origin": origin, "quotaSize": used + room})

    def make_room(self) -> None:
        """As much as there ever was."""
        self._storage.send("Storage.overrideQuotaForOrigin", {"origin": self._browse.server.url})
