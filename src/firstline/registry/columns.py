"""How columns are to be read: what somebody chose, kept for the next list that looks alike."""

import hashlib
import uuid
from collections.abc import Mapping

from django.db.models import Case, IntegerField, Value, When

from firstline.kernel import crypto
from firstline.places.models import Compound
from firstline.registry.models import ChosenColumns, ColumnChoice, FileContents
from firstline.registry.reading import Chosen, FileReading, Meaning, Reading

# A choice by the number of its sheet.
Choices = Mapping[int, ChosenColumns]


def remembered(compound: Compound, reading: FileReading, *, key_id: uuid.UUID) -> dict[int, ChosenColumns]:
    """What was chosen for sheets that look like these: for a list of this compound, else for another's.

    The latest choice counts. Only what the actor in force may see is found.
    """
    layouts = {layout_of(sheet, compound, key_id=key_id): sheet.number for sheet in reading.readings}
    here = Case(When(compound=compound, then=Value(1)), default=Value(0), output_field=IntegerField())
    choices = ColumnChoice.objects.filter(layout__in=list(layouts)).order_by(here, "recorded_at", "id")
    return {layouts[bytes(choice.layout)]: choice.open() for choice in choices}


def layout_of(reading: Reading, compound: Compound, *, key_id: uuid.UUID) -> bytes:
    """A keyed hash that lists with the same headings share; without headings, lists as broad of the same compound."""
    width = max((len(row.cells) for row in reading.rows), default=0)
    key = reading.layout_key or f"{compound.pk}:{reading.number}:{width}"
    return crypto.token("layout", key, key_id=key_id)


def digest_of(choices: Choices) -> str:
    """Tells one way of reading a file from another; empty where nobody chose."""
    said = [
        ":".join(
            [
                str(number),
                str(choice.header_row),
                choice.building,
                *(f"{at}={choice.columns[at]}" for at in sorted(choice.columns)),
            ]
        )
        for number, choice in sorted(choices.items())
    ]
    return hashlib.sha256("\n".join(said).encode()).hexdigest() if said else ""


def chosen_of(contents: FileContents) -> dict[int, ChosenColumns]:
    """The choices by which a stored list was read."""
    return {sheet.number: sheet.chosen for sheet in contents.sheets if sheet.chosen}


def for_reading(choices: Choices) -> dict[int, Chosen] | None:
    """The choices as the reader takes them."""
    return {
        number: Chosen(
            choice.header_row or None, {at: Meaning(said) for at, said in choice.columns.items()}, choice.building
        )
        for number, choice in choices.items()
    } or None
