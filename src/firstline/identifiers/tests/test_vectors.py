"""The shared vectors: made from the standards, also read by the field client."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from firstline.identifiers import building_line, business_code, division, door_label, names, phone, plate, resident_id

VECTORS = Path(__file__).parents[4] / "contracts" / "vectors" / "identifiers.json"
CASES: list[dict[str, Any]] = json.loads(VECTORS.read_text(encoding="utf-8"))["cases"]


def _fields(result: object, expect: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in expect:
        value = getattr(result, name)
        found[name] = (
            list(value) if isinstance(value, tuple) else value.isoformat() if isinstance(value, date) else value
        )
    return found


def _resident(given: Any, expect: dict[str, Any]) -> object:
    if isinstance(given, dict):
        return _fields(resident_id.parse(given["value"], today=date.fromisoformat(given["today"])), expect)
    return _fields(resident_id.parse(given), expect)


def _phone(given: Any, expect: dict[str, Any]) -> object:
    cell = phone.parse_cell(**given) if isinstance(given, dict) else phone.parse_cell(given)
    found: dict[str, Any] = {
        "numbers": [number.canonical for number in cell.numbers],
        "kinds": [number.kind for number in cell.numbers],
        "extensions": [number.extension for number in cell.numbers],
        "problems": [list(number.problems) for number in cell.numbers],
        "warnings": [list(number.warnings) for number in cell.numbers],
        "says_none": cell.says_none,
        "rest": cell.rest,
        "first": cell.first.canonical if cell.first else None,
    }
    return {name: found[name] for name in expect}


def _plate(given: Any, expect: dict[str, Any]) -> object:
    read = plate.parse(given["value"], province=given["province"]) if isinstance(given, dict) else plate.parse(given)
    wanted = {name: value for name, value in expect.items() if name != "proposes"}
    found = _fields(read, wanted)
    if "proposes" in expect:
        found["proposes"] = expect["proposes"] if expect["proposes"] in read.proposals else read.proposals
    return found


def _shape(given: dict[str, Any]) -> door_label.Shape:
    units = {name: frozenset(labels) for name, labels in given.get("units", {}).items()}
    return door_label.Shape(given.get("has_units"), frozenset(given.get("buildings", ())), units)


def _reading(parsed: door_label.Parsed, expect: dict[str, Any]) -> dict[str, Any]:
    match parsed:
        case door_label.Found():
            return {"label": parsed.door.label}
        case door_label.Ambiguous():
            labels = [reading.label for reading in parsed.readings if isinstance(reading, door_label.Door)]
            found: dict[str, Any] = {"ambiguous": parsed.cause}
            if "readings" in expect:
                found["readings"] = [label for label in labels if label in expect["readings"]]
            return found
        case door_label.Incomplete():
            return {"missing": list(parsed.fragment.missing)}
        case door_label.NoDoor():
            return {"no_door": parsed.reason}


def _door(given: Any, expect: dict[str, Any]) -> object:
    return _reading(door_label.parse(given["text"], _shape(given.get("shape", {}))), expect)


def _equal(given: Any, _: object) -> object:
    one, other = (door_label.parse(text) for text in given)
    return isinstance(one, door_label.Found) and isinstance(other, door_label.Found) and one.door == other.door


def _walk(given: list[str], _: object) -> object:
    doors = [door for label in reversed(given) if (door := door_label.from_label(label))]
    return [door.label for door in sorted(doors, key=door_label.walking_key)]


def _line(given: str, expect: dict[str, Any]) -> object:
    line = building_line.parse_line(given)
    doors = building_line.expand(line)
    codes = [problem.code for problem in line.problems]
    found: dict[str, Any] = {"count": len(doors), "problems": codes}
    if doors:
        found |= {"first": doors[0].label, "last": doors[-1].label}
    if "problem" in expect:
        found["problem"] = expect["problem"] if expect["problem"] in codes else codes
    return {name: found[name] for name in expect}


READERS: dict[str, Callable[[Any, Any], object]] = {
    "resident_id": _resident,
    "business_code": lambda given, expect: _fields(business_code.parse(given), expect),
    "phone": _phone,
    "division": lambda given, expect: _fields(division.parse(given), expect),
    "plate": _plate,
    "name": lambda given, expect: _fields(names.judge(given), expect),
    "pinyin": lambda given, _: names.pinyin(given),
    "name_fold": lambda given, _: names.fold(given[0]) == names.fold(given[1]),
    "bigrams": lambda given, _: list(names.bigrams(given)),
    "door": _door,
    "door_unequal": _equal,
    "door_columns": lambda given, expect: _reading(door_label.from_columns(**given), expect),
    "floor": lambda given, _: door_label.floor_of(given),
    "walking_order": _walk,
    "building_line": _line,
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['group']}: {case['input']!r}")
def test_every_vector_is_read_as_the_standards_say(case: dict[str, Any]) -> None:
    assert READERS[case["group"]](case["input"], case["expect"]) == case["expect"], case["why"]


def test_there_are_vectors_for_every_reader() -> None:
    assert {case["group"] for case in CASES} == set(READERS)
    assert len(CASES) >= 400
