"""Divisions from the province down to the community: entered one by one, by the table, or without a code."""

import itertools
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from firstline.kernel import clock, ledger, paths
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.division_table import DivisionRow
from firstline.places.divisions import midnight, padded, path_of
from firstline.places.errors import CodeUnknown, PlaceClosed
from firstline.places.models import Place, PlaceCode, PlaceKind
from firstline.places.village_list import village_name

# So many places a statement; a county has some hundreds, the country has 47,000.
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Entered:
    """How many divisions are new, and how many were there."""

    new: int
    known: int


@action("places.create_place")
def create_place(actor: Actor, *, kind: PlaceKind, code: str, name: str, valid_from: date | None = None) -> Place:
    """Enter a division under the place its code belongs to; its path is the code, for ever.

    Raises CodeUnknown when the code does not fit the kind or the place above has not been entered, NameTaken,
    PlaceClosed.
    """
    path = path_of(kind, code)
    above = paths.ancestors(path)[:-1]
    parent = Place.objects.filter(path=above[-1]).first() if above else None
    if above and parent is None:
        raise CodeUnknown(value=code)
    if parent is not None and parent.closed_on is not None:
        raise PlaceClosed(place=parent.name)
    now = clock.now()
    began = midnight(valid_from) if valid_from else now
    place = Place.objects.create(path=path, kind=kind, name=name, parent=parent, stands_since=began)
    PlaceCode.objects.create(place=place, code=padded(path), name=name, valid_from=valid_from or now.date())
    ledger.record(path=path, subject=place, after={"kind": kind, "name": name, "code": padded(path)})
    return place


@action("places.load_divisions")
def load_divisions(actor: Actor, *, rows: Sequence[DivisionRow], valid_from: date) -> Entered:
    """Enter the divisions of the table that are not there yet, those above first; the others stay as they are.

    A place somebody entered by hand under another name keeps it. Where the name is taken under the same parent, by a
    place without a code, that place is left alone and the division is entered under its official name.
    Raises CodeUnknown where there is nothing to enter.
    """
    standing = dict(Place.objects.filter(path__in=[row.path for row in rows]).values_list("path", "pk"))
    wanted = [row for row in rows if row.path not in standing]
    for level, listed in itertools.groupby(wanted, key=lambda row: len(row.path)):
        _enter(list(listed), standing, valid_from, top=level == 2)
    done = Entered(len(wanted), len(rows) - len(wanted))
    top = Place.objects.filter(path=rows[0].path).first() if rows else None
    if top is None:
        raise CodeUnknown(value="")
    ledger.record(
        path=top.path, subject=top, after={"new": done.new, "known": done.known, "valid_from": valid_from.isoformat()}
    )
    return done


@action("places.enter_villages")
def enter_villages(actor: Actor, *, township_path: str, names: Sequence[str]) -> Entered:
    """Enter villages that lists name and whose official code nobody knows, below their township.

    解家湾 and 解家湾村 are one. Each gets a path with a letter in it; ``renumber_place`` gives it its code one day.
    Raises NotFound, PlaceClosed.
    """
    # The township's row gives out the numbers of its villages, one at a time.
    townships = Place.objects.select_for_update(no_key=True)
    township = townships.filter(path=township_path, kind=PlaceKind.TOWNSHIP).first()
    if township is None:
        raise NotFound
    if township.closed_on is not None:
        raise PlaceClosed(place=township.name)
    said = list(dict.fromkeys(name for text in names if (name := village_name(text))))
    below = Place.objects.filter(parent=township)
    known = set(below.filter(name__in=said).values_list("name", flat=True))
    taken = below.filter(path__gte=township_path + paths.local_code(1, 3)).count()
    new, now = [name for name in said if name not in known], clock.now()
    Place.objects.bulk_create(
        Place(
            path=township_path + paths.local_code(taken + number, 3),
            kind=PlaceKind.COMMUNITY,
            name=name,
            parent=township,
            stands_since=now,
        )
        for number, name in enumerate(new, 1)
    )
    ledger.record(path=township_path, subject=township, after={"new": len(new), "known": len(known), "names": new})
    return Entered(len(new), len(known))


def _enter(rows: list[DivisionRow], standing: dict[str, uuid.UUID], valid_from: date, *, top: bool) -> None:
    """One level of the tree, below places that stand; ``standing`` gains them."""
    parents = {standing[row.parent] for row in rows if not top}
    taken = set(Place.objects.filter(parent__in=parents).values_list("parent", "kind", "name"))
    places = []
    for row in rows:
        parent = None if top else standing[row.parent]
        name = row.official if (parent, row.kind, row.spoken) in taken else row.spoken
        places.append(
            Place(path=row.path, kind=row.kind, name=name, parent_id=parent, stands_since=midnight(valid_from))
        )
    Place.objects.bulk_create(places, batch_size=_AT_ONCE)
    standing |= {place.path: place.pk for place in places}
    PlaceCode.objects.bulk_create(
        (
            PlaceCode(place=place, code=row.code, name=row.official, valid_from=valid_from)
            for place, row in zip(places, rows, strict=True)
        ),
        batch_size=_AT_ONCE,
    )
