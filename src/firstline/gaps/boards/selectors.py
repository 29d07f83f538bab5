"""Which place's board somebody may open: their own or one below it, never one beside."""

from dataclasses import dataclass

from firstline.gaps.boards.figures import COUNTY_LENGTH
from firstline.gaps.models import ConfirmedCount
from firstline.kernel import paths
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.selectors import names_at

READ_BOARDS = "gaps.read_boards"
# Three a day for a month.
MOST_CONFIRMED = 90


@dataclass(frozen=True, slots=True)
class BoardPlace:
    """The place of a board; ``above`` are the places over it whose boards the reader may open too, top first."""

    path: str
    name: str = ""
    above: tuple["BoardPlace", ...] = ()

    @property
    def is_county(self) -> bool:
        return len(self.path) == COUNTY_LENGTH


def board_place(actor: Actor, path: str, *, named: bool = True) -> BoardPlace:
    """The place asked for, or the reader's first ("") . Raises NotFound: no such place, elsewhere, above counties."""
    ranges = actor.ranges(READ_BOARDS)
    if not path:
        path = ranges[0].lo
    if len(path) < COUNTY_LENGTH or not any(path in one for one in ranges):
        raise NotFound
    if not named:
        return BoardPlace(path)
    line = [one for one in paths.ancestors(path) if any(one in part for part in ranges)]
    names = names_at(line)
    if path not in names:
        raise NotFound
    above = tuple(BoardPlace(one, names[one]) for one in line if one != path and one in names)
    return BoardPlace(path, names[path], tuple(one for one in above if len(one.path) >= COUNTY_LENGTH))


def confirmed_of(county: str) -> list[ConfirmedCount]:
    """What a county confirmed, the latest first."""
    return list(ConfirmedCount.objects.filter(path=county).order_by("-at", "-id")[:MOST_CONFIRMED])


def latest_confirmed(city: str) -> list[ConfirmedCount]:
    """The last figures that each county of a city confirmed, in the order of the tree."""
    found = ConfirmedCount.objects.filter(path__gte=city, path__lt=f"{city}~")
    return list(found.order_by("path", "-at", "-id").distinct("path"))
