"""Write contracts/vectors/questions.json: question sets with answers, what is then asked, what is wrong, what is kept.

The sets are read from rows as the office writes them; the expectations are written by hand, after the XLSForm and ODK
XForms specifications (relevance clears an answer; a constraint is about an answer that was given; comparisons with an
empty answer), so that neither reader is tested by itself.
"""

import json
import sys
from pathlib import Path

from cases import CASES
from sets import COLUMNS, LISTS, SETS

from firstline.census.questions.definition import encoded
from firstline.census.questions.sets import read_set
from firstline.tables import Sheet
from firstline.tables.grid import text_cell

TARGET = Path(__file__).resolve().parents[2] / "contracts" / "vectors" / "questions.json"


def _sheets(rows: list[list[str]]) -> list[Sheet]:
    lists = [["list_name", "name", "label"]]
    lists += [[name, choice, label] for name, choices in LISTS.items() for choice, label in choices.items()]
    said = {"survey": [COLUMNS, *rows], "choices": lists}
    return [Sheet(name, [[text_cell(text) for text in row] for row in table]) for name, table in said.items()]


def written() -> str:
    """The whole file."""
    sets = {name: json.loads(encoded(read_set(_sheets(rows), named=name))) for name, rows in SETS.items()}
    cases = [
        {
            "set": name,
            "answers": answers,
            "language": language,
            "relevant": relevant,
            "problems": [{"name": one, "code": code, "message": message} for one, code, message in problems],
            "kept": answers if kept is None else kept,
            "why": why,
        }
        for name, answers, relevant, problems, kept, language, why in CASES
    ]
    lines = [json.dumps(one, ensure_ascii=False) for one in cases]
    head = {"about": "Question sets and answers; made by tools/vectors_questions", "version": 1}
    start = json.dumps(head, ensure_ascii=False)[:-1]
    kinds = ",\n".join(f"  {json.dumps(name)}: {json.dumps(said, ensure_ascii=False)}" for name, said in sets.items())
    return f'{start}, "sets": {{\n{kinds}\n}}, "cases": [\n  ' + ",\n  ".join(lines) + "\n]}\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(
            0
            if TARGET.read_text(encoding="utf-8") == written()
            else f"{TARGET.name} is not what tools/vectors_questions writes"
        )
    TARGET.write_text(written(), encoding="utf-8")
