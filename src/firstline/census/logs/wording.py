"""How the ledger says what was done with logs."""

from django.utils.translation import gettext_lazy as _

from firstline.census.models import LogVerdict
from firstline.kernel import wording

wording.register(
    acts={
        "census.read_logs": _("looked at a log of visits or calls"),
        "census.stage_log": _("brought in a log of visits or calls"),
        "census.accept_log": _("let a log count"),
        "census.finish_log": _("recorded all attempts of a log"),
        "census.discard_log": _("set a log aside for good"),
        "census.take_back_log": _("took back a log"),
        "census.settle_rows": _("put rows of a log right"),
        "census.unsettle_rows": _("took back a decision about rows of a log"),
        "census.choose_word": _("said what a result word means"),
    },
    fields={"verdict": _("Decision"), "put_right": _("Rows put right")},
    values={"verdict": dict(LogVerdict.choices)},
)
