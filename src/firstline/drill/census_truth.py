"""What a world's truth says of attempts at doors: where each was, and what came of it.

``truth/source_links.csv`` links the cell of a result (kind ``attempt``, value ``code@time`` or ``code``) and the
address of a report to a door. What it marks ``wrong`` of a place cannot be read from the file by anybody.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from firstline.census.results import Channel, Result

REPORTS = "self_reports.jsonl"
_PLACES = ("door_", "compound_", "address_")
# A missing part leaves several doors, and asking is right; a wrong part leads elsewhere.
_AMBIGUOUS = frozenset({"door_no_unit", "door_no_building", "door_no_room", "door_no_lane", "address_no_compound"})
_VISITS = {
    "registered": (Result.REGISTERED, Channel.DOOR),
    "intercom_registered": (Result.REGISTERED, Channel.INTERCOM),
    "form_slipped": (Result.FORM_SLIPPED, Channel.DOOR),
    "form_returned": (Result.FORM_RETURNED, Channel.DOOR),
    "refused": (Result.REFUSED, Channel.DOOR),
    "not_home": (Result.NO_ANSWER, Channel.DOOR),
    "come_back_evening": (Result.COME_BACK, Channel.DOOR),
    "notice_posted": (Result.NOTICE_POSTED, Channel.DOOR),
    "vacant": (Result.VACANT, Channel.DOOR),
    "not_found": (Result.NOT_FOUND, Channel.DOOR),
}
_CALLS = {
    "registered": Result.REGISTERED,
    "refused": Result.REFUSED,
    "no_answer": Result.NO_ANSWER,
    "number_dead": Result.NUMBER_DEAD,
    "wrong_number": Result.WRONG_NUMBER,
    "call_later": Result.CALL_LATER,
    "off": Result.SWITCHED_OFF,
    "suspended": Result.SUSPENDED,
    "busy": Result.BUSY,
    "hung_up": Result.HUNG_UP,
}


class NoTruth(Exception):
    """The directory is no world: a file of its truth is missing. The text names it."""


@dataclass(frozen=True, slots=True)
class TrueTry:
    """One attempt as it really was. ``column`` counts from 1; ``time`` is ISO and local, empty where nobody says."""

    column: int
    result: Result
    channel: Channel
    time: str


@dataclass
class TrueRow:
    """One row of a log: the door (compound, label) it is about, and its attempts. ``wrong`` is about its place."""

    file: str
    sheet: str
    number: int
    door: tuple[str, str]
    wrong: frozenset[str] = frozenset()
    tries: list[TrueTry] = field(default_factory=list)

    @property
    def readable(self) -> bool:
        """Whether what stands there names the place."""
        return not self.wrong

    @property
    def ambiguous(self) -> bool:
        """Whether a part of the place is missing, and nothing that stands there is wrong."""
        return bool(self.wrong & _AMBIGUOUS) and not self.wrong & {"door_wrong", "compound_wrong"}


def true_rows(world: Path) -> dict[tuple[str, str, int], TrueRow]:
    """The rows of a world's logs and reports that truth links to a door, by file, sheet and number. Raises NoTruth."""
    doors = {door["door_id"]: (door["compound"], door["label"]) for door in _table(world, "doors.csv")}
    rows: dict[tuple[str, str, int], TrueRow] = {}
    for link in _table(world, "source_links.csv"):
        at = (link["file"], link["sheet"], int(link["row"]))
        report = link["file"] == REPORTS and link["field"] == "address"
        if link["door_id"] not in doors or not (link["kind"] == "attempt" or report):
            continue
        row = rows.setdefault(at, TrueRow(*at, doors[link["door_id"]]))
        row.tries.append(_reported(link) if report else _tried(link))
    for link in _table(world, "source_links.csv"):
        if found := rows.get((link["file"], link["sheet"], int(link["row"]))):
            found.wrong |= {one for one in link["wrong"].split(";") if one.startswith(_PLACES)}
    return rows


def _tried(link: dict[str, str]) -> TrueTry:
    code, _at, time = link["value"].partition("@")
    result, channel = _VISITS[code] if link["field"] == "visit_result" else (_CALLS[code], Channel.PHONE)
    return TrueTry(int(link["column"]), result, channel, time)


def _reported(link: dict[str, str]) -> TrueTry:
    return TrueTry(0, Result.REGISTERED, Channel.ONLINE, link["value"])


def _table(world: Path, name: str) -> Iterator[dict[str, str]]:
    path = world / "truth" / name
    if not path.is_file():
        raise NoTruth(f"truth/{name}")
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
