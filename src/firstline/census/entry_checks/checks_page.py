"""What the pages of the second typing stand on: checks and rates, the lines to type again, the differences."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from firstline.accounts.selectors import names_of
from firstline.census.entry_checks import actions, selectors
from firstline.census.entry_checks.comparing import COMPARED, Rate
from firstline.census.entry_checks.selectors import SourceRate
from firstline.census.errors import OwnRows
from firstline.census.models import CheckedRow, EntryCheck, SecondEntry
from firstline.census.night.cells import Cells
from firstline.census.night.grid_page import LABELS, Answer, legend, reading_context, shown
from firstline.census.night.legend import read_channel, read_result
from firstline.census.night.rows import LONGEST_NOTE, Line, ReadLine, read_lines
from firstline.census.night.selectors import compounds_like, light_of
from firstline.census.results import Channel, Result
from firstline.kernel import clock, ledger, scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed
from firstline.kernel.ids import read_id
from firstline.places.names import door_name
from firstline.registry.actions import keep_draft
from firstline.registry.grid.posted import posted_lines
from firstline.registry.looks import REVEAL
from firstline.registry.selectors import draft_of

DRAW, AGAIN, DECIDE = "census.draw_check", "census.enter_again", "census.decide_difference"
# What is proposed: so many in a hundred, of one of so many days back.
USUAL_PERCENT, DAYS = 5, 7


def checks_context(actor: Actor, *, mistake: str = "") -> dict[str, Any]:
    """The context of ``census/entry_checks/checks.html``."""
    checks, ranges = selectors.checks_for(actor), actor.ranges(selectors.READ)
    by_clerk, by_channel = selectors.rates_within(ranges)
    clerks = selectors.clerks_within(ranges, days=DAYS) if actor.may(DRAW) else []
    asked = {uuid.UUID(rate.source) for rate in by_clerk} | {check.clerk_id for check, _progress in checks}
    people = names_of({*clerks, *filter(None, asked)})
    return {
        "checks": [
            {
                "name": check.compound.place.name,
                "day": check.day,
                "of": _source_of(check, people),
                "progress": progress,
                "population": check.population,
                "again_url": reverse("census:enter_again", args=[check.pk])
                if progress.left and actor.may(AGAIN, check.path)
                else "",
                "differences_url": reverse("census:entry_differences", args=[check.pk])
                if progress.undecided and actor.may(DECIDE, check.path)
                else "",
            }
            for check, progress in checks
        ],
        "by_clerk": [_told(rate, people.get(uuid.UUID(rate.source), "")) for rate in by_clerk],
        "by_channel": [_told(rate, str(Channel(rate.source).label)) for rate in by_channel],
        "may_draw": actor.may(DRAW),
        "compounds": [{"value": str(one.pk), "name": one.place.name} for one in compounds_like(actor, "")]
        if actor.may(DRAW)
        else [],
        "clerks": [{"value": str(one), "name": people.get(one, "")} for one in clerks],
        "channels": Channel.choices,
        "days": [timezone.localdate(clock.now()) - timedelta(days=back) for back in range(DAYS)],
        "percent": USUAL_PERCENT,
        "mistake": mistake,
        "checks_url": reverse("census:entry_checks"),
        "back_url": reverse("census:night"),
        "section": "places:compounds",
    }


def drawn(actor: Actor, form: QueryDict) -> EntryCheck:
    """Draw a check as a form says. Raises NotFound, NothingToCheck, EmergencyMissing."""
    percent = form.get("percent", "")
    return actions.draw_check(
        actor,
        compound_id=read_id(form.get("compound", "")) or uuid.UUID(int=0),
        day=_day(form.get("day", "")),
        percent=min(int(percent), 100) if percent.isdecimal() and len(percent) < 4 else USUAL_PERCENT,
        clerk_id=read_id(form.get("clerk", "")),
        channel=form.get("channel", "") if form.get("channel") in Channel.values else "",
    )


def again(actor: Actor, check_id: uuid.UUID, form: QueryDict | None) -> Answer:
    """The lines of a check that somebody else typed, to be typed again; posted, they are kept, read, or compared.

    Raises NotFound; OwnRows where all of them are one's own. Not inside a transaction.
    """
    with scope.enter(actor):
        check = selectors.check_for(actor, check_id, needs=AGAIN)
        rows = selectors.to_type(check)
        others = [row for row in rows if row.entered.attempt.by_person_id != actor.person_id]
        if rows and not others:
            raise OwnRows
        own = len(rows) - len(others)
        read = _read(check, others, _drafted(actor, check) if form is None else _posted(form))
        if form is None:
            return Answer("census/entry_checks/again.html", _again_context(check, others, read, own=own))
    step = form.get("step", "")
    _keep(actor, check, read)
    if step == "draft":
        return Answer("census/night/_readings.html", {"readings": list(map(reading_context, read))})
    if step == "save":
        for one in read:
            if one.entry:
                cells = compared_cells(one.entry.typed())
                actions.enter_again(actor, drawn_id=one.line.id, check_id=check.pk, cells=cells)
        _keep(actor, check, [one for one in read if not one.entry])
        with scope.enter(actor):
            if not selectors.to_type(check):
                return Answer(url=reverse("census:entry_checks"))
        return Answer(url=reverse("census:enter_again", args=[check.pk]))
    with scope.enter(actor):
        return Answer("census/entry_checks/again.html", _again_context(check, others, read, own=own))


def compared_cells(cells: Cells) -> Cells:
    """The cells as they are compared: door and sheet were shown, not typed."""
    return Cells(**{name: getattr(cells, name) for name in COMPARED})


def differences(actor: Actor, check_id: uuid.UUID) -> dict[str, Any]:
    """The context of ``census/entry_checks/differences.html``. What is seen of people goes on record."""
    check = selectors.check_for(actor, check_id, needs=DECIDE)
    waiting = selectors.to_decide(check)
    if waiting:
        fields = ["name", "phones", "id_number", "notes"]
        ledger.look(actor, REVEAL, path=check.path, subject=check, fields=fields)
    people = names_of(
        {one.drawn.entered.attempt.by_person_id for one in waiting} | {one.by_person_id for one in waiting}
    )
    return {
        "compound": check.compound.place.name,
        "day": check.day,
        "lines": [_difference(actor, one, people) for one in waiting],
        "differences_url": reverse("census:entry_differences", args=[check.pk]),
        "back_url": reverse("census:entry_checks"),
        "section": "places:compounds",
    }


def decide(actor: Actor, form: QueryDict) -> None:
    """Decide one line as a form says: of each differing cell which typing is right.

    Raises NotFound, OwnRows, NotReadable.
    """
    second_id = read_id(form.get("second", "")) or uuid.UUID(int=0)
    wrong = [name for name in COMPARED if form.get(f"right-{name}") == "second"]
    actions.decide_difference(actor, second_id=second_id, wrong=wrong)


def _again_context(
    check: EntryCheck, rows: Sequence[CheckedRow], read: Sequence[ReadLine], *, own: int
) -> dict[str, Any]:
    return {
        "compound": check.compound.place.name,
        "day": check.day,
        "labels": [{"name": name, "label": LABELS[name]} for name in COMPARED],
        "lines": [
            {
                "door": _door(row),
                "paper": _paper(row),
                "number": row.entered.number,
                "line": shown(one.line, one, COMPARED),
            }
            for row, one in zip(rows, read, strict=True)
        ],
        "own": own,
        "legend": legend(),
        "again_url": reverse("census:enter_again", args=[check.pk]),
        "back_url": reverse("census:entry_checks"),
        "section": "places:compounds",
    }


def _read(check: EntryCheck, rows: Sequence[CheckedRow], typed: Mapping[uuid.UUID, Cells]) -> list[ReadLine]:
    """The drawn lines with what was typed of them, each at its door. `Today` on that paper is the day it was typed."""
    lines = []
    for row in rows:
        cells = typed.get(row.pk, Cells())
        label = row.entered.attempt.door.label
        said = any(getattr(cells, name) for name in ("outcome", "people", "note"))
        lines.append(Line(row.pk, Cells(**{**_named(cells), "door": label if said else ""})))
    return read_lines(lines, replace(light_of(check.compound), today=check.day))


def _posted(form: QueryDict) -> dict[uuid.UUID, Cells]:
    lines = posted_lines(form, ("line", *COMPARED), longest=LONGEST_NOTE + 1)
    found = {read_id(values[0]): Cells(**dict(zip(COMPARED, values[1:], strict=True))) for values in lines}
    return {line_id: cells for line_id, cells in found.items() if line_id}


def _drafted(actor: Actor, check: EntryCheck) -> dict[uuid.UUID, Cells]:
    draft = draft_of(actor, check.compound, None, _grid(check))
    kept = draft.open().lines if draft else []
    return {uuid.UUID(line[0]): Cells.of(line[1:]) for line in kept}


def _keep(actor: Actor, check: EntryCheck, read: Sequence[ReadLine]) -> None:
    lines = [[str(one.line.id), *one.line.cells.values] for one in read if not one.line.cells.blank]
    keep_draft(actor, compound_id=check.compound_id, file_id=None, lines=lines, grid=_grid(check))


def _grid(check: EntryCheck) -> str:
    return f"census.again.{check.pk}"


def _named(cells: Cells) -> dict[str, str]:
    return {name: getattr(cells, name) for name in COMPARED}


def _difference(actor: Actor, second: SecondEntry, people: Mapping[uuid.UUID, str]) -> dict[str, Any]:
    entered = second.drawn.entered
    try:
        first, again = entered.open(), second.open()
    except KeyDestroyed as destroyed:
        first = again = Cells(note=destroyed.instead)
    return {
        "id": second.pk,
        "door": _door(second.drawn),
        "paper": first.paper,
        "number": entered.number,
        "first_by": people.get(entered.attempt.by_person_id, ""),
        "second_by": people.get(second.by_person_id, ""),
        "own": entered.attempt.by_person_id == actor.person_id,
        "cells": [
            {"name": name, "label": LABELS[name], "first": _said(first, name), "second": _said(again, name)}
            for name in second.differing
        ],
    }


def _said(cells: Cells, name: str) -> str:
    """A cell as it was typed; a letter with its word."""
    text = str(getattr(cells, name))
    if name == "outcome" and (result := read_result(text)):
        return f"{text} {Result(result).label}"
    if name == "channel" and (channel := read_channel(text)):
        return f"{text} {Channel(channel).label}"
    return text


def _door(row: CheckedRow) -> str:
    door = row.entered.attempt.door
    return door_name(door.building.label, door.unit, door.room)


def _paper(row: CheckedRow) -> str:
    try:
        return str(row.entered.open().paper)
    except KeyDestroyed as destroyed:
        return destroyed.instead


def _source_of(check: EntryCheck, people: Mapping[uuid.UUID, str]) -> list[str]:
    said = [
        people.get(check.clerk_id, "") if check.clerk_id else "",
        str(Channel(check.channel).label) if check.channel else "",
    ]
    return list(filter(None, said)) or [_("all lines of the day")]


def _told(rate: SourceRate, name: str) -> dict[str, Any]:
    parts = [{"label": _("Lines wrong"), **_percent(rate.lines)}, {"label": _("Cells wrong"), **_percent(rate.cells)}]
    return {"name": name, "parts": parts, "undecided": rate.undecided}


def _percent(rate: Rate) -> dict[str, Any]:
    """Counts, and shares in percent to one place; no shares where nothing was counted."""
    parts = {"share": rate.share, "low": rate.low, "high": rate.high}
    return {
        "wrong": rate.wrong,
        "of": rate.of,
        **{name: f"{100 * part:.1f}" if part is not None else "" for name, part in parts.items()},
    }


def _day(text: str) -> date:
    try:
        return parse_date(text) or timezone.localdate(clock.now())
    except ValueError:
        return timezone.localdate(clock.now())
