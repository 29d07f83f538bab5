"""All that the page of one list shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext

from firstline.accounts.selectors import names_of
from firstline.kernel.actors import Actor
from firstline.registry import selectors
from firstline.registry.comparing import doors_changed
from firstline.registry.models import FileContents, RowKind, SourceFile, SourceKind
from firstline.registry.review import causes
from firstline.registry.review.accounts import (
    Doors,
    Equation,
    account_of,
    as_read,
    doors_of,
    equation_of,
    mentions_equation,
)
from firstline.registry.review.rows import Fold, RowHead, Unfolded, folded, heads_of
from firstline.registry.review.table import Table, columns_of
from firstline.registry.selectors import STATE_TEXTS, FileState
from firstline.registry.standing import Account


@dataclass(frozen=True, slots=True)
class FileHead:
    name: str
    kind: str | Promise
    origin: str
    status: str
    status_text: str
    at: datetime
    by: str
    finish_url: str


@dataclass(frozen=True, slots=True)
class Step:
    """A decision about to be taken, with what follows from it."""

    title: str
    consequences: list[str]
    url: str
    label: str
    back_url: str


def context_of(
    actor: Actor, file: SourceFile, *, asked: Unfolded, step: str = "", in_clear: bool = False
) -> dict[str, Any]:
    """The context of ``registry/import_review.html``. Names are opened: the caller records the look."""
    contents: FileContents = file.open()
    heads = heads_of(file)
    state = selectors.state_of(file, len(heads))
    url = reverse("registry:review", args=[file.id])
    number = asked.sheet if asked.sheet in {one.number for one in contents.sheets} else first_sheet(contents)
    parts = list(folded([row for row in heads if row.sheet == number], asked))
    opened = {row.id: row for row in heads if row.kind == RowKind.PARKED}
    opened |= {part.id: part for part in parts if not isinstance(part, Fold)}
    table = Table(contents, opened.values(), sheet=number, in_clear=in_clear)
    rows = [table.as_it_stands(row) for row in heads]
    doors = doors_of(file, rows, table.choices())
    account = account_of(file, rows) if state != FileState.UNFINISHED else as_read(file)
    page = _Page(actor, file, contents, state, account, rows, doors)
    may_reveal = actor.may("registry.reveal_numbers", file.path)
    return {
        "file": page.head(),
        "equations": page.equations(),
        "stored": len(heads) if state == FileState.UNFINISHED else None,
        "sheets": _sheets(contents, number, url),
        "columns": columns_of(table.sheet, table.width),
        "header_row": table.sheet.header_row or None,
        "lines": list(table.lines(parts, f"{url}?sheet={number}", table.sheet.header_row)),
        "groups": page.groups(),
        "tidied": causes.tidied(rows),
        "step": page.step(step),
        **page.decisions(),
        "look_url": _to("show_numbers", file) if may_reveal and not in_clear else "",
        "in_clear": in_clear,
        "section": "registry:lists",
        "lists_url": reverse("registry:lists"),
        "compound_url": reverse("census:compound", args=[file.compound_id]),
    }


def first_sheet(contents: FileContents) -> int:
    """The sheet shown first."""
    return contents.sheets[0].number if contents.sheets else 1


def accept_label(account: Account) -> str:
    """What the button does, in numbers."""
    taken = ngettext("Accept %(count)s row", "Accept %(count)s rows", account.placed) % {"count": account.placed}
    if not account.parked:
        return taken
    return gettext("%(taken)s, %(parked)s stay aside") % {"taken": taken, "parked": account.parked}


@dataclass(frozen=True, slots=True)
class SheetTab:
    name: str
    url: str
    current: bool


def _sheets(contents: FileContents, shown: int, url: str) -> list[SheetTab]:
    """The sheets to choose from; none where there is one."""
    if len(contents.sheets) < 2:
        return []
    return [SheetTab(one.name, f"{url}?sheet={one.number}", one.number == shown) for one in contents.sheets]


@dataclass(frozen=True, slots=True)
class _Page:
    """What the parts of the page are made of."""

    actor: Actor
    file: SourceFile
    contents: FileContents
    state: FileState
    account: Account
    rows: list[RowHead]
    doors: Doors

    def head(self) -> FileHead:
        file, state = self.file, self.state
        unfinished = state == FileState.UNFINISHED and self.actor.may("registry.stage_file", file.path)
        return FileHead(
            name=self.contents.name,
            kind=SourceKind(file.kind).label,
            origin=file.compound.place.name,
            status=state.value,
            status_text=gettext(STATE_TEXTS[state]),
            at=file.recorded_at,
            by=names_of([file.by_person_id]).get(file.by_person_id, ""),
            finish_url=_to("finish", file) if unfinished else "",
        )

    def equations(self) -> list[Equation]:
        aside = _to("aside", self.file) if self._may("put_right") else "#causes"
        rows = equation_of(self.account, aside)
        # Of doors and names only a part is stored yet; an account of a part would be taken for the whole.
        return (
            [rows] if self.state == FileState.UNFINISHED else [rows, self.doors.equation, mentions_equation(self.file)]
        )

    def groups(self) -> list[causes.Group]:
        """The side of the review, most pressing first; what says nothing is left out."""
        file, contents, state = self.file, self.contents, self.state
        url, filed = _to("review", file), file.compound.place.name
        names = {sheet.number: sheet.name for sheet in contents.sheets}
        columns = _to("columns", file) if state == FileState.REVIEW and self._may("choose_columns") else ""
        found = [causes.set_aside(self.rows, names, _to("aside", file) if self._may("put_right") else url, columns)]
        if state == FileState.REVIEW and contents.compound_named not in {"", filed}:
            found.insert(0, causes.wrong_compound(filed, contents.compound_named))
        if state == FileState.REVIEW and selectors.listed_before(file):
            found.append(causes.newer(_to("changes", file)))
        found.append(causes.doubtful(self.rows, names, url))
        if state != FileState.UNFINISHED:
            # Of a list that is stored in part nobody can say what it leaves out.
            found.append(causes.unlisted(self.doors, reverse("places:frame", args=[file.compound_id]) + "#beside"))
        found += [causes.unread(contents.unread, columns), causes.hidden(contents.sheets)]
        return [group for group in found if group.count]

    def decisions(self) -> dict[str, str]:
        url, state = _to("review", self.file), self.state
        waits = state in {FileState.REVIEW, FileState.UNFINISHED}
        return {
            "accept_url": f"{url}?step=accept" if state == FileState.REVIEW and self._may("accept_file") else "",
            "accept_label": accept_label(self.account),
            "discard_url": f"{url}?step=discard" if waits and self._may("discard_file") else "",
            "columns_url": _to("columns", self.file)
            if state == FileState.REVIEW and self._may("choose_columns")
            else "",
            "undo_url": _to("undo", self.file) if state == FileState.ACCEPTED and self._may("void_file") else "",
        }

    def step(self, asked: str) -> Step | None:
        decisions, back = self.decisions(), _to("review", self.file)
        if asked == "accept" and decisions["accept_url"]:
            title, label = gettext("Accept this list?"), decisions["accept_label"]
            return Step(title, self._if_accepted(), _to("accept", self.file), label, back)
        if asked == "discard" and decisions["discard_url"]:
            told = [gettext("Nothing of it will count; it stays on record. The same file can be brought in again.")]
            return Step(gettext("Discard this list?"), told, _to("discard", self.file), gettext("Discard it"), back)
        return None

    def _may(self, action: str) -> bool:
        return self.actor.may(f"registry.{action}", self.file.path)

    def _if_accepted(self) -> list[str]:
        new, name = len(self.doors.new), self.file.compound.place.name
        told = [
            ngettext("%(count)s new door will stand in %(name)s.", "%(count)s new doors will stand in %(name)s.", new)
            % {"count": new, "name": name},
            gettext("The names on the list are shown at their doors, to everybody who may see names there."),
        ]
        if changed := doors_changed(self.file):
            gone, added = len(changed.gone), len(changed.new)
            told.append(
                gettext("Against the list before: %(gone)s doors left out, %(new)s doors more. Both lists stay.")
                % {"gone": gone, "new": added}
            )
        if parked := self.account.parked:
            told.append(
                ngettext(
                    "%(count)s row stays aside, at no door, and becomes a gap tomorrow.",
                    "%(count)s rows stay aside, at no door, and become a gap tomorrow.",
                    parked,
                )
                % {"count": parked}
            )
        return [*told, gettext("It can be taken back; doors that were visited by then stay.")]


def _to(view: str, file: SourceFile) -> str:
    return reverse(f"registry:{view}", args=[file.id])
