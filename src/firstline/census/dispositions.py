"""AAPOR final disposition codes of attempts (Standard Definitions, 9th edition, 2016)."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from firstline.census.results import ON_THE_SPOT, Channel, Result


class Category(TextChoices):
    """The groups of dispositions that rates are made of."""

    COMPLETE = "i", _("Complete interview")
    PARTIAL = "p", _("Partial interview")
    REFUSAL = "r", _("Refusal and break-off")
    NON_CONTACT = "nc", _("Non-contact")
    OTHER = "o", _("Other")
    UNKNOWN_HOUSEHOLD = "uh", _("Unknown if household")
    UNKNOWN_OTHER = "uo", _("Unknown, other")
    NOT_ELIGIBLE = "ne", _("Not eligible")


@dataclass(frozen=True, slots=True)
class Disposition:
    """A final disposition: its code and the category it belongs to."""

    code: str
    category: Category


NOT_ATTEMPTED = Disposition("3.11", Category.UNKNOWN_HOUSEHOLD)
_OF = {
    Result.REGISTERED: Disposition("1.1", Category.COMPLETE),
    Result.FORM_RETURNED: Disposition("1.1", Category.COMPLETE),
    Result.PARTIAL: Disposition("1.2", Category.PARTIAL),
    Result.REFUSED: Disposition("2.11", Category.REFUSAL),
    Result.REFUSED_SAFETY: Disposition("2.11", Category.REFUSAL),
    Result.REFUSED_PRIVACY: Disposition("2.11", Category.REFUSAL),
    Result.NO_ANSWER: Disposition("2.24", Category.NON_CONTACT),
    Result.NOTICE_POSTED: Disposition("2.24", Category.NON_CONTACT),
    Result.COME_BACK: Disposition("2.25", Category.NON_CONTACT),
    Result.CALL_LATER: Disposition("2.21", Category.NON_CONTACT),
    Result.FORM_SLIPPED: Disposition("2.35", Category.OTHER),
    Result.VACANT: Disposition("4.6", Category.NOT_ELIGIBLE),
    Result.SEAL_SET: Disposition("4.6", Category.NOT_ELIGIBLE),
    Result.SEAL_INTACT: Disposition("4.6", Category.NOT_ELIGIBLE),
    Result.NOT_A_HOME: Disposition("4.5", Category.NOT_ELIGIBLE),
    Result.SAID_VACANT: Disposition("3.21", Category.UNKNOWN_OTHER),
    Result.SEAL_BROKEN: Disposition("3.21", Category.UNKNOWN_OTHER),
    Result.WINDOW_LIT: Disposition("3.21", Category.UNKNOWN_OTHER),
    Result.LISTED: Disposition("3.21", Category.UNKNOWN_OTHER),
    Result.NOT_FOUND: Disposition("3.18", Category.UNKNOWN_HOUSEHOLD),
    Result.NUMBER_DEAD: Disposition("3.1", Category.UNKNOWN_HOUSEHOLD),
    Result.WRONG_NUMBER: Disposition("3.1", Category.UNKNOWN_HOUSEHOLD),
    Result.SWITCHED_OFF: Disposition("3.13", Category.UNKNOWN_HOUSEHOLD),
    Result.SUSPENDED: Disposition("3.1", Category.UNKNOWN_HOUSEHOLD),
    Result.BUSY: Disposition("3.12", Category.UNKNOWN_HOUSEHOLD),
    Result.HUNG_UP: Disposition("3.1", Category.UNKNOWN_HOUSEHOLD),
}
_UNSEEN = {Result.VACANT, Result.SEAL_SET, Result.SEAL_INTACT}


def disposition(channel: str, result: str, *, lists_complete: bool = False) -> Disposition:
    """The final disposition of a door whose telling attempt is this one.

    ``lists_complete``: whether a list settles the doors it names.
    """
    word, way = Result(result), Channel(channel)
    if word == Result.LISTED and lists_complete:
        return _OF[Result.REGISTERED]
    if way not in ON_THE_SPOT:
        if word == Result.NO_ANSWER:
            return Disposition("3.13", Category.UNKNOWN_HOUSEHOLD)
        if word in _UNSEEN:
            return _OF[Result.SAID_VACANT]
    return _OF[word]
