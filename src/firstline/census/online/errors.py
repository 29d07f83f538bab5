"""What the public page and the pile of reports refuse; a household's report itself is never refused."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel.errors import Conflict, FirstlineError, explains


class LinkClosed(FirstlineError):
    """The address on the poster is closed, or the emergency is over. ``phone`` may be empty."""

    code = "report_link_closed"
    status = 410
    message = _("Nothing can be registered under this address any more. Look for a newer notice, or ask the community.")


class ReportTooLarge(FirstlineError):
    """More was sent than any household writes; nothing of it was read or kept. ``most``: thousands of characters."""

    code = "report_too_large"
    status = 413
    message = _(
        "That was too much text at once, so none of it was kept. Write the most important things in a few lines "
        "(%(most)s thousand characters fit), or call the community and say it."
    )


class ReportTaken(Conflict):
    """The same report arrived twice at the same moment; the other one was recorded."""

    code = "report_taken"
    message = _("This report has just been recorded. Nothing more needs to be done.")


class ReportDecided(Conflict):
    """Somebody has placed this report or set it aside, or its household has sent a newer one."""

    code = "report_decided"
    message = _("Somebody has dealt with this report already, or a newer one has come. Load the pile again.")


class ReportDecisionVoided(Conflict):
    """The decision was taken back before, or its report has been corrected since."""

    code = "report_decision_voided"
    message = _("This was already taken back; nothing more needs to be done.")


class LinkExists(Conflict):
    """Somebody opened an address for this place a moment ago."""

    code = "report_link_exists"
    message = _(
        "There is an open address for this place already. Load the page again; close it first if it must change."
    )


explains("census_selfreport_pkey", ReportTaken())
explains("self_report_version_once", ReportTaken())
explains("one_open_report_link_a_place", LinkExists())
explains("census_reportdecisionvoid_decision_id_key", ReportDecisionVoided())
