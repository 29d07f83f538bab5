import json
import re
from pathlib import Path

import pytest

from firstline.identifiers import door_label, resident_id
from firstline.registry.reading import codes
from firstline.registry.reading.words import RELATION_WORDS
from firstline.tables import errors as table_errors
from firstline.tables import notes

CONTRACT = json.loads((Path(__file__).parents[5] / "contracts" / "import-reasons.json").read_text("utf-8"))


@pytest.mark.parametrize("table", ["NO_DATA", "PARKED", "DOUBTS", "RELATIONS", "ID_PROBLEMS"])
def test_the_contract_lists_exactly_our_codes(table: str) -> None:
    assert CONTRACT[table.lower()] == getattr(codes, table)


def test_kinds_and_meanings_are_in_the_contract() -> None:
    assert CONTRACT["kinds"] == [kind.value for kind in codes.Kind]
    assert CONTRACT["meanings"] == [meaning.value for meaning in codes.Meaning]


def test_what_one_decision_settles_is_in_the_contract() -> None:
    assert CONTRACT["settled_together"] == sorted(codes.SETTLED_TOGETHER)
    assert CONTRACT["settled_by_run"] == sorted(codes.SETTLED_BY_RUN)
    assert set(codes.PARKED) >= codes.SETTLED_TOGETHER | codes.SETTLED_BY_RUN


def test_errors_and_what_is_left_unread_name_their_data() -> None:
    ours = {error.code: error.message for error in table_errors.ALL}
    assert {code: said["message"] for code, said in CONTRACT["errors"].items()} == ours
    assert {code: said["message"] for code, said in CONTRACT["unread"].items()} == codes.UNREAD
    for said in (*CONTRACT["errors"].values(), *CONTRACT["unread"].values()):
        assert said["data"] == sorted(set(re.findall(r"%\((\w+)\)s", said["message"])))


def test_every_cause_of_an_ambiguous_door_is_a_reason_to_park() -> None:
    assert {f"door_{cause}" for cause in door_label.CAUSES} <= set(codes.PARKED)


def test_every_note_on_how_a_file_was_read_has_its_sentence() -> None:
    assert set(notes.ALL) <= set(codes.UNREAD)


def test_every_problem_of_a_document_is_listed() -> None:
    assert set(resident_id.PROBLEMS) - {"empty"} == set(codes.ID_PROBLEMS)


def test_every_word_of_kinship_leads_to_a_listed_relation() -> None:
    assert set(RELATION_WORDS.values()) <= set(codes.RELATIONS)
