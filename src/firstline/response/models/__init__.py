"""What a row means: emergencies and their keys, levels, measures, who answers."""

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
from firstline.response.models.levels import Change, LevelDeclared, LevelTakenBack
from firstline.response.models.measures import (
    CatalogueEntry,
    MeasureLifted,
    MeasureOrdered,
    MeasureRenewed,
    RulesVersion,
)

__all__ = [
    "Absence",
    "AbsenceReason",
    "CatalogueEntry",
    "Change",
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
    "LevelDeclared",
    "LevelTakenBack",
    "LoadLimit",
    "MeasureLifted",
    "MeasureOrdered",
    "MeasureRenewed",
    "Rank",
    "ReasonContents",
    "Responsibility",
    "RulesVersion",
    "Source",
    "Tier",
]
