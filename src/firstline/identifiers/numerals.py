"""Chinese numerals as they stand on doors: 五〇一, 十二, 二十二, 一百零三, 廿一."""

DIGITS = {
    "〇": 0, "○": 0, "零": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
    "八": 8, "九": 9, "两": 2, "幺": 1, "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6,
    "柒": 7, "捌": 8, "玖": 9,
}  # fmt: skip
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100}
NUMERALS = "".join(DIGITS) + "".join(_TENS) + "廿卅"


def read_numeral(text: str) -> str | None:
    """Digits for a numeral in either script, or None: 五〇一 -> 501, 二十二 -> 22, 12 -> 12.

    Numerals said digit by digit keep their zeros (〇一 -> 01); counted ones have none to keep.
    """
    if text.isascii():
        return text if text.isdigit() else None
    text = text.replace("廿", "二十").replace("卅", "三十")
    if all(character in DIGITS for character in text):
        return "".join(str(DIGITS[character]) for character in text) or None
    total = 0
    pending: int | None = None
    last_scale = 1000
    for character in text:
        if character in DIGITS:
            if pending:
                return None
            pending = DIGITS[character]
        elif character in _TENS:
            scale = _TENS[character]
            if scale >= last_scale:
                return None
            total += (1 if pending is None else pending) * scale
            last_scale, pending = scale, None
        else:
            return None
    return str(total + (pending or 0))
