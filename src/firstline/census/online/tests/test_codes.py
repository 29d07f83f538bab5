"""Codes that people type."""

from hypothesis import given
from hypothesis import strategies as st

from firstline.census.online.codes import LENGTH, SIGNS, code_of, grouped, new_code, typed_code


@given(st.binary(min_size=16, max_size=16))
def test_a_code_is_read_back_however_it_is_typed(secret: bytes) -> None:
    code = code_of(secret)
    assert typed_code(grouped(code).lower()) == code
    assert typed_code(code.replace("2", "z").replace("5", "S").replace("8", "b")) == code


@given(st.text(max_size=60))
def test_what_is_no_code_is_none(text: str) -> None:
    found = typed_code(text)
    assert found == "" or (len(found) == LENGTH and set(found) <= set(SIGNS))


def test_codes_of_links_differ() -> None:
    assert len({new_code() for _ in range(100)}) == 100
