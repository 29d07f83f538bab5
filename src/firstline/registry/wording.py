"""How the ledger says what was done with lists, and who looked at names and numbers."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording
from firstline.registry.meanings import MEANINGS, NOT_READ

wording.register(
    acts={
        "registry.stage_file": _("uploaded a list"),
        "registry.hand_in_file": _("handed in a long list"),
        "registry.drop_import": _("took away a list that could not be read"),
        "registry.accept_file": _("accepted a list"),
        "registry.discard_file": _("discarded a list"),
        "registry.choose_columns": _("chose what the columns of a list say"),
        "registry.keep_loose_file": _("uploaded a file of an unnamed compound"),
        "registry.end_loose_file": _("said whose list a file is"),
        "registry.keep_draft": _("began to type a list"),
        "registry.void_file": _("took a list back"),
        "registry.put_right": _("put rows of a list right"),
        "registry.take_back": _("took back what was put right"),
        "registry.read_lists": _("saw names in a list"),
        "registry.read_mentions": _("saw who is expected at a door"),
        "registry.reveal_numbers": _("saw numbers in clear"),
        "registry.search": _("searched"),
    },
    fields={
        "rows": _("Rows"),
        "records": _("Rows taken"),
        "parked": _("Rows set aside"),
        "no_data": _("Rows without data"),
        "doors_new": _("New doors"),
        "doors_known": _("Known doors"),
        "doors_gone": _("Doors gone"),
        "doors_staying": _("Doors that stayed"),
        "columns": _("Columns"),
        "column": _("Column"),
        "says": _("says"),
        "compound": _("Compound"),
        "numbers": _("Row numbers"),
        "asked": _("Searched for"),
        "found": _("Found"),
    },
    values={
        "says": {str(meaning): words for meaning, words in {**MEANINGS, **NOT_READ}.items()},
        "fields": {"name": _("name"), "phones": _("phones"), "id_number": _("document number")},
    },
)
