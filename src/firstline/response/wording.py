"""How the ledger says what was done about emergencies."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording
from firstline.response.measures.titles import CATEGORY_WORDS, PARAMETER_WORDS, TITLES
from firstline.response.models import Level

wording.register(
    acts={
        "response.declare": _("declared an emergency"),
        "response.call_off_end": _("called off the end of an emergency"),
        "response.end": _("ended an emergency"),
        "response.raise_level": _("raised the level of an emergency"),
        "response.lower_level": _("lowered the level of an emergency"),
        "response.take_back_level": _("took back a change of level"),
        "response.lead_with": _("let an emergency lead"),
        "response.order_measure": _("ordered a measure"),
        "response.renew_measure": _("renewed a measure"),
        "response.lift_measure": _("lifted a measure"),
        "response.change_catalogue": _("changed the catalogue of measures"),
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
        "from_at": _("From"),
        "until_at": _("Until"),
        "last_day": _("Last day"),
        "lifted_at": _("Lifted"),
        "measures": _("Measures"),
        "laxer_allowed": _("Less allowed below"),
        "switched_on": _("Switched on"),
        "parameters": _("What it asks"),
        **PARAMETER_WORDS,
        "keep_until": _("Kept until"),
        "key": _("Key"),
        "copy_place": _("Where the copy lies"),
        "lapses_at": _("To be confirmed by"),
    },
    values={
        "level": {str(level.value): level.label for level in Level},
        "kind": TITLES,
        "measures": TITLES,
        "categories": CATEGORY_WORDS,
    },
)
