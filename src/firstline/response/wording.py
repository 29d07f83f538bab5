"""How the ledger says what was done about emergencies."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording
from firstline.response.models import Level

wording.register(
    acts={
        "response.declare": _("declared an emergency"),
        "response.end": _("ended an emergency"),
        "response.rotate_key": _("made a new key for an emergency"),
        "response.rotate_organisation_key": _("made a new key for the organisation"),
        "response.register_copies": _("put a copy of a key on the register"),
        "response.copy_destroyed": _("said that a copy of a key is destroyed"),
        "response.propose_destruction": _("proposed to destroy the keys of an emergency"),
        "response.confirm_destruction": _("confirmed it: the keys of an emergency were destroyed"),
        "response.read_keys": _("read the register of keys"),
    },
    fields={
        "level": _("Level"),
        "legal_basis": _("Legal basis"),
        "document_number": _("Document number"),
        "ended_at": _("Ended"),
        "keep_until": _("Kept until"),
        "key": _("Key"),
        "copy_place": _("Where the copy lies"),
        "lapses_at": _("To be confirmed by"),
    },
    values={"level": {str(level.value): level.label for level in Level}},
)
