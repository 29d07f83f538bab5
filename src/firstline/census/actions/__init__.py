"""Writing the census: attempts at doors, one or many, and the campaigns they belong to."""

from firstline.census.actions.attempts import VOID_OTHERS, record_attempt, void_attempt
from firstline.census.actions.batch import record_batch
from firstline.census.actions.campaigns import (
    MANAGE,
    add_round,
    change_rules,
    end_campaign,
    freeze_frame,
    lead_with,
    open_campaign,
)
from firstline.census.actions.many import record_many, void_many

__all__ = [
    "MANAGE",
    "VOID_OTHERS",
    "add_round",
    "change_rules",
    "end_campaign",
    "freeze_frame",
    "lead_with",
    "open_campaign",
    "record_attempt",
    "record_batch",
    "record_many",
    "void_attempt",
    "void_many",
]
