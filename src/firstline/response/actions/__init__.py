"""Writing emergencies and the custody of their keys."""

from firstline.response.actions.destruction import confirm_destruction, propose_destruction
from firstline.response.actions.emergencies import call_off_end, declare, end
from firstline.response.actions.keys import copy_destroyed, register_copies, rotate_key, rotate_organisation_key

__all__ = [
    "call_off_end",
    "confirm_destruction",
    "copy_destroyed",
    "declare",
    "end",
    "propose_destruction",
    "register_copies",
    "rotate_key",
    "rotate_organisation_key",
]
