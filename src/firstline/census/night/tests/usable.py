"""Whether a page is usable by everybody, and no wider than its screen."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def faults_of(page: Page) -> tuple[dict[str, str], int]:
    """What axe finds against WCAG 2.2 AA, by rule, and by how many pixels the page is too wide."""
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    faults = {one["id"]: one["nodes"][0]["html"][:200] for one in found.response["violations"]}
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return faults, max(wide, 0)
