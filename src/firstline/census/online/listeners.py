"""Online reports hear of doors that come on record: theirs may be among them, or the house have more of a pattern."""

from collections.abc import Sequence
from typing import Any

from django.dispatch import receiver

from firstline.census.jobs import PLACE_NAMED
from firstline.census.online.believing import with_doors_named
from firstline.census.online.intake import placing
from firstline.places.models import Compound, Door
from firstline.places.signals import doors_added


@receiver(doors_added, dispatch_uid="reports are placed when their door comes")
def place_later(sender: type[Door], doors: Sequence[Door], **_signal: Any) -> None:
    """Have the reports placed that named doors of the same compounds."""
    touched = Compound.objects.filter(buildings__in={door.building_id for door in doors})
    for compound_id, path in with_doors_named(touched).items():
        PLACE_NAMED.later(placing(path), compound_id)
