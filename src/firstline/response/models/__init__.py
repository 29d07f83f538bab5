"""Emergencies and the custody of their keys; who answers for which place."""

from firstline.response.models.answering import (
    Absence,
    AbsenceReason,
    Duty,
    FiveRole,
    FiveRoleName,
    HouseholdReason,
    KeyHousehold,
    KeyHouseholdMember,
    LoadLimit,
    Rank,
    ReasonContents,
    Responsibility,
    Source,
    Tier,
)
from firstline.response.models.emergencies import Emergency, Level
from firstline.response.models.keys import DestructionConfirmation, DestructionProposal, KeyCopy, KeyCopyGone

__all__ = [
    "Absence",
    "AbsenceReason",
    "DestructionConfirmation",
    "DestructionProposal",
    "Duty",
    "Emergency",
    "FiveRole",
    "FiveRoleName",
    "HouseholdReason",
    "KeyCopy",
    "KeyCopyGone",
    "KeyHousehold",
    "KeyHouseholdMember",
    "Level",
    "LoadLimit",
    "Rank",
    "ReasonContents",
    "Responsibility",
    "Source",
    "Tier",
]
