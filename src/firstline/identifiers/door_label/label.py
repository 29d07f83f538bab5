"""Read back a canonical label; the strict inverse of `Door.label`."""

import re

from firstline.identifiers.door_label.model import Door, is_lane

_YARD = re.compile(r"(?P<lane>.*?(?:排|街|巷|胡同|弄|院|组|社|队|平房))(?P<yard>\d+(?:-\d+)?号.*)$")


def from_label(label: str) -> Door | None:
    """The door of a canonical label, None where the label cannot be one of a block or a yard.

    Two parts are building and room; addresses of scattered homes are not labels of doors in a
    compound and give None.
    """
    if yard := _YARD.match(label):
        door = Door(yard["lane"], "", yard["yard"])
    else:
        parts = label.split("-")
        # A room below ground brings its own hyphen: 3-2--101.
        if len(parts) > 2 and parts[-2] == "":
            parts[-2:] = ["-" + parts[-1]]
        if not 2 <= len(parts) <= 3 or not all(parts):
            return None
        door = Door(parts[0], parts[1] if len(parts) == 3 else "", parts[-1])
    return door if door.label == label and (door.unit or not is_lane(door.building) or yard) else None
