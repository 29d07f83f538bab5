"""Which list somebody looks at, as the address says it, and as the door's page remembers it for the way back."""

import re
import uuid
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from firstline.census.next_steps import Slot
from firstline.census.page_parts import with_query
from firstline.kernel.ids import read_id

_VIEWS = ("", "all", "late")
_SHORT = re.compile(r"walk\.(day|evening)?(?:-(all|late))?(?:-([0-9a-f]{32}))?$")


@dataclass(frozen=True, slots=True)
class Way:
    """A list: for which slot (None: by the clock), whose doors, of which compound, of whom."""

    slot: Slot | None = None
    view: str = ""
    at: uuid.UUID | None = None
    who: uuid.UUID | None = None

    @classmethod
    def read(cls, query: QueryDict) -> "Way":
        """What an address asks for; anything unknown has a harmless meaning."""
        when, view = query.get("when", ""), query.get("view", "")
        return cls(
            Slot(when) if when in {Slot.DAY, Slot.EVENING} else None,
            view if view in _VIEWS else "",
            read_id(query.get("at", "")),
            read_id(query.get("who", "")),
        )

    @classmethod
    def returning(cls, back: str) -> "Way | None":
        """The list a door was opened from (``walk.evening-all``); None when it was opened from elsewhere."""
        if (found := _SHORT.match(back)) is None:
            return None
        when, view, at = found.groups()
        return cls(Slot(when) if when else None, view or "", uuid.UUID(at) if at else None)

    def replace(self, **changes: Any) -> "Way":
        return replace(self, **changes)

    @property
    def back(self) -> str:
        """How a door's page is told where to lead back to."""
        parts = [self.slot.value if self.slot else "", self.view, self.at.hex if self.at else ""]
        return "walk." + "-".join([parts[0], *(part for part in parts[1:] if part)])

    @property
    def url(self) -> str:
        return self.url_with()

    def url_with(self, **more: object) -> str:
        """The list's address, with what else it is told."""
        slot = self.slot.value if self.slot else ""
        return with_query(reverse("census:walk"), when=slot, view=self.view, at=self.at, who=self.who, **more)
