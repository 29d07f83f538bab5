"""What a board shows: the big figure, accounts, the tree of places, what has reached this level, who has how much."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from firstline.census.coverage import coverage
from firstline.gaps.boards.figures import (
    DAY,
    STALE,
    TOWNSHIP_LENGTH,
    Sum,
    gaps_alone,
    named,
    places_within,
    sums,
    sums_and_gravest,
    sums_by_kind,
)
from firstline.gaps.escalation import COUNTY, TOWNSHIP, VILLAGE, level_of
from firstline.gaps.gap_page import called
from firstline.gaps.list_page import NOBODY, list_url
from firstline.gaps.models import CountyState, Reach
from firstline.kernel import clock, gap_sources
from firstline.kernel.paths import COMMUNITY_LENGTH, COMPOUND_LENGTH, subtree
from firstline.places.selectors import names_at
from firstline.response.answering.selectors import Answerer, Found, answerers_at, found_for

BY_PLACE, BY_PERSON, BY_KIND = "place", "person", "kind"
WAYS = (BY_PLACE, BY_PERSON, BY_KIND)
# The top of the scale: a cell with so many or more is as dark as any.
_DARKEST = 4
_BLOCKS = 7
# With more cells than these the clear ones would push the others off the wall.
_DENSE = 120
_SHOWN = 7
# Of a county's people; whoever else answers for something stands on the boards below.
_PEOPLE = 100


@dataclass(slots=True)
class Cell:
    """A place of the tree: how many gaps, how old the oldest is in full days, the step of the scale."""

    path: str
    name: str
    url: str
    open: int = 0
    oldest: datetime | None = None
    who: str = ""
    cells: list["Cell"] = field(default_factory=list)

    @property
    def step(self) -> int:
        return min(self.open, _DARKEST)

    @property
    def days(self) -> int:
        return (clock.now() - self.oldest) // DAY if self.oldest else 0

    @property
    def blocks(self) -> range:
        return range(min(self.days, _BLOCKS))

    def add(self, one: Sum) -> None:
        self.open += one.open
        self.oldest = min(self.oldest, one.oldest) if self.oldest else one.oldest


@dataclass(frozen=True, slots=True)
class Reached:
    """One cause at one place that waits for this level: how much of it, who answers, since when."""

    title: str
    place: str
    count: int
    who: str
    level: str
    since: datetime
    url: str


@dataclass(slots=True)
class Share:
    """One person's gaps, or one kind's."""

    name: str
    note: str = ""
    url: str = ""
    hole: bool = False
    open: int = 0
    day_old: int = 0
    at_county: int = 0
    taken: int = 0
    oldest: datetime | None = None
    places: int = 0

    def add(self, one: Sum) -> None:
        self.open += one.open
        self.day_old += one.day_old
        self.at_county += one.at_county
        self.taken += one.taken
        self.oldest = min(self.oldest, one.oldest) if self.oldest else one.oldest
        self.places += one.causes


def board_url(path: str, by: str = BY_PLACE, *, wall: bool = False) -> str:
    """The address of a place's board, by place, person or kind."""
    asked = {"at": path} | ({"by": by} if by != BY_PLACE else {}) | ({"wall": "1"} if wall else {})
    return f"{reverse('gaps:board')}?{urlencode(asked)}"


def part_url(path: str, by: str) -> str:
    """Where the part of a board that changes is asked for."""
    return f"{reverse('gaps:board_part')}?{urlencode({'at': path, 'by': by})}"


def part(path: str, by: str, state: CountyState | None) -> dict[str, Any]:
    """What the changing part of a place's board shows, in the contract of its template. Says nothing of its reader."""
    shown: dict[str, Any] = {
        "by": by,
        "path": path,
        "level": level_of(path),
        "as_of": state.swept_at if state else None,
        "stale": state is None or clock.now() - state.swept_at > STALE,
    }
    if by == BY_PLACE:
        return shown | _by_place(path)
    level = level_of(path)
    if by == BY_KIND:
        # Counted by village where there are many compounds.
        length = COMMUNITY_LENGTH if level == COUNTY else COMPOUND_LENGTH
        found = sums_by_kind(subtree(path), length=length, level=level)
        return shown | _totals(found) | {"rows": _by_kind(path, found)}
    found = sums(subtree(path), length=COMPOUND_LENGTH, level=level)
    rows, people = _by_person(path, found)
    totals = _totals(found)
    more_open = totals["open"] - sum(row.open for row in rows)
    return shown | totals | {"rows": rows, "more": people - len(rows), "more_open": more_open}


def _by_place(path: str) -> dict[str, Any]:
    level = level_of(path)
    length = COMMUNITY_LENGTH if level == COUNTY else COMPOUND_LENGTH
    found, shown = sums_and_gravest(subtree(path), length=length, level=level, gravest=_SHOWN)
    groups, here, names = _tree(path, found)
    answers = answerers_at({*(group.path for group in groups), *(one.place for one in shown)}, _below(level).level)
    for group in groups:
        group.who = answers[group.path].name if group.path in answers else _("Nobody yet")
    return _totals(found) | {
        "groups": groups,
        "here": here,
        "places": (places := sum(len(group.cells) for group in groups)),
        "dense": places > _DENSE,
        "accounts": _accounts(path),
        "doors": _doors(path),
        "reached": _reached(shown, level, names, answers),
        "reached_more": sum(one.causes for one in found) - len(shown),
        "more_url": board_url(path, BY_KIND),
    }


def _totals(found: Sequence[Sum]) -> dict[str, int]:
    return {
        "open": sum(one.open for one in found),
        "day_old": sum(one.day_old for one in found),
        "at_county": sum(one.at_county for one in found),
        "taken": sum(one.taken for one in found),
        "reached_count": sum(one.reached for one in found),
    }


def _below(level: int) -> Reach:
    """The level whose people a board of a level names: the one below, or the lowest."""
    return Reach(max(VILLAGE, level - 1))


def _tree(path: str, found: Sequence[Sum]) -> tuple[list[Cell], int, dict[str, str]]:
    """The places below a place in groups, the largest number first; how much lies at none of them; all their names."""
    groups: dict[str, Cell] = {}
    cells: dict[str, Cell] = {}
    width = {COUNTY: TOWNSHIP_LENGTH, TOWNSHIP: COMMUNITY_LENGTH}.get(level_of(path), len(path))
    if width == len(path):
        groups[path] = Cell(path, names_at([path]).get(path, ""), "")
    for place, name in places_within(subtree(path)):
        cell = Cell(place, name, board_url(place))
        (groups if len(place) == width else cells)[place] = cell
        if len(place) > width and (group := groups.get(place[:width])):
            group.cells.append(cell)
    here = 0
    for one in found:
        group, cell_at = groups.get(one.place[:width]), cells.get(one.place)
        if group is None:
            here += one.open
            continue
        group.add(one)
        if cell_at is not None:
            cell_at.add(one)
    for group in groups.values():
        group.cells.sort(key=lambda cell: -cell.open)
    names = {cell.path: cell.name for cell in (*groups.values(), *cells.values())}
    return sorted(groups.values(), key=lambda group: -group.open), here, names


def _accounts(path: str) -> list[dict[str, Any]]:
    """What is there and named, as equations; what a place has none of is left out."""
    if len(path) >= COMMUNITY_LENGTH:
        return []
    found = named(subtree(path))
    lines = (
        (_("Checkpoints"), found.checkpoints, found.headed, _("have a head"), _("nobody answers")),
        (_("Villages and communities"), found.villages, found.secretaries, _("have a first secretary"), _("have none")),
    )
    return [
        {"title": title, "total": total, "done": done, "done_word": word, "left": total - done, "left_word": missing}
        for title, total, done, word, missing in lines
        if total
    ]


def _doors(path: str) -> dict[str, int]:
    account = coverage(subtree(path)).total
    return {"total": account.doors, "done": account.done, "left": account.left}


def _reached(found: Sequence[Sum], level: int, names: dict[str, str], answers: dict[str, Answerer]) -> list[Reached]:
    kinds, names = gap_sources.kinds(), names | names_at({one.place for one in found} - names.keys())
    behind = gaps_alone([(one.place, one.kind) for one in found], level)
    return [
        Reached(
            title=called(kinds.get(one.kind), one.kind),
            place=names.get(one.place, one.place),
            count=one.reached,
            who=answers[one.place].name if one.place in answers else _("Nobody yet"),
            level=str(_below(level).label),
            since=one.oldest_reached or one.oldest,
            url=_behind(one, behind.get((one.place, one.kind), [])),
        )
        for one in found
    ]


def _behind(one: Sum, gaps: Sequence[uuid.UUID]) -> str:
    return reverse("gaps:gap", args=[gaps[0]]) if len(gaps) == 1 else board_url(one.place)


def _by_person(path: str, found: Sequence[Sum]) -> tuple[list[Share], int]:
    """Whoever answers for something open, holes first, then by how much, ``_PEOPLE`` at most; how many there are."""
    answers, opened = found_for({one.place for one in found})
    first: dict[uuid.UUID, Found] = {}
    theirs: dict[uuid.UUID | None, list[Sum]] = defaultdict(list)
    for one in found:
        if (answering := answers.get(one.place)) is not None:
            first.setdefault(answering.person_id, answering)
        theirs[answering.person_id if answering else None].append(one)
    much = {person: sum(one.open for one in those) for person, those in theirs.items()}
    shares = []
    for person in sorted(theirs, key=lambda one: (one is not None, -much[one]))[:_PEOPLE]:
        shares.append(share := _share_of(opened(first[person]) if person else None))
        share.url = list_url(path, who=str(person) if person else NOBODY)
        for one in theirs[person]:
            share.add(one)
    return shares, len(theirs)


def _share_of(answerer: Answerer | None) -> Share:
    if answerer is None:
        return Share(_("Nobody yet"), _("Name somebody"), hole=True)
    return Share(answerer.name, str(answerer.label))


def _by_kind(path: str, found: Iterable[Sum]) -> list[Share]:
    """One line a kind, the gravest first."""
    kinds = gap_sources.kinds()
    shares: list[Share] = []
    for one in sorted(found, key=lambda one: (-one.severity, -one.open)):
        kind = kinds.get(one.kind)
        shares.append(
            share := Share(called(kind, one.kind), str(kind.closes) if kind else "", url=list_url(path, kind=one.kind))
        )
        share.add(one)
    return shares
