"""How the ledger says that it was read itself."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording

wording.register(
    acts={"audit.read_ledger": _("read the ledger"), "audit.export_ledger": _("took a copy of the ledger")},
    fields={
        "fields": _("Seen"),
        "since": _("Since"),
        "day": _("Day"),
        "kind": _("Kind"),
        "action": _("What"),
        "place": _("Where"),
        "entries": _("Entries"),
        "file_kind": _("File kind"),
    },
    values={"kind": {"acts": _("Acts"), "looks": _("Looks")}},
)
