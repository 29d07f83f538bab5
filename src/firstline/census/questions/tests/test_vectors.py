"""The shared vectors: the same file tests the browser's half in frontend/questions."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest

from firstline.census.questions import validation
from firstline.census.questions.definition import QuestionSet

ROOT = Path(__file__).parents[5]
VECTORS = json.loads((ROOT / "contracts" / "vectors" / "questions.json").read_text(encoding="utf-8"))
SETS = {name: msgspec.convert(said, QuestionSet) for name, said in VECTORS["sets"].items()}


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: f"{case['set']}: {case['why']}")
def test_vector(case: dict[str, Any]) -> None:
    said, answers = SETS[case["set"]], case["answers"]

    assert validation.relevant(said, answers) == case["relevant"]
    assert msgspec.to_builtins(validation.problems(said, answers, case["language"])) == case["problems"]
    assert validation.kept(said, answers) == case["kept"]


def test_what_is_kept_is_kept_again() -> None:
    for case in VECTORS["cases"]:
        said = SETS[case["set"]]
        kept = validation.kept(said, case["answers"])
        assert validation.kept(said, kept) == kept


def test_the_vectors_are_their_generators() -> None:
    command = [sys.executable, str(ROOT / "tools" / "vectors_questions"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
