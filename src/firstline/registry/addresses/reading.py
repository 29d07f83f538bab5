"""From addresses to doors: what stands in the way first, then the compound, then the door in its light."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from firstline.identifiers.door_label import (
    Ambiguous,
    Door,
    Found,
    Incomplete,
    NoDoor,
    Parsed,
    Shape,
    from_columns,
    parse,
)
from firstline.identifiers.door_label.grammar import without_division
from firstline.identifiers.width import halve

from .calling import Calling, bare
from .model import AddressReading, AddressRow, Called, Evidence, Source, Unplaced
from .shapes import shape_of

# Words under which homes of no compound are noted.
SCATTERED = re.compile(
    r"^(?:散居|散户|散住|散落|散租|零散|临街|沿街|街面|门面|独院|自建房|平房散户|街道散户|其他|其它|无小区)"
)
STREET = re.compile(r"^(?P<street>[^\W\d_]{1,10}?(?:大街|大道|街|路|巷|胡同|道|弄|里))(?P<no>\d{1,4}(?:-\d{1,3})?)号")
_NICKNAME = re.compile(r"[^\W\d_]{2,12}$")
# A street and number is a compound's when so many of its rows say so.
_SAID_BY = 0.8
UNKNOWN = Shape()


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a row was found to point: a compound, and what is left to be read as its door."""

    row: AddressRow
    key: str | None
    rest: str = ""


class _Streets:
    """Which compound stands at a street and number."""

    def __init__(self, compounds: Iterable[Called]) -> None:
        self._said: dict[str, Counter[str]] = defaultdict(Counter)
        for compound in compounds:
            if found := STREET.match(without_division(bare(compound.street))):
                self._said[found[0]][compound.key] += 1

    def hear(self, street: str, key: str) -> None:
        self._said[street][key] += 1

    def of(self, key: str) -> set[str]:
        """Where a compound is known to stand."""
        return {street for street in self._said if self.at(street) == key}

    def at(self, street: str) -> str | None:
        said = self._said.get(street)
        if not said:
            return None
        ((key, rows),) = said.most_common(1)
        return key if rows >= _SAID_BY * said.total() else None


def read_addresses(
    compounds: Sequence[Called], rows: Sequence[AddressRow], known: Mapping[str, Sequence[Door]] | None = None
) -> AddressReading:
    """The doors that rows name, by compound; ``known`` are doors that stand already, by the compound's key."""
    calling, streets = Calling(compounds), _Streets(compounds)
    texts = [_local(row.text, calling) for row in rows if not row.in_columns]
    for text in texts:
        _hear_street(text, calling, streets)
    learned = _learn_names(texts, calling, streets)
    _forbid_names(texts, calling, streets)
    home = next((compound.key for compound in compounds if compound.scattered), None)
    spots = [_spot(row, calling, streets) for row in rows]
    shapes = _shapes(spots, known or {})
    named: dict[tuple[str, Door], Counter[Source]] = defaultdict(Counter)
    unplaced = []
    for spot in spots:
        key, parsed = _read(spot, shapes, home)
        if isinstance(parsed, Found) and key is not None:
            named[key, parsed.door][spot.row.source] += 1
        else:
            unplaced.append(Unplaced(spot.row.source, spot.row.row, _reason(key, parsed), key or ""))
    evidence = [Evidence(key, door, dict(counts)) for (key, door), counts in named.items()]
    return AddressReading(evidence, unplaced, learned)


def _local(text: str, calling: Calling) -> str:
    """An address without the divisions in front of it; 莲坡村一区 looks like a district, and is a compound."""
    whole = halve(text).upper()
    local = without_division(whole).strip()
    cut = len(whole) - len(local)
    called = min((at for name in calling.names() if 0 <= (at := whole.find(name)) < cut), default=cut)
    return whole[called:].strip()


def _hear_street(text: str, calling: Calling, streets: _Streets) -> None:
    """Where a compound called by its name stands: 龙凤南大街148号锦绣苑 -> 龙凤南大街148号."""
    if found := STREET.match(text):
        for name in calling.names():
            if text.startswith(name, found.end()):
                streets.hear(found[0], calling.exactly(name) or "")
                return


def _learn_names(texts: Iterable[str], calling: Calling, streets: _Streets) -> dict[str, str]:
    """Other names of compounds: what stands between a compound's street number and a door."""
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    known = calling.names()
    for text in texts:
        found = STREET.match(text)
        key = streets.at(found[0]) if found else None
        if not found or key is None or any(text.startswith(name, found.end()) for name in known):
            continue
        between = getattr(parse(text[found.end() :]), "before", "").strip()
        if _NICKNAME.match(between):
            heard[between][key] += 1
    learned = {name: next(iter(keys)) for name, keys in heard.items() if len(keys) == 1}
    for name, key in learned.items():
        calling.learn(name, key)
    return learned


def _forbid_names(texts: Iterable[str], calling: Calling, streets: _Streets) -> None:
    """Names of estates that are none of ours: alike they may be, but they stand at another street and number."""
    heard: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        if found := STREET.match(text):
            between = getattr(parse(text[found.end() :]), "before", "").strip()
            if _NICKNAME.match(between):
                heard[between][found[0]] += 1
    for name, where in heard.items():
        key = calling.find(name)
        ((street, _rows),) = where.most_common(1)
        if key and name not in calling.names() and (own := streets.of(key)) and street not in own:
            calling.forbid(name)


def _spot(row: AddressRow, calling: Calling, streets: _Streets) -> _Spot:
    if row.in_columns:
        return _Spot(row, None if SCATTERED.match(row.compound) else calling.find(row.compound))
    text = _local(row.text, calling)
    street = STREET.match(text)
    behind = text[street.end() :].strip() if street else text
    for name in calling.names():
        if name in behind:
            return _Spot(row, calling.exactly(name), behind.partition(name)[2])
    key = streets.at(street[0]) if street else None
    if street and key is not None:
        # The number is the compound's, so what follows is its door; nothing behind it, and the door was left out.
        parsed = parse(behind)
        if not isinstance(parsed, NoDoor):
            return _Spot(row, key, behind)
    between = getattr(parse(behind), "before", "").strip()
    if between and (called := calling.find(between)) is not None:
        return _Spot(row, called, behind.partition(between)[2])
    return _Spot(row, None, text)


def _shapes(spots: Iterable[_Spot], known: Mapping[str, Sequence[Door]]) -> dict[str, Shape]:
    named: dict[str, list[Door]] = defaultdict(list)
    for spot in spots:
        if spot.key is not None and isinstance(parsed := _parse(spot, UNKNOWN), Found) and not parsed.door.address:
            named[spot.key].append(parsed.door)
    return {key: shape_of(named[key], known.get(key, ())) for key in {*named, *known}}


def _parse(spot: _Spot, shape: Shape) -> Parsed:
    row = spot.row
    if not row.in_columns:
        return parse(spot.rest, shape)
    return from_columns(building=row.building, unit=row.unit, room=row.room, shape=shape)


def _read(spot: _Spot, shapes: Mapping[str, Shape], home: str | None) -> tuple[str | None, Parsed]:
    """The compound and the door; an address that names no compound is a scattered home's."""
    if spot.key is not None:
        parsed = _parse(spot, shapes.get(spot.key, UNKNOWN))
        if isinstance(parsed, Found) and parsed.door.address:
            return spot.key, NoDoor("unrecognised", parsed.door.address)
        return spot.key, parsed
    parsed = _parse(spot, UNKNOWN)
    scattered = isinstance(parsed, Found) and parsed.door.address
    return (home if scattered else None), parsed


def _reason(key: str | None, parsed: Parsed) -> str:
    if isinstance(parsed, NoDoor) and parsed.reason == "empty":
        return "door_missing" if key else "empty"
    if key is None:
        return "no_compound"
    if isinstance(parsed, Ambiguous):
        return "door_ambiguous"
    return "door_incomplete" if isinstance(parsed, Incomplete) else "door_unreadable"
