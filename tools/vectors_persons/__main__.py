"""Write contracts/vectors/person-lines.json, and the words the field client reads such lines with.

Lines are as people type them at a door; what they mean comes from ``registry.person_line``, whose own tests say why.
The client's words are the tables of ``identifiers.names`` and ``registry.reading.words``, so that neither side has its
own.
"""

import json
import os
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "firstline.config.settings")
django.setup()

from lines import LINES  # noqa: E402

from firstline.identifiers.names import tables  # noqa: E402
from firstline.registry.person_line import read_person  # noqa: E402
from firstline.registry.reading.words import RELATION_WORDS  # noqa: E402

ROOT = Path(__file__).resolve().parents[2]
VECTORS = ROOT / "contracts" / "vectors" / "person-lines.json"
WORDS = ROOT / "frontend" / "field" / "domain" / "person-words.json"
TODAY = date(2020, 2, 12)


def vectors() -> str:
    """Each line with how it is understood."""
    lines = []
    for line in LINES:
        read = read_person(line, today=TODAY)
        person = asdict(read.person) if read.person else None
        lines.append(json.dumps({"line": line, "person": person, "doubts": read.doubts}, ensure_ascii=False))
    head = {"about": "One line for one person; made by tools/vectors_persons", "version": 1, "year": TODAY.year}
    start = json.dumps(head, ensure_ascii=False)[:-1]
    return f'{start}, "cases": [\n  ' + ",\n  ".join(lines) + "\n]}\n"


def words() -> str:
    """The tables of names and relations, small enough to go along with every phone."""
    relations: dict[str, list[str]] = {}
    for word, code in RELATION_WORDS.items():
        relations.setdefault(code, []).append(word)
    read_otherwise = {name for name in tables.SURNAME_READINGS if len(name) == 1} - set(tables.SURNAMES)
    known = set(tables.SURNAMES) | read_otherwise
    traditional = {chr(old) for old, new in tables.TRADITIONAL.items() if _char(new) in known}
    said: dict[str, Any] = {
        "surnames": "".join(sorted(tables.SURNAMES)),
        "rare_surnames": "".join(sorted(read_otherwise | traditional)),
        "compound_surnames": sorted(tables.COMPOUND_SURNAMES),
        "not_names": sorted(tables.NOT_NAMES),
        "forms_of_address": list(tables.FORMS_OF_ADDRESS),
        "relations": {code: " ".join(found) for code, found in relations.items()},
    }
    rows = [f"  {json.dumps(name)}: {json.dumps(value, ensure_ascii=False)}" for name, value in said.items()]
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _char(translated: int | str) -> str:
    return chr(translated) if isinstance(translated, int) else translated


if __name__ == "__main__":
    for target, written in ((VECTORS, vectors()), (WORDS, words())):
        if "--check" not in sys.argv:
            target.write_text(written, encoding="utf-8")
        elif target.read_text(encoding="utf-8") != written:
            sys.exit(f"{target.name} is not what tools/vectors_persons writes")
