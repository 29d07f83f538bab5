"""What the pages of printing stand on: for which doors, how many, and the batch that came of it."""

import uuid
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_date

from firstline.census.callbacks.selectors import number_at
from firstline.census.campaigns import campaign_at
from firstline.census.models import Campaign, DoorState, Sheet, SheetBatch
from firstline.census.next_steps import Step
from firstline.census.paper import printing
from firstline.census.paper.actions import MOST_SHEETS, print_sheets
from firstline.census.paper.doors import full_name
from firstline.census.paper.errors import NothingToPrint
from firstline.census.paper.given import link_at, questions_for
from firstline.census.paper.numbers import number_of
from firstline.census.paper.selectors import sheets_in
from firstline.census.paper.steps import SheetKind, StepKind
from firstline.census.results import DONE
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.ids import read_id
from firstline.kernel.paths import community_of
from firstline.kernel.printing import pdf
from firstline.places.models import Compound, Door
from firstline.places.selectors import compounds_within, names_at

PRINT = "census.print_sheets"


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is to be printed: for a compound, its doors or one building's, those left or those due a notice."""

    kind: str = SheetKind.FORM
    compound: uuid.UUID | None = None
    building: str = ""
    which: str = "left"
    blank: int = 0
    by: date | None = None

    @classmethod
    def read(cls, form: QueryDict) -> "Chosen":
        """Read a form; anything missing has a harmless meaning."""
        kind, blank = form.get("kind", ""), form.get("blank", "").strip()
        which = form.get("which", "")
        return cls(
            kind=kind if kind in SheetKind.values else SheetKind.FORM.value,
            compound=read_id(form.get("compound", "")),
            building=form.get("building", "").strip(),
            which=which if which in {"left", "all", "due", "blank"} else "left",
            blank=int(blank) if blank.isdecimal() and len(blank) < 5 else 0,
            by=parse_date(form.get("by", "")) if form.get("by") else None,
        )


def print_page(actor: Actor, chosen: Chosen, *, mistake: str = "") -> dict[str, Any]:
    """The form: what, for which doors, by when."""
    compounds = [one for within in actor.ranges(PRINT) for one in compounds_within(within)]
    known = {kind: _by(compounds, kind) for kind in SheetKind}
    return {
        "section": "census:paper",
        "chosen": chosen,
        "mistake": mistake,
        "kinds": [{"value": kind.value, "label": kind.label} for kind in SheetKind],
        "compounds": [{"id": one.pk, "name": one.place.name} for one in compounds],
        "by": chosen.by or known.get(SheetKind(chosen.kind)),
        "most": MOST_SHEETS,
        "number": number_at(compounds[0].place.path) if compounds else "",
        "number_url": reverse("census:callbacks") if actor.may("census.set_number") else "",
        "paper_url": reverse("census:paper"),
    }


def print_chosen(actor: Actor, compound: Compound, chosen: Chosen) -> SheetBatch:
    """Number the sheets that were chosen. Raises NothingToPrint and what ``print_sheets`` raises."""
    blank = chosen.which == "blank"
    doors = [] if blank else _doors(compound, chosen)
    if not doors and not blank:
        raise NothingToPrint
    return print_sheets(
        actor,
        kind=chosen.kind,
        path=compound.place.path,
        door_ids=doors,
        blank=chosen.blank if blank else 0,
        by=chosen.by,
    )


def batch_page(actor: Actor, batch: SheetBatch) -> dict[str, Any]:
    """What was numbered, the way to the PDF, and what has become of the sheets."""
    sheets = sheets_in(batch)
    waiting = [sheet for sheet in sheets if sheet.state == StepKind.PRINTED]
    return {
        "section": "census:paper",
        "kind": SheetKind(batch.kind).label,
        "place": names_at([batch.path]).get(batch.path, ""),
        "numbers": f"{number_of(batch.first)} – {number_of(batch.last)}",
        "count": len(sheets),
        "at": batch.recorded_at,
        "by": batch.by,
        "pdf_url": reverse("census:paper-pdf", args=[batch.pk]),
        "paper_url": reverse("census:paper"),
        "sheets": [
            {"number": number_of(sheet.serial), "door": _door(sheet), "state": StepKind(sheet.state).label}
            for sheet in sheets
        ],
        "waiting": len(waiting),
        "spoil_url": reverse("census:paper-spoil", args=[batch.pk])
        if waiting and actor.may("census.spoil_sheets")
        else "",
    }


def batch_pdf(batch: SheetBatch) -> bytes:
    """The sheets of a batch as they are printed, however often. Raises FontMissing."""
    return pdf(*sheets_to_print(batch))


def sheets_to_print(batch: SheetBatch) -> tuple[str, dict[str, Any]]:
    """The template of a batch and its data: forms with the campaign's questions, notices with the way to the form."""
    sheets, community = sheets_in(batch), community_of(batch.path)
    head = printing.Letterhead(names_at([community]).get(community, ""), number_at(batch.path), batch.by)
    link = link_at(batch.path) if batch.kind == SheetKind.NOTICE else ""
    listed = [printing.Sheet(number_of(one.serial), _door(one), link) for one in sheets]
    if batch.kind == SheetKind.NOTICE:
        return printing.NOTICES, printing.notices(listed, head)
    campaign = Campaign.objects.get(pk=batch.campaign_id)
    return printing.FORM, printing.forms(listed, head, questions_for(campaign))


def _door(sheet: Sheet) -> str:
    return full_name(sheet.printed_for) if sheet.printed_for else ""


def _doors(compound: Compound, chosen: Chosen) -> list[uuid.UUID]:
    doors = Door.objects.standing().filter(building__compound=compound)
    if chosen.building:
        doors = doors.filter(building__label=chosen.building.removesuffix("号楼").removesuffix("楼"))
    states = DoorState.objects.filter(campaign=campaign_at(compound.place.path))
    if chosen.which == "left":
        doors = doors.exclude(pk__in=states.filter(outcome__in=sorted(DONE)).values("door_id"))
    if chosen.which == "due":
        doors = doors.filter(pk__in=states.filter(step=Step.POST_NOTICE).values("door_id"))
    return list(doors.values_list("pk", flat=True))


def _by(compounds: list[Compound], kind: SheetKind) -> date:
    """The day that stands on a sheet handed out today, by the rules of the place."""
    days = 1
    if compounds:
        rules = campaign_at(compounds[0].place.path).rules
        days = rules.form_days if kind == SheetKind.FORM else rules.call_back_days
    return timezone.localdate(clock.now()) + timedelta(days=days)
