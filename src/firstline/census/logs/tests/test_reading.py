"""Logs in layouts that nobody promised: columns in any order under any heading, several attempts in a row."""

import io
from datetime import date

import openpyxl
import pytest

from firstline import tables
from firstline.census.logs.reading import LogRead, RowRead, read_log
from firstline.census.logs.result_words import Kind
from firstline.kernel.clock import Precision

BEGIN, TODAY = date(2020, 1, 26), date(2020, 2, 12)


def read(content: str | bytes) -> LogRead | None:
    data = content.encode() if isinstance(content, str) else content
    return read_log(tables.read(data), begin=BEGIN, today=TODAY, compound=lambda name: name == "锦绣苑")


def told(row: RowRead) -> list[tuple[str, str]]:
    return [
        (str(one.heard.result) if one.heard else "?", f"{one.moment.at:%m-%d %H:%M}" if one.moment else "?")
        for one in row.tries
    ]


def test_columns_are_found_by_what_they_mean() -> None:
    log = read(
        "情况说明,上门日期,几点,所属小区,栋,单元门,房号,走访人,走访情况,耗时\n"
        "没开灯,2020/2/3,9点半,锦绣苑,3栋,1,501,老韩,敲门没反应,2\n"
        ",2月3日,下午3:20,锦绣苑,3栋,2单元,502,老韩,已录入,5分钟\n"
        ",同上,下午3:40,锦绣苑,4栋,2单元,502,老韩,不给开,\n"
        "合计,,,,,,,,3户,\n"
    )
    assert log is not None
    heading, first, second, third, total = log.rows
    assert (first.compound, first.building, first.unit, first.room) == ("锦绣苑", "3栋", "1", "501")
    assert (first.visitor, first.minutes, first.remark) == ("老韩", 2, "没开灯")
    assert [told(row) for row in (first, second, third)] == [
        [("no_answer", "02-03 09:30")],
        [("registered", "02-03 15:20")],
        [("refused", "02-03 15:40")],
    ]
    assert (second.minutes, heading.tries, total.tries) == (5, (), ())


def test_a_log_without_headings_is_read_by_what_stands_in_it() -> None:
    log = read("2月1日,9:20,锦绣苑,3,1,501,老韩,登记,3\n2月1日,9:30,锦绣苑,3,1,502,老韩,没人,1\n")
    assert log is not None
    assert [(row.building, row.unit, row.room, told(row)[0]) for row in log.rows] == [
        ("3", "1", "501", ("registered", "02-01 09:20")),
        ("3", "1", "502", ("no_answer", "02-01 09:30")),
    ]


@pytest.mark.parametrize(
    "headings",
    [
        "日期,小区,楼,单元,户号,第一次时间,第一次结果,第二次时间,第二次结果",
        "日期,小区,楼,单元,户号,时间1,结果1,时间2,结果2",
    ],
)
def test_several_attempts_share_the_day_of_their_row(headings: str) -> None:
    log = read(f"{headings}\n2.1,锦绣苑,3,1,501,9:20,没人,19:20,登记\n")
    assert log is not None
    assert told(log.rows[1]) == [("no_answer", "02-01 09:20"), ("registered", "02-01 19:20")]


def workbook(attempts: int, sheets: list[str]) -> bytes:
    book = openpyxl.Workbook(write_only=False)
    del book["Sheet"]
    for name in sheets:
        sheet = book.create_sheet(name)
        sheet.append([f"电话摸排表（{name}）"])
        names = [f"第{'一二三四'[at]}次" for at in range(attempts)]
        sheet.append(
            [
                "序号",
                "小区",
                "门牌",
                "姓名",
                "电话",
                *[cell for one in names for cell in (one, None)],
                "了解到的人员",
                "备注",
            ]
        )
        sheet.append([None] * 5 + ["时间", "结果"] * attempts)
        calls = ["1.29 10:00", "没接"] * (attempts - 1) + ["01-30 19:46", "登记"]
        sheet.append([1, "锦绣苑", "3-1-501", "刘永红", 16659895785, *calls, "刘永红、爱人薛爱兰", None])
        sheet.append([2, "锦绣苑", "3-1-502", "王强", 16659895786, None, None])
        sheet.append(["小计", "共2户"])
        sheet.merge_cells("A1:F1")
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize("attempts", [1, 2, 3, 4])
@pytest.mark.parametrize("sheets", [["宋婧慧"], ["宋婧慧", "杨丽丽"]])
def test_a_telephone_survey_has_a_sheet_a_caller_and_so_many_calls(attempts: int, sheets: list[str]) -> None:
    log = read(workbook(attempts, sheets))
    assert log is not None
    assert log.kind is Kind.CALLS
    called = [row for row in log.rows if row.tries]
    assert [row.visitor for row in called] == sheets
    for row in called:
        assert told(row) == [("no_answer", "01-29 10:00")] * (attempts - 1) + [("registered", "01-30 19:46")]
        assert [person.name for person in row.people] == ["刘永红", "薛爱兰"]
        assert row.text == "锦绣苑 3-1-501"
    # Title, two rows of headings, a household not called yet, the total: counted, and nothing else.
    assert len(log.rows) == 6 * len(sheets)


def test_a_moment_noted_to_the_day_stays_so() -> None:
    log = read("日期,小区,门牌号,结果\n2.1,锦绣苑,3-1-501,没人\n")
    assert log is not None
    moment = log.rows[1].tries[0].moment
    assert moment is not None
    assert moment.precision is Precision.DAY


def test_other_lists_are_no_logs() -> None:
    assert (
        read(
            "钥匙编号,门牌,姓名,是否签字,领取日期\n1,锦绣苑3-1-501,王敏,是,2020-02-04\n2,锦绣苑3-1-502,王刚,否,2020-02-04\n"
        )
        is None
    )
    assert read("房号,户主,电话,入住情况\n3-1-501,王敏,13912345678,自住\n3-1-502,王刚,13912345679,空置\n") is None


def test_what_cannot_be_read_is_kept_as_it_stands() -> None:
    long = "很" * 2_000_000
    log = read(f"日期,小区,楼,单元,户号,入户人员,结果,备注\n昨天,锦绣苑,3,1,501,😀,见人下菜,{long}\n")
    assert log is not None
    row = log.rows[1]
    assert told(row) == [("?", "?")]
    assert (row.visitor, len(row.remark)) == ("😀", len(long))
