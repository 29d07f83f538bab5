"""Divisions over time: renamed, renumbered, merged, split. Paths never change; codes and names are dated.

A division that is merged or split is closed, and its successors get paths of their own. What was filed below the old
path stays there; of a split one, each compound is put under the part it went to. Apps above hear of it and follow.
"""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from firstline.kernel import clock, ledger, paths
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.divisions import KINDS, midnight, padded, path_of
from firstline.places.errors import CodeTooEarly, CodeUnknown, DateAhead, PlaceClosed, SplitIncomplete
from firstline.places.models import Place, PlaceCode, PlaceSuccession, SuccessionHow
from firstline.places.signals import places_succeeded


@dataclass(frozen=True, slots=True)
class Part:
    """One successor of a division that is split, and the places below the old one that go to it."""

    code: str
    name: str
    places: Collection[uuid.UUID] = ()


@action("places.rename")
def rename_place(actor: Actor, *, place_id: uuid.UUID, name: str, valid_from: date) -> Place:
    """Give a division a new name from a date on; code and path stay. Raises NotFound, CodeTooEarly, DateAhead."""
    place = _open_division(place_id)
    present = place.codes.filter(valid_until=None).first()
    _date_code(place, present.code if present else "", name, valid_from)
    return place


@action("places.renumber")
def renumber_place(actor: Actor, *, place_id: uuid.UUID, code: str, valid_from: date) -> Place:
    """Give a division a new official code from a date on; its path, and with it every grant and row, stays.

    A division entered without a code gets its first one so. Raises NotFound, CodeUnknown, CodeTooEarly, DateAhead.
    """
    place = _open_division(place_id)
    _date_code(place, padded(path_of(place.kind, code)), place.name, valid_from)
    return place


@action("places.merge")
def merge_places(actor: Actor, *, place_ids: Sequence[uuid.UUID], code: str, name: str, valid_from: date) -> Place:
    """Close two or more divisions of one kind and let one stand for them, under ``code``, be it new or one of theirs.

    Raises NotFound, CodeUnknown, CodeTooEarly, DateAhead, NameTaken.
    """
    merged = [_open_division(place_id) for place_id in sorted(set(place_ids))]
    if len(merged) < 2 or len({place.kind for place in merged}) > 1:
        raise NotFound
    before = {place.path: place.name for place in merged}
    for place in merged:
        _close(place, valid_from)
    successor = _successor(merged[0], code, name, valid_from)
    _succeed(actor, merged, [successor], SuccessionHow.MERGED, valid_from)
    for path, called in before.items():
        ledger.record(path=path, subject=successor, before={"name": called}, after=_said(successor, code, valid_from))
    return successor


@action("places.split")
def split_place(actor: Actor, *, place_id: uuid.UUID, parts: Sequence[Part], valid_from: date) -> list[Place]:
    """Close a division and let its parts stand for it; every place directly below it goes to one of them.

    Raises NotFound, SplitIncomplete, CodeUnknown, CodeTooEarly, DateAhead, NameTaken.
    """
    place = _open_division(place_id)
    below = dict(Place.objects.filter(parent=place, closed_on=None).values_list("pk", "name"))
    assigned = [child for part in parts for child in part.places]
    if len(parts) < 2 or set(assigned) != below.keys() or len(assigned) != len(below):
        raise SplitIncomplete(names=", ".join(sorted(below[pk] for pk in below.keys() - set(assigned))))
    _close(place, valid_from)
    successors = [_successor(place, part.code, part.name, valid_from) for part in parts]
    for part, successor in zip(parts, successors, strict=True):
        Place.objects.filter(pk__in=list(part.places)).update(parent=successor)
    _succeed(actor, [place], successors, SuccessionHow.SPLIT, valid_from)
    for part, successor in zip(parts, successors, strict=True):
        after = _said(successor, part.code, valid_from)
        ledger.record(path=place.path, subject=successor, before={"name": place.name}, after=after)
    return successors


def _open_division(place_id: uuid.UUID) -> Place:
    place = Place.objects.select_for_update(no_key=True).filter(pk=place_id, kind__in=KINDS).first()
    if place is None:
        raise NotFound
    if place.closed_on is not None:
        raise PlaceClosed(place=place.name)
    return place


def _date_code(place: Place, code: str, name: str, valid_from: date) -> None:
    """End the present code and begin another; the place is called by the new name."""
    before = {"name": place.name}
    if present := _end_code(place, valid_from):
        before["code"] = present.code
    if code:
        PlaceCode.objects.create(place=place, code=code, name=name, valid_from=valid_from)
    Place.objects.filter(pk=place.pk).update(name=name)
    place.name = name
    ledger.record(path=place.path, subject=place, before=before, after=_said(place, code, valid_from))


def _end_code(place: Place, valid_from: date) -> PlaceCode | None:
    if valid_from > timezone.localdate(clock.now()):
        raise DateAhead(date=valid_from.isoformat())
    present = place.codes.filter(valid_until=None).first()
    if present is None:
        return None
    if valid_from <= present.valid_from:
        raise CodeTooEarly(since=present.valid_from.isoformat())
    place.codes.filter(pk=present.pk).update(valid_until=valid_from)
    return present


def _close(place: Place, valid_from: date) -> None:
    _end_code(place, valid_from)
    Place.objects.filter(pk=place.pk).update(closed_on=valid_from)
    place.closed_on = valid_from


def _successor(old: Place, code: str, name: str, valid_from: date) -> Place:
    """The place that follows: below the one its code belongs to, at a path nobody had before."""
    official = path_of(old.kind, code)
    above = paths.ancestors(official)[:-1]
    parent = Place.objects.filter(path=above[-1]).first() if above else None
    if above and parent is None:
        raise CodeUnknown(value=code)
    taken = Place.objects.filter(path=official).exists()
    path = _local_path(parent, len(official)) if taken else official
    # Names are one under one parent; the closed place gives its name up to the one that follows it.
    named = Place.objects.filter(parent=parent, kind=old.kind, name=name).exclude(closed_on=None).first()
    if named is not None:
        Place.objects.filter(pk=named.pk).update(name=f"{name} ({named.closed_on:%Y-%m-%d})")
    began = midnight(valid_from)
    place = Place.objects.create(path=path, kind=old.kind, name=name, parent=parent, stands_since=began)
    PlaceCode.objects.create(place=place, code=padded(official), name=name, valid_from=valid_from)
    return place


def _local_path(parent: Place | None, length: int) -> str:
    head = parent.path if parent else ""
    width = length - len(head)
    number = Place.objects.filter(parent=parent, path__gte=head + paths.local_code(1, width)).count() + 1
    return head + paths.local_code(number, width)


def _succeed(actor: Actor, old: Sequence[Place], new: Sequence[Place], how: SuccessionHow, since: date) -> None:
    PlaceSuccession.objects.bulk_create(
        PlaceSuccession(
            path=predecessor.path,
            predecessor=predecessor,
            successor=successor,
            how=how,
            since=since,
            by_person_id=actor.person_id,
            by_device_id=actor.device_id,
        )
        for predecessor in old
        for successor in new
    )
    places_succeeded.send(
        Place,
        actor=actor,
        predecessors=[place.path for place in old],
        successors=[place.path for place in new],
        since=since,
    )


def _said(place: Place, code: str, valid_from: date) -> dict[str, str]:
    return {"name": place.name, "code": code, "valid_from": valid_from.isoformat()}
