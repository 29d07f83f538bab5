"""What was drawn to be typed twice, by whom it may be typed, what differs, and what it says of each source."""

import random
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import Count, Q
from django.utils import timezone

from firstline.census.entry_checks.comparing import Rate
from firstline.census.models import CheckedRow, EnteredRow, EntryCheck, EntrySheet, SecondEntry
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import Range
from firstline.places.models import Compound
from firstline.places.selectors import in_ranges

READ = "census.read_entry_checks"
# What a check may still count: the attempt stands, or it was replaced by what the check found.
_COUNTS = Q(entered__attempt__void=None) | Q(second__verdict__replaced_by__isnull=False)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a check has come: drawn lines that count, typed again, differing, decided."""

    drawn: int
    typed: int
    differing: int
    decided: int

    @property
    def left(self) -> int:
        return self.drawn - self.typed

    @property
    def undecided(self) -> int:
        return self.differing - self.decided


@dataclass(frozen=True, slots=True)
class SourceRate:
    """How often a source's lines, and their cells, were wrong; ``undecided`` lines differ and count in neither."""

    source: str
    lines: Rate
    cells: Rate
    undecided: int


class Rates(NamedTuple):
    """Error rates by clerk (the source is their id as text) and by channel."""

    by_clerk: list[SourceRate]
    by_channel: list[SourceRate]


class _Counted(NamedTuple):
    """A line typed twice: cells compared, those wrong at first, and whether that is known."""

    compared: int
    wrong: int
    decided: bool


def rows_of_day(compound: Compound, day: date, *, clerk_id: uuid.UUID | None, channel: str) -> list[uuid.UUID]:
    """The lines typed on a day that count: of a clerk, of a channel, or of all; in the order of typing."""
    begin = timezone.make_aware(datetime.combine(day, time()))
    found = EnteredRow.objects.filter(
        sheet__compound=compound,
        attempt__recorded_at__gte=begin,
        attempt__recorded_at__lt=begin + timedelta(days=1),
        attempt__void=None,
    )
    if clerk_id:
        found = found.filter(attempt__by_person_id=clerk_id)
    if channel:
        found = found.filter(attempt__channel=channel)
    return list(found.order_by("sheet__recorded_at", "sheet", "number").values_list("pk", flat=True))


def clerks_within(within: Iterable[Range], *, days: int) -> list[uuid.UUID]:
    """Who saved lines in ranges within the last days."""
    since = clock.now() - timedelta(days=days)
    found = EntrySheet.objects.filter(in_ranges(within), recorded_at__gt=since).order_by()
    return list(found.values_list("by_person_id", flat=True).distinct())


def drawn_from(rows: Sequence[uuid.UUID], count: int) -> list[uuid.UUID]:
    """So many of the lines, each with the same chance, in their order."""
    chosen = set(random.SystemRandom().sample(rows, min(count, len(rows))))
    return [row for row in rows if row in chosen]


def checks_for(actor: Actor) -> list[tuple[EntryCheck, Progress]]:
    """The checks in the actor's places, the latest first, each with how far it has come."""
    found = EntryCheck.objects.filter(in_ranges(actor.ranges(READ))).select_related("compound__place")
    counts = dict(_progress(found))
    return [(check, counts.get(check.pk, Progress(0, 0, 0, 0))) for check in found.order_by("-recorded_at")[:50]]


def check_for(actor: Actor, check_id: uuid.UUID, *, needs: str) -> EntryCheck:
    """A check the actor may reach. Raises NotFound."""
    found = EntryCheck.objects.filter(in_ranges(actor.ranges(needs)), pk=check_id).select_related("compound__place")
    check = found.first()
    if check is None:
        raise NotFound
    return check


def to_type(check: EntryCheck) -> list[CheckedRow]:
    """The drawn lines that nobody typed again yet, in the order of the paper."""
    found = check.drawn.filter(entered__attempt__void=None, second=None)
    return list(found.select_related("entered__attempt__door__building").order_by("position"))


def to_decide(check: EntryCheck) -> list[SecondEntry]:
    """The second typings that differ and wait for a decision."""
    found = SecondEntry.objects.filter(
        drawn__check_of=check, verdict=None, differing__len__gt=0, drawn__entered__attempt__void=None
    )
    return list(found.select_related("drawn__entered__attempt__door__building").order_by("drawn__position"))


def second_for(actor: Actor, second_id: uuid.UUID, *, needs: str) -> SecondEntry:
    """A second typing the actor may reach, with the line it is of. Raises NotFound."""
    related = "drawn__entered__attempt__door__building__compound__place"
    found = SecondEntry.objects.filter(in_ranges(actor.ranges(needs)), pk=second_id)
    second = found.select_related(related, "drawn__check_of").first()
    if second is None:
        raise NotFound
    return second


def rates_within(within: Iterable[Range]) -> Rates:
    """Error rates of lines typed twice in ranges, by clerk and by channel, most lines first; one statement."""
    counts = Q(drawn__entered__attempt__void=None) | Q(verdict__replaced_by__isnull=False)
    found = SecondEntry.objects.filter(counts, in_ranges(within)).values_list(
        "compared",
        "differing",
        "verdict__wrong",
        "drawn__entered__attempt__by_person_id",
        "drawn__entered__attempt__channel",
    )
    by_clerk: dict[str, list[_Counted]] = defaultdict(list)
    by_channel: dict[str, list[_Counted]] = defaultdict(list)
    for compared, differing, wrong, clerk, channel in found:
        counted = _Counted(compared, len(wrong or []), decided=not differing or wrong is not None)
        by_clerk[str(clerk)].append(counted)
        by_channel[channel].append(counted)
    return Rates(_rates(by_clerk), _rates(by_channel))


def _rates(counted: Mapping[str, Sequence[_Counted]]) -> list[SourceRate]:
    rates = [_rate(source, rows) for source, rows in counted.items()]
    return sorted(rates, key=lambda rate: (-rate.lines.of, rate.source))


def _rate(source: str, rows: Sequence[_Counted]) -> SourceRate:
    decided = [row for row in rows if row.decided]
    return SourceRate(
        source=source,
        lines=Rate.counted(sum(row.wrong > 0 for row in decided), len(decided)),
        cells=Rate.counted(sum(row.wrong for row in decided), sum(row.compared for row in decided)),
        undecided=len(rows) - len(decided),
    )


def _progress(checks: Iterable[EntryCheck]) -> Iterable[tuple[uuid.UUID, Progress]]:
    found = (
        CheckedRow.objects.filter(_COUNTS, check_of__in=checks)
        .values_list("check_of")
        .annotate(
            drawn=Count("pk"),
            typed=Count("second"),
            differing=Count("second", filter=Q(second__differing__len__gt=0)),
            decided=Count("second__verdict"),
        )
    )
    for pk, *counts in found:
        yield pk, Progress(*counts)
