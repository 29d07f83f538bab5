"""Doors that other lists name in passing: a police register, handed-out keys, notes of visits.

    compounds = [Called("c1", "锦绣苑", street="龙凤南大街148号"), Called("s", "散居", scattered=True)]
    rows = address_rows(tables.read("police_register.csv"), Source.POLICE)
    reading = read_addresses(compounds, rows)
    reading.evidence       # a door in a compound, named by so many rows of a source
    reading.unplaced       # rows that name no door, each with the reason

Once doors stand, one address at a time is looked up among them (``finding``): ``read_free`` for what somebody typed,
``read_parts`` for cells of a row.

Pure: no database, no Django. Names of people are never looked at. What one file teaches (龙凤南大街148号 is 锦绣苑;
安泰小区 stands where 安泰新居 stands) serves all of them, so all rows are read together.
"""

from .files import address_rows
from .finding import Placed, StandingDoors, Unsure, read_free, read_parts
from .model import AddressReading, AddressRow, Called, Evidence, Source, Unplaced
from .reading import read_addresses

__all__ = [
    "AddressReading",
    "AddressRow",
    "Called",
    "Evidence",
    "Placed",
    "Source",
    "StandingDoors",
    "Unplaced",
    "Unsure",
    "address_rows",
    "read_addresses",
    "read_free",
    "read_parts",
]
