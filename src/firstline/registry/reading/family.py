"""People packed into one cell: a name with its phone, a whole family with relations, in whatever order and marks.

卫天珍 老婆刘改莲 女儿卫梦宁        王凤(妻子)13912345678、王静(女)
妻:张三；子 张四 13812345678        胡永辉　妻子郭婧
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from firstline.identifiers import names, phone, resident_id
from firstline.identifiers.names.tables import COMPOUND_SURNAMES, FORMS_OF_ADDRESS, NOT_NAMES
from firstline.identifiers.numerals import read_numeral
from firstline.identifiers.width import halve

from .words import EMPTY_FLAT, NO_NAMES, NOTHING, RELATION_WORDS, STATUS

LONGEST_NAME = 100
# A family with its phones fits; what is longer is no answer to the heading, and stays with the row as it came.
LONGEST_CELL = 400

_HAN = r"\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PLAIN = re.compile(rf"[{_HAN}]{{2,3}}")
_SINGLE = re.compile(rf"[{_HAN}] ?[{_HAN}]{{1,2}}")
_TOKENS = re.compile(
    r"(?P<document>(?<!\d)(?:\d{17}[\dXx]|\d{15})(?![\dXx]))"
    r"|(?P<phone>(?<!\d)(?:\+?86[- ]?)?1[3-9]\d(?:[ -]?\d){8}(?!\d)"
    r"|(?<!\d)\(?0\d{2,3}\)?[ -]?\d{7,8}(?!\d)|(?<!\d)\d{7,14}(?!\d))"
    r"|(?P<count>(?:一家|全家|家里|家中|总|一?共|有)*[0-9一二三四五六七八九两]{1,2}(?:口人|口|个人|人|位)(?![\u3400-\u9fff]))"
    r"|\((?P<bracket>[^()]*)\)?"
    rf"|(?P<han>[{_HAN}?\ufffd□*]+(?:[·•‧・.][{_HAN}]+)*)"
    r"|(?P<latin>[A-Za-z][A-Za-z'’. -]*[A-Za-z])"
    r"|(?P<gap> +)|(?P<mark>.)",
    re.DOTALL,
)
_RELATIVES = sorted(RELATION_WORDS, key=len, reverse=True)
_RELATIVES_BY_FIRST = {
    first: [word for word in _RELATIVES if word[0] == first] for first in {word[0] for word in _RELATIVES}
}
_LONG_RELATIVE = re.compile(
    rf"(?<=[{_HAN}]{{2}})(?:{'|'.join(word for word in _RELATIVES if len(word) > 1)})(?=[{_HAN}:：])"
)
_LABELS = re.compile(r"^(?:姓名|电话|手机|联系电话|联系方式|身份证号?|成员|家庭成员|家属|联系人)$")
_AGE = re.compile(r"^\d{1,3}岁?$|^(?:男|女)$")
_NAME_AND_RELATION = re.compile(rf"^(?P<name>[{_HAN}]{{2,4}})[-—:：](?P<relation>[{_HAN}]{{1,3}})$")


@dataclass(slots=True)
class Member:
    """One person of a cell; `relation` is empty where the cell says none."""

    name: str
    relation: str = ""
    phones: list[str] = field(default_factory=list)
    document: str = ""
    doubts: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Family:
    """`phones` are those that stand before any name. `persons`: how many the cell says they are. `words`: what else."""

    members: tuple[Member, ...] = ()
    phones: tuple[str, ...] = ()
    persons: int | None = None
    doubts: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


NOBODY = Family()


def read_family(written: str) -> Family:
    """Who is named in a cell, in its order. Never raises."""
    text = halve(written)
    if _PLAIN.fullmatch(text) and _a_name(text) and not text.endswith(FORMS_OF_ADDRESS):
        return Family((Member(text),))
    if text in NOTHING or text in EMPTY_FLAT:
        return NOBODY
    return _Reader(halve(written[:LONGEST_CELL].replace("\n", "、").replace("\r", "、"))).read()


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._members: list[Member] = []
        self._loose: list[str] = []
        self._doubts: list[str] = []
        self._words: list[str] = []
        self._relation = ""
        self._persons: int | None = None

    def read(self) -> Family:
        for kind, said in self._tokens():
            getattr(self, f"_{kind}")(said)
        return Family(
            tuple(self._members),
            tuple(self._loose),
            self._persons,
            tuple(dict.fromkeys(self._doubts)),
            tuple(self._words),
        )

    def _tokens(self) -> Iterator[tuple[str, str]]:
        """Tokens with their kind; the two halves of a name that was set wide (刘　鹏) are one."""
        found = [(match.lastgroup or "mark", match[match.lastgroup or 0]) for match in _TOKENS.finditer(self._text)]
        position = 0
        while position < len(found):
            kind, said = found[position]
            if (
                kind == "han"
                and position + 2 < len(found)
                and found[position + 1][0] == "gap"
                and found[position + 2][0] == "han"
                and _is_wide(said, found[position + 2][1])
            ):
                said += found[position + 2][1]
                position += 2
            if kind not in ("gap", "mark"):
                yield kind, said
            position += 1

    def _document(self, said: str) -> None:
        document = resident_id.parse(said)
        if self._members and not self._members[-1].document:
            self._members[-1].document = document.canonical or document.known
        else:
            self._doubts.append("family_uncertain")

    def _phone(self, said: str) -> None:
        for number in phone.parse_cell(said).numbers:
            if number.problems:
                self._doubts.append("phone_problem")
            if number.canonical:
                (self._members[-1].phones if self._members else self._loose).append(number.canonical)

    def _count(self, said: str) -> None:
        digits = re.sub(r"\D", "", said) or read_numeral(said.rstrip("口人个位")[-1:])
        self._persons = int(digits) if digits else None

    def _bracket(self, said: str) -> None:
        inner = said.strip()
        relation = RELATION_WORDS.get(inner)
        if relation and self._members:
            self._members[-1].relation = relation
        elif relation:
            self._relation = relation
        elif any(character.isdigit() for character in inner):
            for match in _TOKENS.finditer(inner):
                if match.lastgroup in ("phone", "document", "count"):
                    getattr(self, f"_{match.lastgroup}")(match[match.lastgroup])
        elif _PLAIN.fullmatch(inner) and names.has_surname(inner) and inner not in NOT_NAMES and self._members:
            self._members.append(Member(inner, doubts=["family_uncertain"]))
        elif inner and self._members:
            self._members[-1].doubts.append("name_unusual")

    def _latin(self, said: str) -> None:
        self._add(said)

    def _han(self, said: str) -> None:
        if said in RELATION_WORDS and not (names.has_surname(said) and len(said) > 1):
            self._relation = RELATION_WORDS[said]
            return
        if _LABELS.match(said):
            return
        if said in NOT_NAMES or said in EMPTY_FLAT or said in NO_NAMES or _says_status(said):
            self._words.append(said)
            return
        for relation, name in _parted(said, first=not self._members and not self._relation):
            if relation:
                self._relation = RELATION_WORDS[relation]
            if name:
                self._add(name)

    def _add(self, name: str) -> None:
        judged = names.judge(name)
        doubts = []
        if {"lost_character", "masked"} & set(judged.notes):
            doubts.append("name_damaged")
        elif judged.kind != "name" or "long" in judged.notes:
            doubts.append("name_unusual")
        if judged.kind == "empty":
            return
        self._members.append(Member((judged.name or name)[:LONGEST_NAME], self._relation, doubts=doubts))
        self._relation = ""


def _says_status(run: str) -> bool:
    """自住, 过年回来了, 有车: a remark that got among the names."""
    return len(run) > 1 and bool(STATUS.search(run)) and not names.has_surname(run)


def _is_wide(left: str, right: str) -> bool:
    """刘 鹏, 李 涛, 王 建国, 欧阳 娜: one name set wide; 妻 王芳 and 王亮 刘梅 are not."""
    if len(right) > 2 or right in RELATION_WORDS:
        return False
    if len(left) == 1:
        return names.has_surname(left + right) and (left not in RELATION_WORDS or len(right) == 1)
    return len(right) == 1 and left in COMPOUND_SURNAMES


def _parted(run: str, *, first: bool) -> Iterator[tuple[str, str]]:
    """Relation and name of each person of a run of characters, the relation empty where none is said."""
    inside = list(_LONG_RELATIVE.finditer(run))
    cut = next((match.start() for match in inside if _a_name(run[: match.start()])), 0)
    if cut and not _a_name(run):
        yield from _parted(run[:cut], first=first)
        yield from _parted(run[cut:], first=False)
        return
    for word in _RELATIVES_BY_FIRST.get(run[:1], ()):
        rest = run.removeprefix(word).lstrip("是:：")
        if rest == run or (not 2 <= len(rest) <= 4 and "·" not in rest):
            continue
        if _stronger(word, rest, run, first=first):
            yield word, rest
            return
    yield from _two_names(run)


def _stronger(word: str, rest: str, run: str, *, first: bool) -> bool:
    """女王静怡 is a daughter called 王静怡; 孙子豪 is a man called 孙, also where a grandson would fit."""
    whole = names.has_surname(run) and len(run) <= 3
    known = names.has_surname(rest) or "?" in rest
    if first:
        return known and not whole
    return (known and not (whole and len(word) == 1 and len(rest) < 3 and word == "孙")) or not (whole or known)


def _two_names(run: str) -> Iterator[tuple[str, str]]:
    """王建国李秀珍: two whole names without a mark between them."""
    if len(run) == 6 and names.has_surname(run[:3]) and names.has_surname(run[3:]) and run[:2] not in COMPOUND_SURNAMES:
        yield "", run[:3]
        yield "", run[3:]
    else:
        yield "", run


def _a_name(text: str) -> bool:
    return 2 <= len(text) <= 4 and names.has_surname(text) and text not in NOT_NAMES
