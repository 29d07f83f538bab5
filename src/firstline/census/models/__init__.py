"""The census: campaigns and their frames, attempts at doors as facts, and what they add up to."""

from firstline.census.models.attempts import Attempt, AttemptNote, AttemptVoid
from firstline.census.models.campaign import BuildingFrame, Campaign, FrameChange, FrameChangeKind, Round
from firstline.census.models.lights import LitCount
from firstline.census.models.logs import (
    LogContents,
    LogFile,
    LogKind,
    LogRow,
    LogRowContents,
    LogStep,
    LogVerdict,
    RowSettled,
    RowState,
    Settled,
    TryKept,
    WordChoice,
    WordSaid,
)
from firstline.census.models.recheck import (
    Recheck,
    RecheckAssignment,
    RecheckBuilding,
    RecheckClosing,
    RecheckDecision,
    RecheckDoor,
    RecheckFinding,
    RecheckSettlement,
    StrataBy,
)
from firstline.census.models.seals import Seal
from firstline.census.models.states import COUNTED, TALLIED, BuildingTally, ChannelTally, DoorState

__all__ = [
    "COUNTED",
    "TALLIED",
    "Attempt",
    "AttemptNote",
    "AttemptVoid",
    "BuildingFrame",
    "BuildingTally",
    "Campaign",
    "ChannelTally",
    "DoorState",
    "FrameChange",
    "FrameChangeKind",
    "LitCount",
    "LogContents",
    "LogFile",
    "LogKind",
    "LogRow",
    "LogRowContents",
    "LogStep",
    "LogVerdict",
    "Recheck",
    "RecheckAssignment",
    "RecheckBuilding",
    "RecheckClosing",
    "RecheckDecision",
    "RecheckDoor",
    "RecheckFinding",
    "RecheckSettlement",
    "Round",
    "RowSettled",
    "RowState",
    "Seal",
    "Settled",
    "StrataBy",
    "TryKept",
    "WordChoice",
    "WordSaid",
]
