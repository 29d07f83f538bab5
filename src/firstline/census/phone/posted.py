"""What a call's page posts, read into one typed value."""

import re
import uuid
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from firstline.census.door_page import Asked
from firstline.census.phone.words import read_time
from firstline.census.posted import Posted
from firstline.census.results import Result
from firstline.kernel import clock

_MASKED = re.compile(r"\d{3}\*+\d{4}")


@dataclass(frozen=True, slots=True)
class CallPosted:
    """A call as it was posted: what a visit posts, the number dialled (masked), when to call again, who is next."""

    visit: Posted
    number: str
    again_at: datetime | None
    again_typed: bool
    queue: str

    @classmethod
    def read(cls, request: HttpRequest, door_id: uuid.UUID) -> "CallPosted":
        """Read a form. Anything missing has a harmless meaning; unknown results are the action's to refuse."""
        form = request.POST
        number, again = form.get("number", ""), form.get("again", "") or form.get("again_typed", "")
        return cls(
            visit=replace(Posted.read(request, door_id), back="calls"),
            number=number if _MASKED.fullmatch(number) else "",
            again_at=read_time(again),
            again_typed=bool(again),
            queue=form.get("queue", ""),
        )

    @property
    def result(self) -> str:
        return self.visit.result

    @property
    def people(self) -> list[str]:
        return self.visit.people

    @property
    def attempt_id(self) -> uuid.UUID:
        return self.visit.attempt_id

    @property
    def note(self) -> str:
        """The number that was rung, then the remark: so it is known later which number leads nowhere."""
        return " ".join(part for part in (self.number, self.visit.note) if part)

    def unfinished(self) -> Asked | None:
        """What to ask next: who was met, why they refused, when to call again; None when complete."""
        if (asked := self.visit.unfinished()) is not None:
            return asked
        if self.result != Result.CALL_LATER:
            return None
        asked = Asked(self.result, note=self.visit.note, back="calls", attempt_id=self.attempt_id)
        if self.again_typed and self.again_at is None:
            return replace(asked, mistake=_("That is no time. Choose one, or type day and hour."))
        if self.again_at is not None and self.again_at <= clock.now():
            return replace(asked, mistake=_("That time has passed. Choose a later one."))
        return None
