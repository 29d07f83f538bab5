"""Doors as people write them: read, canonical label, floor, walking order.

    parse("三号楼二单元五〇一室")              -> Found(Door("3", "2", "501")), label 3-2-501
    parse("3-501")                            -> Ambiguous("building_or_unit", readings)
    parse("3-501", Shape(has_units=False))    -> Found(Door("3", "", "501")), label 3-501
    parse("东街3排5号")                        -> Found(Door("东街3排", "", "5号"))
    parse("丽景二巷156号")                     -> Found(Door("", "", "", "丽景二巷156号"))
    from_columns(building="1号楼", unit=2.0, room=501.0) -> Found(Door("1", "2", "501"))

All spellings of one door are equal; what may be two doors is asked. A label kept by us is read
back by `from_label`, which needs no context: canonical `3-501` has no unit.
"""

from firstline.identifiers.door_label.columns import from_columns
from firstline.identifiers.door_label.dates import undate
from firstline.identifiers.door_label.label import from_label
from firstline.identifiers.door_label.model import (
    CAUSES,
    NOTES,
    Ambiguous,
    Door,
    Found,
    Fragment,
    Incomplete,
    NoDoor,
    Parsed,
    Reading,
    Shape,
    is_lane,
)
from firstline.identifiers.door_label.order import floor_of, walking_key
from firstline.identifiers.door_label.read import parse

__all__ = [
    "CAUSES",
    "NOTES",
    "Ambiguous",
    "Door",
    "Found",
    "Fragment",
    "Incomplete",
    "NoDoor",
    "Parsed",
    "Reading",
    "Shape",
    "floor_of",
    "from_columns",
    "from_label",
    "is_lane",
    "parse",
    "undate",
    "walking_key",
]
