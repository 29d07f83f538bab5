import pytest

from firstline.identifiers.numerals import read_numeral


@pytest.mark.parametrize(
    ("written", "digits"),
    [("五〇一", "501"), ("五零一", "501"), ("十", "10"), ("十二", "12"), ("二十", "20"),
     ("二十二", "22"), ("廿一", "21"), ("一百零三", "103"), ("一百一十", "110"), ("〇一", "01"),
     ("一〇〇二", "1002"), ("两", "2"), ("12", "12"), ("叁", "3")],
)  # fmt: skip
def test_a_numeral_is_read_in_either_script(written: str, digits: str) -> None:
    assert read_numeral(written) == digits


@pytest.mark.parametrize("written", ["", "楼", "五楼", "十百", "一二十", "3楼"])
def test_anything_else_is_no_numeral(written: str) -> None:
    assert read_numeral(written) is None
