import datetime
import struct

import pytest
import xlwt

from firstline import tables
from firstline.tables import Area, Kind, Limits, errors
from firstline.tables.tests.samples import contained, record, xls, xls_stream

FILE_PASSWORD, BOUNDARY, NOTE, OBJECT, TEXT_OBJECT, CONTINUE, END = 0x2F, 0x809, 0x1C, 0x5D, 0x1B6, 0x3C, 0x0A


def test_cells_keep_what_was_written() -> None:
    (sheet,) = tables.read(xls([["刘　鹏", 101, 13912345678, True, datetime.date(2020, 3, 2), None, "'1423", 0.5]]))
    assert [(cell.text, cell.kind) for cell in sheet.rows[0]] == [
        ("刘　鹏", Kind.TEXT),
        ("101", Kind.NUMBER),
        ("13912345678", Kind.NUMBER),
        ("TRUE", Kind.BOOLEAN),
        ("2020-03-02", Kind.DATE),
        ("", Kind.EMPTY),
        ("'1423", Kind.TEXT),
        ("0.5", Kind.NUMBER),
    ]
    assert sheet.cell(1, 5).date == datetime.date(2020, 3, 2)


def test_a_time_of_day_is_its_text() -> None:
    def change(sheet: xlwt.Worksheet) -> None:
        sheet.write(0, 0, datetime.time(20, 30), xlwt.easyxf(num_format_str="hh:mm"))

    (sheet,) = tables.read(xls([], change=change))
    assert sheet.cell(1, 1) == tables.Cell("20:30:00")


def test_what_is_hidden_and_merged_is_told() -> None:
    def change(sheet: xlwt.Worksheet) -> None:
        sheet.row(1).hidden = True
        sheet.col(2).hidden = True
        sheet.write_merge(3, 5, 0, 0, "1号楼")

    (sheet,) = tables.read(xls([["门牌", "姓名", "x"]] * 3 + [[None, "a"]] * 3, change=change))
    assert sheet.hidden_rows == {2} and sheet.hidden_columns == {3}
    assert sheet.merges == (Area(4, 1, 6, 1),)
    assert sheet.cell(4, 1).text == "1号楼" and sheet.cell(2, 2).text == "姓名"


def test_a_comment_is_told_with_its_cell() -> None:
    text = "住户已搬走"
    about = struct.pack("<HHHHHH", 0x15, 0x12, 0x19, 1, 0, 0) + b"\x00" * 10 + struct.pack("<HH", 0, 0)
    shape = record(OBJECT, about)
    body = struct.pack("<HHHHHHHHH", 0, 0, 0, 0, 0, len(text), 16, 0, 0)
    shape += record(TEXT_OBJECT, body)
    shape += record(CONTINUE, b"\x01" + text.encode("utf-16-le")) + record(CONTINUE, b"\x00" * 16)
    shape += record(NOTE, struct.pack("<HHHH", 0, 1, 0, 1) + struct.pack("<H", 1) + b"\x00" + b"x" + b"\x00")
    stream = xls_stream([["1-101", "王建国"]])
    stream = stream[:-4] + shape + record(END, b"")
    (sheet,) = tables.read(contained(stream))
    assert sheet.comments == {(1, 2): text}


def test_errors_are_no_values() -> None:
    def change(sheet: xlwt.Worksheet) -> None:
        sheet.row(0).set_cell_error(0, "#REF!")

    (sheet,) = tables.read(xls([], change=change))
    assert sheet.cell(1, 1) == tables.Cell("#REF!", Kind.ERROR)


def test_a_bare_stream_of_an_old_program_is_read() -> None:
    (sheet,) = tables.read(xls_stream([["1-101", "王建国"]]))
    assert [cell.text for cell in sheet.rows[0]] == ["1-101", "王建国"]


def test_a_password_is_told() -> None:
    stream = xls_stream([["x"]])
    first = 4 + struct.unpack("<H", stream[2:4])[0]
    locked = stream[:first] + record(FILE_PASSWORD, struct.pack("<HHH", 0, 0x1234, 0x5678)) + stream[first:]
    with pytest.raises(errors.PasswordProtected):
        tables.read(contained(locked))


def test_macros_are_named_and_nothing_else() -> None:
    (sheet,) = tables.read(xls([["x"]]) + "_VBA_PROJECT_CUR".encode("utf-16-le").ljust(512, b"\x00"))
    assert sheet.notes == ("macros_not_run",)


@pytest.mark.parametrize("keep", [0.1, 0.3, 0.5, 0.8, 0.95])
def test_a_file_cut_short_is_damaged_and_never_half_a_list(keep: float) -> None:
    whole = xls([[f"1-{number}", "王建国", 13912345678.0 + number] for number in range(2000)])
    with pytest.raises(errors.Damaged):
        tables.read(whole[: int(len(whole) * keep)])


def test_a_cell_in_the_last_corner_costs_no_rectangle() -> None:
    far: list[list[object]] = [[]] * 65534
    (sheet,) = tables.read(xls([["x"], *far, [None] * 255 + ["y"]]))
    assert len(sheet.rows) == 65536 and sheet.cell(65536, 256).text == "y"
    assert sum(map(len, sheet.rows)) == 257


def test_bounds() -> None:
    with pytest.raises(errors.TooManyRows):
        tables.read(xls([["x"]] * 11), limits=Limits(rows=10))
    with pytest.raises(errors.TooManyColumns):
        tables.read(xls([["x"] * 11]), limits=Limits(columns=10))
    with pytest.raises(errors.TooManyCells):
        tables.read(xls([["x"] * 10] * 10), limits=Limits(cells=99))
