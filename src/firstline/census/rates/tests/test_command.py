"""`firstline rates`: its JSON, its table, its refusals; and that it starts nothing else."""

import json
import os
import subprocess
import sys
from typing import Any

import pytest
from django.utils.translation import override

from firstline.census.rates.command import answer
from firstline.census.rates.formulas import FORMULAS

EXAMPLE = "I=5,P=3,R=2,NC=1,O=2,UH=1,UO=1,NE=1"


def test_all_rates_by_name() -> None:
    told: dict[str, Any] = json.loads(answer(["--counts", EXAMPLE, "--e", "0.5", "--json"]))
    assert set(told) == {formula.name for formula in FORMULAS} | {"e", "e_estimated", "counts"}
    assert told["RR3"] == pytest.approx(5 / 14)
    assert (told["COOP4"], told["e"], told["e_estimated"]) == (0.8, 0.5, False)


def test_what_is_undefined_is_null() -> None:
    told = json.loads(answer(["--counts", "UO=1", "--json"]))
    assert told["RR5"] is None and told["COOP1"] is None and told["e"] is None
    assert told["RR1"] == 0.0


def test_the_table_shows_the_counts_behind_each() -> None:
    with override("en"):
        said, nobody = answer(["--counts", EXAMPLE]), answer(["--counts", "NE=1"])
    assert "e = K/(K + NE) = 13/14 = 0.9286, estimated" in said
    assert "RR1     0.3333  = 5 / 15  = I / (I + P + R + NC + O + UH + UO)" in said
    assert "undefined" in nobody


@pytest.mark.parametrize("counts", ["", "I", "I=", "I=-1", "I=1.5", "I=1,X=2", "I=1,i=2", "I=1;P=2", "I=" + "9" * 5000])
def test_a_wrong_call_says_what_to_write_and_exits_with_2(counts: str, capsys: pytest.CaptureFixture[str]) -> None:
    with override("en"), pytest.raises(SystemExit) as exited:
        answer(["--counts", counts])
    assert exited.value.code == 2
    assert any(word in capsys.readouterr().err for word in ("I=5,P=3", "Use I, P", "each count once"))


def test_letters_in_any_case_and_a_chinese_comma() -> None:
    assert json.loads(answer(["--counts", " i = 5，p=3", "--json"]))["counts"]["P"] == 3


def test_it_needs_no_database() -> None:
    """With a database nobody can reach: what would ask it fails."""
    environment = os.environ | {"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}
    call = [sys.executable, "-m", "firstline.config.cli", "rates", "--counts", EXAMPLE, "--json"]
    done = subprocess.run(call, capture_output=True, text=True, env=environment, check=True, timeout=60)
    assert json.loads(done.stdout)["RR1"] == pytest.approx(1 / 3)
