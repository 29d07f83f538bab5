"""Turn what was matched into one of the four answers, with what stood around it."""

from dataclasses import dataclass

from firstline.identifiers.door_label import grammar, parts
from firstline.identifiers.door_label.model import (
    Ambiguous,
    Door,
    Found,
    Fragment,
    Incomplete,
    Parsed,
    Reading,
    Shape,
)
from firstline.identifiers.door_label.repair import number, room_number

_PUNCTUATION = " ,，。.;；:：、-/_()（）[]【】#\"'"
NOTHING = Fragment()


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a text a door was found, and what is known around it."""

    text: str
    span: tuple[int, int]
    shape: Shape
    notes: tuple[str, ...]


def context(text: str, start: int, end: int) -> tuple[str, str]:
    return text[:start].strip(_PUNCTUATION), text[end:].strip(_PUNCTUATION)


def section(before: str) -> tuple[str, str]:
    """The estate's phase or quarter at the end of what stands before a door."""
    found = grammar.SECTION.search(before)
    if not found:
        return before, ""
    said = found["s"].removeprefix("第")
    return before, number(said[:-1]) + said[-1] if said[-1] in "期区" else said


def answer(reading: Reading, text: str, span: tuple[int, int], notes: tuple[str, ...], side: str = "") -> Parsed:
    before, after = context(text, *span)
    if isinstance(reading, Fragment):
        return Incomplete(reading, before, after, notes)
    more = grammar.MORE_ROOMS.match(text[span[1] :])
    if more:
        other = Door(reading.building, reading.unit, room_number(more["r"]))
        return Ambiguous("several_doors", (reading, other), before, after, notes)
    before, estate_part = section(before)
    return Found(reading, before, after, estate_part, side, notes)


def ask(
    cause: str,
    readings: tuple[Reading, ...],
    text: str,
    span: tuple[int, int],
    notes: tuple[str, ...],
) -> Ambiguous:
    return Ambiguous(cause, readings, *context(text, *span), notes)


def finish(block: str | None, unit: str | None, room: parts.Room, spot: Spot) -> Parsed:
    reading, filled = parts.settle(block, unit, room.text, spot.shape)
    if room.other is not None and isinstance(reading, Door):
        other = Door(reading.building, reading.unit, room.other)
        return ask("floor_conflict", (reading, other), spot.text, spot.span, spot.notes)
    return answer(reading, spot.text, spot.span, spot.notes + filled, room.side)


def several(doors: list[Reading], text: str, notes: tuple[str, ...]) -> Ambiguous | None:
    named = tuple(dict.fromkeys(door for door in doors if isinstance(door, Door)))
    return Ambiguous("several_doors", named, notes=notes, after=text) if len(named) > 1 else None
