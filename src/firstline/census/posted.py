"""What a form posts about a visit, read into one typed value."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from firstline.census.door_page import Asked, read
from firstline.census.page_parts import way_back
from firstline.census.questions.at_door import Answered, answered
from firstline.census.words import WITH_PEOPLE
from firstline.kernel.ids import derived, read_id, uuid7
from firstline.registry.person_line import doubts_of


@dataclass(frozen=True, slots=True)
class Posted:
    """A visit as it was posted. ``lines`` are people noted before, ``line`` the one typed last (None: no entry).

    ``asks``: the result was chosen, or taken back, and nothing is to be saved yet.
    ``attempt_id`` was made with the page, so that pressing twice records once. ``answered`` is what was answered to the
    campaign's questions, and pictures. ``sheet`` is
    the number of the form or notice left at the door, if one was typed or scanned.
    """

    result: str
    asks: bool
    note: str
    lines: list[str]
    line: str | None
    step: str
    dropped: int | None
    back: str
    sheet: str
    attempt_id: uuid.UUID
    answered: Answered

    @classmethod
    def read(cls, request: HttpRequest, door_id: uuid.UUID) -> "Posted":
        """Read a form. Anything missing has a harmless meaning; unknown results are the action's to refuse."""
        form = request.POST
        typed = form.getlist("line")
        asks, back, dropped = "ask" in form, form.get("back", ""), form.get("drop", "")
        result = form.get("ask" if asks else "result", "")
        attempt_id = read_id(form.get("attempt_id", ""))
        if (page := read_id(form.get("page", ""))) is not None:
            # One page of keys serves many doors: the id follows from the page, the door and the key pressed.
            attempt_id = derived(page, str(door_id), result)
        attempt_id = attempt_id or uuid7()
        return cls(
            result=result,
            asks=asks,
            note=form.get("note", "").strip(),
            lines=[line.strip() for line in typed[:-1] if line.strip()],
            line=typed[-1].strip() if typed else None,
            step=form.get("step", ""),
            dropped=int(dropped) if dropped.isdecimal() else None,
            back=way_back(back),
            sheet=form.get("sheet", "").strip(),
            attempt_id=attempt_id,
            answered=answered(request, attempt_id),
        )

    @property
    def people(self) -> list[str]:
        """All lines that name somebody; nobody where nobody was met, whatever was typed before."""
        if self.result not in WITH_PEOPLE:
            return []
        return [*self.lines, self.line] if self.line else self.lines

    @property
    def answers(self) -> Mapping[str, Any]:
        """The answers to be kept; none where nobody was met."""
        return self.answered.kept if self.result in WITH_PEOPLE else {}

    def unfinished(self) -> Asked | None:
        """What to ask next: who was met, somebody more, somebody less, a line not understood; None when complete."""
        asked = self.again()
        if self.asks:
            return asked
        if self.result not in WITH_PEOPLE:
            return self.again(self.answered.mistake) if self.answered.mistake else None
        if self.line is None:
            return asked
        if self.dropped is not None:
            return replace(asked, lines=[line for at, line in enumerate(self.lines) if at != self.dropped])
        if self.line and (understood := read(self.line)).person is None:
            return replace(asked, mistake=_(". ").join(doubts_of(understood)))
        if self.step != "done":
            return replace(asked, lines=self.people, line="")
        if not self.people:
            return replace(asked, mistake=_("Write down at least one person, or choose another outcome."))
        in_the_way = self.answered.in_the_way(self.result)
        return replace(asked, mistake=in_the_way) if in_the_way else None

    def again(self, mistake: str = "") -> Asked:
        """The same once more, with what is wrong; where nobody was met, the outcome is chosen anew."""
        result = self.result if self.result in WITH_PEOPLE or not mistake else ""
        line = self.line or ""
        return Asked(
            result, self.lines, line, self.note, self.back, self.attempt_id, mistake, self.answered, self.sheet
        )
