"""How much of the true frame of doors the sources of a world give, and how much of it is wrong. No database.

A world is a folder of input files with the truth beside them (``truth/doors.csv``: compound, label). Lists give known
doors, a police register, keys and visits propose others; what ``places.pattern`` believes without a human is scored
apart from what waits for one.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from firstline import tables
from firstline.identifiers.door_label import Door
from firstline.places.compound_list import read_compounds
from firstline.places.pattern import Named, Pattern, Support, judge
from firstline.registry.addresses import AddressReading, AddressRow, Called, Source, address_rows, read_addresses
from firstline.registry.addresses.calling import Calling
from firstline.registry.reading import read_file
from firstline.registry.reading.codes import Kind

SCATTERED = "散居"
_FILES = {
    "police_register": Source.POLICE,
    "keys": Source.KEYS,
    "door_visits": Source.VISITS,
}
_SPREADSHEETS = (".csv", ".xlsx", ".xls", ".ods", ".txt")

Doors = dict[str, dict[str, Door]]


@dataclass
class FrameScore:
    """Counts of doors; shares are of the true doors, ``false_accepted`` of those accepted without a human."""

    true: int = 0
    listed: int = 0
    accepted: int = 0
    waiting: int = 0
    holes: int = 0
    found: int = 0
    false_listed: int = 0
    false_accepted: int = 0
    false_waiting: int = 0
    false_holes: int = 0
    unread: dict[str, str] = field(default_factory=dict)
    unplaced: dict[str, int] = field(default_factory=dict)
    missing: dict[str, list[str]] = field(default_factory=dict)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    supports: Counter[str] = field(default_factory=Counter)

    @property
    def known_or_proposed(self) -> float:
        return self.found / self.true if self.true else 1.0

    @property
    def false_share(self) -> float:
        return self.false_accepted / self.accepted if self.accepted else 0.0

    def as_json(self) -> dict[str, Any]:
        return {
            "true_doors": self.true,
            "known_or_proposed": round(self.known_or_proposed, 4),
            "listed": {"doors": self.listed, "false": self.false_listed},
            "accepted_without_a_human": {
                "doors": self.accepted,
                "false": self.false_accepted,
                "false_share": round(self.false_share, 4),
            },
            "waiting_for_a_human": {"doors": self.waiting, "false": self.false_waiting},
            "nobody_names_them": {"doors": self.holes, "false": self.false_holes},
            "supports": dict(self.supports),
            "unread_files": self.unread,
            "unplaced_rows": self.unplaced,
            "missing": self.missing,
            "wrong": self.wrong,
        }


def score_world(world: Path) -> FrameScore:
    """Read every source of a world and compare with its truth. Raises FileNotFoundError without truth/doors.csv."""
    truth = _truth(world)
    compounds = _compounds(world)
    rows = _rows(world)
    first = read_addresses(compounds, rows)
    calling = Calling(compounds)
    for name, key in first.learned.items():
        calling.learn(name, key)
    score = FrameScore(true=sum(map(len, truth.values())))
    listed = _listed(world, calling, score)
    reading = read_addresses(compounds, rows, {key: list(doors.values()) for key, doors in listed.items()})
    _compare(score, truth, listed, reading)
    return score


def _truth(world: Path) -> dict[str, set[str]]:
    doors: dict[str, set[str]] = defaultdict(set)
    with (world / "truth" / "doors.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            doors[row["compound"]].add(row["label"])
    return doors


def _compounds(world: Path) -> list[Called]:
    path = _file(world, "compounds")
    lines = read_compounds(tables.read(path)).lines if path else []
    found = [Called(line.name, line.name, line.aliases, line.address) for line in lines]
    return [*found, Called(SCATTERED, SCATTERED, scattered=True)]


def _rows(world: Path) -> list[AddressRow]:
    rows: list[AddressRow] = []
    for stem, source in _FILES.items():
        if path := _file(world, stem):
            rows += address_rows(tables.read(path), source)
    return rows


def _file(world: Path, stem: str) -> Path | None:
    return next((path for ending in _SPREADSHEETS if (path := world / f"{stem}{ending}").is_file()), None)


def _listed(world: Path, calling: Calling, score: FrameScore) -> Doors:
    """The doors of property companies' lists, by compound; files that cannot be read are told."""
    doors: Doors = defaultdict(dict)
    for path in sorted((world / "property_lists").glob("*")):
        try:
            reading = read_file(tables.read(path))
        except tables.TableError as problem:
            score.unread[path.name] = problem.code
            continue
        if (key := _whose([path.name, *reading.titles], calling)) is None:
            score.unread[path.name] = "compound_unclear"
            continue
        for row in (row for sheet in reading.readings for row in sheet.rows):
            if row.kind is Kind.RECORD and row.door:
                door = Door(row.door.building, row.door.unit, row.door.room)
                doors[key][door.label] = door
    return doors


def _whose(said: Sequence[str], calling: Calling) -> str | None:
    """The compound that a file's name or one of its titles names."""
    for text in said:
        found = next((called for called in calling.names() if called in text), None)
        if found:
            return calling.exactly(found)
    return None


def _compare(score: FrameScore, truth: Mapping[str, set[str]], listed: Doors, reading: AddressReading) -> None:
    named: dict[str, list[Named]] = defaultdict(list)
    for one in reading.evidence:
        sources = frozenset(source.value for source in one.rows)
        if one.door.label not in listed.get(one.compound, {}):
            named[one.compound].append(Named(one.door, sources))
    for key in sorted({*truth, *listed, *named}):
        _one_compound(score, key, truth.get(key, set()), list(listed.get(key, {}).values()), named[key])
    reasons = Counter(f"{one.source.value}: {one.reason}" for one in reading.unplaced)
    score.unplaced = dict(sorted(reasons.items()))


def _one_compound(score: FrameScore, key: str, true: set[str], known: list[Door], named: Sequence[Named]) -> None:
    verdicts = judge(named, known)
    score.supports.update(verdict.value for verdict in verdicts.values())
    accepted = {label for label, support in verdicts.items() if support != Support.ALONE}
    waiting = verdicts.keys() - accepted
    standing = {door.label for door in known}
    whole = Pattern([*known, *(one.door for one in named)])
    holes = {door.label for door in whole.holes()} - standing - verdicts.keys()
    score.listed += len(standing)
    score.accepted += len(accepted)
    score.waiting += len(waiting)
    score.holes += len(holes)
    score.found += len(true & (standing | accepted | waiting | holes))
    score.false_listed += len(standing - true)
    score.false_accepted += len(accepted - true)
    score.false_waiting += len(waiting - true)
    score.false_holes += len(holes - true)
    if lost := sorted(true - standing - accepted - waiting - holes):
        score.missing[key] = lost
    if wrong := sorted((standing | accepted) - true):
        score.wrong[key] = wrong
