"""What an operator copies from deploy/ and docs/deployment.md is true: systemd takes the units, the settings exist."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

import firstline.config.settings  # noqa: F401  # reads them all, so that they are known
from firstline.config.cli import OWN_COMMANDS
from firstline.config.installation import ROOT, environment

DEPLOY = ROOT / "deploy"
PAGES = (ROOT / "docs" / "deployment.md", ROOT / "docs" / "guide" / "zh" / "operating.md", *DEPLOY.iterdir())


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")
def test_systemd_takes_the_units(tmp_path: Path) -> None:
    units = []
    for unit in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]:
        units.append(tmp_path / unit.name)
        units[-1].write_text(unit.read_text(encoding="utf-8").replace("/opt/firstline", str(ROOT)), encoding="utf-8")
    assert len(units) == 3
    done = subprocess.run(["systemd-analyze", "verify", *units], check=False, capture_output=True, text=True)
    ours = [line for line in done.stderr.splitlines() if "firstline" in line]
    assert (done.returncode, ours) == (0, [])


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_settings_that_are_named_exist(page: Path) -> None:
    named = set(re.findall(r"\b(?:FIRSTLINE_[A-Z_]+|DATABASE_URL)\b", page.read_text(encoding="utf-8")))
    assert named - environment.known == set()


def test_commands_that_are_named_exist() -> None:
    from django.core.management import get_commands

    known = {name.replace("_", "-") for name in get_commands()} | set(OWN_COMMANDS)
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        named = set(re.findall(r"(?:`|^|bin/)firstline ([a-z-]+)\b", text, flags=re.MULTILINE))
        assert named - known == set(), page.name
