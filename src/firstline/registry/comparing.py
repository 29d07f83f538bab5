"""A newer list of a compound against the one before it: doors gone, doors new, people changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse

from firstline.identifiers import door_label
from firstline.places.models import Door
from firstline.places.names import building_name
from firstline.registry import selectors, standing
from firstline.registry.mentions import name_key
from firstline.registry.models import FileContents, Mention, SourceFile, Verdict


@dataclass(frozen=True, slots=True)
class DoorChange:
    """A door that both lists name: who is named in the newer one only, who in the older one only."""

    label: str
    came: list[str]
    went: list[str]


@dataclass(frozen=True, slots=True)
class DoorsChanged:
    """Doors of the newer list against the older; labels in walking order of their buildings."""

    before: SourceFile
    gone: list[str]
    new: list[str]
    both: list[str]


@dataclass(frozen=True, slots=True)
class House:
    """Doors of one building, in words."""

    name: str
    labels: list[str]


def by_house(labels: list[str]) -> list[House]:
    """Doors by their buildings, in the order given."""
    houses: dict[str, list[str]] = {}
    for label in labels:
        door = door_label.from_label(label)
        houses.setdefault(door.building if door else "", []).append(label)
    return [House(building_name(building), those) for building, those in houses.items()]


def before(file: SourceFile) -> SourceFile | None:
    """The list of the same compound that was accepted last before this one, and stands; None for a first list."""
    accepted = SourceFile.objects.filter(compound=file.compound_id, decision__verdict=Verdict.ACCEPTED, void=None)
    decided = selectors.decision_of(file)
    if decided:
        accepted = accepted.filter(decision__recorded_at__lt=decided.recorded_at)
    found = accepted.exclude(pk=file.pk).defer("sealed_content").select_related("compound__place", "decision")
    return found.order_by("-decision__recorded_at").first()


def doors_changed(file: SourceFile) -> DoorsChanged | None:
    """What of the doors is another in this list; None for a first one."""
    older = before(file)
    if older is None:
        return None
    mine, theirs = standing.labels_of(file), standing.labels_of(older)
    return DoorsChanged(older, _ordered(theirs - mine), _ordered(mine - theirs), _ordered(mine & theirs))


def people_changed(file: SourceFile, doors: DoorsChanged) -> list[DoorChange]:
    """The doors of both lists at which they do not name the same people. Opens the names of both lists."""
    now, then = _names(file, doors.both), _names(doors.before, doors.both)
    changes = []
    for label in doors.both:
        mine, theirs = now.get(label, {}), then.get(label, {})
        came = [name for key, name in mine.items() if key not in theirs]
        went = [name for key, name in theirs.items() if key not in mine]
        if came or went:
            changes.append(DoorChange(label, came, went))
    return changes


def context(file: SourceFile) -> dict[str, Any]:
    """The context of ``registry/list_changes.html``. Names are opened: the caller records the look."""
    contents: FileContents = file.open()
    doors = doors_changed(file)
    at: datetime | None = None
    if doors and (decision := selectors.decision_of(doors.before)):
        at = decision.recorded_at
    return {
        "name": contents.name,
        "compound": file.compound.place.name,
        "before": {"name": doors.before.open().name, "at": at, "url": _url(doors.before)} if doors else None,
        "doors": doors,
        "gone": by_house(doors.gone) if doors else [],
        "new": by_house(doors.new) if doors else [],
        "people": people_changed(file, doors) if doors else [],
        "back_url": _url(file),
        "section": "registry:lists",
    }


def _names(file: SourceFile, labels: Sequence[str]) -> Mapping[str, dict[str, str]]:
    """The names of a list at these doors, by door label; each by the key in which two sources must agree."""
    doors = {Door.id_for(file.compound_id, label): label for label in labels}
    names: dict[str, dict[str, str]] = defaultdict(dict)
    found = Mention.objects.filter(selectors.not_taken_back(), source_file=file)
    for mention in found.only("id", "sealed", "door_id"):
        if mention.door_id in doors and (name := mention.open().name):
            names[doors[mention.door_id]].setdefault(name_key(name), name)
    return names


def _ordered(labels: set[str]) -> list[str]:
    return sorted(labels, key=_walked)


def _walked(label: str) -> tuple[object, ...]:
    """Sorts labels as doors are walked; what is no label of a block or yard is the address of a scattered home."""
    return door_label.walking_key(door_label.from_label(label) or door_label.Door("", "", "", label))


def _url(file: SourceFile) -> str:
    return reverse("registry:review", args=[file.id])
