"""Writing places: divisions, compounds and their profile, buildings and doors."""

from datetime import date

from django.db.models import Max

from firstline.kernel import clock, ledger, paths
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.errors import CodeUnknown, FrameTooLarge
from firstline.places.models import Compound, Place, PlaceCode, PlaceKind

_DIGITS = {
    PlaceKind.PROVINCE: 2,
    PlaceKind.CITY: 4,
    PlaceKind.COUNTY: 6,
    PlaceKind.TOWNSHIP: 9,
    PlaceKind.COMMUNITY: 12,
}
_MOST_COMPOUNDS = 9_999


@action("places.create_place")
def create_place(actor: Actor, *, kind: PlaceKind, code: str, name: str, valid_from: date | None = None) -> Place:
    """Enter a division (province to community) under the place its code belongs to; its path is the code, for ever.

    Raises CodeUnknown when the code does not fit the kind or the place above has not been entered.
    """
    path = _path_of(kind, code)
    above = paths.ancestors(path)[:-1]
    parent = Place.objects.filter(path=above[-1]).first() if above else None
    if above and parent is None:
        raise CodeUnknown(value=code)
    place = Place.objects.create(path=path, kind=kind, name=name, parent=parent)
    PlaceCode.objects.create(
        place=place, code=path.ljust(12, "0"), name=name, valid_from=valid_from or clock.now().date()
    )
    ledger.record(path=path, subject=place, after={"kind": kind, "name": name, "code": path})
    return place


@action("places.create_compound")
def create_compound(actor: Actor, *, community_path: str, name: str, scattered: bool = False) -> Compound:
    """Add a compound, or a community's scattered homes, below its community. Raises NotFound, NameTaken."""
    # The community's row gives out the numbers of its compounds, one at a time.
    community = Place.objects.select_for_update(no_key=True).filter(
        path=community_path, kind=PlaceKind.COMMUNITY
    ).first()
    if community is None:
        raise NotFound
    last = community.children.aggregate(last=Max("path"))["last"]
    number = int(last.rsplit("/", 1)[-1]) + 1 if last else 1
    if number > _MOST_COMPOUNDS:
        raise FrameTooLarge(limit=_MOST_COMPOUNDS, place=community.name)
    place = Place.objects.create(
        path=paths.child(community_path, "compound", number),
        kind=PlaceKind.SCATTERED if scattered else PlaceKind.COMPOUND,
        name=name,
        parent=community,
        position=number,
    )
    compound = Compound.objects.create(place=place)
    ledger.record(path=place.path, subject=compound, after={"name": name, "kind": place.kind})
    return compound


def _path_of(kind: PlaceKind, code: str) -> str:
    digits = _DIGITS.get(kind, 0)
    path, rest = code[:digits], code[digits:]
    if not digits or len(path) != digits or not path.isdecimal() or rest.strip("0"):
        raise CodeUnknown(value=code)
    return path
