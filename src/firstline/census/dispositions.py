"""From what came of a try, and through which channel, to its AAPOR final disposition.

*Standard Definitions: Final Dispositions of Case Codes and Outcome Rates for Surveys*, 9th edition, AAPOR 2016: table 1
(telephone), table 2 (in-person household surveys), tables 3 to 5 (mail and internet, for paper and online forms). The
codes of all five tables stand together, each with its category, in inst/data/codes.tsv of the R package responserates.

A case here is a *door of a frame of addresses*, through whatever channel it is tried. That decides what the tables
leave to whoever mixes modes:

- Table 1's "not eligible" numbers (4.31 non-working, 4.32 disconnected, 4.33 out of service) are those of a sample of
  numbers. Here a number is only a way to a door: dead, or somebody else's, it says nothing of the dwelling. So it is
  3.1, unknown if housing unit, as a line is that is busy (3.12), not answered (3.13), switched off or cut off (3.16).
- Who hangs up has not said whether they live behind the door: 3.1. Who says no on the telephone has: 2.112.
- A form pushed under a door is no "other" (2.3x), because that counts as contact: nobody was met, and a pile of forms
  must not lift the contact rate. It is 2.24, nobody reached at the housing unit; once it comes back it is 1.1.
- *Vacant* (4.6, not eligible) needs somebody who stood there, and a date. What a neighbour, an owner on the telephone
  or a list says of an empty home is 3.21, a housing unit of which nobody knows who lives there. So are a broken seal
  and a lit window: somebody may well be back.
- A list that names a household settles nothing by itself: 3.21, unless the campaign takes lists for answers.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

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


_I, _P, _R, _NC = Category.COMPLETE, Category.PARTIAL, Category.REFUSAL, Category.NON_CONTACT
_UH, _UO, _NE = Category.UNKNOWN_HOUSEHOLD, Category.UNKNOWN_OTHER, Category.NOT_ELIGIBLE

NOT_ATTEMPTED = Disposition("3.11", _UH)
_COMPLETE, _SAID_EMPTY = Disposition("1.1", _I), Disposition("3.21", _UO)
# At the door or its intercom, and wherever the channel makes no difference.
_OF: Mapping[Result, Disposition] = {
    Result.REGISTERED: _COMPLETE,
    Result.FORM_RETURNED: _COMPLETE,
    Result.PARTIAL: Disposition("1.2", _P),
    Result.REFUSED: Disposition("2.11", _R),
    Result.REFUSED_SAFETY: Disposition("2.111", _R),
    Result.REFUSED_PRIVACY: Disposition("2.112", _R),
    Result.NO_ANSWER: Disposition("2.24", _NC),
    Result.NOTICE_POSTED: Disposition("2.24", _NC),
    Result.FORM_SLIPPED: Disposition("2.24", _NC),
    Result.COME_BACK: Disposition("2.25", _NC),
    Result.CALL_LATER: Disposition("2.25", _NC),
    Result.VACANT: Disposition("4.6", _NE),
    Result.SEAL_SET: Disposition("4.6", _NE),
    Result.SEAL_INTACT: Disposition("4.6", _NE),
    Result.NOT_A_HOME: Disposition("4.5", _NE),
    Result.SAID_VACANT: _SAID_EMPTY,
    Result.SEAL_BROKEN: Disposition("3.21", _UO),
    Result.WINDOW_LIT: Disposition("3.21", _UO),
    Result.LISTED: Disposition("3.21", _UO),
    Result.NOT_FOUND: Disposition("3.18", _UH),
    Result.NUMBER_DEAD: Disposition("3.1", _UH),
    Result.WRONG_NUMBER: Disposition("3.1", _UH),
    Result.HUNG_UP: Disposition("3.1", _UH),
    Result.BUSY: Disposition("3.12", _UH),
    Result.SWITCHED_OFF: Disposition("3.16", _UH),
    Result.SUSPENDED: Disposition("3.16", _UH),
}
# From afar: nobody sees a door, and who speaks has said who they are.
_FROM_AFAR: Mapping[Result, Disposition] = {
    Result.REFUSED: Disposition("2.112", _R),
    Result.REFUSED_SAFETY: Disposition("2.112", _R),
    Result.COME_BACK: Disposition("2.21", _NC),
    Result.CALL_LATER: Disposition("2.21", _NC),
    Result.VACANT: _SAID_EMPTY,
    Result.SEAL_SET: _SAID_EMPTY,
    Result.SEAL_INTACT: _SAID_EMPTY,
    Result.NOT_FOUND: Disposition("3.1", _UH),
}
_BY_TELEPHONE = frozenset({Channel.PHONE, Channel.CALLBACK})


@cache
def disposition(channel: str, result: str, *, lists_complete: bool = False) -> Disposition:
    """The final disposition of a door whose telling attempt is this one.

    ``lists_complete``: whether a list settles the doors it names. Raises ValueError for a word that is none.
    """
    word, way = Result(result), Channel(channel)
    if word == Result.LISTED and lists_complete:
        return _COMPLETE
    if way in ON_THE_SPOT:
        return _OF[word]
    if word == Result.NO_ANSWER:
        # Nobody picked up, or nothing came back of a form or a list.
        return Disposition("3.13" if way in _BY_TELEPHONE else "3.19", _UH)
    return _FROM_AFAR.get(word, _OF[word])


@cache
def codes_of(category: Category) -> frozenset[str]:
    """Every code that a tried door of a category may have; a door nobody has tried (3.11) has no code stored."""
    every = {disposition(channel, result) for channel in Channel for result in Result}
    return frozenset(one.code for one in every if one.category == category)
