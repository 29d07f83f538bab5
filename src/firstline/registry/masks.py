"""Hiding phone and document numbers in what is shown: enough stays to tell two apart, too little to use."""

import re

_PHONE_KEPT = (3, 4)
_DOCUMENT_KEPT = (6, 4)
_SHORTEST = 7

_GAP = r"[\s\-‐‑–—－.·]?"
_DIGIT = r"[0-9０-９]"
# With or without gaps: a document number, a mobile number, a landline with its area code; or any long run of digits.
# A number begins where no digit stands before it, else its shown end would join that digit into a longer run.
# A run that is too long for a phone is taken whole: half of a mistyped document number would be read as a phone.
_NUMBER = re.compile(
    rf"{_DIGIT}{{12,}}[XxＸｘ]?"
    rf"|(?<!{_DIGIT})[1-9１-９](?:{_GAP}{_DIGIT}){{16}}{_GAP}[0-9０-９XxＸｘ](?!{_DIGIT})"
    rf"|(?<!{_DIGIT})[1１](?:{_GAP}{_DIGIT}){{10}}(?!{_DIGIT})"
    rf"|(?<!{_DIGIT})[0０](?:{_GAP}{_DIGIT}){{9,11}}(?!{_DIGIT})"
    rf"|[A-Za-zＡ-Ｚａ-ｚ]{{1,3}}{_DIGIT}{{6,}}"
    rf"|{_DIGIT}{{{_SHORTEST},}}[XxＸｘ]?"
)
_COUNTED = re.compile(r"[0-9A-Za-zＡ-Ｚａ-ｚ０-９]")


def masked(text: str) -> str:
    """A cell as it came, with every phone or document number in it hidden but for its ends.

    Until nothing changes: where letters, dashes and digits run on, the shown end of one number may begin the next.
    """
    while (hidden := _NUMBER.sub(lambda found: _hide(found[0]), text)) != text:
        text = hidden
    return text


def masked_phone(digits: str) -> str:
    """``13912345678`` as ``139****5678``."""
    return _starred(digits, *_PHONE_KEPT)


def masked_document(number: str) -> str:
    """``142302197602226845`` as ``142302…6845``: sex and birthday are what it must not give away."""
    if len(number) <= sum(_DOCUMENT_KEPT):
        return _starred(number, 1, 2)
    return f"{number[: _DOCUMENT_KEPT[0]]}…{number[-_DOCUMENT_KEPT[1] :]}"


def _hide(number: str) -> str:
    length = len(_COUNTED.findall(number))
    if length >= 15:
        return masked_document("".join(_COUNTED.findall(number)))
    return _starred(number, *_PHONE_KEPT)


def _starred(number: str, first: int, last: int) -> str:
    """Stars for the middle; gaps stay, so that the row looks as it was typed."""
    length = len(_COUNTED.findall(number))
    if length < first + last + 4:
        first = 0
    seen = 0
    shown = []
    for character in number:
        if _COUNTED.match(character):
            seen += 1
            shown.append(character if seen <= first or seen > length - last else "*")
        else:
            shown.append(character)
    return "".join(shown)
