"""What a row means: emergencies and their keys, levels, measures."""

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
    "CatalogueEntry",
    "Change",
    "DestructionConfirmation",
    "DestructionProposal",
    "Emergency",
    "KeyCopy",
    "KeyCopyGone",
    "Level",
    "LevelDeclared",
    "LevelTakenBack",
    "MeasureLifted",
    "MeasureOrdered",
    "MeasureRenewed",
    "RulesVersion",
]
