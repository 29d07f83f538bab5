"""Numbers hidden in what is shown."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from firstline.registry.masks import masked, masked_document, masked_phone

DIGITS = st.text("0123456789", min_size=9, max_size=9)
GAP = st.sampled_from(["", " ", "-", "—"])


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ("189-1234-6982", "189-****-6982"),
        ("１３５１２３４１８４５", "１３５****１８４５"),
        ("142302197602226845", "142302…6845"),
        ("142302 19760222 6845", "142302…6845"),
        ("租房，雷晓玲18103317877", "租房，雷晓玲181****7877"),
        ("13912345678/13812345679", "139****5678/138****5679"),
        ("3565092", "***5092"),
        ("E12345678", "*****5678"),
        ("14230219675163336", "142302…3336"),
        ("1423021967516", "142******7516"),
    ],
)
def test_numbers_are_hidden_but_for_their_ends(cell: str, shown: str) -> None:
    assert masked(cell) == shown


@pytest.mark.parametrize(
    "cell", ["", "12-3-1001", "1号楼101室", "3-2-501、3-2-502", "2020-02-01", "1.41102E+17", "99户"]
)
def test_doors_dates_and_counts_stay(cell: str) -> None:
    assert masked(cell) == cell


@given(
    first=st.sampled_from("3456789"),
    rest=DIGITS,
    gaps=st.lists(GAP, min_size=10, max_size=10),
    around=st.text("东楼户：，；、", max_size=4),
)
def test_no_mobile_number_gets_through_however_it_is_spaced(
    first: str, rest: str, gaps: list[str], around: str
) -> None:
    digits = "1" + first + rest
    written = "".join(digit + gap for digit, gap in zip(digits, [*gaps, ""], strict=True))
    shown = masked(f"{around}{written}{around}")
    assert digits not in re.sub(r"\D", "", shown)
    assert shown.count("*") == 4


@given(st.text("0123456789１２３X- 栋，", max_size=60))
@example("010000-0000000000000")
def test_no_long_run_of_digits_gets_through(text: str) -> None:
    assert not re.search(r"\d{7}", masked(text))


@given(st.text(max_size=60) | st.text("0123456789１２３X- 栋，a—", max_size=30))
@example("499３4３7X691840")
@example("902203３0-5２8555")
def test_masking_twice_is_masking_once(text: str) -> None:
    assert masked(masked(text)) == masked(text)


def test_short_numbers_keep_less() -> None:
    assert masked_phone("12345") == "*2345"
    assert masked_document("H1234567") == "H*****67"
