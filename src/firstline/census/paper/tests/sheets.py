"""Sheets for tests: printed for doors of the cast's compound, through the action that people use."""

from collections.abc import Sequence

from firstline.census.models import Sheet
from firstline.census.paper.actions import print_sheets
from firstline.census.paper.numbers import number_of
from firstline.kernel import scope
from firstline.places.models import Door
from firstline.testing.cast import Cast


def printed(cast: Cast, kind: str = "form", doors: Sequence[Door] | None = None, *, blank: int = 0) -> list[str]:
    """The numbers of sheets printed for doors (default: 1-1-101), or of ``blank`` ones for the compound."""
    chosen = [] if blank else [door.pk for door in (doors or [cast.door])]
    batch = print_sheets(cast.director, kind=kind, path=cast.compound.place.path, door_ids=chosen, blank=blank)
    return [number_of(serial) for serial in range(batch.first, batch.last + 1)]


def sheet(cast: Cast, number: str) -> Sheet:
    """A sheet as it stands now."""
    with scope.enter(cast.director):
        return next(one for one in Sheet.objects.all() if number_of(one.serial) == number)
