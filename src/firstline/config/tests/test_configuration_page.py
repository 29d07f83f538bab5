"""Every variable is on the page an operator reads, and the page names none that does not exist."""

import re

import firstline.config.settings  # noqa: F401  # reads them all, so that they are known
from firstline.config.installation import ROOT, environment

ELSEWHERE = {"PORT"}  # read by the Makefile and by `firstline serve` themselves


def test_the_page_lists_what_there_is() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text(encoding="utf-8")
    rows = [line.split("|")[1] for line in page.splitlines() if line.startswith("| `")]
    listed = {name for row in rows for name in re.findall(r"`([A-Z_]+)`", row)}
    files = {f"{name}_FILE" for row in rows if "*file*" in row for name in re.findall(r"`([A-Z_]+)`", row)}
    assert listed | files == environment.known | ELSEWHERE
