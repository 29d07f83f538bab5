"""The conditions of an XLSForm that are read here, parsed once with their types settled, and evaluated. Pure.

    condition := and-part ("or" and-part)*
    and-part  := part ("and" part)*
    part      := "(" condition ")" | "not(" condition ")" | "selected(" answer "," text ")" | value sign value
    value     := answer | number | text        answer := "${" name "}" | "."        sign := = != < <= > >=

This is a part of the XPath that XLSForm uses. An empty answer behaves as the empty text does there, and as NaN where
numbers are compared: `=` holds only between two empties, `!=` is always the opposite of `=`, and <, <=, >, >= never
hold. Dates compare as dates: with another date question, or with a text like '2020-01-23'.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, cast

from firstline.census.questions.calendar_days import is_day
from firstline.census.questions.definition import (
    AllOf,
    Answer,
    AnyOf,
    Compare,
    Constant,
    Expression,
    Kind,
    Not,
    Operand,
    Selected,
)

Value = str | Sequence[str]
"""An answer in its canonical form: a text, or the names of the choices; "" or none when there is no answer."""

_LONGEST, _DEEPEST = 1000, 16
_TOKEN = re.compile(
    r"""\s*(?:
      (?P<answer>\$\{\s*[^{}\s]+\s*\}) | (?P<number>\d+(?:\.\d+)?|\.\d+) | (?P<text>'[^']*'|"[^"]*")
    | (?P<sign><=|>=|!=|=|<|>) | (?P<word>[^\W\d][\w.-]*) | (?P<mark>[(),.])
    | (?P<arithmetic>[-+*/|\[\]]) | (?P<other>\S)
    )""",
    re.VERBOSE,
)
_QUOTES = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


class ExpressionRefused(Exception):
    """A condition outside the part that is read; ``code`` and ``data`` fill a sentence of the wording."""

    def __init__(self, code: str, **data: str) -> None:
        self.code, self.data = code, data
        super().__init__(code, data)


class Known(NamedTuple):
    """What a condition needs to know of a question: its kind and the names of its choices."""

    kind: Kind
    choices: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a condition: the questions it may look at, those further down, and the question itself.

    ``this`` is None where "." means nothing: a question is not asked or left out by its own answer.
    """

    known: Mapping[str, Known]
    later: frozenset[str] = frozenset()
    this: Known | None = None


class _Token(NamedTuple):
    kind: str
    text: str


class _Typed(NamedTuple):
    operand: Operand
    kind: str  # number, date, text, choice, choices, photo, or literal
    known: Known | None = None


def parse(text: str, around: Surroundings) -> Expression:
    """The condition that a cell says. Raises ExpressionRefused."""
    if len(text) > _LONGEST:
        raise ExpressionRefused("condition_too_long", most=str(_LONGEST))
    parser = _Parser(_tokens(text.translate(_QUOTES)), around)
    return parser.whole()


def holds(condition: Expression, values: Mapping[str, Value], this: Value = "") -> bool:
    """Whether a condition holds for the answers so far; ``this`` is what "." means."""
    match condition:
        case AllOf(parts):
            return all(holds(part, values, this) for part in parts)
        case AnyOf(parts):
            return any(holds(part, values, this) for part in parts)
        case Not(part):
            return not holds(part, values, this)
        case Selected(name, choice):
            found = this if name == "." else values.get(name, "")
            return choice in ([found] if isinstance(found, str) else found)
        case Compare(sign, kind, left, right):
            return _compare(sign, kind, _text(left, values, this), _text(right, values, this))


def names_in(condition: Expression) -> set[str]:
    """The names of the questions that a condition looks at; "." for the question itself."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            return set().union(*(names_in(part) for part in parts))
        case Not(part):
            return names_in(part)
        case Selected(name):
            return {name}
        case Compare(_sign, _kind, left, right):
            return {one.name for one in (left, right) if isinstance(one, Answer)}


def _text(operand: Operand, values: Mapping[str, Value], this: Value) -> str:
    if isinstance(operand, Constant):
        return operand.text
    found = this if operand.name == "." else values.get(operand.name, "")
    return found if isinstance(found, str) else " ".join(found)


def _compare(sign: str, kind: str, left: str, right: str) -> bool:
    if not left or not right:
        return (not left and not right) if sign == "=" else (bool(left or right) if sign == "!=" else False)
    if kind == "number":
        return _SIGNS[sign](_order(float(left), float(right)))
    return _SIGNS[sign](_order(left, right))


def _order(left: float | str, right: float | str) -> int:
    return (left > right) - (left < right)  # type: ignore[operator]  # both are texts, or both numbers


_SIGNS: dict[str, Callable[[int], bool]] = {
    "=": lambda order: order == 0,
    "!=": lambda order: order != 0,
    "<": lambda order: order < 0,
    "<=": lambda order: order <= 0,
    ">": lambda order: order > 0,
    ">=": lambda order: order >= 0,
}


def _tokens(text: str) -> list[_Token]:
    found, at = [], 0
    text = text.rstrip()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None or match.lastgroup is None:  # white space only, which rstrip left none of
            raise ExpressionRefused("not_understood", part=text[at : at + 20])
        found.append(_Token(match.lastgroup, match.group(match.lastgroup)))
        at = match.end()
    return found


class _Parser:
    def __init__(self, tokens: list[_Token], around: Surroundings) -> None:
        self._tokens, self._around, self._at, self._depth = tokens, around, 0, 0

    def whole(self) -> Expression:
        found = self._either()
        if token := self._peek():
            raise self._unexpected(token)
        return found

    def _either(self) -> Expression:
        parts = [self._both()]
        while self._word("or"):
            parts.append(self._both())
        return parts[0] if len(parts) == 1 else AnyOf(parts)

    def _both(self) -> Expression:
        parts = [self._part()]
        while self._word("and"):
            parts.append(self._part())
        return parts[0] if len(parts) == 1 else AllOf(parts)

    def _part(self) -> Expression:
        token = self._peek()
        if token is None:
            raise ExpressionRefused("ends_early")
        if token.text == "(":
            self._at += 1
            found = self._inside(self._either)
        elif token.kind == "word" and self._next_is("("):
            found = self._call(token.text)
        else:
            return self._comparison()
        if (after := self._peek()) and after.kind == "sign":
            raise ExpressionRefused("compares_conditions", part=after.text)
        return found

    def _inside(self, read: Callable[[], Expression]) -> Expression:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ExpressionRefused("condition_too_deep")
        found = read()
        self._expect(")")
        self._depth -= 1
        return found

    def _call(self, name: str) -> Expression:
        if name not in {"not", "selected"}:
            raise ExpressionRefused("function_unknown", name=name)
        self._at += 2
        return Not(self._inside(self._either)) if name == "not" else self._inside(self._selected)

    def _selected(self) -> Expression:
        of = self._value()
        self._expect(",")
        token = self._peek()
        if (
            not isinstance(of.operand, Answer)
            or of.known is None
            or token is None
            or token.kind not in {"text", "number"}
        ):
            raise ExpressionRefused("selected_badly_written")
        self._at += 1
        choice = token.text.strip("'\"") if token.kind == "text" else token.text
        if of.known.kind not in {Kind.SELECT_ONE, Kind.SELECT_MULTIPLE}:
            raise ExpressionRefused("selected_of_no_choice", name=of.operand.name)
        if choice not in of.known.choices:
            raise ExpressionRefused("choice_unknown", choice=choice, name=of.operand.name)
        return Selected(of.operand.name, choice)

    def _comparison(self) -> Expression:
        left = self._value()
        token = self._peek()
        if token is None or token.kind != "sign":
            if token is not None and token.kind == "arithmetic":
                raise ExpressionRefused("arithmetic", sign=token.text)
            if token is not None and token.text in {"div", "mod"}:
                raise ExpressionRefused("arithmetic", sign=token.text)
            if token is not None and token.text not in {"and", "or", ")"}:
                raise self._unexpected(token)
            raise ExpressionRefused("no_comparison", part=_said(left.operand))
        self._at += 1
        right = self._value()
        if (after := self._peek()) and (after.kind in {"sign", "arithmetic"} or after.text in {"div", "mod"}):
            code = "compares_conditions" if after.kind == "sign" else "arithmetic"
            raise ExpressionRefused(code, **{"part" if after.kind == "sign" else "sign": after.text})
        return _settled(token.text, left, right)

    def _value(self) -> _Typed:
        token = self._peek()
        if token is None:
            raise ExpressionRefused("ends_early")
        self._at += 1
        if token.kind == "answer":
            return self._answer(token.text[2:-1].strip())
        if token.text == ".":
            if self._around.this is None:
                raise ExpressionRefused("self_in_relevant")
            if self._around.this.kind is Kind.NOTE:
                raise ExpressionRefused("note_has_no_answer", name=".")
            return _Typed(Answer("."), _KINDS[self._around.this.kind], self._around.this)
        if token.kind == "number":
            return _number(token.text)
        if token.kind == "text":
            return _Typed(Constant(token.text[1:-1]), "literal")
        following = self._peek()
        if token.text == "-" and following and following.kind == "number":
            self._at += 1
            return _number(f"-{following.text}")
        raise self._unexpected(token)

    def _answer(self, name: str) -> _Typed:
        known = self._around.known.get(name)
        if known is None:
            raise ExpressionRefused("later_question" if name in self._around.later else "name_unknown", name=name)
        if known.kind is Kind.NOTE:
            raise ExpressionRefused("note_has_no_answer", name=name)
        return _Typed(Answer(name), _KINDS[known.kind], known)

    def _peek(self) -> _Token | None:
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def _next_is(self, text: str) -> bool:
        return self._at + 1 < len(self._tokens) and self._tokens[self._at + 1].text == text

    def _word(self, text: str) -> bool:
        token = self._peek()
        found = token is not None and token.kind == "word" and token.text == text
        self._at += found
        return found

    def _expect(self, text: str) -> None:
        token = self._peek()
        if token is None:
            raise ExpressionRefused("ends_early")
        if token.text != text:
            raise self._unexpected(token)
        self._at += 1

    def _unexpected(self, token: _Token) -> ExpressionRefused:
        if token.kind == "word" and self._at < len(self._tokens) and self._tokens[self._at].text == "(":
            return ExpressionRefused("function_unknown", name=token.text)
        if token.kind == "arithmetic" or token.text in {"div", "mod"}:
            return ExpressionRefused("arithmetic", sign=token.text)
        return ExpressionRefused("not_understood", part=token.text)


_KINDS = {
    Kind.TEXT: "text",
    Kind.INTEGER: "number",
    Kind.DECIMAL: "number",
    Kind.DATE: "date",
    Kind.SELECT_ONE: "choice",
    Kind.SELECT_MULTIPLE: "choices",
    Kind.PHOTO: "photo",
}


def _number(text: str) -> _Typed:
    whole, _dot, rest = text.lstrip("-").partition(".")
    if len(whole) > 9 or len(rest) > 6:
        raise ExpressionRefused("number_too_long", part=text)
    return _Typed(Constant(text), "number")


def _settled(sign: str, left: _Typed, right: _Typed) -> Compare:
    """A comparison with its kind, or why these two are not compared."""
    kind = _kind(sign, left, right)
    signs = cast('Literal["=", "!=", "<", "<=", ">", ">="]', sign)
    return Compare(signs, kind, left.operand, right.operand)


def _kind(sign: str, left: _Typed, right: _Typed) -> Literal["number", "date", "text"]:
    orders = sign not in {"=", "!="}
    if not orders and "" in (_literal(left), _literal(right)):
        return "text"
    for one, other in ((left, right), (right, left)):
        if one.kind in {"choices", "photo"}:
            code = "use_selected" if one.kind == "choices" else "photo_compared"
            raise ExpressionRefused(code, name=_said(one.operand))
        if one.kind == "choice" and one.known and isinstance(other.operand, Constant) and not orders:
            if other.operand.text not in one.known.choices:
                raise ExpressionRefused("choice_unknown", choice=other.operand.text, name=_said(one.operand))
            return "text"
        if one.kind == "date" and other.kind == "literal":
            if not is_day(_said(other.operand)):
                raise ExpressionRefused("day_badly_written", part=_said(other.operand))
            return "date"
    kinds = {"text" if one.kind in {"choice", "literal"} else one.kind for one in (left, right)}
    if len(kinds) > 1:
        raise ExpressionRefused("compares_unlike", left=_said(left.operand), right=_said(right.operand))
    kind = cast('Literal["number", "date", "text"]', kinds.pop())
    if kind == "text" and orders:
        raise ExpressionRefused("orders_text", sign=sign)
    return kind


def _literal(one: _Typed) -> str | None:
    return one.operand.text if isinstance(one.operand, Constant) else None


def _said(operand: Operand) -> str:
    return operand.name if isinstance(operand, Answer) else operand.text
