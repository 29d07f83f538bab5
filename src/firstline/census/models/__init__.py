"""The census: campaigns and their frames, attempts at doors as facts, and what they add up to."""

from firstline.census.models.attempts import Attempt, AttemptNote, AttemptVoid
from firstline.census.models.campaign import BuildingFrame, Campaign, FrameChange, FrameChangeKind, Round
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
    "Round",
]
