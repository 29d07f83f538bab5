"""Which rules of escalation hold at a place at a moment: those of its emergency, else the shipped ones."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

import msgspec
from django.db.models import QuerySet

from firstline.gaps.escalation import Rules, Taken, climb_from, merged, tier_at
from firstline.gaps.models import STOPS, EscalationRules, Gap, GapEvent, What
from firstline.kernel import clock, paths
from firstline.kernel.paths import Range, subtree
from firstline.response.models import Emergency

_SHIPPED = Rules()
_EVER = datetime(1, 1, 1, tzinfo=UTC)


class DatedRules:
    """Whatever rules were ever given to an emergency, and when emergencies lasted: two statements, for any moment."""

    def __init__(self) -> None:
        self._given = [
            (row.from_at, row.emergency_id, msgspec.convert(row.rules, Rules))
            for row in EscalationRules.objects.order_by("from_at", "id")
        ]
        ruled = {emergency_id for _at, emergency_id, _rules in self._given}
        self._lasting = list(Emergency.objects.filter(pk__in=ruled).values_list("pk", "path", "started_at", "ended_at"))

    def by_path(self, moment: datetime) -> dict[str, Rules]:
        """The rules in force at a moment by the place of their emergency."""
        said = {emergency_id: rules for at, emergency_id, rules in self._given if at <= moment}
        return {
            path: said[pk]
            for pk, path, started_at, ended_at in self._lasting
            if pk in said and started_at <= moment and (ended_at is None or ended_at > moment)
        }

    def until(self, moment: datetime) -> "list[tuple[datetime, RulesInForce]]":
        """All rules up to a moment in their order, each with the end of its time; those before the first included."""
        begun = [at for at, _emergency, _rules in self._given]
        begun += [at for _pk, _path, *ends in self._lasting for at in ends if at is not None]
        starts = sorted({at for at in begun if at < moment})
        times = zip([_EVER, *starts], [*starts, moment], strict=True)
        return [(end, RulesInForce(start, dated=self)) for start, end in times]


class RulesInForce:
    """The rules of all emergencies as of a moment, read once."""

    def __init__(self, at: datetime | None = None, *, dated: "DatedRules | None" = None) -> None:
        self._by_path = (dated or DatedRules()).by_path(at or clock.now())

    def at(self, path: str) -> Rules:
        """The rules of the nearest emergency above a place that has rules of its own."""
        if not self._by_path:
            return _SHIPPED
        line = reversed(paths.ancestors(path))
        return next((rules for place in line if (rules := self._by_path.get(place))), _SHIPPED)

    def parts(self) -> Iterator[tuple[Range, Rules]]:
        """The whole installation taken apart into ranges, each with its rules."""
        whole = subtree("")
        begin = whole.lo
        for part, rules in paths.parts_of(whole, self._by_path):
            if begin < part.lo:
                yield Range(begin, part.lo), _SHIPPED
            yield part, rules
            begin = part.hi
        yield Range(begin, whole.hi), _SHIPPED

    def put_clock(self, gap: Gap, taken: Iterable[Taken], now: datetime) -> None:
        """Set the tier that a gap has reached, and when it climbs further; it never climbs down."""
        band, spans = self.at(gap.path).band_of(gap.severity), merged(taken)
        gap.tier = max(gap.tier, tier_at(gap.opened_at, gap.first_tier, band, spans, now))
        gap.climbs_at = climb_from(gap.opened_at, gap.first_tier, gap.tier, band, spans)


def taken_of(gaps: "Sequence[Gap] | QuerySet[Gap]", at: datetime | None = None) -> dict[uuid.UUID, list[Taken]]:
    """The stretches in which each gap was taken or set aside, by its id, as known now or at a moment; one statement."""
    told = GapEvent.objects.filter(gap__in=gaps, what__in=[*STOPS, What.GIVEN_BACK, What.KEPT_OPEN])
    if at is not None:
        told = told.filter(at__lte=at)
    found: dict[uuid.UUID, list[Taken]] = defaultdict(list)
    for event in told.order_by("gap_id", "at", "received_at", "id"):
        spans = found[event.gap_id]
        if spans and spans[-1][1] > event.at:
            # Whatever is said later holds from then on.
            spans[-1] = (spans[-1][0], event.at)
        if event.what in STOPS and event.until is not None:
            spans.append((event.at, event.until))
    return found
