"""What stands beside the list of phones: other apps know phones and say it here, since phones do not know them."""

from collections.abc import Callable
from typing import NamedTuple

from firstline.kernel.actors import Actor


class Beside(NamedTuple):
    """A line with somewhere to go. ``waiting``: what waits there for somebody."""

    text: str
    url: str
    waiting: int


Telling = Callable[[Actor], Beside | None]
_telling: list[Telling] = []


def register(telling: Telling) -> None:
    """Let an app say something beside the phones of an actor's places; None where it has nothing for them."""
    _telling.append(telling)


def beside(actor: Actor) -> list[Beside]:
    """All that is said, in the order of registering."""
    return [said for telling in _telling if (said := telling(actor)) is not None]
