"""Lines copied out of spreadsheets of any shape, as the grid takes them."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from firstline.census.night.cells import Cells
from firstline.census.night.pasted import MOST_LINES, read_paste

TODAY = date(2020, 2, 12)


def test_columns_are_told_by_their_headings() -> None:
    text = "日期\t楼号\t单元\t房号\t姓名\t身份证号\t结果\t备注\n2-11\t3\t2\t501\t王建国\t110101199003070118\td\t灯亮\n"
    pasted = read_paste(text, today=TODAY)
    assert [column.field for column in pasted.columns] == [
        "time",
        "door",
        "door",
        "door",
        "people",
        "people",
        "outcome",
        "note",
    ]
    assert pasted.lines == (Cells("3-2-501", "d", "王建国 110101199003070118", "灯亮", "2-11"),)


def test_without_headings_they_are_told_by_what_stands_in_them() -> None:
    pasted = read_paste("3-2-501\tw\t19:30\n3-2-502\tj\t19:35\n", today=TODAY)
    assert [column.field for column in pasted.columns] == ["door", "outcome", "time"]
    assert [line.door for line in pasted.lines] == ["3-2-501", "3-2-502"]


def test_a_household_over_several_rows_stays_one() -> None:
    pasted = read_paste("门牌\t结果\t姓名\n3-2-501\td\t王建国\n\t\t李秀珍\n", today=TODAY)
    assert pasted.lines[1].goes_on and pasted.lines[1].people == "李秀珍"


def test_nothing_pasted_is_nothing() -> None:
    assert read_paste("", today=TODAY).lines == ()
    assert read_paste("\n\t\n", today=TODAY).lines == ()


@given(st.text(st.characters(codec="utf-8"), max_size=300))
def test_any_text_is_taken(text: str) -> None:
    assert len(read_paste(text, today=TODAY).lines) <= MOST_LINES
