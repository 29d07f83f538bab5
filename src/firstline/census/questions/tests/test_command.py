"""`firstline question-set`: the workbooks of the sets that come along."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from firstline.census.questions import shipped
from firstline.census.questions.sets import read_set
from firstline.tables.apart import read_apart


def test_a_set_is_written_as_a_workbook_and_never_over_a_file(tmp_path: Path) -> None:
    target = tmp_path / "flood.xlsx"
    call_command("question_set", "flood-evacuation", xlsx=target, stdout=StringIO())
    assert read_set(read_apart(target.read_bytes())) == shipped.read("flood-evacuation")
    with pytest.raises(CommandError, match="already"):
        call_command("question_set", "flood-evacuation", xlsx=target)


def test_without_a_name_all_are_listed_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    said = StringIO()
    call_command("question_set", stdout=said)
    assert [line.split()[0] for line in said.getvalue().splitlines()] == list(shipped.NAMES)
    with pytest.raises(CommandError, match="no set"):
        call_command("question_set", "nothing", xlsx=tmp_path / "x.xlsx")
    with pytest.raises(CommandError, match="--xlsx"):
        call_command("question_set", "flood-evacuation")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("question_set", "flood-evacuation", xlsx=tmp_path / "nowhere" / "x.xlsx")
