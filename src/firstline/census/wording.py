"""How the ledger says what was done at doors."""

from django.utils.translation import gettext_lazy as _

from firstline.census.results import Outcome, Result
from firstline.kernel import wording

wording.register(
    acts={
        "census.record_attempt": _("recorded an attempt at a door"),
        "census.void_attempt": _("took back an attempt"),
        "census.record_many": _("recorded attempts at many doors"),
        "census.void_many": _("took back attempts at many doors"),
        "census.open_campaign": _("opened a census"),
        "census.lead_with": _("let everybody work in a census"),
        "census.end_campaign": _("ended a census"),
        "census.freeze_frame": _("fixed the doors of a census"),
        "census.change_rules": _("changed the rules of a census"),
        "census.add_round": _("began a round"),
    },
    fields={"outcome": _("Outcome"), "result": _("Result"), "people": _("People met")},
    values={
        "fields": {"names": _("name"), "notes": _("remark")},
        "outcome": dict(Outcome.choices),
        "result": dict(Result.choices),
    },
)
