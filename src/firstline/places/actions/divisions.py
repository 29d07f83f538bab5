"""Divisions from the province down to the community: entered once, renamed and renumbered by date."""

import uuid
from datetime import date

from firstline.kernel import clock, ledger, paths
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.divisions import KINDS, padded, path_of
from firstline.places.errors import CodeTooEarly, CodeUnknown
from firstline.places.models import Place, PlaceCode, PlaceKind


@action("places.create_place")
def create_place(actor: Actor, *, kind: PlaceKind, code: str, name: str, valid_from: date | None = None) -> Place:
    """Enter a division under the place its code belongs to; its path is the code, for ever.

    Raises CodeUnknown when the code does not fit the kind or the place above has not been entered, NameTaken.
    """
    path = path_of(kind, code)
    above = paths.ancestors(path)[:-1]
    parent = Place.objects.filter(path=above[-1]).first() if above else None
    if above and parent is None:
        raise CodeUnknown(value=code)
    place = Place.objects.create(path=path, kind=kind, name=name, parent=parent)
    since = valid_from or clock.now().date()
    PlaceCode.objects.create(place=place, code=padded(path), name=name, valid_from=since)
    ledger.record(path=path, subject=place, after={"kind": kind, "name": name, "code": padded(path)})
    return place


@action("places.recode_place")
def recode_place(actor: Actor, *, place_id: uuid.UUID, code: str, name: str, valid_from: date) -> Place:
    """Give a division a new official code or name from a date on; its path, and with it every grant and row, stays.

    Raises NotFound, CodeUnknown, and CodeTooEarly when the date is not after the present code's first day.
    """
    place = Place.objects.select_for_update(no_key=True).filter(pk=place_id, kind__in=KINDS).first()
    if place is None:
        raise NotFound
    new = padded(path_of(place.kind, code))
    present = place.codes.get(valid_until=None)
    if valid_from <= present.valid_from:
        raise CodeTooEarly(since=present.valid_from.isoformat())
    place.codes.filter(pk=present.pk).update(valid_until=valid_from)
    PlaceCode.objects.create(place=place, code=new, name=name, valid_from=valid_from)
    Place.objects.filter(pk=place.pk).update(name=name)
    place.name = name
    ledger.record(
        path=place.path,
        subject=place,
        before={"code": present.code, "name": present.name},
        after={"code": new, "name": name, "valid_from": valid_from.isoformat()},
    )
    return place
