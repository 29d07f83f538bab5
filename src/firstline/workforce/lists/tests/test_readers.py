"""What readers of lists of people promise, whatever stands in the cells."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from firstline import tables
from firstline.workforce.lists.reading import Field, Kind, Layout, day_of, days_of, read_lists, team_of
from firstline.workforce.lists.reading.headings import field_of, heading, kind_of, organisation_in
from firstline.workforce.lists.tests.lists import CHECKPOINTS, SECRETARIES, STAFF

ANYTHING = st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=24)
CELL = st.one_of(
    ANYTHING,
    st.sampled_from(
        ["张宏军", "1579740 4367", "2016年2月3日", "1.28-2.6", "村医：申瑞华 民警：张亚飞", "合计", "灵泉镇", ""]
    ),
)


def _csv(rows: list[list[str]]) -> bytes:
    quoted = [",".join('"' + cell.replace('"', "") + '"' for cell in row) for row in rows]
    return ("\n".join(quoted) + "\n").encode()


@given(st.lists(st.lists(CELL, min_size=7, max_size=7), min_size=1, max_size=6))
def test_no_row_is_lost_and_none_is_read_twice(rows: list[list[str]]) -> None:
    head = ["姓名", "派出单位", "职务", "乡镇", "村", "联系电话", "到村时间"]
    for sheet in read_lists(tables.read(_csv([head, *rows])), year=2020, name="第一书记.csv"):
        read = [line.row for line in sheet.lines]
        over = [row for row, _text in sheet.passed_over]
        filled = {number for number, row in enumerate(rows, 2) if any(cell.strip() for cell in row)}
        assert len(set(read)) == len(read)
        assert not set(read) & set(over)
        assert filled <= set(read) | set(over)


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=6), st.sampled_from(list(Kind)))
def test_whatever_somebody_says_of_the_columns_it_is_read_or_asked_about(rows: list[list[str]], kind: Kind) -> None:
    assume(any(cell.strip() for row in rows for cell in row))
    layout = Layout(0, {1: Field.NAME, 2: Field.PHONE})
    sheets = read_lists(tables.read(_csv(rows)), year=2020, kinds={1: kind}, layouts={1: layout})
    for line in (line for sheet in sheets for line in sheet.lines):
        sound = line.name and not any(one.waits for one in line.problems)
        assert sound or line.problems or kind == Kind.CHECKPOINTS
        assert line.phone == "" or line.phone.lstrip("+").replace("-", "").isdigit()


@given(ANYTHING)
def test_a_day_is_a_day_or_nothing(text: str) -> None:
    assert day_of(text, 2020) is None or isinstance(day_of(text, 2020), date)


@given(st.dates(date(2000, 1, 1), date(2030, 12, 31)))
def test_every_way_of_writing_a_day_is_read_as_that_day(day: date) -> None:
    ways = (
        day.isoformat(),
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    )
    assert [day_of(way, 1999) for way in ways] == [day] * len(ways)


@given(ANYTHING)
def test_words_about_days_are_kept_as_they_were_written(text: str) -> None:
    found = days_of(text, 2020)
    assert found is None or found.words.strip() == text.strip()


@given(ANYTHING)
def test_a_team_invents_nobody(text: str) -> None:
    for one in team_of(text, frozenset()).members:
        assert all(character in text for character in one.name)


@given(ANYTHING)
def test_headings_are_read_without_their_brackets_and_spaces(text: str) -> None:
    assert " " not in heading(text)
    assert field_of(text) is None or isinstance(field_of(text), Field)


@pytest.mark.parametrize(
    ("content", "name", "kind", "people"),
    [
        (SECRETARIES, "第一书记.csv", Kind.SECRETARIES, 2),
        (CHECKPOINTS, "检查点.csv", Kind.CHECKPOINTS, 2),
        (STAFF, "人员.csv", Kind.STAFF, 2),
    ],
)
def test_each_kind_is_known_by_its_columns(content: bytes, name: str, kind: Kind, people: int) -> None:
    (sheet,) = read_lists(tables.read(content), year=2020, name=name)
    assert (sheet.kind, len(sheet.lines)) == (kind, people)


def test_what_columns_say_decides_before_what_a_title_says() -> None:
    assert kind_of({1: Field.HEAD, 2: Field.PLACE}, "第一书记名单") == Kind.CHECKPOINTS
    assert kind_of({1: Field.NAME, 2: Field.VILLAGE}, "") is None
    assert organisation_in("Sheet1", "社区人员名单(共14人)") == "社区"
