"""Looks at personal data that leave a record: numbers at a door, names and numbers in a list."""

from django.urls import reverse

from firstline.kernel import ledger
from firstline.kernel.actors import Actor
from firstline.places.models import Door
from firstline.registry.mentions import Seen, mentions_at
from firstline.registry.models import SourceFile

REVEAL = "registry.reveal_numbers"


def at_list(actor: Actor, file: SourceFile, *, fields: list[str]) -> None:
    """Record that somebody saw ``fields`` of the people in a list."""
    action = REVEAL if len(fields) > 1 else "registry.read_lists"
    ledger.look(actor, action, path=file.path, subject=file, fields=fields)


def numbers_at(actor: Actor, door: Door) -> list[Seen]:
    """Who is expected at a door, with numbers in clear, and the record of the look."""
    ledger.look(actor, REVEAL, path=door.path, subject=door, fields=["name", "phones", "id_number"])
    return mentions_at(door.pk, in_clear=True)


def door_head(door: Door) -> dict[str, str]:
    """What the page of numbers says of its door."""
    compound = door.building.compound.place.name
    return {"name": door.label, "compound": compound, "url": reverse("census:door", args=[door.pk])}
