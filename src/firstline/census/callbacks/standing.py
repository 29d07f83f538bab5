"""Where a call stands after what was done about it. Pure: no database."""

from collections.abc import Iterable
from enum import StrEnum

from firstline.census.models.callbacks import CallStepKind


class Standing(StrEnum):
    """What is still to be done about a call."""

    TO_CALL_BACK = "to_call_back"
    TO_WRITE_DOWN = "to_write_down"
    DONE = "done"


# After these nothing is left to do.
ENDING = frozenset({CallStepKind.COMPLETED, CallStepKind.CLOSED, CallStepKind.CALLED_AGAIN, CallStepKind.MISTAKE})


def stands_at(*, taken: bool, kinds: Iterable[str]) -> Standing:
    """Where a call stands by its steps (those taken back left out), whatever their order.

    A call that was taken, or reached when called back, waits to be written down at a door; a missed one waits to be
    called back, however often nobody answered; whatever ended it, ended it.
    """
    done = set(kinds)
    if done & ENDING:
        return Standing.DONE
    return Standing.TO_WRITE_DOWN if taken or CallStepKind.REACHED in done else Standing.TO_CALL_BACK
