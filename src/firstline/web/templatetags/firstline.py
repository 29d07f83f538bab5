"""Tags and filters of our pages: the look of an outcome, moments as people write them, drawings."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext

from firstline.kernel.clock import Precision
from firstline.web import curve, drawing, moments

register = template.Library()

# More doors than these and the picture is drawn smaller, so that a compound stays one picture at a desk.
_LARGE_UP_TO = 90
_MEDIUM_UP_TO = 120
# More doors a floor than these and a house takes the whole width; more than the last and a phone scrolls it sideways.
_BROAD_FROM = 13
_TALL_FROM = 7
_TIGHT_FROM = 7


@register.filter
def outcome_label(outcome: str) -> str:
    """The word of an outcome: 没去过."""
    return drawing.word(outcome)


@register.simple_tag
def mark(outcome: str) -> SafeString:
    """The mark of an outcome."""
    return drawing.mark(outcome)


@register.simple_tag
def swatch(outcome: str) -> SafeString:
    """Colour and mark of an outcome."""
    return drawing.swatch(outcome)


@register.filter
def in_order(terms: Iterable[Any]) -> list[Any]:
    """The terms of an account that count something, in the fixed order."""
    return drawing.in_order(terms)


@register.simple_tag
def door_cell(cell: Any, selected: str = "") -> SafeString:
    """One door of a house."""
    return drawing.door_cell(cell, selected)


@register.simple_tag
def floor_doors(floor: Any, selected: str = "") -> SafeString:
    """All doors of a floor, as cells of its row."""
    return drawing.floor_doors(floor, selected)


@register.simple_tag
def coverage_bar(terms: Iterable[Any], total: int) -> SafeString:
    """All doors of an account as one bar, said in words."""
    return drawing.bar(terms, total, say=True)


@register.simple_tag
def left_bar(terms: Iterable[Any], scale: int) -> SafeString:
    """The doors left, on a scale shared with other rows."""
    return drawing.bar(terms, scale, only_left=True)


@register.simple_tag
def day_bars(days: Iterable[Any]) -> SafeString:
    """Doors settled per day."""
    return drawing.day_bars(days)


@register.simple_tag
def coverage_curve(told: Any) -> SafeString:
    """Doors settled up to each day, by channel; the page includes components/channel_patterns.html."""
    return curve.coverage_curve(told)


@register.simple_tag
def channel_swatch(channel: str) -> SafeString:
    """The pattern of a channel."""
    return curve.channel_swatch(channel)


@register.filter
def houses_size(houses: list[Any]) -> str:
    """How large to draw the houses of a page together: the class of their list."""
    doors = sum(int(drawing.read(house, "doors", 0)) for house in houses)
    if len(houses) == 1:
        return house_size(houses[0])
    return "is-large" if doors <= _LARGE_UP_TO else "is-medium" if doors <= _MEDIUM_UP_TO else "is-small"


@register.filter
def house_size(house: Any) -> str:
    """How large to draw one house that has the page to itself: by its floors, and no wider than doors need."""
    size = "is-large" if len(drawing.read(house, "floors", [])) <= _TALL_FROM else "is-medium"
    return f"{size} is-one is-slim" if breadth(house) < _TIGHT_FROM else f"{size} is-one"


@register.filter
def breadth(house: Any) -> int:
    """Doors a floor, the widest floor counting."""
    floors = drawing.read(house, "floors", [])
    return max((sum(len(unit) for unit in drawing.read(floor, "units", [])) for floor in floors), default=0)


@register.filter
def wall_class(house: Any) -> str:
    """Classes of a house's wall by its breadth."""
    doors = breadth(house)
    named = " has-units" if any(drawing.read(house, "units", [])) else ""
    return f"fl-wall{named}{' is-dense' if doors >= _TIGHT_FROM else ''}{' is-wide' if doors >= _BROAD_FROM else ''}"


@register.filter
def unit_spans(house: Any) -> list[tuple[str, int]]:
    """The stairwells of a house: name and doors a floor."""
    floors = drawing.read(house, "floors", [])
    widths = [len(unit) for unit in drawing.read(floors[0], "units", [])] if floors else []
    names = list(drawing.read(house, "units", []))
    return list(zip(names + [""] * (len(widths) - len(names)), widths, strict=False))


@register.filter
def counted(word: object, count: int) -> str:
    """A counting word beside its number: English has another for a single thing, and nearly all of ours end in “s”."""
    text = str(word)
    if count != 1 or not (get_language() or "").startswith("en"):
        return text
    return {"people": "person"}.get(text, text.removesuffix("s"))


@register.filter
def when(moment: datetime | None, precision: str = Precision.MINUTE) -> str:
    """A moment, as precisely as it is known."""
    return moments.moment_text(moment, precision) if moment else ""


@register.filter
def since(moment: datetime | None) -> str:
    """From when on."""
    return moments.since_text(moment) if moment else ""


@register.filter
def elapsed(moment: datetime | None) -> str:
    """How long already."""
    return moments.elapsed_text(moment) if moment else ""


@register.filter
def full_moment(moment: datetime | None) -> str:
    """Day, weekday and time."""
    return moments.full_text(moment) if moment else ""


@register.filter
def day(moment: date | None) -> str:
    """A day without its year."""
    return moments.day_text(moment) if moment else ""


@register.filter
def minus(whole: int, part: int) -> int:
    """What is left of a whole."""
    return whole - part


@register.filter
def listed(names: Iterable[Any]) -> str:
    """Names one after another."""
    return pgettext("between names", ", ").join(str(name) for name in names)
