"""Stable codes of everything a reading can say, with the sentence a person sees.

`contracts/import-reasons.json` lists the same codes for others to rely on; a test keeps the two equal.
The sentences are source strings: whoever shows one translates it.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


def gettext_noop(text: str) -> str:
    """Marks a source string for the translation catalogue."""
    return text


class Kind(StrEnum):
    RECORD = "record"
    PARKED = "parked"
    NO_DATA = "no_data"


class Meaning(StrEnum):
    """What a column says. Only OTHER is not read further; its cells stay with the row.

    `UNIT_ROOM` and `BUILDING_ROOM` say of labels like `2-501` which of the two their first part is.
    """

    DOOR = "door"
    BUILDING = "building"
    UNIT = "unit"
    BUILDING_UNIT = "building_unit"
    FLOOR = "floor"
    ROOM = "room"
    UNIT_ROOM = "unit_room"
    BUILDING_ROOM = "building_room"
    NAME = "name"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    PERSONS = "persons"
    REMARK = "remark"
    RELATION = "relation"
    NUMBER = "number"
    TENANT_NAME = "tenant_name"
    TENANT_PHONE = "tenant_phone"
    TENANT_ID = "tenant_id"
    MEMBERS = "members"
    OTHER = "other"


# Those by which a door is told, and those that may hold a whole label.
DOOR_MEANINGS: Final = (
    Meaning.DOOR,
    Meaning.UNIT_ROOM,
    Meaning.BUILDING_ROOM,
    Meaning.BUILDING,
    Meaning.BUILDING_UNIT,
    Meaning.UNIT,
    Meaning.FLOOR,
    Meaning.ROOM,
)
LABELS: Final = (Meaning.DOOR, Meaning.UNIT_ROOM, Meaning.BUILDING_ROOM, Meaning.ROOM)


NO_DATA: Final = {
    "blank": gettext_noop("Blank row"),
    "title": gettext_noop("Title above the headings"),
    "header": gettext_noop("Headings"),
    "repeated_header": gettext_noop("Headings repeated"),
    "totals": gettext_noop("Totals"),
    "note": gettext_noop("Note of who made the list"),
    "section": gettext_noop("Name of a building above its rows"),
    "number_only": gettext_noop("A running number and nothing else"),
}

PARKED: Final = {
    "door_missing": gettext_noop("People without a door"),
    "door_unreadable": gettext_noop("What stands as the door is none we can read"),
    "door_unsaved_formula": gettext_noop("The door is a formula without its value, or an error"),
    "building_missing": gettext_noop("The building is not written in the row"),
    "unit_missing": gettext_noop("The unit is not written in the row"),
    "room_missing": gettext_noop("The room is not written in the row"),
    "door_building_or_unit": gettext_noop("Building and room, or unit and room?"),
    "door_short_room": gettext_noop("The room number says no floor"),
    "door_date_shaped": gettext_noop("A spreadsheet turned the door into a date"),
    "door_several_doors": gettext_noop("Several doors in one row"),
    "door_digits_only": gettext_noop("A door in bare digits: where does the building end?"),
    "door_floor_or_building": gettext_noop("A floor, or a building?"),
    "door_floor_conflict": gettext_noop("The floor and the room number do not agree"),
    "door_lane_unnamed": gettext_noop("A row of houses whose lane is not named"),
    "door_lane_or_street": gettext_noop("A lane of the compound, or a street of the town?"),
    "door_unit_in_room": gettext_noop("Unit and room run together, or the unit is left out?"),
    "door_ambiguous": gettext_noop("Several doors fit what is written"),
    "columns_unknown": gettext_noop("Which column says what? No headings tell it"),
    "not_understood": gettext_noop("Neither a door nor a note we know"),
}

# Causes about the way a whole list is written: one decision settles all its rows.
SETTLED_TOGETHER: Final = frozenset(
    {"columns_unknown", "door_building_or_unit", "door_digits_only", "door_unit_in_room"}
)
# Causes that rows below one another share, since what is missing stood, or should stand, above them.
SETTLED_BY_RUN: Final = frozenset({"building_missing", "unit_missing"})

DOUBTS: Final = {
    "door_repeated": gettext_noop("The same door stands in another row too"),
    "door_was_date": gettext_noop("Building and unit read out of a date"),
    "door_mended": gettext_noop("A slip in the door was read as it was meant"),
    "door_with_more": gettext_noop("More than a door stands in the door's cell"),
    "door_filled": gettext_noop("Building or unit taken from the rows above and below"),
    "door_split": gettext_noop("Bare digits parted as the whole list shows"),
    "name_missing": gettext_noop("A phone or document, but no name"),
    "name_damaged": gettext_noop("A character of the name is lost"),
    "name_unusual": gettext_noop("What stands as the name may be none"),
    "family_uncertain": gettext_noop("A family in one cell that may be read otherwise"),
    "perhaps_sold": gettext_noop("The remark says that the flat was sold"),
    "phone_problem": gettext_noop("A phone number that cannot be right"),
    "phone_precision_lost": gettext_noop("A phone number stored as a number lost digits"),
    "id_problem": gettext_noop("A document number that cannot be right"),
    "persons_unreadable": gettext_noop("The number of persons is no number"),
    "relation_unknown": gettext_noop("A relation we do not know"),
}

# What a relation to the head or owner is called in our records; the words it is read from stand in `words`.
RELATIONS: Final = {
    "head": gettext_noop("head of household"),
    "owner": gettext_noop("owner"),
    "tenant": gettext_noop("tenant"),
    "spouse": gettext_noop("spouse"),
    "child": gettext_noop("child"),
    "child_in_law": gettext_noop("child-in-law"),
    "parent": gettext_noop("parent"),
    "parent_in_law": gettext_noop("parent-in-law"),
    "grandparent": gettext_noop("grandparent"),
    "grandchild": gettext_noop("grandchild"),
    "sibling": gettext_noop("brother or sister"),
    "other_relative": gettext_noop("other relative"),
    "not_related": gettext_noop("not related"),
    "unspecified": gettext_noop("relation not said"),
}

# What a standard has against a document number (identifiers.resident_id).
ID_PROBLEMS: Final = {
    "check_digit": gettext_noop("the check digit does not agree"),
    "birth_date": gettext_noop("the birth date does not exist"),
    "length": gettext_noop("too short or too long"),
    "character": gettext_noop("a character that does not belong there"),
    "precision_lost": gettext_noop("stored as a number: its last digits are lost"),
    "unknown": gettext_noop("a kind of document we do not know"),
}

# Whole sheets and columns that were left unread, in words: nothing is passed over in silence.
UNREAD: Final = {
    "sheet_unread": gettext_noop(
        "Sheet “%(sheet)s” (%(rows)s rows) was not read: it has no headings of a list of doors."
    ),
    "column_unread": gettext_noop("Column %(column)s (“%(header)s”) is kept but not used."),
    "quotes_unbalanced": gettext_noop(
        "A quotation mark in the file is never closed; every line was taken as a row of its own."
    ),
    "encodings_mixed": gettext_noop(
        "The text was pasted together from two encodings, GB18030 and UTF-8; each line was read in its own."
    ),
    "split_by_spaces": gettext_noop("The text has no columns; words were told apart by the spaces between them."),
    "macros_not_run": gettext_noop("The workbook has macros. They were not run; what they would fill in is not there."),
    "links_not_followed": gettext_noop(
        "Some cells point to another file. What was saved of them was read; the other file was not opened."
    ),
}
