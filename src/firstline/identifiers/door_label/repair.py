"""Bring a label to one script and width, and mend what typing and voice input do to it."""

import re
from functools import lru_cache

from firstline.identifiers.numerals import NUMERALS, read_numeral
from firstline.identifiers.width import halve

_TRADITIONAL = str.maketrans("樓棟號單層東戶門間區邊負號庫舖鋪", "楼栋号单层东户门间区边负号库铺铺")
_D = rf"[0-9{NUMERALS}]"
# Each repair needs its neighbours: the same characters are ordinary ones in estate names.
_VOICE = (
    (re.compile(rf"(?<={_D})(?:号)? ?撞"), "幢"),
    (re.compile(rf"(?<={_D})(?:号)? ?[懂动洞](?=楼? ?-?(?:{_D}|[A-Z]|$))"), "栋"),
    (re.compile(rf"(?<={_D})号[搂喽娄](?!房)"), "号楼"),
    (re.compile(rf"(?<={_D})好(?=[楼栋幢座院 -]|{_D}|$)"), "号"),
    (re.compile(rf"(?<={_D})(?:单园|单远|单圆|单原|丹元|担元|単元)"), "单元"),
    (re.compile(rf"(?<={_D}{_D}{_D})[市是事](?=$|[ ,，。;；(（-])"), "室"),
    (re.compile(rf"(?:^|(?<=[ 0-9,，号楼栋幢座元层室-]))[富付副父复](?={_D}{{1,2}}[楼层])"), "负"),
)
_DASH_WORD = re.compile(r"(?<=[0-9A-Z])一(?=[0-9])|(?<=\d)(?:杠|之|の|ー)(?=\d)")
_LETTER_O = re.compile(r"(?<=\d)[OQ](?=\d)|(?<=\d\d)O(?![A-Z])")
# 3--2--501: doubled separators, no room below ground.
_DOUBLED = re.compile(r"(?<=[0-9A-Z])--(\d{1,2})--(?=\d)")
_HASH = re.compile(r"(?<=[0-9A-Z])(?:井|♯|号#|#号|NO\.?)(?=[ 0-9-])")
_WRAPPED = re.compile(r"^[\s\"'`“”‘’(（\[【]+|[\s\"'`“”‘’\]】]+$")


@lru_cache(maxsize=16_384)
def tidy(text: str) -> tuple[str, tuple[str, ...]]:
    """The text ready to be read, and the codes of the repairs made."""
    text = _WRAPPED.sub("", halve(text).upper()).translate(_TRADITIONAL)
    text = _HASH.sub("#", text.replace("〜", "-").replace("~", "-"))
    text = _DOUBLED.sub(r"-\1-", text)
    notes: list[str] = []
    for pattern, by, code in ((_DASH_WORD, "-", "dash_word"), (_LETTER_O, "0", "letter_o")):
        mended = pattern.sub(by, text)
        if mended != text:
            notes.append(code)
            text = mended
    heard = text
    for pattern, by in _VOICE:
        heard = pattern.sub(by, heard)
    if heard != text:
        notes.append("voice")
    return heard, tuple(notes)


def number(text: str) -> str:
    """A building, unit, row or yard number in plain digits without leading zeros; others as is."""
    digits = read_numeral(text)
    if digits is None:
        return text
    return digits.lstrip("0") or "0"


def room_number(text: str) -> str:
    """A room number in plain digits: 0501 -> 501 (a padded floor), 01 stays 01 (no floor)."""
    sign = "-" if text.startswith("-") else ""
    body = text.removeprefix("-")
    digits = read_numeral(body)
    if digits is None:
        return text
    bare = digits.lstrip("0")
    return sign + (bare if len(bare) >= 3 else digits)
