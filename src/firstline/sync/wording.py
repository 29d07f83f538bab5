"""What the ledger says of commands that devices handed in."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.wording import register
from firstline.sync.feed import wording as _feed  # noqa: F401  # it registers itself
from firstline.sync.models import KeptState

register(
    acts={
        "sync.keep_commands": _("kept what a phone sent and could not be recorded"),
        "sync.read_kept": _("looked at what phones sent and was kept"),
        "sync.decide_kept": _("decided about what a phone sent and was kept"),
    },
    fields={
        "kept": _("Kept as"),
        "commands": _("Records"),
        **{state.value: state.label for state in KeptState},
    },
    values={"kept": dict(KeptState.choices)},
)
