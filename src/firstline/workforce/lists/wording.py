"""How the ledger says what was done about lists of people."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording

wording.register(
    acts={
        "workforce.bring_people": _("handed in a list of people"),
        "workforce.fix_people": _("put rows of a list of people right"),
        "workforce.discard_people": _("set a list of people aside"),
        "workforce.accept_people": _("brought in a list of people"),
        "workforce.take_back_people": _("took a list of people back"),
        "workforce.regroup": _("moved somebody to another team"),
        "workforce.read_people": _("looked at a list of people"),
    },
    fields={"team": _("Team"), "people": _("People put on record")},
)
