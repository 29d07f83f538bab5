"""Villages that a county's own list names, with or without their generic word, below townships of both counties."""

import re
from collections import defaultdict
from pathlib import Path

from firstline import tables
from firstline.drill import community
from firstline.identifiers.width import halve
from firstline.kernel.actors import Actor
from firstline.places import actions as places
from firstline.places.models import PlaceKind

_SEARCHED_ROWS = 10
_GENERIC = re.compile(r"(?:镇|乡|街道|街道办事处|办事处)$")
_TOWNSHIPS = {
    _GENERIC.sub("", division.name): division.code
    for division in community.DIVISIONS
    if division.kind == PlaceKind.TOWNSHIP
}


def enter_named_villages(operator: Actor, file: Path) -> int:
    """Enter the villages of a list with the columns 乡镇 and 村; how many are new. They have no official code."""
    named: dict[str, set[str]] = defaultdict(set)
    for sheet in tables.read(file):
        for township, village in _pairs(sheet):
            if code := _TOWNSHIPS.get(_GENERIC.sub("", township)):
                named[code].add(village if village.endswith(("村", "社区", "居委会")) else f"{village}村")
    return sum(
        places.enter_villages(operator, township_path=code, names=sorted(names)).new for code, names in named.items()
    )


def _pairs(sheet: tables.Sheet) -> list[tuple[str, str]]:
    for at, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        words = [halve(cell.text) for cell in row]
        township = next((place for place, word in enumerate(words, 1) if word.startswith(("乡镇", "所在乡"))), None)
        village = next((place for place, word in enumerate(words, 1) if word.endswith(("村", "村名"))), None)
        if township and village:
            rows = range(at + 2, len(sheet.rows) + 1)
            found = [(halve(sheet.cell(r, township).plain), halve(sheet.cell(r, village).plain)) for r in rows]
            return [(town, name) for town, name in found if town and name]
    return []
