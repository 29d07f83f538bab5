"""What each rate and each category says, in the words of a director."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SAYS: dict[str, Promise] = {
    "RR1": _("Registered in full, of all doors that may be homes"),
    "RR2": _("Registered in full or in part, of all doors that may be homes"),
    "RR3": _("Registered in full; of the doors nobody knows about, the share e is taken as homes"),
    "RR4": _("Registered in full or in part; of the doors nobody knows about, the share e is taken as homes"),
    "RR5": _("Registered in full, of the doors known to be homes"),
    "RR6": _("Registered in full or in part, of the doors known to be homes"),
    "COOP1": _("Registered in full, of the households that were met"),
    "COOP2": _("Registered in full or in part, of the households that were met"),
    "COOP3": _("Registered in full, of the households that were met and able to answer"),
    "COOP4": _("Registered in full or in part, of the households that were met and able to answer"),
    "REF1": _("Refused, of all doors that may be homes"),
    "REF2": _("Refused; of the doors nobody knows about, the share e is taken as homes"),
    "REF3": _("Refused, of the doors known to be homes"),
    "CON1": _("Met, whatever came of it, of all doors that may be homes"),
    "CON2": _("Met, whatever came of it; of the doors nobody knows about, the share e is taken as homes"),
    "CON3": _("Met, whatever came of it, of the doors known to be homes"),
}

GROUPS: tuple[tuple[Promise, tuple[str, ...]], ...] = (
    (_("Response rates"), ("RR1", "RR2", "RR3", "RR4", "RR5", "RR6")),
    (_("Cooperation rates"), ("COOP1", "COOP2", "COOP3", "COOP4")),
    (_("Refusal rates"), ("REF1", "REF2", "REF3")),
    (_("Contact rates"), ("CON1", "CON2", "CON3")),
)

MEANS: dict[str, Promise] = {
    "I": _("registered in full"),
    "P": _("registered in part"),
    "R": _("refused"),
    "NC": _("a home, nobody met yet"),
    "O": _("met, but neither registered nor refused"),
    "UH": _("nobody knows whether it is a home"),
    "UO": _("a dwelling, nobody knows whether somebody lives there"),
    "NE": _("does not count: empty for sure, or no home"),
}
