"""The vectors on disk are those their generator writes; the field client reads the same ones."""

import subprocess
import sys
from pathlib import Path

import pytest

TOOLS = Path(__file__).parents[4] / "tools"


@pytest.mark.parametrize("tool", ["vectors_layouts", "vectors_stairwell"])
def test_the_vectors_are_their_generators(tool: str) -> None:
    command = [sys.executable, str(TOOLS / tool), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
