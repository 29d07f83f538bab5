"""What a re-check is missing: buildings not walked by their day, differences nobody has decided."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from firstline.census.models.recheck import RecheckClosing, RecheckDecision
from firstline.census.recheck import selectors
from firstline.kernel import clock
from firstline.kernel.gap_sources import Cause, GapPlace, Stage
from firstline.kernel.paths import Range, summed_at
from firstline.places.selectors import in_ranges, names_at

# Differences are decided while people still remember who opened the door.
DAYS_TO_DECIDE = 2


def rechecks_open(within: Sequence[Range]) -> Iterator[Cause]:
    """Drawn buildings past their day, and differences without a decision, by compound (above: by community)."""
    cut = summed_at(within)
    late: dict[str, list[datetime]] = defaultdict(list)
    for one in selectors.late_buildings(in_ranges(within), timezone.localdate(clock.now())):
        late[one.path[:cut]].append(selectors.end_of(one.due_on))
    if late:
        counts = {path: len(moments) for path, moments in late.items()}
        yield Cause(
            kind="recheck_late",
            stage=Stage.GAP,
            title=_("Drawn for the re-check, not walked by their day"),
            unit=_("buildings"),
            places=_places(counts, {path: min(moments) for path, moments in late.items()}),
            action_label=_("Give out again"),
            url=reverse("census:recheck"),
            severity=40,
        )
    yield from _undecided(within, cut)


def _undecided(within: Sequence[Range], cut: int) -> Iterator[Cause]:
    closed = RecheckClosing.objects.filter(in_ranges(within), differences__gt=0)
    rows = list(closed.values_list("building", "path", "differences", "recorded_at"))
    if not rows:
        return
    decided = RecheckDecision.objects.filter(building__in=[row[0] for row in rows])
    done = Counter(row[0] for row in decided.values_list("building", "kind", "label", "subject").distinct())
    counts: Counter[str] = Counter()
    since: dict[str, datetime] = {}
    for building, path, differences, at in rows:
        if (left := differences - done[building]) > 0:
            counts[path[:cut]] += left
            since[path[:cut]] = min(at, since.get(path[:cut], at))
    if counts:
        late = min(since.values()) < clock.now() - timedelta(days=DAYS_TO_DECIDE)
        yield Cause(
            kind="recheck_undecided",
            stage=Stage.GAP if late else Stage.TO_DO,
            title=_("The re-check found it otherwise, nobody has decided"),
            unit=_("differences"),
            places=_places(counts, since),
            action_label=_("Decide"),
            url=reverse("census:recheck"),
            severity=42,
        )


def _places(counts: Mapping[str, int], since: Mapping[str, datetime]) -> list[GapPlace]:
    names = names_at(counts)
    found = [GapPlace(path, names.get(path, ""), count, since[path]) for path, count in counts.items()]
    return sorted(found, key=lambda place: (-place.count, place.path))
