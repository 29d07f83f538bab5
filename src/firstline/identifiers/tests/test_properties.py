"""What must hold for any text, any door and any number."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum.cn import uscc

from firstline.identifiers import building_line, business_code, division, door_label, names, phone, plate, resident_id
from firstline.identifiers.door_label import Ambiguous, Door, Found, Shape
from firstline.identifiers.width import halve

WORDS = (
    "0123456789-/#.、,，号楼栋幢座单元室层户排街巷东西南北中一二三十〇A B负地下商铺组村期区院路X每各共没有无至撞懂好市"
)
TEXTS = st.one_of(st.text(max_size=60), st.text(alphabet=WORDS, max_size=40))
_PIECES = """
1 2 3 12 501 101 1203 01 - / # . 、 号 楼 栋 单元 室 层 号楼 户 排 街 巷 东 西 东街 三 二〇一 A B 12A04 负
地下 地下室 商铺 组 期 区 院 路 座 撞 懂 东户 丽景 小区 /2 5层 门面 平房 前楼 一期 东3 A1 -101
"""
WRITTEN = st.lists(st.sampled_from(_PIECES.split()), min_size=2, max_size=8).map("".join)
CELLS = st.one_of(
    TEXTS,
    WRITTEN,
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.binary(max_size=8),
)
SHAPES = st.builds(
    Shape,
    st.sampled_from([None, True, False]),
    st.frozensets(st.sampled_from(["1", "3", "A", "东街1排", "西巷2排", "东街", "3排", "东3"])),
    st.dictionaries(st.sampled_from(["1", "3", "A"]), st.frozensets(st.sampled_from(["1", "2", "东"]))),
)
NUMERALS = "〇一二三四五六七八九"


def said(number: int) -> str:
    return "".join(NUMERALS[int(digit)] for digit in str(number))


def counted(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else NUMERALS[tens] + "十"
    return head + (NUMERALS[ones] if ones or not tens else "")


@given(CELLS, SHAPES)
@settings(max_examples=400, deadline=None)
def test_no_cell_makes_the_door_reader_raise_and_every_answer_can_be_kept(cell: object, shape: Shape) -> None:
    parsed = door_label.parse(cell, shape)
    if isinstance(parsed, Found) and not parsed.door.address:
        assert parsed.door.room
        assert door_label.from_label(parsed.door.label) == parsed.door
    if isinstance(parsed, Ambiguous):
        assert parsed.cause in door_label.CAUSES
        assert parsed.readings
    assert all(note in door_label.NOTES for note in getattr(parsed, "notes", ()))


@given(CELLS, CELLS, CELLS, SHAPES)
@settings(max_examples=200, deadline=None)
def test_no_three_cells_make_it_raise(building: object, unit: object, room: object, shape: Shape) -> None:
    door_label.from_columns(building=building, unit=unit, room=room, shape=shape)


@given(st.one_of(TEXTS, WRITTEN))
@settings(max_examples=600, deadline=None)
def test_a_canonical_label_is_read_as_itself(text: str) -> None:
    parsed = door_label.parse(text)
    if not isinstance(parsed, Found) or parsed.door.address:
        return
    again = door_label.parse(parsed.door.label, Shape(has_units=bool(parsed.door.unit)))
    assert not isinstance(again, Found) or again.door == parsed.door


@given(
    st.integers(1, 99),
    st.integers(1, 12),
    st.integers(1, 33),
    st.integers(1, 12),
)
def test_all_spellings_of_a_door_with_a_unit_are_equal(b: int, u: int, floor: int, n: int) -> None:
    r = floor * 100 + n
    spellings = (
        f"{b}-{u}-{r}",
        f"{b}号楼{u}单元{r}",
        f"{counted(b)}号楼{counted(u)}单元{said(r)}室",
        f"{b}#{u}-{r}",
        f"{b}栋{u}-{r}",
        f"{b}幢{counted(u)}单元{r}号",
        f"{b}楼{u}单{r}",
        f"丽景花园二期{b}号楼{u}单元{r}室",
        f"{b}撞{u}单元{r}市",
        f"{b}/{u}/{r}",
        f"{b}号楼{u}单元{floor}层{n:02d}",
    )
    for written in spellings:
        parsed = door_label.parse(written)
        assert isinstance(parsed, Found), written
        assert parsed.door == Door(str(b), str(u), str(r)), written
    by_columns = door_label.from_columns(building=float(b), unit=f"{u}单元", room=float(r))
    assert isinstance(by_columns, Found)
    assert by_columns.door == Door(str(b), str(u), str(r))


@given(st.integers(1, 99), st.integers(1, 33), st.integers(1, 12))
def test_two_numbers_are_asked_until_the_compound_is_known(b: int, floor: int, n: int) -> None:
    r = floor * 100 + n
    written = f"{b}-{r}"
    asked = door_label.parse(written)
    assert isinstance(asked, Ambiguous)
    assert Door(str(b), "", str(r)) in asked.readings
    known = door_label.parse(written, Shape(has_units=False))
    assert isinstance(known, Found)
    assert known.door.label == written
    in_words = door_label.parse(f"{b}号楼{r}室")
    assert isinstance(in_words, Found)
    assert in_words.door == known.door


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
def test_a_date_in_a_door_column_is_always_asked(day: date) -> None:
    for written in (day, day.isoformat(), f"{day.month}月{day.day}日"):
        parsed = door_label.parse(written)
        assert isinstance(parsed, Ambiguous)
        assert parsed.cause == "date_shaped"


BODIES = st.builds(
    lambda area, day, order: f"{area}{day:%Y%m%d}{order:03d}",
    st.integers(110000, 659999),
    st.dates(date(1900, 1, 1), date(2019, 12, 31)),
    st.integers(0, 999),
)


@given(BODIES, st.data())
def test_the_check_character_finds_every_single_error_and_every_exchange_of_neighbours(
    body: str, data: st.DataObject
) -> None:
    number = body + resident_id.check_character(body)
    at = data.draw(st.integers(0, 17))
    other = data.draw(st.sampled_from([c for c in ("0123456789X" if at == 17 else "0123456789") if c != number[at]]))
    wrong = number[:at] + other + number[at + 1 :]
    assert not resident_id.parse(wrong).sound
    left = data.draw(st.integers(0, 15))
    exchanged = number[:left] + number[left + 1] + number[left] + number[left + 2 :]
    assert exchanged == number or not resident_id.parse(exchanged).sound


@given(st.text(business_code.ALPHABET, min_size=9, max_size=9), st.data())
def test_the_check_character_of_a_business_finds_every_single_error(tail: str, data: st.DataObject) -> None:
    body = "91141102" + tail
    code = body + uscc.calc_check_digit(body)
    assert business_code.parse(code).problems == ()
    at = data.draw(st.integers(8, 17))
    other = data.draw(st.sampled_from([c for c in business_code.ALPHABET if c != code[at]]))
    assert business_code.parse(code[:at] + other + code[at + 1 :]).problems == ("check_digit",)


@pytest.mark.parametrize(
    "read",
    [
        resident_id.parse,
        phone.parse_cell,
        plate.parse,
        business_code.parse,
        division.parse,
        names.judge,
        names.clean,
    ],
)
@given(cell=CELLS)
@settings(max_examples=150, deadline=None)
def test_no_cell_makes_a_reader_raise(read: object, cell: object) -> None:
    assert callable(read)
    read(cell)


@given(TEXTS)
def test_keys_of_any_text_are_texts(text: str) -> None:
    assert names.pinyin(text).isascii()
    assert names.fold(names.fold(text)) == names.fold(text)
    assert all(len(pair) == 2 for pair in names.bigrams(text))


@given(st.lists(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True), min_size=1, max_size=3, unique=True))
def test_phones_come_back_in_order_however_they_are_parted(numbers: list[str]) -> None:
    for between in (" ", "/", "、", ",", "\n", ";"):
        assert [phone.canonical for phone in phone_numbers(between.join(numbers))] == numbers


def phone_numbers(text: str) -> tuple[phone.Phone, ...]:
    return phone.parse_cell(text).numbers


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_any_line_gives_doors_or_says_what_was_not_understood(text: str) -> None:
    line = building_line.parse_line(text)
    doors = building_line.expand(line)
    assert bool(doors) != bool(line.problems)
    assert all(problem.code in building_line.PROBLEMS for problem in line.problems)
    assert len({door.label for door in doors}) == len(doors) <= building_line.LIMIT


@given(st.integers(1, 6), st.integers(0, 4), st.integers(1, 33), st.integers(1, 8))
@settings(deadline=None)
def test_a_plan_makes_each_door_once_and_each_can_be_read_back(
    buildings: int, units: int, floors: int, per: int
) -> None:
    line = building_line.parse_line(f"1-{buildings}号楼 {f'各{units}单元' if units else ''} {floors}层 每层{per}户")
    doors = building_line.expand(line)
    assert len(doors) == line.door_count == buildings * max(units, 1) * floors * per
    assert len({door.label for door in doors}) == len(doors)
    shape = Shape(has_units=bool(units))
    for door in (doors[0], doors[-1]):
        parsed = door_label.parse(door.label, shape)
        assert isinstance(parsed, Found)
        assert parsed.door == Door(door.building, door.unit, door.room)
        assert door_label.floor_of(door.room) == door.floor


PLAIN = st.one_of(st.characters(codec="ascii"), st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF))


@given(st.text(st.one_of(PLAIN, st.characters())))
def test_the_short_way_and_the_long_way_of_halving_agree(text: str) -> None:
    assert halve(text) == halve(f"\u200b{text}")
