"""What a form posts about a visit, read into one typed value."""

import uuid
from dataclasses import dataclass, replace

from django.http import QueryDict
from django.utils.translation import gettext as _

from firstline.census.door_page import Asked, read
from firstline.census.page_parts import way_back
from firstline.census.words import WITH_PEOPLE
from firstline.kernel.ids import derived, read_id, uuid7
from firstline.registry.person_line import doubts_of


@dataclass(frozen=True, slots=True)
class Posted:
    """A visit as it was posted. ``lines`` are people noted before, ``line`` the one typed last (None: no entry).

    ``asks``: the result was chosen, or taken back, and nothing is to be saved yet.
    ``attempt_id`` was made with the page, so that pressing twice records once. ``sheet`` is the number of the form or
    notice left at the door, if one was typed or scanned.
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

    @classmethod
    def read(cls, form: QueryDict, door_id: uuid.UUID) -> "Posted":
        """Read a form. Anything missing has a harmless meaning; unknown results are the action's to refuse."""
        typed = form.getlist("line")
        asks, back, dropped = "ask" in form, form.get("back", ""), form.get("drop", "")
        result = form.get("ask" if asks else "result", "")
        attempt_id = read_id(form.get("attempt_id", ""))
        if (page := read_id(form.get("page", ""))) is not None:
            # One page of keys serves many doors: the id follows from the page, the door and the key pressed.
            attempt_id = derived(page, str(door_id), result)
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
            attempt_id=attempt_id or uuid7(),
        )

    @property
    def people(self) -> list[str]:
        """All lines that name somebody; nobody where nobody was met, whatever was typed before."""
        if self.result not in WITH_PEOPLE:
            return []
        return [*self.lines, self.line] if self.line else self.lines

    def unfinished(self) -> Asked | None:
        """What to ask next: who was met, somebody more, somebody less, a line not understood; None when complete."""
        asked = Asked(self.result, self.lines, self.line or "", self.note, self.back, self.attempt_id)
        if self.asks:
            return asked
        if self.result not in WITH_PEOPLE:
            return None
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
        return None

    def again(self, mistake: str) -> Asked:
        """The page once more, with what was typed and what is wrong with it."""
        return Asked(note=self.note, back=self.back, attempt_id=self.attempt_id, mistake=mistake, sheet=self.sheet)
