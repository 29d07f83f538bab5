"""Writing lists: staged, accepted, discarded, taken back; rows put right; files whose compound nobody knew yet."""

from firstline.registry.actions.columns import choose_columns
from firstline.registry.actions.corrections import PutRight, put_right, take_back
from firstline.registry.actions.drafts import keep_draft
from firstline.registry.actions.files import Named, accept_file, discard_file, stage_file, void_file
from firstline.registry.actions.imports import drop_import, hand_in_file
from firstline.registry.actions.loose import end_loose_file, keep_loose_file

__all__ = [
    "Named",
    "PutRight",
    "accept_file",
    "choose_columns",
    "discard_file",
    "drop_import",
    "end_loose_file",
    "hand_in_file",
    "keep_draft",
    "keep_loose_file",
    "put_right",
    "stage_file",
    "take_back",
    "void_file",
]
