"""The rules of a campaign: by when and by whom the next step is to be done. Parameters with defaults, not code."""

from typing import Annotated

import msgspec

Hour = Annotated[int, msgspec.Meta(ge=0, le=24)]
Days = Annotated[int, msgspec.Meta(ge=0, le=60)]
Times = Annotated[int, msgspec.Meta(ge=1, le=20)]


class Rules(msgspec.Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """Parameters of the next step. Hours are local; days count from the day of the attempt.

    ``knocks_before_notice``: so many unanswered knocks, then a notice goes on the door.
    ``refusal_ladder``: who goes after the first, second, third refusal (``talker``, ``doctor``, ``director``).
    ``lists_complete``: whether a company's list settles the doors it names.
    """

    evening_from: Hour = 18
    evening_until: Hour = 21
    knocks_before_notice: Times = 3
    call_back_days: Days = 2
    form_days: Days = 1
    refusal_days: Days = 1
    partial_days: Days = 1
    unknown_days: Days = 1
    seal_days: Days = 3
    calls_before_visit: Times = 3
    call_again_hours: Annotated[int, msgspec.Meta(ge=1, le=72)] = 4
    refusal_ladder: tuple[str, ...] = ("talker", "doctor", "director")
    lists_complete: bool = False
