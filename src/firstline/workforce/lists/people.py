"""Who a row means: the same name and phone are one person, namesakes with other phones two; the rest is asked."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

from firstline.accounts.details.selectors import former_of
from firstline.accounts.models import Person
from firstline.accounts.selectors import details_of
from firstline.identifiers import names
from firstline.identifiers.phone import parse_cell
from firstline.kernel.paths import subtree
from firstline.places.selectors import in_ranges


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of ours on record, as lists are compared with them."""

    id: uuid.UUID
    name: str
    phone: str


class KnownPeople:
    """The people on record at a place and below it, who are with us still. Opened in memory, never stored.

    Whoever's name or phone was put right is known by what stood there before too: an older list means them still.
    """

    def __init__(self, top: str) -> None:
        self.by_id: dict[uuid.UUID, Known] = {}
        self.by_phone: dict[str, list[Known]] = defaultdict(list)
        self._once: dict[tuple[str, str], uuid.UUID] = {}
        people = Person.objects.filter(in_ranges([subtree(top)], "home_path"), left_at=None).order_by("id")
        opened = {person.pk: details_of(person) for person in people}
        for key, details in opened.items():
            self.add(Known(key, names.clean(details.name), canonical(details.phone)))
        for key, former in former_of(opened).items():
            for details in former:
                self._once.setdefault((names.clean(details.name), canonical(details.phone)), key)

    def add(self, known: Known) -> None:
        """Remember somebody who was just put on record, or whose phone was just put right."""
        self.by_id[known.id] = known
        if known.phone:
            self.by_phone[known.phone].append(known)

    def same(self, name: str, phone: str) -> Known | None:
        """Whoever has this name and this phone, or had both until they were put right."""
        present = next((one for one in self.by_phone.get(phone, ()) if one.name == name), None)
        return present or self.by_id.get(self._once.get((name, phone), _NOBODY))

    def others(self, name: str, phone: str) -> list[Known]:
        """Those who have this phone under another name."""
        return [one for one in self.by_phone.get(phone, ()) if one.name != name]


_NOBODY = uuid.UUID(int=0)


def canonical(phone: str) -> str:
    """A phone as lists are compared by it; "" for what is none."""
    first = parse_cell(phone).first
    return first.canonical if first else ""
