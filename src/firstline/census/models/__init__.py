"""The census: campaigns and their frames, attempts at doors as facts, and what they add up to."""

from firstline.census.models.attempts import Attempt, AttemptNote, AttemptVoid
from firstline.census.models.campaign import BuildingFrame, Campaign, FrameChange, FrameChangeKind, Round
from firstline.census.models.questions import AttemptPhoto, QuestionSet
from firstline.census.models.reports import ReportDecision, ReportDecisionVoid, ReportLink, ReportVerdict, SelfReport
from firstline.census.models.states import COUNTED, TALLIED, BuildingTally, ChannelTally, DoorState

__all__ = [
    "COUNTED",
    "TALLIED",
    "Attempt",
    "AttemptNote",
    "AttemptPhoto",
    "AttemptVoid",
    "BuildingFrame",
    "BuildingTally",
    "Campaign",
    "ChannelTally",
    "DoorState",
    "FrameChange",
    "FrameChangeKind",
    "QuestionSet",
    "ReportDecision",
    "ReportDecisionVoid",
    "ReportLink",
    "ReportVerdict",
    "Round",
    "SelfReport",
]
