"""Which door a clerk means for a parked report."""

import uuid

from django.utils.translation import gettext as _

from firstline.census.models import SelfReport
from firstline.census.online import doors
from firstline.census.online.pile_page import Typed
from firstline.kernel.ids import read_id
from firstline.registry.addresses import Placed
from firstline.registry.door_finding import door_id


def chosen_door(report: SelfReport, pressed: str, text: str) -> tuple[uuid.UUID | None, Typed]:
    """The door that was pressed, or typed as ``3-2-501``; else None and what to ask."""
    if (known := read_id(pressed)) is not None:
        return known, Typed()
    found = doors.typed(text, path=report.path)
    if isinstance(found, Placed):
        return door_id(found), Typed()
    choices = doors.choices_of(found)
    said = (
        _("Several doors fit: press the right one.")
        if choices
        else _("No door on record is called so. Type it as 3-2-501.")
    )
    return None, Typed(report.pk, text, said, choices)
