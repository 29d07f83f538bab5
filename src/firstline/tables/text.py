"""Text files: which encoding, which delimiter, and records that may span lines."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from .errors import EmptyFile, NotATable, TooManyCells, TooManyColumns, TooManyRows, UnknownEncoding, gettext_noop
from .grid import Cell, Sheet, text_cell
from .limits import Limits
from .notes import ENCODINGS_MIXED, QUOTES_UNBALANCED, SPLIT_BY_SPACES

DELIMITERS = (",", "\t", ";", "|", "，", "；")
SPACES = " "  # any run of white space: what was pasted from a chat or a document
# A quoted record longer than this is an unclosed quote that swallows the list, not an address with line breaks.
LINES_IN_ONE_RECORD = 20
_SAMPLE = 200

_RUN = re.compile("[ \t\u00a0\u3000]+")
_MARK = b"\xef\xbb\xbf"
_HAN = re.compile("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
_CHINESE_TEXT = re.compile(
    "[\x00-\x7f\u00b7\u2010-\u2030\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]*"
)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\ufffe\uffff]")


def read_text(text: str, encoding: str, limits: Limits) -> Sheet:
    """`text` as `decode` answers it."""
    text = text.replace("\x1a", "")  # the end-of-file mark of old programs
    if not text.strip():
        raise EmptyFile
    if len(text) > limits.text:
        raise TooManyCells(sheet="")
    delimiter = _delimiter(text)
    notes = [ENCODINGS_MIXED] if encoding == MIXED else []
    if delimiter == SPACES:
        notes.append(SPLIT_BY_SPACES)
        records = _split(text)
    else:
        # Nothing is lost: every line becomes a record and the quotes stay in the cells for a person to see.
        unbalanced = '"' in text and _quotes_unbalanced(text, delimiter)
        notes += [QUOTES_UNBALANCED] if unbalanced else []
        records = _parsed(text, delimiter, quoted=not unbalanced)
    rows, lines = _laid_out(records, limits)
    return Sheet("", rows, encoding=encoding, notes=tuple(notes), lines=lines)


def _laid_out(records: Iterable[tuple[list[str], str]], limits: Limits) -> tuple[list[list[Cell]], tuple[str, ...]]:
    """Rows and lines to the last with something in it: spreadsheets save a million empty ones behind a list."""
    rows: list[list[Cell]] = []
    lines: list[str] = []
    filled = cells = 0
    for number, (record, line) in enumerate(records, start=1):
        blank = not any(map(str.strip, record))
        if number > limits.rows:
            if blank:
                continue
            raise TooManyRows(sheet="", rows=number, limit=limits.rows)
        if len(record) > limits.columns and any(record[limits.columns :]):
            raise TooManyColumns(sheet="", columns=len(record), limit=limits.columns)
        cells += len(record)
        if cells > limits.cells:
            raise TooManyCells(sheet="")
        rows.append([text_cell(value) for value in record[: limits.columns]])
        lines.append(line)
        if not blank:
            filled = number
    return rows[:filled], tuple(lines[:filled])


MIXED = "gb18030+utf-8"


def decode(data: bytes) -> tuple[str, str]:
    """The text without its byte order mark, and the name of the encoding, MIXED when lines differ."""
    for mark, name in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _decoded(data[len(mark) :], name)
    if name := _utf16_without_mark(data):
        return _decoded(data, name)
    marked = data.startswith(_MARK)
    data = data.removeprefix(_MARK)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decoded(data, "gb18030")
    return _decoded(data, "gb18030") if not marked and _by_chance(data, text) else (_text_only(text), "utf-8")


def _by_chance(data: bytes, text: str) -> bool:
    """A few short words of GB18030 may be letters of other countries in UTF-8: ours then, if there is Chinese in it."""
    if _CHINESE_TEXT.fullmatch(text) or _HAN.search(text):
        return False
    try:
        other = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return _HAN.search(other) is not None and _CHINESE_TEXT.fullmatch(other) is not None


def _decoded(data: bytes, encoding: str) -> tuple[str, str]:
    try:
        if encoding == "gb18030" and _mixed(data):
            return _text_only("".join(map(_line, data.splitlines(keepends=True)))), MIXED
        return _text_only(data.decode(encoding)), encoding
    except UnicodeDecodeError as problem:
        raise UnknownEncoding from problem


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


def _mixed(data: bytes) -> bool:
    """GB18030 accepts most UTF-8 bytes and yields rubbish: lines that are clean Chinese in UTF-8 give a mixture away.

    One short line may be both by chance; a line of several characters practically never is.
    """
    clean = other = False
    for line in data.splitlines():
        if line.isascii():
            continue
        text = _clean(line)
        clean = clean or (len(line) - len(text) >= 6 and text != "")
        other = other or text == ""
        if clean and other:
            return True
    return False


def _line(line: bytes) -> str:
    return _clean(line) or line.decode("gb18030")


def _clean(line: bytes) -> str:
    """The line, when in UTF-8 it is what people here write; else empty."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return text if _CHINESE_TEXT.fullmatch(text) and (line.isascii() or _HAN.search(text)) else ""


def _parsed(text: str, delimiter: str, *, quoted: bool) -> Iterator[tuple[list[str], str]]:
    """Each record with the lines it was written in."""
    csv.field_size_limit(max(len(text) + 1, 131_072))
    taken: list[str] = []

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            taken.append(line)
            yield line

    for record in csv.reader(lines(), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE):
        yield record, "".join(taken).rstrip("\r\n")
        taken.clear()


def _split(text: str) -> Iterator[tuple[list[str], str]]:
    for line in io.StringIO(text, newline=""):
        stripped = line.strip()
        yield (_RUN.split(stripped) if stripped else []), line.rstrip("\r\n")


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
    """The one by which most records fall into the same number of fields (more than one); failing all, white space."""
    if text.startswith("sep=") and len(text) > 4:
        return text[4]  # said by the spreadsheet program itself
    best, choice = (0, 0), ","
    lines = text[:100_000].splitlines()[:_SAMPLE]
    sample = "\n".join(lines)
    for delimiter in DELIMITERS:
        if delimiter not in sample:
            continue
        try:
            found = _commonest(islice(csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter), _SAMPLE))
        except csv.Error:
            continue
        best, choice = max((best, choice), (found, delimiter), key=lambda item: item[0])
    filled = [line.strip() for line in lines if line.strip()]
    split = [_RUN.split(line) for line in filled]
    # Chats and documents: words in each line, and no delimiter in most of them.
    if best[0] * 2 < len(filled) and sum(len(words) > 1 for words in split) * 2 > len(filled):
        return SPACES
    return choice


def _commonest(records: Iterator[Sequence[str]]) -> tuple[int, int]:
    """How many records have the commonest width above one, and that width."""
    widths = Counter(len(record) for record in records if len(record) > 1)
    if not widths:
        return 0, 0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return count, width
