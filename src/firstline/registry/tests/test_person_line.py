"""One line for one person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.registry.person_line import LONGEST, PersonSaid, fields_of, read_person

TODAY = date(2020, 2, 12)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "王建国 男 56 户主 13912345678",
            PersonSaid("王建国", sex="male", birth_year=1964, relation="head", phones=("13912345678",)),
        ),
        ("王建国，男，56岁，户主，139-1234-5678", PersonSaid("王建国", "male", "", 1964, "head", ("13912345678",))),
        ("王建国男56岁户主13912345678", PersonSaid("王建国", "male", "", 1964, "head", ("13912345678",))),
        ("任胜男 女 1990年 妻子", PersonSaid("任胜男", "female", "", 1990, "spouse")),
        ("李胜男", PersonSaid("李胜男")),
        ("PHAM THI HOA 女 30 配偶", PersonSaid("PHAM THI HOA", "female", "", 1990, "spouse")),
        ("张海龙 13912345678 0358-3565092", PersonSaid("张海龙", phones=("13912345678", "03583565092"))),
        ("张海龙 有糖尿病 不常住", PersonSaid("张海龙", remark="有糖尿病 不常住")),
        (
            "王建国 142302197602226845",
            PersonSaid(
                "王建国", "female", "1976-02-22", 1976, id_number="142302197602226845", origin_division="142302"
            ),
        ),
    ],
)  # fmt: skip
def test_a_line_is_understood(line: str, said: PersonSaid) -> None:
    read = read_person(line, today=TODAY)
    assert read.person == said
    assert read.doubts == ()


@pytest.mark.parametrize(
    ("line", "doubts"),
    [
        ("", ("name_missing",)),
        ("13912345678", ("name_missing",)),
        ("王建国 142302197602226846", ("id_problem",)),
        ("王建国 12345678901", ("phone_problem",)),
        ("王先生 13912345678", ("name_unusual",)),
        ("王" * (LONGEST + 1), ("too_long",)),
    ],
)
def test_doubts_are_told(line: str, doubts: tuple[str, ...]) -> None:
    assert read_person(line, today=TODAY).doubts == doubts


def test_a_broken_number_is_kept_as_said() -> None:
    person = read_person("王建国 142302197602226846", today=TODAY).person
    assert person is not None
    assert (person.id_number, person.id_problem, person.birth_year) == ("142302197602226846", "check_digit", None)


@given(st.text(max_size=LONGEST + 10))
def test_any_line_gets_an_answer(line: str) -> None:
    read = read_person(line, today=TODAY)
    assert (read.person is None) == bool({"name_missing", "too_long"} & set(read.doubts))
    assert all(value for _label, value in fields_of(read))
