"""The words of the census: channels, results of an attempt, outcomes of a door, and how they hang together.

Pure: no database. The disposition code of each result stands in ``dispositions``, the derivation in ``outcomes``.
"""

from functools import cache

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Channel(TextChoices):
    DOOR = "door", _("At the door")
    INTERCOM = "intercom", _("By the door intercom")
    PHONE = "phone", _("By telephone")
    ONLINE = "online", _("Online form")
    LIST = "list", _("From a list")
    PAPER = "paper", _("On paper")
    CALLBACK = "callback", _("Called us back")


class Result(TextChoices):
    """What came of one attempt."""

    REGISTERED = "registered", _("Opened, registered")
    PARTIAL = "partial", _("Registered in part")
    NO_ANSWER = "no_answer", _("Nobody answered")
    REFUSED_SAFETY = "refused_safety", _("Refused: afraid to open")
    REFUSED_PRIVACY = "refused_privacy", _("Refused: afraid for their data")
    REFUSED = "refused", _("Refused")
    COME_BACK = "come_back", _("Asked us to come later")
    CALL_LATER = "call_later", _("Asked us to call later")
    FORM_SLIPPED = "form_slipped", _("Form pushed under the door")
    FORM_RETURNED = "form_returned", _("Form handed back")
    NOTICE_POSTED = "notice_posted", _("Notice on the door")
    VACANT = "vacant", _("Nobody lives here")
    SAID_VACANT = "said_vacant", _("Said to be empty, nobody looked")
    NOT_A_HOME = "not_a_home", _("Not a home")
    NOT_FOUND = "not_found", _("Door not found")
    LISTED = "listed", _("Named by a list")
    NUMBER_DEAD = "number_dead", _("Number does not exist")
    WRONG_NUMBER = "wrong_number", _("Somebody else's number")
    SWITCHED_OFF = "switched_off", _("Telephone switched off")
    SUSPENDED = "suspended", _("Number out of service")
    BUSY = "busy", _("Line busy")
    HUNG_UP = "hung_up", _("Hung up")
    SEAL_SET = "seal_set", _("Empty, sealed with a dated slip")
    SEAL_INTACT = "seal_intact", _("Seal whole, still empty")
    SEAL_BROKEN = "seal_broken", _("Seal broken, somebody is back")
    WINDOW_LIT = "window_lit", _("Window lit at night")


class Outcome(TextChoices):
    """What a door stands at. The order is the order of every bar, legend and equation: done first, then hardest."""

    REGISTERED = "registered", _("Registered")
    PARTIAL = "partial", _("Known in part")
    VACANT = "vacant", _("Vacant")
    NOT_A_HOME = "not_a_home", _("Not a home")
    UNTRIED = "untried", _("Nobody has been there")
    REFUSED = "refused", _("Refused")
    KNOCKED_TWICE = "knocked2", _("Not at home twice")
    KNOCKED_ONCE = "knocked1", _("Not at home once")
    NOTICE = "notice", _("Notice on the door")
    FORM = "form", _("Form under the door")
    TONIGHT = "tonight", _("Tonight")
    UNKNOWN = "unknown", _("Not settled")


DONE = frozenset({Outcome.REGISTERED, Outcome.VACANT, Outcome.NOT_A_HOME})
KNOCKS = frozenset({Outcome.KNOCKED_ONCE, Outcome.KNOCKED_TWICE})
REFUSALS = frozenset({Result.REFUSED, Result.REFUSED_SAFETY, Result.REFUSED_PRIVACY})

# Where somebody stood before the door, or before its intercom.
ON_THE_SPOT = frozenset({Channel.DOOR, Channel.INTERCOM})
# Results by which a door was looked at and found empty, on a date.
LOOKED_EMPTY = frozenset({Result.VACANT, Result.SEAL_SET, Result.SEAL_INTACT})
# Results by which somebody is there after all: what was said of emptiness before no longer counts.
SOMEBODY_THERE = frozenset({Result.SEAL_BROKEN, Result.WINDOW_LIT})

# What says nothing about a door has no outcome: a telephone that nobody answers, a name on a list.
OUTCOME_OF: dict[Result, Outcome] = {
    Result.REGISTERED: Outcome.REGISTERED,
    Result.FORM_RETURNED: Outcome.REGISTERED,
    Result.PARTIAL: Outcome.PARTIAL,
    Result.VACANT: Outcome.VACANT,
    Result.SEAL_SET: Outcome.VACANT,
    Result.SEAL_INTACT: Outcome.VACANT,
    Result.NOT_A_HOME: Outcome.NOT_A_HOME,
    Result.REFUSED: Outcome.REFUSED,
    Result.REFUSED_SAFETY: Outcome.REFUSED,
    Result.REFUSED_PRIVACY: Outcome.REFUSED,
    Result.NOTICE_POSTED: Outcome.NOTICE,
    Result.FORM_SLIPPED: Outcome.FORM,
    Result.COME_BACK: Outcome.TONIGHT,
    Result.NO_ANSWER: Outcome.KNOCKED_ONCE,
    Result.NOT_FOUND: Outcome.UNKNOWN,
    Result.SAID_VACANT: Outcome.UNKNOWN,
    Result.SEAL_BROKEN: Outcome.UNKNOWN,
    Result.WINDOW_LIT: Outcome.UNKNOWN,
}
# Results of an attempt that only mean something where somebody stood before the door.
_ONLY_ON_THE_SPOT = frozenset({Result.NO_ANSWER, Result.NOT_FOUND})


@cache
def outcome_by(channel: str, result: str, *, lists_complete: bool = False) -> Outcome | None:
    """What one attempt says of its door; None when it says nothing.

    A call that reached nobody never changes a door, and nobody sees over the telephone that a flat is empty:
    *vacant* needs a dated look (AAPOR 4.6), else it is unknown (3.21). A list names a household; it
    settles the door only where the campaign says that lists do.
    """
    word, way = Result(result), Channel(channel)
    if word == Result.LISTED:
        return Outcome.REGISTERED if lists_complete else None
    if way not in ON_THE_SPOT:
        if word in _ONLY_ON_THE_SPOT:
            return None
        if word in LOOKED_EMPTY:
            return Outcome.UNKNOWN
    return OUTCOME_OF.get(word)
