"""How the ledger says what was done about gaps."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording

wording.register(
    acts={
        "gaps.sweep": _("looked for what has run out of time"),
        "gaps.take": _("said “I have it” of something missing"),
        "gaps.give_back": _("gave something missing back"),
        "gaps.hand_over": _("handed something missing over"),
        "gaps.dispute": _("said that something is not missing"),
        "gaps.settle_dispute": _("decided whether something is missing"),
        "gaps.confirm_counts": _("confirmed the county's figures"),
        "gaps.change_rules": _("changed when gaps climb"),
    },
    fields={
        "due": _("Late"),
        "opened": _("Opened"),
        "closed": _("Closed"),
        "climbed": _("Climbed"),
        "handed_on": _("Handed on at the end of a shift"),
        "until": _("Until"),
        "escalation_rules": _("Rules of escalation"),
    },
)
