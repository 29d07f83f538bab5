"""Whatever comes: any grid written in any format is read back cell by cell, and any broken file is told or read."""

from __future__ import annotations

import contextlib
import csv
import datetime
import html
import io
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline import tables
from firstline.tables import Limits
from firstline.tables.tests.samples import ods, xls, xlsx

Value = str | float | bool | datetime.date | None
Grid = Sequence[Sequence[Value]]

# No delimiters, no = or # in front: what these would mean is asked elsewhere.
WRITTEN = "王建国李秀英单元号楼室〇㼆𠮷 -/·0123456789abcXx'"
TEXTS = st.text(WRITTEN, max_size=12).filter(lambda text: text.strip() == text)
NUMBERS = st.floats(-1e9, 1e9).map(lambda number: round(number, 3)) | st.integers(0, 10**14).map(float)
DATES = st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 1, 1))
VALUES = st.none() | TEXTS | NUMBERS | st.booleans() | DATES


def grids(values: st.SearchStrategy[Value]) -> st.SearchStrategy[list[list[Value]]]:
    width = st.integers(2, 6)
    rows = width.flatmap(lambda many: st.lists(st.lists(values, min_size=many, max_size=many), min_size=1, max_size=8))
    # A corner that is never empty: what is empty to its end is not told.
    return rows.map(lambda cells: [*cells, ["末"] * len(cells[0])])


def told(data: bytes) -> list[list[str]]:
    (sheet,) = tables.read(data)
    width = max(map(len, sheet.rows))
    return [[sheet.cell(row, column).text for column in range(1, width + 1)] for row in range(1, len(sheet.rows) + 1)]


def shown(value: Value) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return tables.grid.number_cell(value).text
        case _:
            return str(value)


def as_ods(rows: Grid) -> bytes:
    def cell(value: Value) -> str:
        match value:
            case None | "":
                return "<table:table-cell/>"
            case bool():
                return f'<table:table-cell office:value-type="boolean" office:boolean-value="{str(value).lower()}"/>'
            case float():
                return f'<table:table-cell office:value-type="float" office:value="{value!r}"/>'
            case datetime.date():
                return f'<table:table-cell office:value-type="date" office:date-value="{value}"/>'
            case _:
                return f"<table:table-cell><text:p>{escape(value)}</text:p></table:table-cell>"

    return ods("".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows))


def as_page(rows: Grid) -> bytes:
    cells = ["".join(f"<td>{html.escape(shown(value))}</td>" for value in row) for row in rows]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>".encode("gb18030")


def as_text(rows: Grid, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows([[shown(value) for value in row] for row in rows])
    return buffer.getvalue().encode(encoding)


@settings(deadline=None)
@given(grids(VALUES), st.sampled_from([xlsx, xls, as_ods]))
def test_any_grid_comes_back_from_a_workbook(rows: Grid, write: Callable[[Grid], bytes]) -> None:
    assert told(write(rows)) == [[shown(value) for value in row] for row in rows]


@settings(deadline=None)
@given(grids(TEXTS), st.sampled_from([",", "\t", ";", "，"]), st.sampled_from(["utf-8-sig", "gb18030", "utf-16"]))
def test_any_grid_comes_back_from_a_text(rows: Grid, delimiter: str, encoding: str) -> None:
    assert told(as_text(rows, delimiter, encoding)) == [[shown(value) for value in row] for row in rows]


@settings(deadline=None)
@given(grids(TEXTS))
def test_any_grid_comes_back_from_a_web_page(rows: Grid) -> None:
    assert told(as_page(rows)) == [[" ".join(shown(value).split()) for value in row] for row in rows]


DOORS: Grid = [["1号楼", f"{number}", "王建国", 13912345678.0] for number in range(101, 140)]
LIST: Grid = [["楼号", "房号", "姓名", "电话"], *DOORS]
XML = (
    b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
    b'<Worksheet xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" ss:Name="a"><Table><Row><Cell ss:Index="2">'
    b'<Data ss:Type="Number">7</Data></Cell></Row></Table></Worksheet></Workbook>'
)
FILES = [xlsx(LIST), xls(LIST), as_ods(LIST), as_page(LIST), as_text(LIST), as_text(LIST, "\t", "utf-16"), XML]
SMALL = Limits(bytes=2_000_000, unpacked=4_000_000, rows=5000, columns=300, cells=50_000, text=1_000_000)

CHANGES = st.tuples(st.floats(0, 1), st.integers(0, 40), st.binary(max_size=12))


def changed(data: bytes, change: tuple[float, int, bytes]) -> bytes:
    place, removed, put = change
    at = int(place * len(data))
    return data[:at] + put + data[at + removed :]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(FILES), st.lists(CHANGES, min_size=1, max_size=6))
def test_any_broken_file_is_read_or_told(data: bytes, made: list[tuple[float, int, bytes]]) -> None:
    for change in made:
        data = changed(data, change)
    with contextlib.suppress(tables.TableError):
        assert tables.read(data, limits=SMALL)


@pytest.mark.parametrize("data", FILES[:3])
def test_a_workbook_cut_anywhere_never_gives_half_a_list(data: bytes) -> None:
    whole = tables.read(data)
    for keep in range(0, len(data) - 1, max(len(data) // 60, 1)):
        with contextlib.suppress(tables.TableError):
            assert tables.read(data[:keep]) == whole
