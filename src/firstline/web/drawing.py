"""Drawings that stand in templates by the hundred: door cells, bars, marks. Strings built here, because one include per
door would cost more than the page's queries. No style attribute anywhere: lengths are SVG attributes.

Values may be dicts or objects (see the contract at the top of each template); ``read`` takes both.
"""

import functools
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from html import escape
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from firstline.census.results import DONE, Outcome
from firstline.web.moments import short_day

ORDER = {outcome.value: place for place, outcome in enumerate(Outcome)}
_MARKS = {
    outcome: mark_safe(f'<svg class="fl-mark" aria-hidden="true" focusable="false"><use href="#m-{outcome}"/></svg>')  # noqa: S308
    for outcome in ORDER
}
SETTLED = frozenset(outcome.value for outcome in DONE)
# These two surfaces are patterns, and a pattern can be named only where it stands.
_PATTERNED = frozenset({Outcome.VACANT.value, Outcome.NOT_A_HOME.value})
# On a phone the date of every so-manieth day is told, counted back from today.
_MARKED = 4
_BETWEEN = ' class="is-between"'
_LEAST_SHARE = 1.0  # per cent of a bar: one door among thousands is still seen


def read(item: Any, name: str, default: Any = "") -> Any:
    """A field of a dict or an object."""
    # A dict and not any mapping: asked a thousand times a page, the abstract class is most of a bar's cost.
    if isinstance(item, dict):
        return item.get(name, default)
    return getattr(item, name, default)


def word(outcome: str) -> str:
    """The name of an outcome in the reader's language; a door that is only planned has none yet."""
    return str(Outcome(outcome).label) if outcome in ORDER else ""


def mark(outcome: str) -> SafeString:
    """The mark of an outcome, drawn from the sheet of components/marks.html."""
    return _MARKS.get(outcome, mark_safe(""))


def swatch(outcome: str) -> SafeString:
    """Colour and mark of an outcome; the word stands beside it, so it is hidden from readers."""
    if outcome not in ORDER:
        return mark_safe('<span class="fl-swatch s-planned" aria-hidden="true"></span>')
    return format_html('<span class="fl-swatch s-{}" aria-hidden="true">{}</span>', outcome, mark(outcome))


def in_order(terms: Iterable[Any], only_left: bool = False) -> list[Any]:
    """Terms that count something, in the one order of every account."""
    kept = [term for term in terms if read(term, "count", 0) and not (only_left and read(term, "outcome") in SETTLED)]
    return sorted(kept, key=lambda term: ORDER[read(term, "outcome")])


def door_cell(cell: Any, selected: str = "") -> SafeString:
    """One door of a house: number, mark, colour, and everything said in words for who does not see them."""
    outcome, name, walk = read(cell, "outcome"), read(cell, "name"), read(cell, "walk", None)
    room, url, identity = escape(str(read(cell, "room"))), escape(str(read(cell, "url"))), str(read(cell, "id"))
    said = escape(_said(str(name), outcome, walk)) if name else room
    known = outcome in ORDER
    classes = f"fl-door s-{outcome if known else 'planned'}{' is-dim' if read(cell, 'dim', False) else ''}"
    # A second dwelling's number, 501/2, may go on in a second line: cut off it would be the first one's.
    shown = room.replace("/", "<wbr>/")
    inside = f'<span class="fl-room">{shown}</span>{_MARKS[outcome] if known else ""}'
    if walk:
        inside += f'<span class="fl-walk">{int(walk)}</span>'
    if not url:
        return mark_safe(f'<span class="{classes}" role="img" aria-label="{said}">{inside}</span>')  # noqa: S308
    here = ' aria-current="true"' if selected and identity == str(selected) else ""
    record = read(cell, "record_url")
    posting = f' data-record="{escape(str(record))}"' if record else ""
    naming = f'href="{url}" data-door="{escape(identity)}" aria-label="{said}"'
    # Every outside value is escaped above.
    return mark_safe(f'<a class="{classes}" {naming}{posting}{here}>{inside}</a>')  # noqa: S308


def floor_doors(floor: Any, selected: str = "") -> SafeString:
    """The cells of a floor, stairwell beside stairwell; a door that this floor lacks stays a hole."""
    units = (
        "".join(f"<td>{door_cell(cell, selected) if cell else ''}</td>" for cell in unit)
        for unit in read(floor, "units", [])
    )
    return mark_safe('<td class="fl-stair" aria-hidden="true"></td>'.join(units))  # noqa: S308  # made of our own cells


def _said(name: str, outcome: str, walk: int | None) -> str:
    said = _spoken(outcome, get_language() or "").replace("\x00", name) if outcome else name
    return gettext("%(door)s, stop %(number)d of the walk") % {"door": said, "number": walk} if walk else said


@functools.lru_cache(maxsize=64)
def _spoken(outcome: str, language: str) -> str:
    """How a door (NUL) is spoken of with its outcome; asked of the catalogue once a language, not once a door."""
    return gettext("%(door)s, %(outcome)s") % {"door": "\x00", "outcome": word(outcome)}


def bar(terms: Iterable[Any], scale: int, only_left: bool = False, say: bool = False) -> SafeString:
    """Terms as lengths on one scale (``scale`` doors fill the whole width)."""
    counted = in_order(terms, only_left)
    if not counted or scale <= 0:
        return mark_safe("")
    shares = [max(read(term, "count") / scale * 100, _LEAST_SHARE) for term in counted]
    too_long = max(sum(shares) / 100, 1)
    at, parts = 0.0, []
    for term, share in zip(counted, shares, strict=True):
        outcome, width = read(term, "outcome"), share / too_long
        fill = f' fill="url(#p-{outcome})"' if outcome in _PATTERNED else f' class="s-{outcome}"'
        parts.append(f'<rect{fill} x="{at:.3f}%" width="{width:.3f}%" height="100%"/>')
        at += width
    if say:
        words = gettext(", ").join(f"{word(read(term, 'outcome'))} {read(term, 'count')}" for term in counted)
        spoken = f'role="img" aria-label="{escape(words)}"'
    else:
        spoken = 'aria-hidden="true"'
    return mark_safe(f'<svg class="fl-bar" width="100%" {spoken}>{"".join(parts)}</svg>')  # noqa: S308


@dataclass(frozen=True, slots=True)
class _Day:
    """One day of the bars: where it stands (per cent from the left), how tall, and whether its figure is printed.

    ``marked``: its date is told where there is no room for every one.
    """

    left: float
    width: float
    height: int
    figure: str
    name: str
    today: bool
    marked: bool

    def drawn(self) -> str:
        kind, middle = ' class="is-today"' if self.today else "", self.left + self.width / 2
        bar_at, bar_wide = self.left + self.width * 0.06, self.width * 0.88
        figure = f'<text x="{middle:.2f}%" y="{42 - self.height}">{self.figure}</text>' if self.figure else ""
        return (
            f'<rect{kind} x="{bar_at:.2f}%" y="{46 - self.height}" width="{bar_wide:.2f}%" height="{self.height}"/>'
            f'{figure}<text{"" if self.marked else _BETWEEN} x="{middle:.2f}%" y="62">{self.name}</text>'
        )


def day_bars(days: Iterable[Any]) -> SafeString:
    """Doors settled per day, the last day being today; first, greatest and last three carry their figure."""
    listed: list[tuple[date, int]] = [(read(item, "day"), int(read(item, "count", 0))) for item in days]
    if not listed:
        return mark_safe("")
    counts, last = [count for _, count in listed], len(listed) - 1
    most, width = max(*counts, 1), 100 / len(listed)
    told = {0, last, last - 1, last - 2, counts.index(max(counts))}
    drawn = [
        _Day(
            left=place * width,
            width=width,
            height=max(round(count / most * 30), 1 if count else 0),
            figure=str(count) if count and place in told else "",
            name=short_day(day),
            today=place == last,
            marked=(last - place) % _MARKED == 0,
        ).drawn()
        for place, (day, count) in enumerate(listed)
    ]
    label = escape(gettext(", ").join(f"{short_day(day)} {count}" for day, count in listed))
    return mark_safe(f'<svg class="fl-days" width="100%" role="img" aria-label="{label}">{"".join(drawn)}</svg>')  # noqa: S308
