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
from firstline.census.models.campaign import BuildingFrame, Campaign, FrameChange, FrameChangeKind, Round
from firstline.census.models.paper import Sheet, SheetBatch, SheetSerial, SheetStep, SheetStepVoid
from firstline.census.models.states import COUNTED, TALLIED, BuildingTally, ChannelTally, DoorState

__all__ = [
    "COUNTED",
    "TALLIED",
    "Attempt",
    "AttemptNote",
    "AttemptVoid",
    "BuildingFrame",
    "BuildingTally",
    "CallContents",
    "CallStepKind",
    "Callback",
    "CallbackStep",
    "CallbackStepVoid",
    "Campaign",
    "ChannelTally",
    "CommunityNumber",
    "DoorState",
    "FrameChange",
    "FrameChangeKind",
    "NumberHolder",
    "Round",
    "Sheet",
    "SheetBatch",
    "SheetSerial",
    "SheetStep",
    "SheetStepVoid",
]
