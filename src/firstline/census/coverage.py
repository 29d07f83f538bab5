"""Coverage: the account of every door in a range, summed when it is read from the counts of its buildings."""

import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, FilteredRelation, Q, QuerySet, Sum
from django.db.models.functions import Coalesce, Left

from firstline.census.campaigns import Part, campaigns_within
from firstline.census.derivation import COUNTS_READ
from firstline.census.models import TALLIED
from firstline.census.results import DONE, Outcome
from firstline.kernel import scope
from firstline.kernel.paths import COMMUNITY_LENGTH, COMPOUND_LENGTH, Range, subtree, summed_at
from firstline.places.models import Compound, Frame
from firstline.places.selectors import in_ranges, names_at

# Doors to go to this evening: nobody has been there, nobody was at home, or they asked for the evening.
TONIGHT = frozenset({Outcome.UNTRIED, Outcome.KNOCKED_TWICE, Outcome.KNOCKED_ONCE, Outcome.TONIGHT})
# An empty list would make the join, and with it every door, vanish.
_NONE = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class Account:
    """Doors by outcome; every known door is in exactly one, so the sum is ``frame`` + ``added`` - ``removed``.

    ``frames`` counts buildings, ``walked`` those whose doors somebody has walked past. Until all are, the total is
    "of known doors". ``frame`` are the doors at the cut-off; before one was set, those known now.
    """

    counts: Mapping[Outcome, int]
    frames: int
    walked: int
    frame: int
    added: int = 0
    removed: int = 0

    @property
    def doors(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return sum(count for outcome, count in self.counts.items() if outcome in DONE)

    @property
    def left(self) -> int:
        return self.doors - self.done

    @property
    def tonight(self) -> int:
        return sum(self.counts[outcome] for outcome in TONIGHT)

    @property
    def closes(self) -> bool:
        """Whether both sides of the account are equal."""
        return self.frame + self.added - self.removed == self.doors

    @property
    def all_walked(self) -> bool:
        # Without a building nothing has been walked either: zero of zero is no promise kept.
        return 0 < self.walked == self.frames

    @classmethod
    def sum(cls, accounts: Iterable["Account"]) -> "Account":
        """Several accounts as one."""
        listed = list(accounts)
        counts = {outcome: sum(account.counts[outcome] for account in listed) for outcome in Outcome}
        names = ("frames", "walked", "frame", "added", "removed")
        return cls(counts, **{name: sum(getattr(account, name) for account in listed) for name in names})


@dataclass(frozen=True, slots=True)
class PlaceCoverage:
    """The account of one compound, as far as its buildings lie in the range asked for, or of a whole community.

    A community has no ``compound_id`` and no ``management``.
    """

    path: str
    name: str
    account: Account
    compound_id: uuid.UUID | None = None
    management: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The account of ranges, and of each place in them in walking order: compounds, or communities for those above."""

    total: Account
    places: list[PlaceCoverage]


def coverage(*within: Range) -> Coverage:
    """The account of ranges in the campaigns in force there; without an emergency, every door is still untried."""
    return coverage_of(campaigns_within(within), *within)


def coverage_of(parts: Sequence[Part], *within: Range) -> Coverage:
    """The account of ranges in campaigns, in one statement or two however many doors and attempts there are.

    No two parts may overlap: each building is counted once. Kept for the rest of the scope: a page's gaps and its
    account ask for the same.
    """
    kept: dict[object, Coverage] = scope.memo().setdefault(COUNTS_READ, {})
    asked = (tuple((part.within, part.campaign.pk) for part in parts), within)
    if asked not in kept:
        kept[asked] = _coverage_of(parts, within)
    return kept[asked]


def _coverage_of(parts: Sequence[Part], within: Sequence[Range]) -> Coverage:
    by_community = summed_at(within) == COMMUNITY_LENGTH
    places = list(_communities(parts, within) if by_community else _compounds(parts, within))
    return Coverage(Account.sum(one.account for one in places), places)


def _compounds(campaigns: Sequence[Part], within: Sequence[Range]) -> Iterator[PlaceCoverage]:
    # Asked for whole compounds, as nearly always, no building needs to be looked at for where it lies.
    parts = any(len(one.lo) > COMPOUND_LENGTH for one in within)
    inside = in_ranges(within, "buildings__place__path") if parts else Q()
    found = Compound.objects.filter(in_ranges(map(_with_compound, within), "place__path"))
    head = ("place__path", "place__name", "pk", "management")
    for path, name, pk, management, *figures in _figures(found, campaigns, head, inside):
        yield PlaceCoverage(path, name, _account(*figures), pk, management)


def _communities(campaigns: Sequence[Part], within: Sequence[Range]) -> Iterator[PlaceCoverage]:
    found = Compound.objects.filter(in_ranges(within, "place__path"))
    grouped = found.annotate(community=Left("place__path", COMMUNITY_LENGTH))
    summed = {path: _account(*figures) for path, *figures in _figures(grouped, campaigns, ("community",), Q())}
    names = names_at(summed)
    for path, account in summed.items():
        yield PlaceCoverage(path, names[path], account)


def _figures(
    compounds: QuerySet[Compound], campaigns: Sequence[Part], head: tuple[str, ...], inside: Q
) -> Iterator[tuple[Any, ...]]:
    """The figures of buildings by whatever stands at the ``head``: frames, walked, doors, the frame's, by outcome."""
    tallies, frozen = (
        FilteredRelation(f"buildings__{name}", condition=_of(campaigns, f"buildings__{name}"))
        for name in ("tallies", "campaign_frames")
    )
    only = inside or None
    outcomes = {f"of_{outcome.value}": Sum(f"tally__{outcome.value}", filter=only, default=0) for outcome in TALLIED}
    # A campaign that is not frozen yet has the doors known now for its frame.
    known = F("buildings__door_count")
    frame = Coalesce(F("frozen__doors"), known) if any(_is_frozen(part) for part in campaigns) else known
    changed = {name: Sum(f"frozen__{name}", filter=only, default=0) for name in ("added", "removed")}
    yield from (
        compounds.alias(tally=tallies, frozen=frozen)
        .values(*head)
        .annotate(
            frames=Count("buildings", filter=only),
            walked=Count("buildings", filter=inside & Q(buildings__frame=Frame.WALKED)),
            doors=Sum("buildings__door_count", filter=only, default=0),
            at_the_cut_off=Sum(frame, filter=only, default=0),
            **changed,
            **outcomes,
        )
        .order_by(head[0])
        .values_list(*head, "frames", "walked", "doors", "at_the_cut_off", *changed, *outcomes)
    )


def _of(campaigns: Sequence[Part], relation: str) -> Q:
    """That a building's row belongs to the campaign that leads where it is."""
    if len({part.campaign.pk for part in campaigns}) <= 1:
        return Q(**{f"{relation}__campaign": campaigns[0].campaign.pk if campaigns else _NONE})
    condition = Q()
    for within, campaign in campaigns:
        lies = {f"{relation}__path__gte": within.lo, f"{relation}__path__lt": within.hi}
        condition |= Q(**{f"{relation}__campaign": campaign.pk}, **lies)
    return condition


def _is_frozen(part: Part) -> bool:
    return part.campaign.frozen_at is not None


def _with_compound(within: Range) -> Range:
    """A grant may be for one building: its compound lies above the range, the other buildings outside of it."""
    return subtree(within.lo[:COMPOUND_LENGTH]) if len(within.lo) > COMPOUND_LENGTH else within


def _account(*figures: int) -> Account:
    frames, walked, doors, at_the_cut_off, added, removed, *counts = figures
    tallied = dict(zip(TALLIED, counts, strict=True))
    tallied[Outcome.UNTRIED] = doors - sum(counts)
    return Account({outcome: tallied[outcome] for outcome in Outcome}, frames, walked, at_the_cut_off, added, removed)
