"""How question sets are spoken of: why a workbook is refused, what is wrong with an answer, conditions in words."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firstline.census.questions.definition import (
    AllOf,
    Answer,
    AnyOf,
    Compare,
    Expression,
    Kind,
    Not,
    Operand,
    Question,
    QuestionSet,
    Selected,
)
from firstline.census.questions.workbook import Refusal

_REFUSALS: dict[str, str | Promise] = {
    # The workbook.
    "survey_missing": gettext_lazy(
        "There is no sheet named survey with something in it. Start from one of the sets below."
    ),
    "sheet_not_read": gettext_lazy("The sheet “%(name)s” is not read here. Remove it; choices belong into “choices”."),
    "heading_twice": gettext_lazy("The column “%(heading)s” stands there twice. Keep one of them."),
    "column_not_read": gettext_lazy(
        "“%(text)s” stands in column “%(heading)s”, which is not read here. Empty the cell."
    ),
    "setting_not_read": gettext_lazy("The setting “%(heading)s” is not read here. Remove the column."),
    "no_questions": gettext_lazy("No question stands on the sheet survey. Write one a row, below the headings."),
    "too_many_questions": gettext_lazy("More than %(most)s questions. Split the set in two."),
    "too_many_choices": gettext_lazy("More than %(most)s choices. Ask for text instead."),
    "xlsform_refused": gettext_lazy("This is no XLSForm yet. The checking program says: %(problem)s"),
    # A row.
    "type_missing": gettext_lazy(
        "The type is missing. Write text, integer, decimal, date, select_one LIST, select_multiple LIST, note or photo."
    ),
    "type_not_read": gettext_lazy(
        "“%(type)s” is not read. Use text, integer, decimal, date, select_one LIST, select_multiple LIST, note, photo."
    ),
    "repeat_not_read": gettext_lazy(
        "Repeats are not read. People are written down by name at the door; ask here about the household."
    ),
    "calculate_not_read": gettext_lazy("Nothing is calculated here. Remove the row and ask for the figure."),
    "name_missing": gettext_lazy("The name is missing. Give the question a short name of letters, such as arrived."),
    "name_badly_written": gettext_lazy(
        "“%(name)s” cannot be a name: begin with a letter, then letters, digits, - and _, no spaces."
    ),
    "name_twice": gettext_lazy("The name “%(name)s” is used above. Give each question and group its own."),
    "label_missing": gettext_lazy("“%(name)s” has no label. Write what is asked."),
    "text_too_long": gettext_lazy("The text is longer than %(most)s characters. Shorten it."),
    "answer_in_text": gettext_lazy("Answers are not put into texts (${...}). Say it without."),
    "list_missing": gettext_lazy("The list “%(name)s” is not on the sheet choices. Add it there, or correct its name."),
    "or_other_not_read": gettext_lazy(
        "or_other is not read. Add a choice “other” to the list, and a text question below."
    ),
    "required_not_read": gettext_lazy("“%(text)s” under required is not read. Write yes, or leave it empty."),
    "note_asks_nothing": gettext_lazy("A note has no answer, so it is neither required nor checked. Empty the cell."),
    "group_in_group": gettext_lazy("A group inside a group is not read. End the first one before this row."),
    "group_not_ended": gettext_lazy("This group is never ended. Add a row end_group below its last question."),
    "group_not_begun": gettext_lazy("This end_group ends nothing. Remove the row, or begin the group above."),
    "choice_incomplete": gettext_lazy("A choice needs list_name, name and label. Fill in what is missing."),
    "choice_with_space": gettext_lazy(
        "“%(name)s” cannot be the name of a choice: no spaces. What people read is the label."
    ),
    "choice_twice": gettext_lazy("“%(name)s” stands twice in the list “%(list)s”. Give each choice its own name."),
    # A condition.
    "not_understood": gettext_lazy(
        "“%(part)s” is not understood here. Write conditions such as ${people} > 2 and ${back} = 'yes'."
    ),
    "ends_early": gettext_lazy("The condition ends too early. Complete it."),
    "function_unknown": gettext_lazy(
        "%(name)s() is not read. Only not() and selected() are; write days as '2020-01-23'."
    ),
    "arithmetic": gettext_lazy(
        "Nothing is calculated in conditions (%(sign)s). Compare answers with each other or with a number."
    ),
    "no_comparison": gettext_lazy("“%(part)s” alone is no condition. Compare it with something: ${%(part)s} = 'yes'."),
    "compares_conditions": gettext_lazy("Two comparisons in a row (%(part)s). Join them with and, or or."),
    "name_unknown": gettext_lazy("There is no question “%(name)s”. Correct the name in the braces."),
    "later_question": gettext_lazy("“%(name)s” is asked only further down. Move it above this row."),
    "note_has_no_answer": gettext_lazy("“%(name)s” is a note and has no answer. Look at a question instead."),
    "self_in_relevant": gettext_lazy("A question is not asked by its own answer. “.” belongs into constraint only."),
    "compares_unlike": gettext_lazy(
        "%(left)s and %(right)s are not alike. Numbers stand without quotes, text and choices in quotes."
    ),
    "orders_text": gettext_lazy("Text has no order (%(sign)s). Only numbers and days do; use = or !=."),
    "choice_unknown": gettext_lazy(
        "“%(choice)s” is not among the choices of “%(name)s”. Use a name from the sheet choices."
    ),
    "use_selected": gettext_lazy("“%(name)s” has several answers. Write selected(${%(name)s}, 'choice')."),
    "photo_compared": gettext_lazy(
        "“%(name)s” is a picture. It can only be compared with '', to see whether there is one."
    ),
    "selected_of_no_choice": gettext_lazy("“%(name)s” has no choices, so selected() does not fit. Compare it instead."),
    "selected_badly_written": gettext_lazy("Write selected(${question}, 'choice')."),
    "day_badly_written": gettext_lazy("“%(part)s” is no day. Write '2020-01-23'."),
    "number_too_long": gettext_lazy("The number %(part)s is too long: nine digits, six behind the point."),
    "condition_too_long": gettext_lazy("The condition is longer than %(most)s characters. Split the question."),
    "condition_too_deep": gettext_lazy("Too many brackets inside each other. Simplify the condition."),
}

PROBLEMS: dict[str, str | Promise] = {
    "required": gettext_lazy("This is still to be answered"),
    "not_an_integer": gettext_lazy("Write a whole number"),
    "not_a_number": gettext_lazy("Write a number, such as 37.3"),
    "not_a_date": gettext_lazy("Write the day as 2020-02-12"),
    "not_a_choice": gettext_lazy("Choose one of the answers offered"),
    "text_too_long": gettext_lazy("Shorten this to 2000 characters"),
    "not_a_text": gettext_lazy("This answer does not fit the question"),
    "constraint": gettext_lazy("This cannot be right; ask again"),
    "unknown": gettext_lazy("This question is not in the set"),
}

PICTURES: dict[str, str | Promise] = {
    "too_large": gettext_lazy("it has more than 8 MB"),
    "too_many_pixels": gettext_lazy("it has too many points"),
    "not_a_picture": gettext_lazy("it is no JPEG or PNG, or it is damaged"),
}

_SIGNS: dict[str, str | Promise] = {
    "=": gettext_lazy("%(question)s: %(answer)s"),
    "!=": gettext_lazy("%(question)s: not %(answer)s"),
    "<": gettext_lazy("%(question)s: below %(answer)s"),
    "<=": gettext_lazy("%(question)s: at most %(answer)s"),
    ">": gettext_lazy("%(question)s: above %(answer)s"),
    ">=": gettext_lazy("%(question)s: at least %(answer)s"),
}
_DAYS: dict[str, str | Promise] = {
    "<": gettext_lazy("%(question)s: before %(answer)s"),
    "<=": gettext_lazy("%(question)s: not after %(answer)s"),
    ">": gettext_lazy("%(question)s: after %(answer)s"),
    ">=": gettext_lazy("%(question)s: not before %(answer)s"),
}


def sentence(refusal: Refusal) -> str:
    """Why a workbook is refused, and what to do."""
    return str(_REFUSALS[refusal.code]) % refusal.data


def where(refusal: Refusal) -> str:
    """The place of a refusal: sheet survey, row 7, column relevant."""
    if not refusal.row:
        return _("the whole workbook")
    place = _("sheet %(sheet)s, row %(row)d") % {"sheet": refusal.sheet, "row": refusal.row}
    return _("%(place)s, column %(column)s") % {"place": place, "column": refusal.column} if refusal.column else place


def condition_of(said: QuestionSet, question: Question, language: str) -> str:
    """When a question is asked, in words, its own condition and its group's; "" where it always is.

    For paper, and for a page on which no script hides what is not asked.
    """
    group = said.group(question.group)
    conditions = [one for one in (group.relevant if group else None, question.relevant) if one is not None]
    if not conditions:
        return ""
    return _("Only if %(condition)s") % {"condition": _(" and ").join(_told(said, one, language) for one in conditions)}


def _told(said: QuestionSet, condition: Expression, language: str, *, inside: bool = False) -> str:
    match condition:
        case AllOf(parts):
            text = _(" and ").join(_told(said, part, language, inside=True) for part in parts)
            return f"({text})" if inside else text
        case AnyOf(parts):
            text = _(" or ").join(_told(said, part, language, inside=True) for part in parts)
            return f"({text})" if inside else text
        case Not(part):
            return _("not (%(condition)s)") % {"condition": _told(said, part, language)}
        case Selected(name, choice):
            return str(_SIGNS["="]) % {
                "question": _question(said, name, language),
                "answer": _quoted(_choice(said, name, choice, language)),
            }
        case Compare():
            return _compared(said, condition, language)


def _compared(said: QuestionSet, condition: Compare, language: str) -> str:
    left, right = condition.left, condition.right
    sign: str = condition.sign
    if not isinstance(left, Answer):
        left, right, sign = right, left, _TURNED.get(sign, sign)
    name = left.name if isinstance(left, Answer) else ""
    question = _question(said, name, language)
    if not isinstance(right, Answer) and not right.text:
        return (_("%(question)s: answered") if sign == "!=" else _("%(question)s: not answered")) % {
            "question": question
        }
    signs = _DAYS if condition.kind == "date" and sign in _DAYS else _SIGNS
    return str(signs[sign]) % {"question": question, "answer": _operand(said, name, right, language, sign)}


_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}


def _operand(said: QuestionSet, name: str, operand: Operand, language: str, sign: str) -> str:
    if isinstance(operand, Answer):
        return _question(said, operand.name, language)
    text = _choice(said, name, operand.text, language)
    return _quoted(text) if sign in {"=", "!="} else text


def _question(said: QuestionSet, name: str, language: str) -> str:
    question = said.question(name)
    return _quoted(said.text(question.label, language) if question else name)


def _quoted(text: str) -> str:
    return _("“%(label)s”") % {"label": text}


def _choice(said: QuestionSet, name: str, text: str, language: str) -> str:
    """A choice as people read it; anything else as it stands."""
    question = said.question(name)
    choices = said.choices.get(question.choices, []) if question else []
    return next((said.text(choice.label, language) for choice in choices if choice.name == text), text)


def answer_text(said: QuestionSet, question: Question, value: str | list[str], language: str) -> str:
    """An answer as people read it: choices by their labels, a picture by the word."""
    if question.kind is Kind.PHOTO:
        return _("picture taken")
    values = [value] if isinstance(value, str) else value
    return _(", ").join(_choice(said, question.name, one, language) for one in values)
