"""Writing who answers: name, hand over, end; who is away; the five round one household."""

from firstline.response.answering.actions.absences import (
    end_absence,
    end_own_absence,
    record_absence,
    record_own_absence,
)
from firstline.response.answering.actions.following import follow_succession
from firstline.response.answering.actions.households import (
    keep_household,
    name_five,
    name_five_role,
    release_household,
)
from firstline.response.answering.actions.naming import (
    assign,
    end_responsibility,
    hand_over,
    set_load_limit,
    take_back,
)

__all__ = [
    "assign",
    "end_absence",
    "end_own_absence",
    "end_responsibility",
    "follow_succession",
    "hand_over",
    "keep_household",
    "name_five",
    "name_five_role",
    "record_absence",
    "record_own_absence",
    "release_household",
    "set_load_limit",
    "take_back",
]
