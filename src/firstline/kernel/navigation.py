"""The navigation shows what exists: each app registers its entries, each person sees what a grant opens."""

from dataclasses import dataclass

from django.utils.functional import Promise

from firstline.kernel.actors import Actor


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry of the top bar (desk) and, where ``phone`` is true, of the tab bar."""

    label: str | Promise
    url_name: str
    order: int
    permission: str
    phone: bool = True


_items: list[NavItem] = []


def register(item: NavItem) -> None:
    """Add an entry; called in ``ready()``."""
    if item not in _items:
        _items.append(item)


def items_for(actor: Actor) -> list[NavItem]:
    """The entries this actor may open, in order."""
    return [item for item in sorted(_items, key=lambda item: item.order) if actor.may(item.permission)]
