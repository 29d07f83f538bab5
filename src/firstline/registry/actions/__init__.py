"""Writing lists: staged, accepted, discarded, taken back; rows put right; files whose compound nobody knew yet."""

from firstline.registry.actions.corrections import PutRight, put_right, take_back
from firstline.registry.actions.files import Named, accept_file, discard_file, stage_file, void_file
from firstline.registry.actions.imports import drop_import, hand_in_file

__all__ = [
    "Named",
    "PutRight",
    "accept_file",
    "discard_file",
    "drop_import",
    "hand_in_file",
    "put_right",
    "stage_file",
    "take_back",
    "void_file",
]
