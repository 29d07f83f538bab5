"""The vectors on disk are those their generator writes."""

import subprocess
import sys
from pathlib import Path

GENERATOR = Path(__file__).parents[4] / "tools" / "vectors_identifiers"


def test_the_vectors_are_their_generators() -> None:
    done = subprocess.run([sys.executable, str(GENERATOR), "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
