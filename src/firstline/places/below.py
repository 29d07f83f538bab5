"""What lies below: the divisions that somebody can choose from."""

from collections.abc import Iterable

from firstline.kernel.paths import Range
from firstline.places.models import Place, PlaceKind
from firstline.places.selectors import in_ranges


def divisions_in(ranges: Iterable[Range]) -> dict[str, str]:
    """The names of counties, townships and communities in ranges, by their paths; one statement."""
    kinds = (PlaceKind.COUNTY, PlaceKind.TOWNSHIP, PlaceKind.COMMUNITY)
    found = Place.objects.filter(in_ranges(ranges), kind__in=kinds).order_by("path")
    return dict(found.values_list("path", "name"))
