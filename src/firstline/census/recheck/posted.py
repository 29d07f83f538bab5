"""What forms of a re-check post, read into typed values."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.http import QueryDict
from django.utils.dateparse import parse_date

from firstline.kernel.ids import read_id


@dataclass(frozen=True, slots=True)
class Found:
    """What was found at a door, as it was posted. Anything missing has a harmless meaning; the action refuses."""

    living: str
    label: str
    text: str
    persons: int
    names: list[str]
    note: str
    finding_id: uuid.UUID | None

    @classmethod
    def read(cls, form: QueryDict) -> "Found":
        """Read a form."""
        persons = form.get("persons", "").strip()
        return cls(
            living=form.get("living", ""),
            label=form.get("label", ""),
            text=form.get("text", "").strip(),
            persons=int(persons) if persons.isdecimal() and len(persons) <= 3 else 0,
            names=form.get("names", "").replace("、", "\n").splitlines(),
            note=form.get("note", ""),
            finding_id=read_id(form.get("finding_id", "")),
        )


def half_width_of(form: QueryDict) -> float:
    """The precision posted; 0, which no action takes, where it is no number."""
    try:
        return float(form.get("half", ""))
    except ValueError:
        return 0.0


def given_out(form: QueryDict) -> tuple[dict[uuid.UUID, uuid.UUID], date | None]:
    """Whom each building goes to, those without a name left out; and the day, None where it is none."""
    chosen = {
        building: person
        for name, value in form.items()
        if name.startswith("person-")
        and (building := read_id(name.removeprefix("person-"))) is not None
        and (person := read_id(str(value))) is not None
    }
    try:
        return chosen, parse_date(form.get("due", ""))
    except ValueError:
        return chosen, None
