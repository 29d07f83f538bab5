"""How the ledger says what was done at doors."""

from django.utils.translation import gettext_lazy as _

from firstline.census.logs import wording as _logs  # noqa: F401  # it registers itself
from firstline.census.recheck import wording as _recheck  # noqa: F401  # registers itself
from firstline.census.results import Outcome, Result
from firstline.kernel import wording

wording.register(
    acts={
        "census.record_attempt": _("recorded an attempt at a door"),
        "census.void_attempt": _("took back an attempt"),
        "census.share_walk": _("shared out a walk"),
        "census.share_again": _("gave the doors of somebody missing to the others"),
        "census.move_stairwell": _("gave a stairwell to somebody else"),
        "census.choose_channels": _("chose the channels of a compound"),
        "census.take_call": _("took a household in hand to call it"),
        "census.record_many": _("recorded attempts at many doors"),
        "census.void_many": _("took back attempts at many doors"),
        "census.open_campaign": _("opened a census"),
        "census.lead_with": _("let everybody work in a census"),
        "census.end_campaign": _("ended a census"),
        "census.freeze_frame": _("fixed the doors of a census"),
        "census.change_rules": _("changed the rules of a census"),
        "census.add_round": _("began a round"),
        "census.enter_rows": _("saved lines typed from paper"),
        "census.take_back_rows": _("took lines typed from paper back"),
        "census.draw_check": _("drew lines to be typed again"),
        "census.enter_again": _("typed a line again"),
        "census.decide_difference": _("decided a difference by the paper"),
    },
    fields={
        "outcome": _("Outcome"),
        "result": _("Result"),
        "people": _("People met"),
        "channels": _("Channels"),
        "chat_group": _("Chat group"),
        "minutes": _("Minutes each"),
        "team": _("People on the team"),
    },
    values={
        "fields": {"names": _("name"), "notes": _("remark")},
        "outcome": dict(Outcome.choices),
        "result": dict(Result.choices),
    },
)
