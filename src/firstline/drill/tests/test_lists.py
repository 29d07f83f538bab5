"""Lists as companies write them: whatever the hand, the reader finds every door, its head and the phone."""

import random

import pytest

from firstline import tables
from firstline.drill.households import Inventor
from firstline.drill.lists import HANDS, Dwelling, dwellings_of, write
from firstline.identifiers import phone
from firstline.registry.reading import Kind, read_file

_STAIRWELLS = ("1-3号楼 各2单元6层每层3户", "2、5号楼 各3单元11层每层2户")
_TOWERS = ("A座 17层 每层6户", "2、5号楼 11层 每层4户")
# Some companies' columns fit only the houses they look after.
_LINES = dict.fromkeys(("sheets", "sections", "two_rows"), _STAIRWELLS) | {"merged": _TOWERS}
CASES = [
    pytest.param(company, line, id=f"{hand.layout}-{hand.kind}-{number}")
    for company, hand in sorted(HANDS.items())
    for number, line in enumerate(_LINES.get(hand.layout, _STAIRWELLS + _TOWERS))
]


@pytest.mark.parametrize(("company", "line"), CASES)
def test_every_door_stands_in_the_list_once(company: str, line: str) -> None:
    inventor = Inventor(random.Random(f"{company}{line}").randrange(10**6))
    dwellings = dwellings_of(line, inventor)
    book = write(HANDS[company], dwellings, inventor, estate="枫林苑", company=company)
    reading = read_file(tables.read(book.content))

    records = [row for sheet in reading.readings for row in sheet.rows if row.kind is Kind.RECORD]
    read = {row.door_label: row for row in reversed(records)}
    parked = [row for sheet in reading.readings for row in sheet.rows if row.kind is Kind.PARKED]
    assert len(read) + len(parked) == len(dwellings)
    assert {row.reason for row in parked} <= {"door_missing"}
    for one in (one for one in dwellings if one.door.label in read):
        row, (name, number) = read[one.door.label], _expected(company, one)
        assert row.people[0].name == name
        assert not row.people[0].phones or row.people[0].phones[0] == number


def _expected(company: str, one: Dwelling) -> tuple[str, str]:
    """Whom the company names first at a door."""
    first = one.family[0] if HANDS[company].layout == "person_a_row" and one.family else one.owner
    return first.name, phone.parse_cell(first.phone).numbers[0].canonical if first.phone else ""


def test_the_same_seed_gives_the_same_files() -> None:
    def csv_list() -> bytes:
        inventor = Inventor(7)
        return write(
            HANDS["丽都物业"], dwellings_of(_STAIRWELLS[0], inventor), inventor, estate="锦绣苑", company=""
        ).content

    assert csv_list() == csv_list()
