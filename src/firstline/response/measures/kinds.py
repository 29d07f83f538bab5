"""The kinds of measures: their parameters, which way each is stricter, whether people are restricted. Pure.

Parameters are ordered in part: of two sets neither need be as strict as the other. ``stricter_of`` is their join, the
least that is as strict as both.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

import msgspec

MINUTES = 24 * 60
FREE = "free"

# What may be ordered to close, in the words of business licences.
CATEGORIES = (
    "hotel",
    "guesthouse",
    "restaurant",
    "teahouse",
    "bathhouse",
    "cinema",
    "internet_cafe",
    "karaoke",
    "gym",
    "hairdresser",
    "card_room",
    "training_school",
    "open_market",
    "shopping_centre",
    "banquet",
)


class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a kind lets an officer set. Kept in the one form that equal parameters have."""


class PassAtGates(Parameters, frozen=True, forbid_unknown_fields=True):
    """Who comes in or out shows a pass."""

    vehicles: bool = True
    temperature: bool = True


class OutsidersHeldBack(Parameters, frozen=True, forbid_unknown_fields=True):
    """Who does not live here stays outside."""

    vehicles: bool = True
    couriers: bool = True


class ObservationDays(Parameters, frozen=True, forbid_unknown_fields=True):
    """Who came home from elsewhere stays at home for so many days."""

    days: Annotated[int, msgspec.Meta(ge=1, le=60)] = 14


class CloseBusinesses(Parameters, frozen=True, forbid_unknown_fields=True):
    """Businesses of these categories stay closed."""

    categories: tuple[str, ...] = ("hotel", "guesthouse", "restaurant")

    def __post_init__(self) -> None:
        if not self.categories or set(self.categories) - set(CATEGORIES):
            raise ValueError("no such category")
        msgspec.structs.force_setattr(self, "categories", tuple(sorted(set(self.categories))))


class LivePoultryStop(Parameters, frozen=True, forbid_unknown_fields=True):
    """No live poultry is traded in markets."""


class ReportingHours(Parameters, frozen=True, forbid_unknown_fields=True):
    """The hours of the day at which figures are due."""

    hours: tuple[Annotated[int, msgspec.Meta(ge=0, le=23)], ...] = (17,)

    def __post_init__(self) -> None:
        if not self.hours:
            raise ValueError("no hour")
        msgspec.structs.force_setattr(self, "hours", tuple(sorted(set(self.hours))))


class DisinfectionRhythm(Parameters, frozen=True, forbid_unknown_fields=True):
    """Shared rooms are disinfected at least every so many hours."""

    every_hours: Annotated[int, msgspec.Meta(ge=1, le=336)] = 24


class Curfew(Parameters, frozen=True, forbid_unknown_fields=True):
    """Nobody is outdoors in these spans of the day: "22:00-05:00" goes over midnight, "00:00-24:00" is all day."""

    spans: tuple[str, ...] = ("22:00-05:00",)

    def __post_init__(self) -> None:
        if not self.spans:
            raise ValueError("no span")
        msgspec.structs.force_setattr(self, "spans", _written(minutes_of(self.spans)))

    def holds_at(self, minute: int) -> bool:
        """Whether it holds in a minute of the day, counted from midnight where it is ordered."""
        return bool(minutes_of(self.spans) >> minute & 1)


class PassQuota(Parameters, frozen=True, forbid_unknown_fields=True):
    """So many people of a household may go out once in so many days."""

    people: Annotated[int, msgspec.Meta(ge=0, le=20)] = 1
    days: Annotated[int, msgspec.Meta(ge=1, le=30)] = 2


class Free(Parameters, frozen=True, forbid_unknown_fields=True):
    """What an officer words; whether it restricts people, the officer says too."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=400)]
    restricts: bool = True

    def __post_init__(self) -> None:
        if not self.title.strip() or not self.text.strip():
            raise ValueError("no words")


@dataclass(frozen=True, slots=True)
class Way:
    """Which way a parameter is stricter: whether one value is as strict as another, and the join of two."""

    as_strict: Callable[[Any, Any], bool]
    join: Callable[[Any, Any], Any]


MORE = Way(lambda one, other: one >= other, max)
FEWER = Way(lambda one, other: one <= other, min)
ALL_OF = Way(lambda one, other: set(one) >= set(other), lambda one, other: tuple(sorted({*one, *other})))
COVERING = Way(
    lambda one, other: minutes_of(one) & minutes_of(other) == minutes_of(other),
    lambda one, other: _written(minutes_of(one) | minutes_of(other)),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of measure. ``ways`` names every parameter; one of a free kind is compared with nothing but itself."""

    name: str
    parameters: type[Parameters]
    ways: Mapping[str, Way]
    restricts: bool


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind("pass_at_gates", PassAtGates, {"vehicles": MORE, "temperature": MORE}, restricts=True),
        Kind("outsiders_held_back", OutsidersHeldBack, {"vehicles": MORE, "couriers": MORE}, restricts=True),
        Kind("observation_days", ObservationDays, {"days": MORE}, restricts=True),
        Kind("close_businesses", CloseBusinesses, {"categories": ALL_OF}, restricts=True),
        Kind("live_poultry_stop", LivePoultryStop, {}, restricts=True),
        Kind("reporting_hours", ReportingHours, {"hours": ALL_OF}, restricts=False),
        Kind("disinfection_rhythm", DisinfectionRhythm, {"every_hours": FEWER}, restricts=False),
        Kind("curfew", Curfew, {"spans": COVERING}, restricts=True),
        Kind("pass_quota", PassQuota, {"people": FEWER, "days": MORE}, restricts=True),
        Kind(FREE, Free, {}, restricts=True),
    )
}


def restricts(kind: str, parameters: Parameters) -> bool:
    """Whether people may do less while it holds."""
    return parameters.restricts if isinstance(parameters, Free) else KINDS[kind].restricts


def read(kind: str, written: Mapping[str, Any]) -> Parameters:
    """Parameters as they were kept, or as somebody gives them. Raises ValueError, also for an unknown kind."""
    if kind not in KINDS:
        raise ValueError(kind)
    return msgspec.convert(dict(written), KINDS[kind].parameters)


def as_strict(kind: str, one: Parameters, other: Parameters) -> bool:
    """Whether ``one`` asks at least what ``other`` asks, in every parameter."""
    if kind == FREE:
        return one == other
    ways = KINDS[kind].ways
    return all(way.as_strict(getattr(one, name), getattr(other, name)) for name, way in ways.items())


def stricter_of(kind: str, one: Parameters, other: Parameters) -> Parameters:
    """The least that is as strict as both: parameter by parameter the stricter. Not for measures in free words."""
    ways = KINDS[kind].ways
    joined = {name: way.join(getattr(one, name), getattr(other, name)) for name, way in ways.items()}
    return KINDS[kind].parameters(**joined)


def minutes_of(spans: Iterable[str]) -> int:
    """The minutes of a day that spans cover, as bits; the end of a span is not in it. Raises ValueError."""
    covered = 0
    for span in spans:
        begin, end = (_minute(part) for part in span.split("-", 1)) if "-" in span else (0, 0)
        if begin in {end, MINUTES}:
            raise ValueError(span)
        covered |= _between(begin, end) if begin < end else _between(begin, MINUTES) | _between(0, end)
    return covered


def _minute(written: str) -> int:
    hour, colon, minute = written.strip().partition(":")
    if not colon or not (hour.isdecimal() and minute.isdecimal() and hour.isascii() and minute.isascii()):
        raise ValueError(written)
    found = int(hour) * 60 + int(minute)
    if int(minute) > 59 or found > MINUTES:
        raise ValueError(written)
    return found


def _between(begin: int, end: int) -> int:
    return (1 << end) - (1 << begin)


def _written(covered: int) -> tuple[str, ...]:
    """Bits as the fewest spans, in the order of the day; one over midnight comes last."""
    return _spans(covered)


@lru_cache(maxsize=256)
def _spans(covered: int) -> tuple[str, ...]:
    if covered == _between(0, MINUTES):
        return ("00:00-24:00",)
    begins = [
        minute for minute in range(MINUTES) if covered >> minute & 1 and not covered >> (minute - 1) % MINUTES & 1
    ]
    return tuple(f"{_clock(begin)}-{_clock(_end(covered, begin))}" for begin in begins)


def _end(covered: int, begin: int) -> int:
    for minute in range(begin + 1, MINUTES):
        if not covered >> minute & 1:
            return minute
    # On over midnight, unless the day ends with it.
    return next((minute for minute in range(MINUTES) if not covered >> minute & 1), 0) or MINUTES


def _clock(minute: int) -> str:
    return f"{minute // 60:02d}:{minute % 60:02d}"
