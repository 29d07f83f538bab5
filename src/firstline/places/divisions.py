"""Paths of divisions from their official codes (GB/T 2260, GB/T 10114)."""

from datetime import date, datetime, time

from django.utils import timezone

from firstline.identifiers import division
from firstline.places.errors import CodeUnknown
from firstline.places.models import PlaceKind

KIND_OF_LEVEL = {
    "province": PlaceKind.PROVINCE,
    "prefecture": PlaceKind.CITY,
    "county": PlaceKind.COUNTY,
    "township": PlaceKind.TOWNSHIP,
    "community": PlaceKind.COMMUNITY,
}
KINDS = tuple(KIND_OF_LEVEL.values())


def path_of(kind: PlaceKind | str, code: str) -> str:
    """The path a division gets from its code, short or padded to 12 digits. Raises CodeUnknown when they do not fit."""
    read = division.parse(code)
    if read.problems or read.level is None or KIND_OF_LEVEL[read.level] != kind:
        raise CodeUnknown(value=code)
    return read.code


def padded(path: str) -> str:
    """The full code of a division's path: 141102 is 141102000000."""
    return division.parse(path).padded


def midnight(day: date) -> datetime:
    """The moment a day begins where this installation is: what is said of divisions holds from days on."""
    return timezone.make_aware(datetime.combine(day, time.min))
