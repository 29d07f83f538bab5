"""What the counting page posts, read into one typed value."""

import uuid
from dataclasses import dataclass

from django.http import QueryDict

from firstline.kernel.ids import read_id

_IMPOSSIBLE = -1


@dataclass(frozen=True, slots=True)
class Counted:
    """Doors ticked and numbers said; what is no number is -1, which no action takes."""

    doors: list[uuid.UUID]
    said: dict[str, str]
    by_unit: dict[str, int]
    count_id: uuid.UUID | None

    @classmethod
    def read(cls, form: QueryDict) -> "Counted":
        """Read a form; fields left empty say nothing."""
        said = {
            name.removeprefix("unit-"): str(value).strip()
            for name, value in form.items()
            if name.startswith("unit-") and str(value).strip()
        }
        doors = [door for text in form.getlist("lit") if (door := read_id(text)) is not None]
        return cls(doors, said, {unit: _number(text) for unit, text in said.items()}, read_id(form.get("count_id", "")))


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 6 else _IMPOSSIBLE
