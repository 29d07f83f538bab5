"""How the ledger says what was done with printed sheets."""

from django.utils.translation import gettext_lazy as _

from firstline.census.paper.steps import SheetKind, StepKind
from firstline.kernel import wording

wording.register(
    acts={
        "census.print_sheets": _("numbered sheets to print"),
        "census.hand_out_sheet": _("brought a sheet to a door"),
        "census.fetch_sheets": _("fetched a form"),
        "census.lose_sheets": _("said that a sheet is lost"),
        "census.spoil_sheets": _("said that a sheet is spoilt"),
        "census.enter_sheet": _("typed a form in"),
        "census.take_back_sheet_step": _("took back what was said of a sheet"),
    },
    fields={
        "kind": _("Kind"),
        "sheets": _("Sheets"),
        "from": _("From number"),
        "number": _("Number"),
        "step": _("Step"),
    },
    values={"kind": dict(SheetKind.choices), "step": dict(StepKind.choices)},
)
