"""Read a door from text: the language of doors as people write them."""

import re
from collections.abc import Callable
from datetime import date

from firstline.identifiers.door_label import answers, grammar, parts, yards
from firstline.identifiers.door_label.dates import date_readings
from firstline.identifiers.door_label.label import from_label
from firstline.identifiers.door_label.model import (
    Ambiguous,
    Door,
    Found,
    Fragment,
    Incomplete,
    NoDoor,
    Parsed,
    Reading,
    Shape,
)
from firstline.identifiers.door_label.order import floor_of
from firstline.identifiers.door_label.repair import number, room_number, tidy
from firstline.identifiers.width import cell_text

UNKNOWN = Shape()
# An address line never needs more; what is longer is a letter, not a door.
LONGEST = 200
_STREET_END = re.compile(r"(?:路|街|大道|道|巷|胡同|弄)$")


def parse(value: object, shape: Shape = UNKNOWN) -> Parsed:
    """Read one cell or line. Never raises; never guesses between doors that all fit.

    `value` is text, a number or a date as a spreadsheet gives it. `shape` is what is known of
    the compound; it alone turns an ambiguous label into one door.
    """
    if isinstance(value, date):
        return Ambiguous("date_shaped", date_readings(value, shape))
    if isinstance(value, str) and (quick := grammar.QUICK.match(value)):
        return Found(Door(quick["b"], quick["u"] or quick["u2"], quick["r"]))
    text, notes = tidy(cell_text(value)[: 4 * LONGEST])
    if not text:
        return NoDoor("empty")
    if len(text) > LONGEST:
        return NoDoor("too_long", text[:LONGEST])
    if made := date_readings(text, shape):
        return Ambiguous("date_shaped", made, notes=notes)
    for signs, rule in _RULES:
        if (not signs or not signs.isdisjoint(text)) and (result := rule(text, shape, notes)):
            return result
    return NoDoor("unrecognised", text)


def _only(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str] | None, tuple[re.Match[str], ...]]:
    """The last match, and all of them: an address comes before the door it leads to."""
    matches = tuple(pattern.finditer(text))
    return (matches[-1] if matches else None), matches


def _own_label(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """Our own labels of rooms without a number, such as 3-2-地下室5."""
    door = from_label(text) if grammar.ODD_LABEL.match(text) else None
    if door is None or not grammar.LABEL_BLOCK.match(door.building):
        return None
    return answers.answer(door, text, (0, len(text)), notes)


def _unit_said(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """3号楼2单元501, 1楼1单101, 3-2单元501; 2单元501 with the building left out."""
    last, matches = _only(grammar.UNIT_SAID, text)
    readings = [
        parts.settle(parts.building(found), number(found["u"]), parts.room(found).text, shape)[0] for found in matches
    ]
    if many := answers.several(readings, text, notes):
        return many
    if last is not None:
        block, span = parts.building(last), last.span()
        if last["bm"] == "号" and _STREET_END.search(text[: last.start()]):
            block, span = None, (last.start("u"), last.end())
        return answers.finish(block, number(last["u"]), parts.room(last), answers.Spot(text, span, shape, notes))
    alone, _ = _only(grammar.UNIT_ALONE, text)
    if alone is None or (alone["u"] in "东西南北中左右" and alone.end() == alone.start("u") + 2):
        return None
    return answers.finish(None, number(alone["u"]), parts.room(alone), answers.Spot(text, alone.span(), shape, notes))


def _after_street(found: re.Match[str], text: str) -> bool:
    return found["bm2"] is not None and bool(_STREET_END.search(text[: found.start()]))


def _mark_unit_room(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """3#2-501, 3栋2-501, 3号楼2-501."""
    found, _ = _only(grammar.MARK_UNIT_ROOM, text)
    if found is None or _after_street(found, text):
        return None
    return answers.finish(
        parts.building(found), number(found["u"]), parts.room(found), answers.Spot(text, found.span(), shape, notes)
    )


def _padded(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """0302-0501: building 03, unit 02, room 0501, each filled up with zeros."""
    found = grammar.PADDED.match(text)
    if found is None or not (found["b"].startswith("0") or found["u"].startswith("0")):
        return None
    door = Door(number(found["b"]), number(found["u"]), room_number(found["r"]))
    return answers.answer(door, text, found.span(), notes) if floor_of(door.room) else None


def _plain(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """3-2-501 and its like with other separators."""
    last, matches = _only(grammar.PLAIN, text)
    if four := grammar.FOUR.search(text):
        block, unit = number(four["b"]), number(four["u"])
        room = f"{int(four['f'])}{int(four['r']):02d}"
        whole = Door(block, unit, room)
        return answers.ask("short_room", (whole, Fragment(block, unit)), text, four.span(), notes)
    if last is None:
        return None
    readings = [
        Door(parts.building(found) or "", number(found["u"]), parts.room(found).text or "")
        for found in matches
        if parts.room(found).long
    ]
    if many := answers.several(list(readings), text, notes):
        return many
    name, stair, flat = parts.building(last), number(last["u"]), parts.room(last)
    if _short(flat, last[0]) and not (shape.units_in(name) is True and name in shape.buildings):
        short = Door(name or "", stair, flat.text or "")
        return answers.ask("short_room", (short,), text, last.span(), notes)
    return answers.finish(name, stair, flat, answers.Spot(text, last.span(), shape, notes))


def _short(room: parts.Room, written: str) -> bool:
    """A bare number without a floor: 3-2-5, 20-1-28. 3-25-01 is taken for room 01 of unit 25."""
    if room.text is None or not room.text.isdigit() or room.marked or room.long:
        return False
    return not (len(room.text) == 2 and room.text.startswith("0") and "-" in written)


def _mark_room(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """1号楼101室, A座1203, 2#1404, 3号楼地下室: no unit named."""
    found, matches = _only(grammar.MARK_ROOM, text)
    if found is None or _after_street(found, text):
        return None
    block, room = parts.building(found), parts.room(found)
    loose = found["bm2"] is not None or found["bm"] == "楼"
    if loose and not (room.kind == "number" and room.long):
        return None
    readings: list[Reading] = [
        Door(parts.building(each) or "", "", parts.room(each).text or "")
        for each in matches
        if parts.room(each).long and not _after_street(each, text)
    ]
    if many := answers.several(readings, text, notes):
        return many
    if room.kind == "number" and not room.long and not room.marked and room.floor is None:
        said: Reading = Door(block or "", "", room.text or "")
        return answers.ask("short_room", (said, Fragment(block, room.text)), text, found.span(), notes)
    known = block in shape.buildings and shape.units_in(block) is False
    if found["bm"] == "楼" and not known and block == str(floor_of(room.text or "")):
        storey = Fragment(None, None, room.text)
        return answers.ask(
            "floor_or_building",
            (Door(block or "", "", room.text or ""), storey),
            text,
            found.span(),
            notes,
        )
    return _without_unit(block, room, answers.Spot(text, found.span(), shape, notes))


def _without_unit(block: str | None, room: parts.Room, spot: answers.Spot) -> Parsed:
    """2501 in a house with units may be unit 2 room 501: asked, unless the shape says none."""
    said = room.text or ""
    if spot.shape.units_in(block) is True and re.fullmatch(r"[1-9][1-9]\d\d", said):
        glued = Door(block or "", said[0], said[1:])
        readings = (glued, Fragment(block, None, said))
        return answers.ask("unit_in_room", readings, spot.text, spot.span, spot.notes)
    return answers.finish(block, None, room, spot)


def _letter_room(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """B-403, A1203, 东楼301: letters and names are buildings, never units of a nameless one."""
    for pattern in (grammar.LETTER_ROOM, grammar.NAMED_ROOM):
        found, _ = _only(pattern, text)
        if found is not None and parts.room(found).long:
            return _without_unit(
                parts.building(found), parts.room(found), answers.Spot(text, found.span(), shape, notes)
            )
    return None


def _second(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """501/2: the second dwelling of a room whose building is not named."""
    return _digits_only(text, shape, notes) if grammar.SECOND.match(text) else None


def _two_numbers(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """3-501: building 3 without units, or unit 3 of a building not named. 97-6: anybody's guess."""
    found, matches = _only(grammar.TWO, text)
    if found is None:
        found = grammar.TWO_SPACED.match(text)
    if found is None:
        return None
    block, room = parts.building(found) or "", parts.room(found)
    if not room.long:
        if _STREET_END.search(text[: found.start()].rstrip()):
            return None
        as_unit, as_room = Fragment(block, room.text, None), Door(block, "", room.text or "")
        if shape.units_in(block) is False and block in shape.buildings and room.marked:
            return answers.finish(block, None, room, answers.Spot(text, found.span(), shape, notes))
        return answers.ask("short_room", (as_room, as_unit), text, found.span(), notes)
    if many := answers.several(
        [Door(parts.building(m) or "", "", parts.room(m).text or "") for m in matches], text, notes
    ):
        return many
    if shape.units_in(block) is False:
        return answers.finish(block, None, room, answers.Spot(text, found.span(), shape, notes))
    whole, filled = parts.settle(None, block, room.text, shape)
    if shape.has_units is True and isinstance(whole, Door):
        return answers.answer(whole, text, found.span(), notes + filled, room.side)
    readings: tuple[Reading, ...] = (Door(block, "", room.text or ""), whole)
    if shape.has_units is True:
        readings = (whole, Fragment(block, None, room.text))
    return answers.ask("building_or_unit", readings, text, found.span(), notes)


def _digits_only(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """402 lacks its building; 32501 may be 3-2-501 or 32-501."""
    if re.fullmatch(r"\d{5,6}", text):
        readings: list[Reading] = []
        if len(text) == 6:
            readings.append(Door(number(text[:2]), number(text[2:3]), text[3:]))
            readings.append(Door(number(text[:1]), number(text[1:2]), room_number(text[2:])))
        else:
            readings.append(Door(text[0], text[1], text[2:]))
            readings.append(Door(text[0], "", text[1:]))
            readings.append(Door(text[:2], "", text[2:]))
        return answers.ask("digits_only", tuple(dict.fromkeys(readings)), text, (0, len(text)), notes)
    found = grammar.BARE.match(text) or grammar.SUFFIX_ROOM.search(text)
    if found is None:
        return None
    room = parts.room(found) if "r0" in found.groupdict() else parts.Room(room_number(found["r"]))
    if not room.long and not room.marked:
        return None
    return answers.finish(None, None, room, answers.Spot(text, found.span(), shape, notes))


def _building_only(text: str, shape: Shape, notes: tuple[str, ...]) -> Parsed | None:
    """A座, 3号楼: a building and nothing behind it."""
    found, _ = _only(grammar.MARK_ONLY, text)
    if found is None:
        return None
    block = parts.building(found)
    unit = "" if shape.units_in(block) is False else None
    return Incomplete(Fragment(block, unit, None), *answers.context(text, *found.span()), notes)


_Rule = Callable[[str, Shape, tuple[str, ...]], Parsed | None]
_MARKS = frozenset("号栋幢座楼#")
# Words say more than hyphens, hyphens more than bare numbers: in this order. A rule is only tried
# on a text that has one of its signs, for patterns over whole lists cost time.
_RULES: tuple[tuple[frozenset[str], _Rule], ...] = (
    (frozenset("层室铺库"), _own_label),
    (frozenset("单门"), _unit_said),
    (_MARKS, _mark_unit_room),
    (frozenset("排"), yards.rowed),
    (frozenset("组社队"), yards.group),
    (frozenset("0"), _padded),
    (frozenset(), _plain),
    (_MARKS, _mark_room),
    (frozenset(), _letter_room),
    (frozenset("街巷胡弄院平"), yards.lane),
    (frozenset("/"), _second),
    (frozenset(), _two_numbers),
    (_MARKS, _building_only),
    (frozenset("街巷路道胡弄里"), yards.street),
    (frozenset(), _digits_only),
)
