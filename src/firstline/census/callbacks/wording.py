"""How the ledger says what was done about calls, and who looked at their numbers."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from firstline.census.models.callbacks import CallStepKind
from firstline.kernel import wording

wording.register(
    acts={
        "census.set_number": _("said which number stands on notices"),
        "census.hand_over_number": _("handed over the community's phone"),
        "census.log_call": _("logged a call"),
        "census.call_back": _("called back"),
        "census.complete_call": _("wrote down a call at a door"),
        "census.close_call": _("closed a call"),
        "census.take_back_call_step": _("took back what was done about a call"),
        "census.read_calls": _("saw numbers of calls"),
    },
    fields={"taken": pgettext_lazy("call", "Taken"), "holder": _("Who has the phone")},
    values={"step": dict(CallStepKind.choices)},
)
