"""Coverage by day: how many doors were settled up to each day, and through which channel."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from firstline.census.area import Area, area_for, figure_links
from firstline.census.page_parts import with_query
from firstline.census.pictures.selectors import Settled, frame_of, settled_by_channel
from firstline.census.results import Channel
from firstline.kernel import clock
from firstline.kernel.actors import Actor

# A month of columns; what was settled before it stands in the first one.
_MOST_DAYS = 31


@dataclass(frozen=True, slots=True)
class Line:
    """One channel: doors settled through it up to each day."""

    channel: str
    label: str | Promise
    counts: Sequence[int]

    @property
    def now(self) -> int:
        return self.counts[-1]


@dataclass(frozen=True, slots=True)
class Curve:
    """Days, the oldest first and today last; a line for each channel that settled anything; doors of the frame."""

    days: Sequence[date]
    lines: Sequence[Line]
    frame: int

    @property
    def settled(self) -> int:
        return sum(line.now for line in self.lines)

    @property
    def totals(self) -> list[int]:
        """Doors settled up to each day, all channels together."""
        return [sum(line.counts[at] for line in self.lines) for at in range(len(self.days))]

    @property
    def rows(self) -> list[tuple[date, list[int], int, int]]:
        """The table behind it, the latest day first: the day, up to it by channel, all together, on that day alone."""
        totals = self.totals
        told = [
            (day, [line.counts[at] for line in self.lines], totals[at], totals[at] - (totals[at - 1] if at else 0))
            for at, day in enumerate(self.days)
        ]
        return told[::-1]


def curve_page(actor: Actor, query: QueryDict) -> dict[str, Any]:
    """The curve of the area and campaign that ``at`` and ``campaign`` ask for."""
    area = area_for(actor, query)
    frame = frame_of(area.within)
    days = _days(area)
    curve = _curve(_begun(days, found := settled_by_channel(area.parts, days)), found, frame.doors)
    return {
        "section": "census:campaigns",
        "area": area,
        "links": figure_links(area, "census:curve"),
        "url": reverse("census:curve"),
        "crumbs": [(crumb.name, curve_url(area, at=crumb.path)) for crumb in area.above],
        "curve": curve,
        "left": frame.doors - curve.settled,
        "walked": frame.all_walked,
    }


def curve_url(area: Area, **more: object) -> str:
    """The address of the curve of an area."""
    return with_query(reverse("census:curve"), **area.query(**more))


def _days(area: Area) -> list[date]:
    today = timezone.localdate(clock.now())
    began = min((timezone.localdate(part.campaign.started_at) for part in area.parts), default=today)
    first = max(began, today - timedelta(days=_MOST_DAYS - 1))
    return [first + timedelta(days=number) for number in range((today - first).days + 1)]


def _begun(days: list[date], settled: list[Settled]) -> list[date]:
    """Without the days before the first door was settled, but for the last one of them."""
    first = min((one.day for one in settled), default=days[0])
    return days[max(days.index(first) - 1, 0) :]


def _curve(days: list[date], settled: list[Settled], frame: int) -> Curve:
    by_channel: dict[str, dict[date, int]] = defaultdict(lambda: defaultdict(int))
    for one in settled:
        by_channel[one.channel][one.day] += one.doors
    lines = [
        Line(channel.value, channel.label, list(accumulate(by_channel[channel.value][day] for day in days)))
        for channel in Channel
        if channel.value in by_channel
    ]
    return Curve(days, lines, frame)
