"""Rows in = records + parked + no data, whatever the grid holds."""

from __future__ import annotations

import json
import string
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firstline import tables
from firstline.registry.reading import Chosen, FileReading, Kind, Meaning, Place, as_json, codes, read_file
from firstline.tables import Cell, Sheet
from firstline.tables.grid import Area, date_cell, number_cell

WORDS = [
    "门牌", "房号", "住址", "楼号", "单元", "姓名", "户主", "电话", "身份证号", "人数", "备注", "关系", "序号",
    "租户", "家属",
    "1-1-101", "1号楼101室", "3-2", "东街3排5号", "97-6", "A座", "张艳", "张三、李四", "13912345678",
    "合计:3户", "注:空户未统计",
    "户主", "妻", "无", "/", "1号楼", "=A1", "142302197602226845", "1.42327E+17", "第1页", "\u3000", "郭小?",
]  # fmt: skip
CELLS = st.one_of(
    st.just(Cell("", tables.Kind.EMPTY)),
    st.sampled_from(WORDS).map(Cell),
    st.text(max_size=12).map(Cell),
    st.text(string.digits + "-号楼单元室栋座", max_size=10).map(Cell),
    st.floats(allow_nan=False, allow_infinity=False).map(number_cell),
    st.integers(0, 3000).map(float).map(number_cell),
    st.dates().map(date_cell),
    st.just(Cell("#REF!", tables.Kind.ERROR)),
)
GRIDS = st.lists(st.lists(CELLS, max_size=8), max_size=14)
HEADINGS = [Cell(text) for text in ("序号", "门牌", "姓名", "电话", "身份证号", "关系", "人数", "备注")]
HEADED = GRIDS.map(lambda rows: [HEADINGS, *rows])
AREAS = st.builds(
    lambda row, column, down, right: Area(row, column, row + down, column + right),
    st.integers(1, 14), st.integers(1, 8), st.integers(0, 5), st.integers(0, 5),
)  # fmt: skip
SHEETS = st.builds(
    lambda name, rows, merges, comments: Sheet(name, rows, merges=tuple(merges), comments=comments),
    st.sampled_from(["1号楼", "2", "A", "A座", "Sheet1", "", "汇总", "1号楼1单元"]),
    st.one_of(GRIDS, HEADED),
    st.lists(AREAS, max_size=3),
    st.dictionaries(st.tuples(st.integers(1, 14), st.integers(1, 8)), st.sampled_from(WORDS), max_size=3),
)
CHOSEN = st.none() | st.builds(
    Chosen,
    st.none() | st.integers(0, 20),
    st.dictionaries(st.integers(1, 10), st.sampled_from(Meaning), max_size=6),
    st.sampled_from(["", "3号楼", "东街"]),
)


@settings(max_examples=300, deadline=None)
@given(st.lists(SHEETS, max_size=3), CHOSEN)
def test_every_row_is_told_exactly_once(sheets: list[Sheet], chosen: Chosen | None) -> None:
    file = read_file(sheets, chosen={1: chosen} if chosen else None)
    passed_over = [unread for unread in file.unread if unread.code == "sheet_unread"]
    assert len(file.readings) + len(passed_over) == sum(not sheet.empty for sheet in sheets)
    for reading in file.readings:
        places = [(row.row, row.column) for row in reading.rows]
        assert len(set(places)) == len(places)
        assert list(dict.fromkeys(number for number, _ in places)) == list(range(1, len(reading.sheet.rows) + 1))
        # A row is told as a whole or by its columns, never both.
        whole = {number for number, column in places if column is None}
        assert not whole & {number for number, column in places if column is not None}
    totals = file.totals
    assert totals.rows == totals.records + totals.parked + totals.no_data
    for row in (row for reading in file.readings for row in reading.rows):
        allowed = {Kind.RECORD: {""}, Kind.PARKED: set(codes.PARKED), Kind.NO_DATA: set(codes.NO_DATA)}[row.kind]
        assert row.reason in allowed
        assert set(row.doubts) <= set(codes.DOUBTS)
        assert (row.kind is Kind.RECORD) <= (row.door is not None)
        assert row.kind is not Kind.NO_DATA or not row.people
        assert all(phone.isdigit() for person in row.people for phone in person.phones)
        assert all(person.relation in codes.RELATIONS for person in row.people)
        assert all(person.id_problem in {"", *codes.ID_PROBLEMS} for person in row.people)
    assert sorted(_asked(file)) == sorted(_parked(file))
    json.dumps(as_json(file, "表.xlsx"))


def _asked(file: FileReading) -> list[tuple[int, int, int]]:
    return [_key(place) for question in file.questions for place in question.places]


def _parked(file: FileReading) -> list[tuple[int, int, int]]:
    return [
        _key(Place(reading.number, row.row, row.column))
        for reading in file.readings
        for row in reading.rows
        if row.kind is Kind.PARKED
    ]


def _key(place: Place) -> tuple[int, int, int]:
    return place.sheet, place.row, place.column or 0


@pytest.mark.parametrize("piece", ["(", "1-", "张 ", "13912345678,", "楼"])
@pytest.mark.parametrize("column", range(8))
def test_the_longest_cell_a_spreadsheet_holds_is_told_in_a_moment(piece: str, column: int) -> None:
    row = ["1", "1-1-101", "张艳", "", "", "", "", ""]
    row[column] = (piece * 32_767)[:32_767]
    began = time.process_time()
    reading = read_file([Sheet("", [HEADINGS, [Cell(text) for text in row]])])
    assert reading.totals.rows == 2
    # Computed, not waited for: far above what it takes (milliseconds), far below what a pattern that backtracks needs.
    assert time.process_time() - began < 5


def test_the_json_form() -> None:
    rows = [["门牌", "户主", "电话"], ["3-2-501", "张艳", "13912345678"], ["97-6", "李海龙", ""], ["合计", "", ""]]
    answer = as_json(read_file([Sheet("", [[Cell(text) for text in row] for row in rows])]), "名单.csv")
    assert answer["totals"] == {"rows": 4, "records": 1, "parked": 1, "no_data": 2, "doors": 1, "people": 1}
    (file,) = answer["files"]
    assert (file["file"], file["sheet"], file["header_row"]) == ("名单.csv", "", 1)
    assert file["rows"][1] == {
        "row": 2,
        "kind": "record",
        "reason": "",
        "door": {"building": "3", "unit": "2", "room": "501"},
        "door_label": "3-2-501",
        "people": [{"name": "张艳", "relation": "head", "phones": ["13912345678"], "id_number": "", "id_problem": ""}],
        "doubts": [],
    }
    assert file["rows"][2]["kind"] == "parked"
    assert file["rows"][2]["door_label"] == ""
    (question,) = answer["questions"]
    assert (question["cause"], question["rows"]) == (file["rows"][2]["reason"], [3])
