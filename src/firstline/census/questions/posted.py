"""What a form posted of a question set: the one call for pages other than the door's."""

from django.http import QueryDict

from firstline.census.questions import fields, validation
from firstline.census.questions.definition import QuestionSet
from firstline.census.questions.validation import Problem


def answers(said: QuestionSet, form: QueryDict) -> tuple[dict[str, str | list[str]], list[Problem]]:
    """The answers of a form in their canonical form, and what is wrong with what was typed.

    To show a form again with what was typed: ``fields.questions_for(said, fields.typed(said, form), problems)``.
    """
    typed = fields.typed(said, form)
    return validation.kept(said, typed), validation.problems(said, typed, fields.language())
