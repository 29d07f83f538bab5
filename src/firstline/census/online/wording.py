"""How the ledger says what was done with online reports."""

from django.utils.translation import gettext_lazy as _

from firstline.census.online.judging import ParkedFor
from firstline.kernel import wording

wording.register(
    acts={
        "census.take_report": _("an online report came in"),
        "census.open_own_report": _("a household opened its own report"),
        "census.read_reports": _("saw online reports that wait"),
        "census.place_report": _("placed an online report at a door"),
        "census.set_aside_reports": _("set an online report aside"),
        "census.undo_report_decision": _("took back what was decided about an online report"),
        "census.open_report_links": _("opened an address for online reports"),
        "census.close_report_link": _("closed an address for online reports"),
        "census.reissue_report_link": _("gave a new address for online reports"),
    },
    fields={
        "parked_for": _("Waits because"),
        "verdict": _("Decision"),
        "version": _("Sent for the time number"),
        "place": _("Place"),
        "closed": _("Closed"),
    },
    values={
        "parked_for": {str(value): label for value, label in ParkedFor.choices},
        "verdict": {"placed": _("placed"), "set_aside": _("set aside"), "waiting": _("waiting again")},
    },
)
