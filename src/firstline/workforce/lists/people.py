"""Who a row means: the same name and phone are one person, namesakes with other phones two; the rest is asked."""

import uuid
from collections import defaultdict
from dataclasses import dataclass

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
    """The people on record at a place and below it, who are with us still. Opened in memory, never stored."""

    def __init__(self, top: str) -> None:
        self.by_id: dict[uuid.UUID, Known] = {}
        self.by_phone: dict[str, list[Known]] = defaultdict(list)
        for person in Person.objects.filter(in_ranges([subtree(top)], "home_path"), left_at=None).order_by("id"):
            details = details_of(person)
            first = parse_cell(details.phone).first
            self.add(Known(person.pk, names.clean(details.name), first.canonical if first else ""))

    def add(self, known: Known) -> None:
        """Remember somebody who was just put on record."""
        self.by_id[known.id] = known
        if known.phone:
            self.by_phone[known.phone].append(known)

    def same(self, name: str, phone: str) -> Known | None:
        """Whoever has this name and this phone."""
        return next((one for one in self.by_phone.get(phone, ()) if one.name == name), None)

    def others(self, name: str, phone: str) -> list[Known]:
        """Those who have this phone under another name."""
        return [one for one in self.by_phone.get(phone, ()) if one.name != name]
