"""The census: campaigns and their frames, attempts at doors as facts, and what they add up to."""

from firstline.census.models.attempts import Attempt, AttemptNote, AttemptVoid
from firstline.census.models.calls import CallClaim
from firstline.census.models.campaign import BuildingFrame, Campaign, FrameChange, FrameChangeKind, Round
from firstline.census.models.channels import ChannelChoice
from firstline.census.models.states import COUNTED, TALLIED, BuildingTally, ChannelTally, DoorState
from firstline.census.models.walk import Share, ShareDoor, Shift

__all__ = [
    "COUNTED",
    "TALLIED",
    "Attempt",
    "AttemptNote",
    "AttemptVoid",
    "BuildingFrame",
    "BuildingTally",
    "CallClaim",
    "Campaign",
    "ChannelChoice",
    "ChannelTally",
    "DoorState",
    "FrameChange",
    "FrameChangeKind",
    "Round",
    "Share",
    "ShareDoor",
    "Shift",
]
