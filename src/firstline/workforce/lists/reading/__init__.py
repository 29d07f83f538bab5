"""What lists of people say, read into types. Pure: no Django, no places, no people on record.

``read_lists`` takes the sheets of a file; which villages and persons are meant is for whoever knows them to say.
"""

from firstline.workforce.lists.reading.dates import day_of
from firstline.workforce.lists.reading.days import Available, days_of
from firstline.workforce.lists.reading.model import Field, Kind, Layout, Level, Line, ListSheet, Named, Problem
from firstline.workforce.lists.reading.rows import filled, read_lists
from firstline.workforce.lists.reading.team import team_of

__all__ = [
    "Available",
    "Field",
    "Kind",
    "Layout",
    "Level",
    "Line",
    "ListSheet",
    "Named",
    "Problem",
    "day_of",
    "days_of",
    "filled",
    "read_lists",
    "team_of",
]
