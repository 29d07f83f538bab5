"""A workbook's sheets into a question set, or every reason why not, each with its row. Pure.

Columns read: survey `type name label hint required relevant constraint constraint_message`, choices `list_name name
label`, settings `form_title form_id version default_language`; texts also by language, `label::中文 (zh)`. What XLSForm
has besides is refused where a cell says something, because leaving it out would ask something else than the office
meant; what only changes how a form looks is passed over, and so is a column for remarks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from firstline.census.questions.definition import CHOSEN, Choice, Expression, Group, Kind, Question, QuestionSet, Texts
from firstline.census.questions.expressions import ExpressionRefused, Known, Surroundings, parse
from firstline.census.questions.workbook import Line, Refusal, SetRefused

MOST_QUESTIONS, MOST_CHOICES, LONGEST_LABEL = 300, 2000, 2000

_KINDS = {
    "text": Kind.TEXT,
    "string": Kind.TEXT,
    "integer": Kind.INTEGER,
    "int": Kind.INTEGER,
    "decimal": Kind.DECIMAL,
    "date": Kind.DATE,
    "note": Kind.NOTE,
    "image": Kind.PHOTO,
    "photo": Kind.PHOTO,
    "select_one": Kind.SELECT_ONE,
    "select_multiple": Kind.SELECT_MULTIPLE,
}
_TEXTS = frozenset({"label", "hint", "constraint_message"})
_SURVEY = _TEXTS | {"type", "name", "required", "relevant", "constraint"}
_SAME = {"relevance": "relevant", "list name": "list_name", "caption": "label"}
_SETTINGS = frozenset({"form_title", "form_id", "version", "default_language"})
_REMARKS = frozenset({"comment", "comments", "remark", "remarks", "备注", "说明"})
# How a question looks, not what it asks.
_LOOKS = re.compile(
    r"(?:multiline|minimal|compact|horizontal|horizontal-compact|vertical|quick|quickcompact|autocomplete|no-buttons"
    r"|columns|columns-\d+|columns-pack|field-list|likert|numbers|no-calendar|w\d+)"
)
_YES, _NO = {"yes", "true", "true()", "1"}, {"no", "false", "false()", "0", ""}
_NAME = re.compile(r"[^\W\d][\w.-]{0,63}")
_CODE = re.compile(r"\(([A-Za-z]{2,3})(?:-[A-Za-z0-9-]+)?\)\s*$")
_LANGUAGES = {"chinese": "zh", "中文": "zh", "汉语": "zh", "简体中文": "zh", "english": "en", "英文": "en"}


@dataclass
class _Draft:
    """What has been read so far; refusals are gathered, so that one look at the workbook mends them all."""

    refusals: list[Refusal] = field(default_factory=list)
    choices: dict[str, list[Choice]] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    rows: list[tuple[Line, Question]] = field(default_factory=list)
    group: str = ""
    opened: Line | None = None
    nested: int = 0
    group_conditions: dict[str, tuple[Line, int]] = field(default_factory=dict)

    def refuse(self, line: Line, code: str, column: str = "", **data: str) -> None:
        self.refusals.append(Refusal(line.sheet, line.row, column, code, data))

    def texts(self, line: Line, name: str) -> Texts:
        """The cells of a text column, one for each language it stands in."""
        found: Texts = {}
        for heading, text in line.cells.items():
            base, _sign, language = heading.partition("::")
            if base != name or not text:
                continue
            code = language_code(language)
            if code and code not in self.languages:
                self.languages.append(code)
            if len(text) > LONGEST_LABEL:
                self.refuse(line, "text_too_long", heading, most=str(LONGEST_LABEL))
            if "${" in text:
                self.refuse(line, "answer_in_text", heading)
            found[code] = text
        return found

    def columns(self, line: Line, known: Iterable[str], *, translated: Iterable[str] = ("label",)) -> None:
        """Refuse each cell that says something in a column that is not read."""
        for heading, text in line.cells.items():
            base, sign, _language = heading.partition("::")
            read = base in known and (not sign or base in translated)
            if text and not read and heading not in _REMARKS and not _only_looks(heading, text):
                self.refuse(line, "column_not_read", heading, heading=heading, text=text[:40])


def language_code(heading: str) -> str:
    """Chinese (zh), zh-Hans, 中文 -> zh; "" for a column without a language."""
    said = heading.strip()
    if found := _CODE.search(said):
        return found.group(1).lower()
    return _LANGUAGES.get(said.lower(), said.lower().split("-")[0])


def read(sheets: Mapping[str, Sequence[Line]], *, named: str = "") -> QuestionSet:
    """The set that the sheets say (`workbook.sheets_of` gives them); ``named`` stands in for a missing form_id.

    Raises SetRefused with every reason found.
    """
    draft = _Draft()
    draft.refusals += [
        Refusal(name, lines[0].row, "", "sheet_not_read", {"name": name})
        for name, lines in sheets.items()
        if name in _FOREIGN and lines
    ]
    settings = _settings(draft, sheets.get("settings", ()))
    _choices(draft, sheets.get("choices", ()))
    for line in sheets.get("survey", ()):
        _row(draft, line)
    if draft.opened is not None:
        draft.refuse(draft.opened, "group_not_ended")
    if not draft.rows and not draft.refusals:
        draft.refusals.append(Refusal("survey", 1, "", "no_questions", {}))
    questions = _with_conditions(draft)
    if draft.refusals:
        raise SetRefused(sorted(draft.refusals, key=lambda one: (one.sheet != "survey", one.sheet, one.row)))
    used = {question.choices for question in questions}
    return QuestionSet(
        name=settings.get("form_id") or named or "questions",
        title=settings.get("form_title") or settings.get("form_id") or named,
        version=settings.get("version", ""),
        questions=questions,
        groups=draft.groups,
        choices={name: choices for name, choices in draft.choices.items() if name in used},
        languages=draft.languages,
        language=language_code(settings.get("default_language", "")),
    )


_FOREIGN = frozenset({"external_choices", "entities", "osm"})


def _settings(draft: _Draft, lines: Sequence[Line]) -> dict[str, str]:
    for line in lines:
        for heading, text in line.cells.items():
            if text and heading not in _SETTINGS and heading not in _REMARKS and heading != "style":
                draft.refuse(line, "setting_not_read", heading, heading=heading)
    return dict(lines[0].cells) if lines else {}


def _choices(draft: _Draft, lines: Sequence[Line]) -> None:
    if len(lines) > MOST_CHOICES:
        draft.refuse(lines[MOST_CHOICES], "too_many_choices", most=str(MOST_CHOICES))
        return
    for line in lines:
        line = _renamed(line)  # noqa: PLW2901  # the line as it is read from here on
        draft.columns(line, {"list_name", "name", "label"})
        name, choice = line.cells.get("list_name", ""), line.cells.get("name", "")
        label = draft.texts(line, "label")
        if not name or not choice or not label:
            draft.refuse(line, "choice_incomplete")
        elif re.search(r"\s", choice):
            draft.refuse(line, "choice_with_space", "name", name=choice)
        elif any(choice == other.name for other in draft.choices.get(name, [])):
            draft.refuse(line, "choice_twice", "name", name=choice, list=name)
        else:
            draft.choices.setdefault(name, []).append(Choice(choice, label))


def _row(draft: _Draft, line: Line) -> None:
    line = _renamed(line)
    said = " ".join(line.cells.get("type", "").split())
    word = said.lower().replace(" ", "_")
    if not said:
        if any(line.cells.values()):
            draft.refuse(line, "type_missing", "type")
    elif word in {"begin_group", "end_group"}:
        _group(draft, line, begins=word == "begin_group")
    elif (kind := _KINDS.get(said.split()[0].lower())) is None or (kind not in CHOSEN and " " in said):
        draft.refuse(line, _type_code(word), "type", type=said[:40])
    elif len(draft.rows) >= MOST_QUESTIONS:
        draft.refuse(line, "too_many_questions", most=str(MOST_QUESTIONS))
    else:
        _question(draft, line, kind, said.split()[1:])


def _type_code(word: str) -> str:
    if word.startswith(("begin_repeat", "end_repeat")):
        return "repeat_not_read"
    return "calculate_not_read" if word == "calculate" else "type_not_read"


def _group(draft: _Draft, line: Line, *, begins: bool) -> None:
    if not begins:
        if draft.nested:
            draft.nested -= 1
            return
        if draft.opened is None:
            draft.refuse(line, "group_not_begun")
        draft.group, draft.opened = "", None
        return
    if draft.opened is not None:
        draft.refuse(line, "group_in_group")
        draft.nested += 1
        return
    draft.columns(line, {"type", "name", "label", "relevant"})
    name = line.cells.get("name", "")
    if _named(draft, line, name):
        draft.groups.append(Group(name, draft.texts(line, "label")))
        draft.group_conditions[name] = (line, len(draft.rows))
    draft.group, draft.opened = name, line


def _question(draft: _Draft, line: Line, kind: Kind, rest: Sequence[str]) -> None:
    draft.columns(line, _SURVEY, translated=_TEXTS)
    name, label = line.cells.get("name", ""), draft.texts(line, "label")
    if not _named(draft, line, name):
        return
    if not label:
        draft.refuse(line, "label_missing", "label", name=name)
    if kind in CHOSEN and (len(rest) != 1 or rest[0] not in draft.choices):
        code = "or_other_not_read" if "or_other" in rest else "list_missing"
        draft.refuse(line, code, "type", name=" ".join(rest))
        return
    required = line.cells.get("required", "").lower()
    if required not in _YES | _NO:
        draft.refuse(line, "required_not_read", "required", text=required[:40])
    if kind is Kind.NOTE and (required in _YES or line.cells.get("constraint")):
        draft.refuse(line, "note_asks_nothing", "required" if required in _YES else "constraint")
    question = Question(
        name=name,
        kind=kind,
        label=label,
        hint=draft.texts(line, "hint"),
        required=required in _YES,
        message=draft.texts(line, "constraint_message"),
        choices=rest[0] if kind in CHOSEN else "",
        group=draft.group,
    )
    draft.rows.append((line, question))


def _named(draft: _Draft, line: Line, name: str) -> bool:
    if not _NAME.fullmatch(name):
        draft.refuse(line, "name_badly_written" if name else "name_missing", "name", name=name[:40])
        return False
    if any(name == one.name for one in draft.groups) or any(name == one.name for _line, one in draft.rows):
        draft.refuse(line, "name_twice", "name", name=name)
        return False
    return True


def _with_conditions(draft: _Draft) -> list[Question]:
    """The questions with their conditions read, when all names are known."""
    lists = {name: frozenset(choice.name for choice in choices) for name, choices in draft.choices.items()}
    known = [Known(one.kind, lists.get(one.choices, frozenset())) for _line, one in draft.rows]
    names = [one.name for _line, one in draft.rows]
    everything = dict(zip(names, known, strict=True))
    for at, group in enumerate(draft.groups):
        line, first = draft.group_conditions[group.name]
        around = _above(everything, names, first)
        draft.groups[at] = Group(group.name, group.label, _condition(draft, line, "relevant", around))
    found = []
    for at, (line, question) in enumerate(draft.rows):
        relevant = _condition(draft, line, "relevant", _above(everything, names, at))
        # That a note has a constraint was told already.
        checked = question.kind is not Kind.NOTE
        constraint = (
            _condition(draft, line, "constraint", Surroundings(everything, this=known[at])) if checked else None
        )
        found.append(_replaced(question, relevant, constraint))
    return found


def _above(everything: Mapping[str, Known], names: Sequence[str], at: int) -> Surroundings:
    return Surroundings({name: everything[name] for name in names[:at]}, frozenset(names[at:]))


def _condition(draft: _Draft, line: Line, column: str, around: Surroundings) -> Expression | None:
    text = line.cells.get(column, "")
    try:
        return parse(text, around) if text else None
    except ExpressionRefused as problem:
        draft.refuse(line, problem.code, column, **problem.data)
        return None


def _replaced(question: Question, relevant: Expression | None, constraint: Expression | None) -> Question:
    return Question(
        question.name,
        question.kind,
        question.label,
        question.hint,
        question.required,
        relevant,
        constraint,
        question.message,
        question.choices,
        question.group,
    )


def _renamed(line: Line) -> Line:
    cells = {}
    for heading, text in line.cells.items():
        base, sign, language = heading.partition("::")
        cells[f"{_SAME.get(base, base)}{sign}{language}"] = unicodedata.normalize("NFC", text)
    return Line(line.sheet, line.row, cells)


def _only_looks(heading: str, text: str) -> bool:
    if heading == "appearance":
        return all(_LOOKS.fullmatch(word) for word in text.split())
    # Photographs are made smaller in any case.
    return heading == "parameters" and bool(re.fullmatch(r"max-pixels\s*=\s*\d+", text))
