"""How the ledger says that a phone took residents along."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording

wording.register(
    acts={"sync.take_along": _("took residents along on a phone")},
    fields={"doors": _("Doors"), "people": _("People")},
)
