"""How the ledger says that it was read itself."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording

wording.register(
    acts={"audit.read_ledger": _("read the ledger")},
    fields={"fields": _("Seen"), "day": _("Day"), "action": _("What"), "place": _("Where")},
)
