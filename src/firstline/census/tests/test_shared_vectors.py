"""The vectors on disk are those their generator writes; the field client derives the same from them."""

import subprocess
import sys
from pathlib import Path

TOOLS = Path(__file__).parents[4] / "tools"


def test_the_vectors_are_their_generators() -> None:
    command = [sys.executable, str(TOOLS / "vectors_outcomes"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
