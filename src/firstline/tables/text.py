"""Text files: which encoding, which delimiter, and records that may span lines."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable

from .errors import (
    EmptyFile,
    MixedEncodings,
    NotATable,
    TooManyCells,
    TooManyColumns,
    TooManyRows,
    UnknownEncoding,
    gettext_noop,
)
from .grid import Sheet, text_cell
from .limits import Limits

DELIMITERS = (",", "\t", ";", "|", "，")
# A quoted record longer than this is an unclosed quote that swallows the list, not an address with line breaks.
LINES_IN_ONE_RECORD = 20
_SAMPLE = 200

_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")
_CHINESE_TEXT = re.compile(
    "[\x00-\x7f\u00b7\u2010-\u2030\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]*"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")


def read_text(data: bytes, limits: Limits) -> Sheet:
    text, encoding = decode(data)
    if not text.strip():
        raise EmptyFile
    text = text.replace("\x1a", "")  # the end-of-file mark of old programs
    records, notes = _records(text)
    rows = []
    cells = 0
    for record in records:
        if len(record) > limits.columns and any(record[limits.columns :]):
            raise TooManyColumns(sheet="", columns=len(record), limit=limits.columns)
        cells += len(record)
        if cells > limits.cells:
            raise TooManyCells(sheet="")
        rows.append([text_cell(value) for value in record[: limits.columns]])
        if len(rows) > limits.rows:
            raise TooManyRows(sheet="", rows=len(rows), limit=limits.rows)
    return Sheet("", rows, encoding=encoding, notes=notes)


def decode(data: bytes) -> tuple[str, str]:
    """The text without its byte order mark, and the name of the encoding."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            try:
                return _text_only(data[len(mark) :].decode(name)), name
            except UnicodeDecodeError as problem:
                raise UnknownEncoding from problem
    name = _utf16_without_mark(data)
    for encoding in (name,) if name else ("utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == "gb18030":
            _refuse_mixture(data)
        return _text_only(text), encoding
    _refuse_mixture(data)
    raise UnknownEncoding


def _text_only(text: str) -> str:
    if _CONTROL.search(text):
        raise NotATable(found=gettext_noop("a binary file"))
    return text


def _utf16_without_mark(data: bytes) -> str:
    """Digits, commas and line ends have a zero byte in UTF-16; no other text has any."""
    sample = data[:4000]
    if len(data) % 2 or b"\x00" not in sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if even == 0:
        return "utf-16-le"
    return "utf-16-be" if odd == 0 else ""


def _refuse_mixture(data: bytes) -> None:
    """GB18030 accepts most UTF-8 bytes and yields rubbish: lines that are clean Chinese in UTF-8 give a mixture away.

    One short line may be both by chance; a line of several characters practically never is.
    """
    first = 0
    other = 0
    for number, line in enumerate(data.splitlines(), start=1):
        if line.isascii():
            continue
        try:
            text = line.decode("utf-8")
        except UnicodeDecodeError:
            other += 1
            continue
        if len(line) - len(text) >= 6 and _CHINESE_TEXT.fullmatch(text) and _HAN.search(text):
            first = first or number
    if first and other:
        raise MixedEncodings(line=first)


def _records(text: str) -> tuple[Iterable[list[str]], tuple[str, ...]]:
    csv.field_size_limit(max(len(text) + 1, 131_072))
    delimiter = _delimiter(text)
    if '"' in text and _quotes_unbalanced(text, delimiter):
        # Nothing is lost: every line becomes a record and the quotes stay in the cells for a person to see.
        return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, quoting=csv.QUOTE_NONE), (
            "quotes_unbalanced",
        )
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), ()


def _quotes_unbalanced(text: str, delimiter: str) -> bool:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    try:
        for _ in reader:
            if reader.line_num - before > LINES_IN_ONE_RECORD:
                return True
            before = reader.line_num
    except csv.Error:
        return True
    return False


def _delimiter(text: str) -> str:
    """The one by which most records fall into the same number of fields (more than one)."""
    best, choice = (0, 0), ","
    sample = "\n".join(text[:100_000].splitlines()[:_SAMPLE])
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        try:
            widths = Counter(
                len(record)
                for record in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
                if len(record) > 1
            )
        except csv.Error:
            continue
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            best, choice = max((best, choice), ((count, width), delimiter), key=lambda item: item[0])
    return choice
