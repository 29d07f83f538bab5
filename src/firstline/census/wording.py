"""How the ledger says what was done at doors."""

from django.utils.translation import gettext_lazy as _

from firstline.census.logs import wording as _logs  # noqa: F401  # it registers itself
from firstline.census.results import Outcome, Result
from firstline.kernel import wording

wording.register(
    acts={
        "census.record_attempt": _("recorded an attempt at a door"),
        "census.void_attempt": _("took back an attempt"),
    },
    fields={"outcome": _("Outcome"), "result": _("Result"), "people": _("People met")},
    values={
        "fields": {"names": _("name"), "notes": _("remark")},
        "outcome": dict(Outcome.choices),
        "result": dict(Result.choices),
    },
)
