"""What is kept of the people at work: duty, organisations and teams, and the lists they came in by."""

from firstline.workforce.models.duty import DutyNote, DutySign, Step
from firstline.workforce.models.lists import (
    Effect,
    ListContents,
    ListDecision,
    ListEffect,
    ListFix,
    ListVerdict,
    PeopleList,
    RowFix,
)
from firstline.workforce.models.staff import Organisation, StaffContents, StaffMember, Team, TeamMember

__all__ = [
    "DutyNote",
    "DutySign",
    "Effect",
    "ListContents",
    "ListDecision",
    "ListEffect",
    "ListFix",
    "ListVerdict",
    "Organisation",
    "PeopleList",
    "RowFix",
    "StaffContents",
    "StaffMember",
    "Step",
    "Team",
    "TeamMember",
]
