"""Why channels are proposed for a compound, in one sentence with its numbers."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firstline.census.channels.proposing import Clause, Proposal, Reason

_SAID: dict[Reason, str | Promise] = {
    Reason.LIST_HERE: gettext_lazy("a list names %(doors)d of %(of)d doors"),
    Reason.LIST_WANTED: gettext_lazy("%(who)s keeps a list, ask for it"),
    Reason.NO_COMPANY: gettext_lazy("no company, so no list"),
    Reason.REPORTS_COME: gettext_lazy("%(doors)d households reported themselves"),
    Reason.GROUP_THERE: gettext_lazy("there is a chat group, send the link there"),
    Reason.NO_GROUP: gettext_lazy("no chat group"),
    Reason.GROUP_UNKNOWN: gettext_lazy("nobody has said whether there is a chat group"),
    Reason.NUMBERS_ENOUGH: gettext_lazy("numbers are known for %(doors)d of %(of)d doors, call them"),
    Reason.NUMBERS_FEW: gettext_lazy("numbers for %(doors)d doors only, too few to call"),
    Reason.NO_NUMBERS: gettext_lazy("no telephone numbers"),
    Reason.DOORS_REST: gettext_lazy("go to the doors that are left"),
    Reason.DOORS_ALL: gettext_lazy("go to all %(doors)d doors"),
}


def sentence(proposal: Proposal) -> str:
    """The reasons of a proposal, one after another."""
    return _("; ").join(map(_clause, proposal.why))


def _clause(clause: Clause) -> str:
    return str(_SAID[clause.reason]) % {"doors": clause.doors, "of": clause.of, "who": clause.who}
