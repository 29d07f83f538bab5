"""The coverage curve: doors settled up to each day, stacked by the channel that settled them, below the line of all.

Channels are no states, so they wear no state's colour: greys from dark to light, each with a pattern that prints.
As in ``drawing``, lengths are attributes and strings are built here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from firstline.census.results import Channel
from firstline.web.drawing import read
from firstline.web.moments import short_day

CHANNELS = tuple(channel.value for channel in Channel)
_TOP, _HEIGHT, _BELOW = 24, 200, 20
_FLOOR = _TOP + _HEIGHT
# So many dates have room below the curve of a desk, and of a phone.
_DATES_DESK, _DATES_PHONE = 15, 5
# Columns so wide (per cent) carry their figure, the last few of them.
_ROOMY, _FIGURES = 6, 4


@dataclass(frozen=True, slots=True)
class _Scale:
    """Doors into pixels, days into per cent of the width."""

    most: int
    width: float

    def tall(self, doors: int) -> float:
        return doors / self.most * _HEIGHT


def channel_swatch(channel: str) -> SafeString:
    """The pattern of a channel; its word stands beside it, so it is hidden from readers."""
    return format_html(
        '<svg class="fl-channel" width="22" height="22" aria-hidden="true" focusable="false">'
        '<rect width="22" height="22" fill="url(#c-{})"/></svg>',
        channel,
    )


def coverage_curve(curve: Any) -> SafeString:
    """A column a day, in it one part a channel; the line above is the frame. Empty without days.

    ``curve``: days (list of date, the oldest first), lines (list of {channel, counts: settled up to each day}),
    frame (doors there are).
    """
    days: Sequence[date] = read(curve, "days", [])
    lines = [(read(line, "channel"), read(line, "counts")) for line in read(curve, "lines", [])]
    if not days:
        return mark_safe("")
    frame, totals = int(read(curve, "frame", 0)), [sum(counts[at] for _, counts in lines) for at in range(len(days))]
    scale = _Scale(max(frame, *totals, 1), 100 / len(days))
    drawn = [_frame_line(frame, scale)]
    drawn += [_column(at, lines, scale) for at in range(len(days))]
    drawn += _figures(totals, scale) + _dates(days, scale)
    said = gettext("%(settled)d of %(frame)d doors settled by %(day)s") % {
        "settled": totals[-1],
        "frame": frame,
        "day": short_day(days[-1]),
    }
    size = f'width="100%" height="{_FLOOR + _BELOW}"'
    # Every outside value is escaped or a number.
    return mark_safe(f'<svg class="fl-curve" {size} role="img" aria-label="{escape(said)}">{"".join(drawn)}</svg>')  # noqa: S308


def _column(at: int, lines: list[tuple[str, Sequence[int]]], scale: _Scale) -> str:
    left, wide, parts, below = at * scale.width + scale.width * 0.06, scale.width * 0.88, [], 0.0
    for channel, counts in lines:
        tall = scale.tall(counts[at])
        if tall:
            below += tall
            fill = f'fill="url(#c-{escape(channel)})"'
            parts.append(
                f'<rect {fill} x="{left:.2f}%" y="{_FLOOR - below:.1f}" width="{wide:.2f}%" height="{tall:.1f}"/>'
            )
    return "".join(parts)


def _frame_line(frame: int, scale: _Scale) -> str:
    at = _FLOOR - scale.tall(frame)
    text = escape(gettext("%(doors)d doors in the frame") % {"doors": frame})
    line = f'<rect class="is-frame" y="{at:.1f}" width="100%" height="2"/>'
    return f'{line}<text class="is-start" x="0" y="{at - 7:.1f}">{text}</text>'


def _figures(totals: list[int], scale: _Scale) -> list[str]:
    """How many were settled, on the last days; among many columns only the last one's figure has room."""
    last = len(totals) - 1
    told = range(max(last - _FIGURES + 1, 0), last + 1) if scale.width > _ROOMY else [last]
    return [
        _text(at, _FLOOR - scale.tall(totals[at]) - 5, f"{totals[at]}", scale, between=at != last)
        for at in told
        if totals[at]
    ]


def _dates(days: Sequence[date], scale: _Scale) -> list[str]:
    last = len(days) - 1
    desk, phone = -(-len(days) // _DATES_DESK), -(-len(days) // _DATES_PHONE)
    return [
        _text(at, _FLOOR + 15, short_day(day), scale, between=(last - at) % phone != 0)
        for at, day in enumerate(days)
        if (last - at) % desk == 0
    ]


def _text(at: int, height: float, text: str, scale: _Scale, *, between: bool) -> str:
    """A word in the middle of a column; one ``between`` others gives way on a phone."""
    kind = ' class="is-between"' if between else ""
    return f'<text{kind} x="{(at + 0.5) * scale.width:.2f}%" y="{height:.1f}">{text}</text>'
