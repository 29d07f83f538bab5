"""Write contracts/vectors/identifiers.json from the standards.

Nothing here imports firstline: the few formulas are written out by hand from the standards, the
rest is tables typed from them, so that the vectors can judge the code (on either side) and are
never made by it. All numbers are synthetic or published samples.

    python tools/vectors_identifiers          # writes the file
    python tools/vectors_identifiers --check  # fails when the file differs
"""

import json
import sys
from pathlib import Path

from buildings import lines
from documents import businesses, damaged, residents
from doors import door_contexts, doors
from figures import divisions, phone_troubles, phones, plates
from people import names

TARGET = Path(__file__).parents[2] / "contracts" / "vectors" / "identifiers.json"
SOURCES = (
    residents,
    damaged,
    businesses,
    phones,
    phone_troubles,
    divisions,
    plates,
    names,
    doors,
    door_contexts,
    lines,
)


def document() -> str:
    cases = [case for source in SOURCES for case in source()]
    about = "Identifiers as people write them; made from the standards by tools/vectors_identifiers"
    rows = ",\n  ".join(json.dumps(each, ensure_ascii=False) for each in cases)
    head = json.dumps({"about": about, "version": 1}, ensure_ascii=False)
    return f'{head[:-1]}, "cases": [\n  {rows}\n]}}\n'


if __name__ == "__main__":
    text = document()
    if "--check" in sys.argv:
        sys.exit(0 if TARGET.read_text(encoding="utf-8") == text else f"{TARGET.name} differs from its generator")
    TARGET.write_text(text, encoding="utf-8")
    print(f"{text.count(chr(10)) - 2} cases")
