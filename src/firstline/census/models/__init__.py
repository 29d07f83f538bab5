"""The census: campaigns and their frames, attempts at doors as facts, and what they add up to."""

from firstline.census.models.attempts import Attempt, AttemptNote, AttemptVoid
from firstline.census.models.callbacks import (
    Callback,
    CallbackStep,
    CallbackStepVoid,
    CallContents,
    CallStepKind,
    CommunityNumber,
    NumberHolder,
)
from firstline.census.models.calls import CallClaim
from firstline.census.models.campaign import BuildingFrame, Campaign, FrameChange, FrameChangeKind, Round
from firstline.census.models.channels import ChannelChoice
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
from firstline.census.models.night import CheckedRow, EnteredRow, EntryCheck, EntrySheet, EntryVerdict, SecondEntry
from firstline.census.models.paper import Sheet, SheetBatch, SheetSerial, SheetStep, SheetStepVoid
from firstline.census.models.questions import AttemptPhoto, QuestionSet
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
from firstline.census.models.reports import ReportDecision, ReportDecisionVoid, ReportLink, ReportVerdict, SelfReport
from firstline.census.models.seals import Seal
from firstline.census.models.states import COUNTED, TALLIED, BuildingTally, ChannelTally, DoorState
from firstline.census.models.walk import Share, ShareDoor, Shift

__all__ = [
    "COUNTED",
    "TALLIED",
    "Attempt",
    "AttemptNote",
    "AttemptPhoto",
    "AttemptVoid",
    "BuildingFrame",
    "BuildingTally",
    "CallClaim",
    "CallContents",
    "CallStepKind",
    "Callback",
    "CallbackStep",
    "CallbackStepVoid",
    "Campaign",
    "ChannelChoice",
    "ChannelTally",
    "CheckedRow",
    "CommunityNumber",
    "DoorState",
    "EnteredRow",
    "EntryCheck",
    "EntrySheet",
    "EntryVerdict",
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
    "NumberHolder",
    "QuestionSet",
    "Recheck",
    "RecheckAssignment",
    "RecheckBuilding",
    "RecheckClosing",
    "RecheckDecision",
    "RecheckDoor",
    "RecheckFinding",
    "RecheckSettlement",
    "ReportDecision",
    "ReportDecisionVoid",
    "ReportLink",
    "ReportVerdict",
    "Round",
    "RowSettled",
    "RowState",
    "Seal",
    "SecondEntry",
    "SelfReport",
    "Settled",
    "Share",
    "ShareDoor",
    "Sheet",
    "SheetBatch",
    "SheetSerial",
    "SheetStep",
    "SheetStepVoid",
    "Shift",
    "StrataBy",
    "TryKept",
    "WordChoice",
    "WordSaid",
]
