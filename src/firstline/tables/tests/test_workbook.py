import datetime
import io

import pytest
from openpyxl import Workbook
from openpyxl.comments import Comment

from firstline import tables
from firstline.tables import Area, Kind, Limits, errors
from firstline.tables.tests.samples import bent, with_cells, xlsx


def grid(data: bytes) -> list[list[str]]:
    (sheet,) = tables.read(data)
    return [[cell.text for cell in row] for row in sheet.rows]


def test_cells_keep_what_was_written() -> None:
    (sheet,) = tables.read(xlsx([["  刘　鹏 ", 101, 0.5, True, datetime.date(2020, 3, 2), None, "'1423"]]))
    assert [(cell.text, cell.kind) for cell in sheet.rows[0]] == [
        ("  刘　鹏 ", Kind.TEXT),
        ("101", Kind.NUMBER),
        ("0.5", Kind.NUMBER),
        ("TRUE", Kind.BOOLEAN),
        ("2020-03-02", Kind.DATE),
        ("", Kind.EMPTY),
        ("'1423", Kind.TEXT),
    ]
    assert sheet.cell(1, 5).date == datetime.date(2020, 3, 2)
    assert sheet.cell(1, 99).blank


def test_a_phone_stored_as_a_number_is_its_digits() -> None:
    assert grid(xlsx([[13912345678.0]])) == [["13912345678"]]


def test_a_document_number_stored_as_a_number_is_marked_as_lossy() -> None:
    (sheet,) = tables.read(xlsx([[142302197407261234.0, 13912345678.0]]))
    document, phone = sheet.rows[0]
    assert document.precision_lost and not phone.precision_lost
    assert len(document.text) == 18 and document.text.startswith("142302197407261")


def test_rows_and_columns_count_from_the_corner_of_the_sheet() -> None:
    data = with_cells(b'<row r="3"><c r="B3" t="inlineStr"><is><t>x</t></is></c></row>')
    assert grid(data) == [["", ""], ["", ""], ["", "x"]]


def test_formulas_give_their_saved_value_and_are_never_computed() -> None:
    data = with_cells(
        b'<row r="1"><c r="A1"><f>1+1</f><v>7</v></c><c r="B1"><f>1+1</f></c>'
        b'<c r="C1" t="e"><v>#REF!</v></c><c r="D1"><f>\'[1]Sheet1\'!A1</f><v>3</v></c></row>'
    )
    (sheet,) = tables.read(data)
    assert [(cell.text, cell.kind) for cell in sheet.rows[0]] == [
        ("7", Kind.NUMBER),
        ("=1+1", Kind.ERROR),
        ("#REF!", Kind.ERROR),
        ("3", Kind.NUMBER),
    ]


def test_all_sheets_come_in_order_empty_ones_included() -> None:
    sheets = tables.read(xlsx([["a"]], name="1号楼", more={"空": [], "二": [["b"]]}))
    assert [(sheet.name, sheet.empty) for sheet in sheets] == [("1号楼", False), ("空", True), ("二", False)]


def test_a_workbook_without_any_cell_is_empty() -> None:
    with pytest.raises(errors.EmptyFile):
        tables.read(xlsx([]))


@pytest.mark.parametrize("keep", [30, 400, 3000, -1])
def test_a_file_cut_short_is_damaged(keep: int) -> None:
    with pytest.raises(errors.Damaged):
        tables.read(xlsx([["房号", "姓名"], ["1-1-101", "张三"]])[:keep])


def test_garbage_inside_the_package_is_damaged() -> None:
    with pytest.raises(errors.Damaged):
        tables.read(
            bent(xlsx([["x"]]), lambda name, content: content[: len(content) // 2] if "sheet1" in name else content)
        )


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = bent(xlsx([["x"]]), lambda _, content: content, **{"xl/media/image1.png": b"\x00" * 3_000_000})
    with pytest.raises(errors.ArchiveBomb) as caught:
        tables.read(bomb, limits=Limits(unpacked=2 * 1024 * 1024))
    assert caught.value.data == {"limit": 2}


def test_a_package_that_lies_about_its_sizes_is_damaged() -> None:
    data = bytearray(bent(xlsx([["x"]]), lambda _, content: content, **{"xl/a.xml": b"<a>" + b" " * 100_000 + b"</a>"}))
    true_size = (100_007).to_bytes(4, "little")
    place = data.rindex(true_size)  # in the central directory, which is what readers believe
    data[place : place + 4] = (10).to_bytes(4, "little")
    with pytest.raises(errors.Damaged):
        tables.read(bytes(data))


def test_one_cell_in_the_last_corner_does_not_lay_out_the_whole_sheet() -> None:
    far_right = with_cells(b'<row r="1"><c r="A1"><v>1</v></c><c r="XFD1"><v>1</v></c></row>')
    with pytest.raises(errors.TooManyColumns) as columns:
        tables.read(far_right)
    assert columns.value.data["columns"] == 16384
    far_down = with_cells(b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>1</v></c></row>')
    with pytest.raises(errors.TooManyRows):
        tables.read(far_down)


@pytest.mark.parametrize(
    "cells",
    [
        b"<row r='1'><c t='n' r='A1'><v>1</v></c><c r = 'XFD1'><v>1</v></c></row>",
        b'<row r="1"><c r="A1"><v>1</v></c><c s="/>" r="XFD1"><v>1</v></c></row>',
        b"<row>" + b"<c><v>1</v></c>" * 600 + b"</row>",
        # As many cells in the usual form behind the list as there are in another within it.
        b"<row r='1'><c r='XFD1'><v>1</v></c></row></sheetData >" + b'<c r="A1"></c><!--</sheetData>-->',
    ],
)
def test_references_written_in_unusual_ways_are_counted_too(cells: bytes) -> None:
    with pytest.raises((errors.TooManyColumns, errors.Damaged)):
        tables.read(with_cells(cells))


def test_a_rectangle_too_large_is_refused() -> None:
    with pytest.raises(errors.TooManyCells):
        tables.read(xlsx([["x"] * 10] * 10), limits=Limits(cells=99))


def test_a_million_formatted_empty_rows_are_no_rows() -> None:
    empty = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(2, 50_000))
    data = with_cells(b'<row r="1"><c r="A1"><v>1</v></c></row>' + empty)
    assert grid(data) == [["1"]]


def test_one_long_shared_text_in_many_cells_does_not_unfold() -> None:
    strings = (
        b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>'
        + b"x" * 30_000
        + b"</t></si></sst>"
    )
    data = with_cells(
        b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (row, row) for row in range(1, 200))
    )
    data = bent(data, lambda _, content: content, **{"xl/sharedStrings.xml": strings})
    (sheet,) = tables.read(data)
    assert len(sheet.cell(199, 1).text) == 30_000
    with pytest.raises(errors.TooManyCells):
        tables.read(data, limits=Limits(text=1_000_000))


def test_entities_are_refused() -> None:
    def poison(name: str, content: bytes) -> bytes:
        return b'<!DOCTYPE x [<!ENTITY a "aaaa">]>' + content if name.endswith("sheet1.xml") else content

    with pytest.raises(errors.Damaged):
        tables.read(bent(xlsx([["x"]]), poison))


def dressed() -> bytes:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in range(1, 6):
        sheet.append([f"{row}-1", f"{row}-2", f"{row}-3"])
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["B"].hidden = True
    sheet["C2"].comment = Comment("户主已搬走", "物业")
    sheet.merge_cells("A4:A5")
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def test_what_is_hidden_merged_and_commented_is_told() -> None:
    (sheet,) = tables.read(dressed())
    assert sheet.hidden_rows == {3} and sheet.hidden_columns == {2}
    assert sheet.merges == (Area(4, 1, 5, 1),)
    assert sheet.comments == {(2, 3): "户主已搬走"}
    assert sheet.cell(3, 2).text == "3-2"


def test_a_sheet_hidden_to_its_end_hides_only_what_is_there() -> None:
    def change(name: str, content: bytes) -> bytes:
        cols = b'<cols><col min="2" max="16384" width="0" hidden="1"/></cols><sheetData>'
        return content.replace(b"<sheetData>", cols) if name.endswith("sheet1.xml") else content

    (sheet,) = tables.read(bent(xlsx([["a", "b", "c"]]), change))
    assert sheet.hidden_columns == {2, 3}


def test_macros_and_links_are_named_and_never_followed() -> None:
    data = bent(
        xlsx([["x"]]),
        lambda _, content: content,
        **{"xl/vbaProject.bin": b"\x00", "xl/externalLinks/externalLink1.xml": b"<externalLink/>"},
    )
    (sheet,) = tables.read(data)
    assert sheet.notes == ("macros_not_run", "links_not_followed")


def test_parts_without_end_are_refused() -> None:
    merges = b"<mergeCells>" + b'<mergeCell ref="A1:A2"/>' * 6 + b"</mergeCells>"
    data = with_cells(b'<row r="1"><c r="A1"><v>1</v></c></row>')
    data = bent(data, lambda _, content: content.replace(b"</sheetData>", b"</sheetData>" + merges))
    with pytest.raises(errors.TooManyCells):
        tables.read(data, limits=Limits(cells=100))


def test_a_directory_of_a_million_sheets_is_damage() -> None:
    def change(name: str, content: bytes) -> bytes:
        more = b'<sheet name="S" sheetId="1" r:id="rId1"/>' * 120_000
        return content.replace(b"</sheets>", more + b"</sheets>") if name == "xl/workbook.xml" else content

    with pytest.raises(errors.Damaged):
        tables.read(bent(xlsx([["x"]]), change))
