"""Numbers of sheets: what is printed is read back, however it is typed, and a slip of the finger is noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.paper.numbers import number_of, payload, read_number, read_numbers

serials = st.integers(1, 9_999_999)


@given(serials)
def test_what_is_printed_is_read_back(serial: int) -> None:
    number = number_of(serial)

    assert read_number(number) == serial
    assert read_number(payload(number)) == serial
    assert read_number(payload(number, 2)) == serial


@given(serials, st.data())
def test_one_wrong_digit_is_noticed(serial: int, data: st.DataObject) -> None:
    number = number_of(serial)
    at = data.draw(st.sampled_from([at for at, character in enumerate(number) if character.isdecimal()]))
    other = data.draw(st.sampled_from([digit for digit in "0123456789" if digit != number[at]]))

    assert read_number(number[:at] + other + number[at + 1 :]) is None


@given(serials)
def test_two_neighbours_swapped_are_noticed(serial: int) -> None:
    digits = number_of(serial).replace("-", "")
    for at in range(len(digits) - 1):
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if swapped != digits:
            assert read_number(swapped) is None


@pytest.mark.parametrize(
    "typed",
    [
        "0417-{c}",
        "417-{c}",
        "0417{c}",
        "417{c}",
        "FL:0417-{c}",
        "fl:0417-{c}",
        "０４１７－{c}",
        " 0417 - {c} ",
        "编号0417-{c}",
    ],
)
def test_a_number_may_be_typed_in_many_ways(typed: str) -> None:
    assert read_number(typed.format(c=number_of(417)[-1])) == 417


@pytest.mark.parametrize("typed", ["", "王建国", "3-2-501", "0000-0", "13912345678901", "FL:", "-3"])
def test_other_words_are_no_numbers(typed: str) -> None:
    assert read_number(typed) is None


def test_a_pile_is_typed_in_one_go() -> None:
    first, second = number_of(417), number_of(418)

    read = read_numbers(f"{first}，{second}\n{first} 王建国")

    assert (read.serials, read.unread) == ([417, 418], ["王建国"])
