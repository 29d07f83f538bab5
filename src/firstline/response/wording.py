"""How the ledger says what was done about emergencies."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording
from firstline.response.models import Level

wording.register(
    acts={"response.declare": _("declared an emergency")},
    fields={
        "level": _("Level"),
        "legal_basis": _("Legal basis"),
        "document_number": _("Document number"),
    },
    values={"level": {str(level.value): level.label for level in Level}},
)
