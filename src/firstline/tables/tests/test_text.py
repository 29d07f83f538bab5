import pytest

from firstline import tables
from firstline.tables import Kind, Limits, errors

LIST = "住址,业主姓名,联系电话\r\n1号楼101室,张艳艳,13912345678\r\n1号楼102室,㼆海龙,\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le", "utf-16-be"])
def test_every_usual_encoding_gives_the_same_cells(encoding: str) -> None:
    (sheet,) = tables.read(LIST.encode(encoding))
    assert [[cell.text for cell in row] for row in sheet.rows] == [
        ["住址", "业主姓名", "联系电话"],
        ["1号楼101室", "张艳艳", "13912345678"],
        ["1号楼102室", "㼆海龙", ""],
    ]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|", "，", "；", "   ", "\u3000"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    (sheet,) = tables.read(LIST.replace(",", delimiter).encode())
    assert [cell.text for cell in sheet.rows[1]] == ["1号楼101室", "张艳艳", "13912345678"]


def test_a_record_may_span_lines_and_counts_once() -> None:
    (sheet,) = tables.read('房号,电话\n1-101,"13541414837\n15001318485"\n1-102,x\n'.encode())
    assert sheet.cell(2, 2).text == "13541414837\n15001318485"
    assert sheet.cell(3, 1).text == "1-102"


def test_blank_lines_keep_their_number() -> None:
    (sheet,) = tables.read("标题\n\n房号,姓名\n,\n1-101,张三\n".encode())
    assert [len(row) for row in sheet.rows] == [1, 0, 2, 2, 2]
    assert sheet.cell(5, 2).text == "张三"


def test_an_unclosed_quote_does_not_swallow_the_list() -> None:
    lines = ["房号,姓名", '1-101,"张三', *(f"1-{number},李四" for number in range(102, 200))]
    (sheet,) = tables.read("\n".join(lines).encode())
    assert len(sheet.rows) == len(lines)
    assert sheet.notes == ("quotes_unbalanced",)
    assert sheet.cell(2, 2).text == '"张三'


def test_numbers_a_spreadsheet_left_in_a_text_are_known_as_such() -> None:
    (sheet,) = tables.read(
        "房号,电话,证件\n101,15992742253.0,1.42327E+17\n0101,0358-3565092,142302197602226845\n".encode()
    )
    room, phone, document = sheet.rows[1]
    assert (room.text, room.kind) == ("101", Kind.TEXT)
    assert (phone.text, phone.plain, phone.precision_lost) == ("15992742253.0", "15992742253", False)
    assert (document.text, document.precision_lost) == ("1.42327E+17", True)
    assert [cell.plain for cell in sheet.rows[2]] == ["0101", "0358-3565092", "142302197602226845"]


def test_lines_in_two_encodings_are_read_each_in_its_own() -> None:
    data = "房号,姓名\n1-101,张艳艳\n".encode("gb18030") + "1-102,王海龙\n1-103,李四\n".encode()
    (sheet,) = tables.read(data)
    assert [[cell.text for cell in row] for row in sheet.rows] == [
        ["房号", "姓名"],
        ["1-101", "张艳艳"],
        ["1-102", "王海龙"],
        ["1-103", "李四"],
    ]
    assert sheet.notes == ("encodings_mixed",)


CHAT = "#接龙\n3号楼摸排\n\n1. 3-2-501 王建国 3人 13912345678\n2. 3-2-502　李秀英　2人\n3.  3-2-601 刘海龙, 空置\n"


def test_words_pasted_from_a_chat_are_split_and_their_lines_kept() -> None:
    (sheet,) = tables.read(CHAT.encode())
    assert [[cell.text for cell in row] for row in sheet.rows][3:] == [
        ["1.", "3-2-501", "王建国", "3人", "13912345678"],
        ["2.", "3-2-502", "李秀英", "2人"],
        ["3.", "3-2-601", "刘海龙,", "空置"],
    ]
    assert sheet.lines == tuple(CHAT.splitlines())
    assert sheet.notes == ("split_by_spaces",)


def test_spaces_inside_cells_do_not_split_a_list() -> None:
    (sheet,) = tables.read("房号,姓名\n1-101,王 建国 一家\n1-102,李 秀英\n".encode())
    assert sheet.cell(2, 2).text == "王 建国 一家" and sheet.notes == ()


def test_a_delimiter_that_is_said_is_taken() -> None:
    (sheet,) = tables.read("sep=;\n1-101;王,张,李\n1-102;a,b,c\n".encode())
    assert sheet.cell(2, 2).text == "王,张,李"


def test_the_line_of_a_record_keeps_what_was_quoted() -> None:
    (sheet,) = tables.read('房号,电话\r\n1-101,"139\r\n150"\r\n\r\n\r\n'.encode())
    assert sheet.lines == ("房号,电话", '1-101,"139\r\n150"')
    assert len(sheet.rows) == 2


def test_text_in_an_unknown_encoding_is_refused() -> None:
    with pytest.raises(errors.UnknownEncoding):
        tables.read("房号,姓名\n".encode("gb18030") + b"1-101,\xff\xff\xff\n")


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b" \r\n\t\n", b"\xff\xfe", b"\x00" * 100])
def test_nothing_is_empty(data: bytes) -> None:
    with pytest.raises(errors.EmptyFile):
        tables.read(data)


def test_a_million_empty_rows_behind_a_list_are_no_rows() -> None:
    (sheet,) = tables.read("房号,姓名\n\n1-101,张三\n".encode() + b" ,\n" * 500, limits=Limits(rows=100))
    assert len(sheet.rows) == len(sheet.lines) == 3 and sheet.cell(3, 1).text == "1-101"
    with pytest.raises(errors.TooManyRows) as caught:
        tables.read(b"a,b\n" + b" ,\n" * 500 + b"c,d\n", limits=Limits(rows=100))
    assert caught.value.data["rows"] == 502


def test_bounds() -> None:
    with pytest.raises(errors.FileTooLarge) as caught:
        tables.read(b"x" * 3_000_000, limits=Limits(bytes=2 * 1024 * 1024))
    assert caught.value.data == {"megabytes": 3, "limit": 2}
    with pytest.raises(errors.TooManyRows):
        tables.read(b"a,b\n" * 11, limits=Limits(rows=10))
    with pytest.raises(errors.TooManyColumns):
        tables.read(b"a," * 20 + b"b\n", limits=Limits(columns=10))
    with pytest.raises(errors.TooManyCells):
        tables.read(b"a,b\n" * 11, limits=Limits(cells=20))
