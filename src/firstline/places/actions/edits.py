"""What somebody on the spot knows better: a door that is on no list, single fields of a compound."""

import uuid
from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext as _

from firstline.identifiers import door_label
from firstline.identifiers.width import halve
from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Invalid
from firstline.kernel.offline import EditsMeet
from firstline.places.describing import Profile, describe
from firstline.places.errors import DoorNotUnderstood
from firstline.places.frames import DoorProposal, ensure_doors
from firstline.places.models import Compound, Door, Frame, MakeUp, Management
from firstline.places.selectors import building_for, compound_for

Value = str | bool | None
Fields = Mapping[str, Value]
_LONGEST_ADDRESS = 200


# The same act and permission as for a door typed at the desk; here its parts are known, and nothing is guessed.
@action("places.add_door")
def add_door_seen(
    actor: Actor, *, building_id: uuid.UUID, unit: str, room: str, door_id: uuid.UUID, floor: int | None = None
) -> Door:
    """Add the door whose parts were typed in front of it; one that is known already is simply returned.

    ``door_id`` is what whoever typed it derived: it must follow from compound and label. Raises NotFound,
    DoorNotUnderstood.
    """
    building = building_for(actor, building_id, needs="places.add_door")
    seen = door_label.Door(building.label, _plain(unit), _plain(room))
    read = door_label.from_label(seen.label)
    if read != seen or Door.id_for(building.compound_id, seen.label) != door_id:
        raise DoorNotUnderstood(text=f"{unit} {room}".strip())
    proposal = DoorProposal.of(seen)
    if floor is not None:
        proposal = replace(proposal, floor=floor)
    ensured = ensure_doors(building.compound, [proposal], how=Frame.DECLARED, by=actor)
    door = Door.objects.select_related("building__place").get(pk=door_id)
    ledger.record(path=door.path, subject=door, after={"label": door.label, "new": bool(ensured.new)})
    return door


@action("places.edit_compound")
def edit_compound(actor: Actor, *, compound_id: uuid.UUID, base: Fields | None, fields: Fields) -> Compound:
    """Merge single fields of a compound, each by itself: taken where what stands is what was seen, or the same already.

    ``base`` is what was seen; None when a person decided that the new values hold, whatever stands. Raises NotFound,
    Invalid, and EditsMeet with nothing changed where a field was changed otherwise meanwhile.
    """
    compound_for(actor, compound_id, needs="places.edit_compound")
    locked = Compound.objects.select_for_update(no_key=True, of=("self",))
    compound = locked.select_related("place", "company").get(pk=compound_id)
    standing = {name: getattr(compound, name) for name in _EDITED}
    new = {name: _checked(name, value) for name, value in fields.items()}
    if base is not None and (met := _met(standing, base, new)):
        raise EditsMeet(met)
    changed = {name: value for name, value in new.items() if standing[name] != value}
    if not changed:
        ledger.repeated(path=compound.place.path)
        return compound
    describe(compound, _profile(compound, {**standing, **changed}))
    return compound


def _profile(compound: Compound, said: Fields) -> Profile:
    gatehouse = said["gatehouse"]
    return Profile(
        make_up=MakeUp(str(said["make_up"])),
        management=Management(str(said["management"])),
        gatehouse=gatehouse if isinstance(gatehouse, bool) else None,
        company=compound.company.name if compound.company else "",
        believed_households=compound.believed_households,
        aliases=compound.aliases,
        address=str(said["address"]),
    )


def _met(standing: Fields, base: Fields, new: Fields) -> dict[str, dict[str, str]]:
    return {
        name: {"base": _said(base.get(name)), "theirs": _said(standing[name]), "mine": _said(value)}
        for name, value in new.items()
        if standing[name] not in {base.get(name), value}
    }


def _checked(name: str, value: Value) -> Value:
    if name not in _EDITED or not _EDITED[name](value):
        raise Invalid(problem=_("“%(field)s” cannot be said so.") % {"field": name[:40]})
    return value


def _said(value: Value) -> str:
    return {True: "yes", False: "no", None: ""}.get(value, str(value)) if not isinstance(value, str) else value


def _plain(text: str) -> str:
    return halve(text).replace(" ", "").upper()


_EDITED = {
    "address": lambda value: isinstance(value, str) and len(value) <= _LONGEST_ADDRESS,
    "management": lambda value: value in Management.values,
    "gatehouse": lambda value: value is None or isinstance(value, bool),
    "make_up": lambda value: value in MakeUp.values,
}
