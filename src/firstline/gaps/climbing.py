"""How the clocks of open gaps stand, one line a kind: how far it has climbed, who has it, what comes next."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Max, Min, Q, TextField
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.translation import gettext as _

from firstline.gaps.escalation import COUNTY, TOWNSHIP
from firstline.gaps.models import Gap
from firstline.gaps.selectors import open_gaps
from firstline.kernel import clock
from firstline.kernel.paths import Range


@dataclass(frozen=True, slots=True)
class Climb:
    """The open gaps of one kind. ``reached``: how many have climbed to the level that asks; ``gap_id`` of an only one.

    ``climbs_at`` is when the next of them climbs on; ``holders`` who has some of them, ``taken_until`` the first end.
    """

    open: int
    reached: int
    tier: int
    climbs_at: datetime | None
    taken: int
    holders: tuple[uuid.UUID, ...]
    taken_until: datetime | None
    disputed: int
    gap_id: uuid.UUID | None

    @property
    def url(self) -> str:
        """The page of an only gap, "" for several."""
        return reverse("gaps:gap", args=[self.gap_id]) if self.gap_id else ""


@dataclass(frozen=True, slots=True)
class Next:
    """What a row says of its clock: ``step`` is taken, disputed, county, to_township, to_county, or "" for nothing."""

    step: str = ""
    at: datetime | None = None
    name: str = ""
    count: int = 0


def climbs(within: Sequence[Range], level: int) -> dict[str, Climb]:
    """What is open in ranges, summed by kind; one statement."""
    held = Q(taken_until__gt=clock.now())
    rows = (
        open_gaps(within)
        .order_by()
        .values("kind")
        .annotate(
            open=Count("pk"),
            reached=Count("pk", filter=Q(tier__gte=level)),
            top=Max("tier"),
            next_at=Min("climbs_at", filter=~held),
            taken=Count("pk", filter=held),
            holders=ArrayAgg("taken_by_id", filter=held, distinct=True, default=[]),
            until=Min("taken_until", filter=held),
            wrong=Count("pk", filter=Q(disputed=True)),
            some=Min(Cast("pk", TextField())),
        )
    )
    return {
        row["kind"]: Climb(
            open=row["open"],
            reached=row["reached"],
            tier=row["top"],
            climbs_at=row["next_at"],
            taken=row["taken"],
            holders=tuple(row["holders"]),
            taken_until=row["until"],
            disputed=row["wrong"],
            gap_id=uuid.UUID(row["some"]) if row["open"] == 1 else None,
        )
        for row in rows
    }


def next_of(climb: Climb, names: Mapping[uuid.UUID, str]) -> Next:
    """What comes next: whoever has it first, then what is disputed, then where it is or when it climbs."""
    if climb.holders and climb.taken_until:
        return Next("taken", climb.taken_until, _holder(climb, names))
    if climb.disputed:
        return Next("disputed", count=climb.disputed)
    if climb.tier == COUNTY:
        return Next("county")
    if climb.climbs_at is None:
        return Next()
    return Next("to_township" if climb.tier < TOWNSHIP else "to_county", climb.climbs_at)


def next_of_one(gap: Gap, holder: str) -> Next:
    """The same of a single gap; ``holder`` is what whoever has it is called, "" where nobody has."""
    if holder:
        return Next("taken", gap.taken_until, holder)
    standing = Climb(
        open=1,
        reached=1,
        tier=gap.tier,
        climbs_at=gap.climbs_at,
        taken=0,
        holders=(),
        taken_until=None,
        disputed=int(gap.disputed),
        gap_id=gap.pk,
    )
    return next_of(standing, {})


def _holder(climb: Climb, names: Mapping[uuid.UUID, str]) -> str:
    first = names.get(climb.holders[0], "")
    if len(climb.holders) == 1:
        return first
    return _("%(name)s and others (%(all)d)") % {"name": first, "all": len(climb.holders)}
