"""The everyday words of the census: what a person presses at a door, and how an attempt is told afterwards."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy

from firstline.census.results import OUTCOME_OF, Outcome, Result


@dataclass(frozen=True, slots=True)
class OutcomeButton:
    """One thing to press. ``outcome`` is whose colour and mark it wears, else ``letter`` stands there.

    ``asks``: a second step (who was met, or why they refused) comes before it is saved.
    """

    result: str
    label: str | Promise
    outcome: str = ""
    letter: str | Promise = ""
    hint: str | Promise = ""
    key: str = ""
    asks: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """One question after an outcome, answered by pressing once more."""

    question: str | Promise
    buttons: Sequence[OutcomeButton]


# Who was met is written down before these are saved: a household without a name is not a household registered.
WITH_PEOPLE = frozenset({Result.REGISTERED, Result.PARTIAL, Result.FORM_RETURNED})

# In the order of the page: the good one first, then as often as they happen; the key is the digit on a keyboard.
_BUTTONS: tuple[tuple[Result, str], ...] = (
    (Result.REGISTERED, "1"),
    (Result.NO_ANSWER, "2"),
    (Result.REFUSED, "3"),
    (Result.COME_BACK, "4"),
    (Result.FORM_SLIPPED, "5"),
    (Result.NOTICE_POSTED, "6"),
    (Result.VACANT, "7"),
    (Result.FORM_RETURNED, "8"),
    (Result.NOT_FOUND, "9"),
    (Result.PARTIAL, ""),
    (Result.NOT_A_HOME, "0"),
)
_LETTERS: dict[Result, str | Promise] = {
    # Translators: one character that stands for "form" on a button
    Result.FORM_RETURNED: pgettext_lazy("letter", "F"),
    Result.NOT_FOUND: "?",
}
_HINTS: dict[Result, str | Promise] = {
    Result.REGISTERED: gettext_lazy("Face to face, through the door, by the intercom"),
}
_REASONS: tuple[tuple[Result, str | Promise, str], ...] = (
    (Result.REFUSED_SAFETY, gettext_lazy("Afraid to open the door"), "1"),
    (Result.REFUSED_PRIVACY, gettext_lazy("Afraid for their data"), "2"),
    (Result.REFUSED, gettext_lazy("Did not say why"), "3"),
)


def buttons(now_at: Outcome) -> list[OutcomeButton]:
    """What can come of a visit to a door that stands at ``now_at``."""
    return [_button(result, key, now_at) for result, key in _BUTTONS]


def keys() -> list[OutcomeButton]:
    """What digits record on a picture of doors."""
    return [_button(result, key, Outcome.UNTRIED) for result, key in _BUTTONS if key]


def why_refused() -> Ask:
    """The one question after a refusal."""
    asked = [OutcomeButton(result, label, Outcome.REFUSED.value, key=key) for result, label, key in _REASONS]
    return Ask(gettext_lazy("What are they afraid of"), asked)


def told(result: str, people: int = 0, note: str = "") -> str:
    """An attempt in words: ``Nobody answered, light was on``."""
    said = str(Result(result).label)
    if people and Result(result) in WITH_PEOPLE:
        said = ngettext("%(said)s, %(people)d person", "%(said)s, %(people)d people", people) % {
            "said": said,
            "people": people,
        }
    return _("%(said)s, %(note)s") % {"said": said, "note": note} if note else said


def _button(result: Result, key: str, now_at: Outcome) -> OutcomeButton:
    outcome = OUTCOME_OF[result]
    if result == Result.NO_ANSWER and now_at in {Outcome.KNOCKED_ONCE, Outcome.KNOCKED_TWICE}:
        outcome = Outcome.KNOCKED_TWICE
    return OutcomeButton(
        result=result.value,
        label=result.label,
        outcome="" if result in _LETTERS else outcome.value,
        letter=_LETTERS.get(result, ""),
        hint=_HINTS.get(result, ""),
        key=key,
        asks=result in WITH_PEOPLE or result == Result.REFUSED,
    )
