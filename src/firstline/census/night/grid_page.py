"""What the page of the night's grid answers: lines kept while typed, read, pasted, saved, taken back."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from firstline.census.errors import AttemptRefused
from firstline.census.night import actions, selectors
from firstline.census.night.cells import FIELDS, Cells
from firstline.census.night.legend import CHANNELS, RELATIONS, RESULTS, quick
from firstline.census.night.pasted import MOST_LINES, Pasted, read_paste
from firstline.census.night.rows import LONGEST_NOTE, Line, ReadLine, read_lines, sent_before, standing_before
from firstline.census.page_parts import Undo, with_query
from firstline.census.results import Channel, Result
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor
from firstline.kernel.ids import derived, read_id, uuid7
from firstline.places.models import Compound
from firstline.places.names import door_name
from firstline.places.selectors import compound_for
from firstline.registry.actions import keep_draft
from firstline.registry.grid.posted import posted_lines
from firstline.registry.person_line import PersonRead, fields_of
from firstline.registry.selectors import draft_of

BLANK_LINES = 12
LABELS: dict[str, str | Promise] = {
    "door": _("Door"),
    "outcome": pgettext_lazy("night entry", "Outcome"),
    "people": _("People"),
    "note": _("Remark"),
    "time": _("Time"),
    "channel": pgettext_lazy("night entry", "Way"),
    "visitor": pgettext_lazy("night entry", "Who was there"),
    "paper": pgettext_lazy("night entry", "Sheet"),
}
# What an empty cell takes from the line above.
CARRIED = ("time", "channel", "visitor", "paper")


@dataclass(frozen=True, slots=True)
class Answer:
    """A template and its context; or where to go on; or nothing to show."""

    template: str = ""
    context: dict[str, Any] | None = None
    status: int = 200
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the grid: its id, its cells as fields, how it is read."""

    id: uuid.UUID | str
    cells: list[dict[str, Any]]
    reading: dict[str, Any]


def answer(actor: Actor, compound_id: uuid.UUID, form: QueryDict | None, saved: uuid.UUID | None = None) -> Answer:
    """Answer the page, or what was posted from it. Raises NotFound, EmergencyMissing. Not inside a transaction."""
    with scope.enter(actor):
        compound = compound_for(actor, compound_id, needs=selectors.ENTER)
        if form is None:
            return _page(actor, compound, drafted(actor, compound), saved=saved)
    step = form.get("step", "")
    if step == "paste":
        return Answer("census/night/_pasted.html", {"pasted": paste_context(_paste(form))})
    with scope.enter(actor):
        read = read_all(compound, lines_of(form, pasted=step != "draft"), form.get("day", ""))
    keep(actor, compound, _unsaved(read))
    if step == "draft":
        return Answer("census/night/_readings.html", {"readings": list(map(reading_context, read))})
    if step == "save":
        return _save(actor, compound, read, read_id(form.get("page", "")) or uuid7())
    with scope.enter(actor):
        return _page(actor, compound, _unsaved(read), kept=step == "keep")


def take_back(actor: Actor, sheet_id: uuid.UUID) -> str:
    """Take a sheet back; its lines stand in the grid again, above what was typed since. The grid's address."""
    cells = actions.take_back_rows(actor, sheet_id=sheet_id)
    with scope.enter(actor):
        compound = selectors.sheet_for(actor, sheet_id, needs=selectors.ENTER).compound
        lines = [*(Line(uuid7(), one) for one in cells), *drafted(actor, compound)]
    keep(actor, compound, lines)
    return grid_url(compound.pk)


def lines_of(form: QueryDict, *, pasted: bool = True) -> list[Line]:
    """The lines of a posted grid, blank ones at the end left out; what was pasted as text follows them.

    A line's id is what the page gave it, or follows from the page's and the line's number: sent twice, it is the same.
    """
    page = read_id(form.get("page", "")) or uuid7()
    lines = [
        Line(read_id(values[0]) or derived(page, at), Cells.of(values[1:]))
        for at, values in enumerate(posted_lines(form, ("line", *FIELDS), longest=LONGEST_NOTE + 1))
    ]
    while lines and lines[-1].cells.blank:
        lines.pop()
    if pasted:
        lines += [Line(derived(page, "pasted", at), cells) for at, cells in enumerate(_paste(form).lines)]
    return lines[:MOST_LINES]


def read_all(compound: Compound, lines: Sequence[Line], day: str = "") -> list[ReadLine]:
    """Every line as it is read now, with what is recorded already said of it. Raises EmergencyMissing.

    ``day`` is when the page was opened: to whoever types past midnight, today is still the evening they began.
    """
    read = read_lines(lines, selectors.light_of(compound, opened=day))
    sent_before(read, selectors.entered(lines))
    standing_before(read, selectors.recorded_like(one.entry for one in read if one.entry))
    return read


def keep(actor: Actor, compound: Compound, lines: Sequence[Line]) -> None:
    """Keep lines sealed for this person and compound in place of what was kept before."""
    kept = [[str(line.id), *line.cells.values] for line in lines]
    keep_draft(actor, compound_id=compound.pk, file_id=None, lines=kept, grid=selectors.GRID)


def drafted(actor: Actor, compound: Compound) -> list[Line]:
    """What the actor typed for a compound and has not saved."""
    draft = draft_of(actor, compound, None, selectors.GRID)
    kept = draft.open().lines if draft else []
    return [Line(read_id(line[0]) or uuid7(), Cells.of(line[1:])) for line in kept]


def grid_url(compound_id: uuid.UUID, **query: object) -> str:
    """The address of a compound's grid."""
    return with_query(reverse("census:night_grid", args=[compound_id]), **query)


def paste_context(pasted: Pasted) -> dict[str, Any]:
    """How a paste is understood: its columns, and its first lines in the cells of the grid."""
    used = [name for name in FIELDS if any(getattr(line, name) for line in pasted.lines)]
    return {
        "columns": [
            {"heading": column.heading, "field": LABELS.get(column.field, _("not read"))} for column in pasted.columns
        ],
        "labels": [LABELS[name] for name in used],
        "lines": [[getattr(line, name) for name in used] for line in pasted.lines[:5]],
        "more": max(len(pasted.lines) - 5, 0),
        "count": len(pasted.lines),
    }


def reading_context(read: ReadLine) -> dict[str, Any]:
    """How one line is read, for the row under it."""
    context: dict[str, Any] = {
        "state": "is-parked" if read.problems else "is-ready" if read.entry else "",
        "saved": read.saved,
        "problems": read.problems,
        "doubts": read.doubts,
        "goes_on": read.goes_on and not read.problems,
        "people": [_person(person) for person in read.people if person.person],
    }
    if entry := read.entry:
        spot = entry.spot
        context |= {
            "door": door_name(spot.building, spot.unit, spot.room),
            "result": Result(entry.result).label,
            "at": entry.at,
            "precision": entry.moment.precision,
            "channel": Channel(entry.channel).label,
            "visitor": entry.visitor,
        }
    return context


def legend() -> dict[str, Any]:
    """The keys, as the strip above the grid shows them."""
    return {
        "results": RESULTS,
        "channels": CHANNELS,
        "relations": [{"letter": letter, "word": word} for letter, (_said, word) in RELATIONS.items()],
    }


def shown(line: Line, read: ReadLine | None = None, names: Sequence[str] = FIELDS) -> Shown:
    """A line as the page shows it, with the cells of these names."""
    cells = [{"name": name, "label": LABELS[name], "value": getattr(line.cells, name)} for name in names]
    for cell in cells:
        if cell["name"] == "outcome":
            cell |= {"quick": quick(with_people=True) + quick(with_people=False), "quicker": quick(with_people=False)}
    return Shown(line.id, cells, reading_context(read) if read and not line.cells.empty else {})


def _save(actor: Actor, compound: Compound, read: Sequence[ReadLine], page: uuid.UUID) -> Answer:
    entries = [one.entry for one in read if one.entry]
    if entries:
        try:
            actions.enter_rows(actor, compound_id=compound.pk, sheet_id=page, entries=entries)
        except AttemptRefused as refused:
            with scope.enter(actor):
                return _page(actor, compound, _unsaved(read), mistake=str(refused), status=refused.status)
    left = _left(read)
    keep(actor, compound, left)
    if entries or any(one.saved for one in read) or not any(one.problems for one in read):
        return Answer(url=grid_url(compound.pk, saved=page))
    with scope.enter(actor):
        mistake = gettext("Nothing was saved: each line has something to put right.")
        return _page(actor, compound, left, mistake=mistake, status=422)


def _unsaved(read: Sequence[ReadLine]) -> list[Line]:
    return [Line(one.line.id, one.kept) for one in read if not one.saved]


def _left(read: Sequence[ReadLine]) -> list[Line]:
    """The lines that stay in the grid: those not saved, with those that go on with them; what is carried stays too."""
    left: list[Line] = []
    stays = True
    for one in read:
        if not one.goes_on:
            stays = not (one.entry or one.saved or one.line.cells.empty)
        if stays:
            # The lines above it go, so what it took from them is written out.
            left.append(Line(one.line.id, one.alone))
    last = next((one.entry for one in reversed(read) if one.entry), None)
    if last is None:
        return left
    # Whoever types the next pile goes on with the same day, way and visitor.
    typed = last.typed()
    carried = Cells(**{name: getattr(typed, name) for name in CARRIED})
    first = [] if left else [Line(uuid7(), carried)]
    return [*first, *left]


def _page(
    actor: Actor,
    compound: Compound,
    lines: Sequence[Line],
    *,
    saved: uuid.UUID | None = None,
    kept: bool = False,
    mistake: str = "",
    status: int = 200,
) -> Answer:
    """The page itself; the actor's scope is entered."""
    read = [one for one in read_all(compound, lines) if not one.saved]
    page = uuid7()
    ready, wrong = sum(bool(one.entry) for one in read), sum(bool(one.problems) for one in read)
    blank = [shown(Line(derived(page, "blank", at), Cells())) for at in range(BLANK_LINES)]
    return Answer(
        "census/night/grid.html",
        {
            "compound": compound.place.name,
            "page": page,
            "day": timezone.localdate(clock.now()).isoformat(),
            "labels": [{"name": name, "label": LABELS[name]} for name in FIELDS],
            "lines": [*(shown(one.line, one) for one in read), *blank],
            "ready": ready,
            "wrong": wrong,
            "kept": kept,
            "mistake": mistake,
            "legend": legend(),
            "undo": _undo(actor, saved) if saved else None,
            "save_label": ngettext("Save %(count)d line", "Save %(count)d lines", ready) % {"count": ready}
            if ready
            else gettext("Save"),
            "grid_url": grid_url(compound.pk),
            "back_url": reverse("census:night") + "?choose=1",
            "section": "places:compounds",
        },
        status,
    )


def _undo(actor: Actor, sheet_id: uuid.UUID) -> Undo | None:
    count, seconds = selectors.rows_to_take_back(actor, sheet_id)
    if not count:
        return None
    return Undo(
        text=ngettext("Saved %(count)d line", "Saved %(count)d lines", count) % {"count": count},
        detail=gettext("taken back, they stand in the grid again"),
        url=reverse("census:night_take_back", args=[sheet_id]),
        seconds=max(int(seconds), 1),
    )


def _paste(form: QueryDict) -> Pasted:
    return read_paste(form.get("pasted", ""), today=timezone.localdate(clock.now()))


def _person(read: PersonRead) -> dict[str, str]:
    (_name, name), *rest = fields_of(read)
    return {"name": name, "detail": gettext(", ").join(value for _label, value in rest)}
