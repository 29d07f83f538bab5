"""Doors that a spreadsheet took for dates: 3-2 typed into a cell is shown as 2020-03-02."""

from datetime import date

from firstline.identifiers.door_label import grammar
from firstline.identifiers.door_label.model import Door, Fragment, Reading, Shape

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def undate(value: date | str) -> tuple[str, ...]:
    """What may have been typed before a spreadsheet made a date of it, likeliest first.

    `date(2020, 1, 2)` -> ("1-2", "20-1-2"); 3月2日, Mar-02 and 2020-03-02 as text likewise.
    Empty when the text is no date.
    """
    if isinstance(value, date):
        year, month, day = value.year, value.month, value.day
        return f"{month}-{day}", f"{year % 100}-{month}-{day}"
    found = grammar.DATE.match(value.strip().upper())
    if not found:
        return ()
    if found["y"]:
        month, day = int(found["m"]), int(found["d"])
        said: tuple[str, ...] = (f"{month}-{day}", f"{int(found['y']) % 100}-{month}-{day}")
    elif found["m2"]:
        month, day = int(found["m2"]), int(found["d2"])
        said = (f"{month}-{day}",)
    else:
        month = _MONTHS.index(found["mon"] or found["mon2"]) + 1
        day = int(found["d3"] or found["d4"])
        said = (f"{month}-{day}",)
    return said if 1 <= month <= 12 and 1 <= day <= 31 else ()


def date_readings(value: date | str, shape: Shape) -> tuple[Reading, ...]:
    """The readings of a date-shaped label, empty when it is none."""
    readings: list[Reading] = []
    for typed in undate(value):
        first, *others = typed.split("-")
        if len(others) == 2:
            readings.append(Door(first, others[0], others[1]))
        elif shape.has_units is False:
            readings += [Door(first, "", others[0]), Fragment(first, others[0], None)]
        else:
            readings += [Fragment(first, others[0], None), Door(first, "", others[0])]
    return tuple(readings)
