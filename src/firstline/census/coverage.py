"""Coverage: the account of every door in a range, summed when it is read from the counts of its buildings."""

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, FilteredRelation, Q, QuerySet, Sum
from django.db.models.functions import Left

from firstline.census.derivation import COUNTS_READ
from firstline.census.models import TALLIED
from firstline.census.results import DONE, Outcome
from firstline.kernel import scope
from firstline.kernel.paths import COMMUNITY_LENGTH, COMPOUND_LENGTH, Range, subtree, summed_at
from firstline.places.models import Compound, Frame
from firstline.places.selectors import in_ranges, names_at
from firstline.response.selectors import emergencies_within

# Doors to go to this evening: nobody has been there, nobody was at home, or they asked for the evening.
TONIGHT = frozenset({Outcome.UNTRIED, Outcome.KNOCKED_TWICE, Outcome.KNOCKED_ONCE, Outcome.TONIGHT})
# An empty list would make the join, and with it every door, vanish.
_NONE = uuid.UUID(int=0)


@dataclass(frozen=True, slots=True)
class Account:
    """Doors by outcome; every known door is in exactly one, so the sum is the frame.

    ``frames`` counts buildings, ``walked`` those whose doors somebody has walked past. Until all are, the total is
    "of known doors".
    """

    counts: Mapping[Outcome, int]
    frames: int
    walked: int

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
    def all_walked(self) -> bool:
        # Without a building nothing has been walked either: zero of zero is no promise kept.
        return 0 < self.walked == self.frames

    @classmethod
    def sum(cls, accounts: Iterable["Account"]) -> "Account":
        """Several accounts as one."""
        listed = list(accounts)
        counts = {outcome: sum(account.counts[outcome] for account in listed) for outcome in Outcome}
        return cls(counts, sum(account.frames for account in listed), sum(account.walked for account in listed))


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
    return coverage_of({found.default_campaign_id for _part, found in emergencies_within(within)}, *within)


def coverage_of(campaign_ids: Collection[uuid.UUID], *within: Range) -> Coverage:
    """The account of ranges in campaigns, in one statement or two however many doors and attempts there are.

    No two of the campaigns may cover one place: each building is counted once. Kept for the rest of the scope: a page's
    gaps and its account ask for the same.
    """
    kept: dict[object, Coverage] = scope.memo().setdefault(COUNTS_READ, {})
    asked = (frozenset(campaign_ids), within)
    if asked not in kept:
        kept[asked] = _coverage_of(campaign_ids, within)
    return kept[asked]


def _coverage_of(campaign_ids: Collection[uuid.UUID], within: Sequence[Range]) -> Coverage:
    by_community = summed_at(within) == COMMUNITY_LENGTH
    places = list(_communities(campaign_ids, within) if by_community else _compounds(campaign_ids, within))
    return Coverage(Account.sum(one.account for one in places), places)


def _compounds(campaign_ids: Collection[uuid.UUID], within: Sequence[Range]) -> Iterator[PlaceCoverage]:
    # Asked for whole compounds, as nearly always, no building needs to be looked at for where it lies.
    parts = any(len(one.lo) > COMPOUND_LENGTH for one in within)
    inside = in_ranges(within, "buildings__place__path") if parts else Q()
    found = Compound.objects.filter(in_ranges(map(_with_compound, within), "place__path"))
    head = ("place__path", "place__name", "pk", "management")
    for path, name, pk, management, *figures in _figures(found, campaign_ids, head, inside):
        yield PlaceCoverage(path, name, _account(*figures), pk, management)


def _communities(campaign_ids: Collection[uuid.UUID], within: Sequence[Range]) -> Iterator[PlaceCoverage]:
    found = Compound.objects.filter(in_ranges(within, "place__path"))
    grouped = found.annotate(community=Left("place__path", COMMUNITY_LENGTH))
    summed = {path: _account(*figures) for path, *figures in _figures(grouped, campaign_ids, ("community",), Q())}
    names = names_at(summed)
    for path, account in summed.items():
        yield PlaceCoverage(path, names[path], account)


def _figures(
    compounds: QuerySet[Compound], campaign_ids: Collection[uuid.UUID], head: tuple[str, ...], inside: Q
) -> Iterator[tuple[Any, ...]]:
    """The figures of buildings by whatever stands at the ``head``: frames, walked, doors, then doors by outcome."""
    tallies = FilteredRelation(
        "buildings__tallies", condition=Q(buildings__tallies__campaign__in=campaign_ids or {_NONE})
    )
    outcomes = {
        f"of_{outcome.value}": Sum(f"tally__{outcome.value}", filter=inside or None, default=0) for outcome in TALLIED
    }
    yield from (
        compounds.alias(tally=tallies)
        .values(*head)
        .annotate(
            frames=Count("buildings", filter=inside or None),
            walked=Count("buildings", filter=inside & Q(buildings__frame=Frame.WALKED)),
            doors=Sum("buildings__door_count", filter=inside or None, default=0),
            **outcomes,
        )
        .order_by(head[0])
        .values_list(*head, "frames", "walked", "doors", *outcomes)
    )


def _with_compound(within: Range) -> Range:
    """A grant may be for one building: its compound lies above the range, the other buildings outside of it."""
    return subtree(within.lo[:COMPOUND_LENGTH]) if len(within.lo) > COMPOUND_LENGTH else within


def _account(frames: int, walked: int, doors: int, *counts: int) -> Account:
    tallied = dict(zip(TALLIED, counts, strict=True))
    tallied[Outcome.UNTRIED] = doors - sum(counts)
    return Account({outcome: tallied[outcome] for outcome in Outcome}, frames, walked)
