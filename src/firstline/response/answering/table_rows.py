"""The rows of the table: each place and post with who answers at each level, by the same rule as everywhere."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode

from firstline.kernel import clock, paths
from firstline.kernel.actors import Actor
from firstline.places.models import Place, PlaceKind, Post, PostKind
from firstline.places.names import building_name
from firstline.response.answering.naming_rights import SHORTEST
from firstline.response.answering.resolving import Resolver, first_present
from firstline.response.answering.standing import Stander, Standing, opened_name, read_standing
from firstline.response.models import Duty, Tier

_NEEDED = {PlaceKind.TOWNSHIP: {Tier.COUNTY}, PlaceKind.COMMUNITY: {Tier.VILLAGE, Tier.TOWNSHIP}}
# What opens a table of its own.
_OPENS = {PlaceKind.COUNTY, PlaceKind.TOWNSHIP, PlaceKind.COMMUNITY, PlaceKind.COMPOUND, PlaceKind.SCATTERED}


@dataclass(frozen=True, slots=True)
class Cell:
    """Who answers for a row at a level. ``own``: named for this very place; ``hole``: somebody must be named.

    ``away``: whoever is named is away and nobody stands in. ``name_url`` is where to name somebody, "" where that is
    not the reader's, or the level is none of the place's.
    """

    tier: str
    tier_name: str | Promise
    name: str = ""
    what: str = ""
    more: int = 0
    own: bool = False
    hole: bool = False
    away: bool = False
    person_url: str = ""
    name_url: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A place or a post with its three cells; ``depth`` indents it below the one it belongs to."""

    path: str
    name: str
    kind: str | Promise
    depth: int
    url: str
    below_url: str
    cells: list[Cell] = field(default_factory=list)

    @property
    def holes(self) -> int:
        """At how many levels somebody is missing."""
        return sum(cell.hole or cell.away for cell in self.cells)

    @property
    def nameable(self) -> bool:
        """Whether the reader may name somebody here."""
        return any(cell.name_url for cell in self.cells)


def rows_of(actor: Actor, top: Place, places: list[Place], posts: list[Post]) -> list[Row]:
    """The places below (and with) one, each followed by its posts; two statements for all of them."""
    asked = {above for path in _paths(places, posts) for above in paths.ancestors(path)}
    table = _Table(actor, read_standing(asked, clock.now()))
    stationed: dict[str, list[Post]] = {}
    for post in posts:
        stationed.setdefault(post.place.path, []).append(post)
    rows: list[Row] = []
    for place in places:
        depth = len(paths.ancestors(place.path)) - len(paths.ancestors(top.path))
        rows.append(table.of_place(place, depth, opens=place.pk != top.pk))
        rows += [table.of_post(post, depth + 1) for post in stationed.get(place.path, ())]
    return rows


def _paths(places: list[Place], posts: list[Post]) -> list[str]:
    return [place.path for place in places] + [post.path for post in posts]


class _Table:
    def __init__(self, actor: Actor, standing: Standing) -> None:
        self._actor, self._standing, self._resolver = actor, standing, Resolver(standing)

    def of_place(self, place: Place, depth: int, *, opens: bool) -> Row:
        kind = PlaceKind(place.kind)
        needed = _NEEDED.get(kind, set())
        return Row(
            place.path,
            building_name(place.name) if kind == PlaceKind.BUILDING else place.name,
            kind.label,
            depth,
            reverse("response:answers_at", args=[place.path]),
            f"{reverse('response:answers')}?at={place.path}" if opens and kind in _OPENS else "",
            [self._cell(place.path, tier, needed=tier in needed) for tier in reversed(Tier)],
        )

    def of_post(self, post: Post, depth: int) -> Row:
        led = any(one.leads and not one.gone for one in self._here(post.path))
        needed = not led and not (post.kind == PostKind.GATE and self._led_by_compound(post))
        return Row(
            post.path,
            post.name,
            PostKind(post.kind).label,
            depth,
            reverse("response:answers_at", args=[post.path]),
            "",
            [self._cell(post.path, tier, needed=needed and tier == Tier.VILLAGE) for tier in reversed(Tier)],
        )

    def _cell(self, path: str, tier: Tier, *, needed: bool) -> Cell:
        here = [one for one in self._here(path) if one.tier == tier and not one.gone]
        # A role of the village's level is somebody; above it the table must say a name.
        own = [one for one in here if not one.role or tier == Tier.VILLAGE]
        answerer = self._resolver.nearest(path, tier)
        by_table = answerer is not None and (answerer.role is None or tier == Tier.VILLAGE)
        away = bool(own) and first_present(own, self._standing.stand_ins) is None
        # Whoever answers for its place does not lead a post.
        hole = needed and not away and (paths.is_post(path) or not by_table)
        blank = Cell(tier.value, tier.label, name_url=self._name_url(path, tier), hole=hole)
        if away:
            return _with(blank, opened_name(own[0].person_id, own[0].sealed).name, own[0], len(own) - 1, away=True)
        if answerer is None or hole or not by_table:
            return blank
        return Cell(
            blank.tier,
            blank.tier_name,
            answerer.name,
            str(answerer.label),
            max(len(own) - 1, 0),
            own=answerer.named_at == path,
            person_url=reverse("response:answering_person", args=[answerer.person_id]),
            name_url=blank.name_url,
        )

    def _here(self, path: str) -> list[Stander]:
        return self._standing.at_path.get(path, [])

    def _led_by_compound(self, post: Post) -> bool:
        return any(one.tier == Tier.VILLAGE and one.leads and not one.gone for one in self._here(post.place.path))

    def _name_url(self, path: str, tier: Tier) -> str:
        fits = paths.is_post(path) or len(path) >= SHORTEST[tier]
        if not fits or not self._actor.may("response.assign", path):
            return ""
        sent = tier == Tier.VILLAGE and paths.is_post(path) and self._actor.may("response.name_sent", path)
        if not sent and not self._actor.may(f"response.name_{tier}", path):
            return ""
        return f"{reverse('response:assign')}?{urlencode({'path': path, 'tier': tier.value})}"


def _with(cell: Cell, name: str, one: Stander, more: int, *, away: bool) -> Cell:
    return Cell(
        cell.tier,
        cell.tier_name,
        name,
        one.label or str(Duty(one.duty).label if one.duty else ""),
        more,
        own=True,
        away=away,
        person_url=reverse("response:answering_person", args=[one.person_id]),
        name_url=cell.name_url,
    )
