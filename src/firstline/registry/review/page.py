"""All that the page of one list shows."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from firstline.accounts.selectors import names_of
from firstline.kernel.actors import Actor
from firstline.registry import selectors
from firstline.registry.models import FileContents, RowKind, SourceFile
from firstline.registry.review import causes
from firstline.registry.review.accounts import Doors, Equation, doors_of, mentions_equation, rows_equation
from firstline.registry.review.rows import Fold, RowHead, Unfolded, folded, heads_of
from firstline.registry.review.table import Table, columns_of
from firstline.registry.selectors import STATE_TEXTS, FileState


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
    rows = heads_of(file)
    state = selectors.state_of(file, len(rows))
    url = reverse("registry:review", args=[file.id])
    parts = list(folded(rows, asked))
    opened = {row.id: row for row in rows if row.kind == RowKind.PARKED}
    opened |= {part.id: part for part in parts if not isinstance(part, Fold)}
    table = Table(contents, opened.values(), in_clear=in_clear)
    doors = doors_of(file, rows, table.choices())
    may_reveal = actor.may("registry.reveal_numbers", file.path)
    return {
        "file": _head(actor, file, contents, state),
        "equations": _equations(file, state, doors, f"{url}#causes"),
        "stored": len(rows) if state == FileState.UNFINISHED else None,
        "columns": columns_of(table.sheet, table.width),
        "header_row": table.sheet.header_row or None,
        "lines": list(table.lines(parts, url, table.sheet.header_row)),
        "groups": _groups(file, state, contents, rows, doors),
        "tidied": causes.tidied(rows),
        "step": _step(actor, file, state, doors, step),
        **_decisions(actor, file, state),
        "look_url": _to("show_numbers", file) if may_reveal and not in_clear else "",
        "in_clear": in_clear,
        "section": "registry:lists",
        "lists_url": reverse("registry:lists"),
        "compound_url": reverse("census:compound", args=[file.compound_id]),
    }


def _groups(
    file: SourceFile, state: FileState, contents: FileContents, rows: list[RowHead], doors: Doors
) -> list[causes.Group]:
    """The side of the review, most pressing first; what says nothing is left out."""
    url, filed = reverse("registry:review", args=[file.id]), file.compound.place.name
    groups = [causes.set_aside(rows, url), causes.doubtful(rows, url), causes.unread(contents.unread)]
    if state != FileState.UNFINISHED:
        # Of a list that is stored in part nobody can say what it leaves out.
        groups.insert(2, causes.unlisted(doors, reverse("census:compound", args=[file.compound_id])))
    if state == FileState.REVIEW and contents.compound_named not in {"", filed}:
        groups.insert(0, causes.wrong_compound(filed, contents.compound_named))
    return [group for group in groups if group.count]


def _equations(file: SourceFile, state: FileState, doors: Doors, url: str) -> list[Equation]:
    rows = rows_equation(file, url)
    # Of doors and names only a part is stored yet; an account of a part would be taken for the whole.
    return [rows] if state == FileState.UNFINISHED else [rows, doors.equation, mentions_equation(file)]


def accept_label(file: SourceFile) -> str:
    """What the button does, in numbers."""
    taken = ngettext("Accept %(count)s row", "Accept %(count)s rows", file.record_count) % {"count": file.record_count}
    if not file.parked_count:
        return taken
    return gettext("%(taken)s, %(parked)s stay aside") % {"taken": taken, "parked": file.parked_count}


def _head(actor: Actor, file: SourceFile, contents: FileContents, state: FileState) -> FileHead:
    unfinished = state == FileState.UNFINISHED and actor.may("registry.stage_file", file.path)
    return FileHead(
        name=contents.name,
        kind=_("Property list"),
        origin=file.compound.place.name,
        status=state.value,
        status_text=gettext(STATE_TEXTS[state]),
        at=file.recorded_at,
        by=names_of([file.by_person_id]).get(file.by_person_id, ""),
        finish_url=_to("finish", file) if unfinished else "",
    )


def _decisions(actor: Actor, file: SourceFile, state: FileState) -> dict[str, str]:
    url = reverse("registry:review", args=[file.id])
    open_to_accept = state == FileState.REVIEW and actor.may("registry.accept_file", file.path)
    open_to_discard = state in {FileState.REVIEW, FileState.UNFINISHED} and actor.may(
        "registry.discard_file", file.path
    )
    return {
        "accept_url": f"{url}?step=accept" if open_to_accept else "",
        "accept_label": accept_label(file),
        "discard_url": f"{url}?step=discard" if open_to_discard else "",
    }


def _step(actor: Actor, file: SourceFile, state: FileState, doors: Doors, step: str) -> Step | None:
    decisions = _decisions(actor, file, state)
    back = reverse("registry:review", args=[file.id])
    if step == "accept" and decisions["accept_url"]:
        return Step(
            gettext("Accept this list?"), _if_accepted(file, doors), _to("accept", file), accept_label(file), back
        )
    if step == "discard" and decisions["discard_url"]:
        told = [gettext("Nothing of it will count; it stays on record. The same file can be brought in again.")]
        return Step(gettext("Discard this list?"), told, _to("discard", file), gettext("Discard it"), back)
    return None


def _if_accepted(file: SourceFile, doors: Doors) -> list[str]:
    new, name = len(doors.new), file.compound.place.name
    told = [
        ngettext("%(count)s new door will stand in %(name)s.", "%(count)s new doors will stand in %(name)s.", new)
        % {"count": new, "name": name},
        gettext("The names on the list are shown at their doors, to everybody who may see names there."),
    ]
    if parked := file.parked_count:
        told.append(
            ngettext(
                "%(count)s row stays aside, at no door, and becomes a gap tomorrow.",
                "%(count)s rows stay aside, at no door, and become a gap tomorrow.",
                parked,
            )
            % {"count": parked}
        )
    return [*told, gettext("This cannot be taken back yet. If it is the wrong file or compound, discard it instead.")]


def _to(view: str, file: SourceFile) -> str:
    return reverse(f"registry:{view}", args=[file.id])
