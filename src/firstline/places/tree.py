"""The tree of places read downwards."""

from collections.abc import Iterable

from firstline.kernel import scope
from firstline.kernel.paths import Range
from firstline.places.models import Place, PlaceKind
from firstline.places.selectors import NAMES_READ


def standing_below(within: Range, kinds: Iterable[PlaceKind]) -> list[tuple[str, str]]:
    """Path and name of the standing places of some kinds below a place, in the order of the tree; one statement.

    ``names_at`` knows them for the rest of the scope.
    """
    found = Place.objects.filter(path__gt=within.lo, path__lt=within.hi, kind__in=list(kinds), closed_on=None)
    rows = list(found.order_by("path").values_list("path", "name"))
    scope.memo().setdefault(NAMES_READ, {}).update(rows)
    return rows
