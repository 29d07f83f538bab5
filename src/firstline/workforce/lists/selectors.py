"""Reading lists of people: those of the reader's places, how each reads now, and what it did."""

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from firstline import tables
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.models import Place
from firstline.places.selectors import in_ranges
from firstline.workforce.lists.proposals import Compared, compare
from firstline.workforce.lists.reading import Field, Kind, Layout, Line, ListSheet, read_lists
from firstline.workforce.models import ListContents, ListDecision, ListEffect, ListFix, ListVerdict, PeopleList, RowFix

READ_STAFF = "workforce.read_staff"
BRING = "workforce.bring_people"
ACCEPT = "workforce.accept_people"


@dataclass(frozen=True, slots=True)
class Opened:
    """A list as it reads now: its file's name, its sheets, what was put right, and what it is against the record."""

    people_list: PeopleList
    name: str
    sheets: list[ListSheet]
    fixes: dict[str, RowFix]
    compared: Compared
    state: str

    @property
    def lines(self) -> list[Line]:
        """All rows of all sheets."""
        return [line for sheet in self.sheets for line in sheet.lines]


def list_for(actor: Actor, list_id: uuid.UUID, *, needs: str = READ_STAFF) -> PeopleList:
    """A list of the actor's places. Raises NotFound."""
    found = PeopleList.objects.filter(in_ranges(actor.ranges(needs)), pk=list_id).first()
    if found is None:
        raise NotFound
    return found


def locked(actor: Actor, list_id: uuid.UUID, *, needs: str) -> PeopleList:
    """A list for the running action alone: the place it is about gives its lists out one at a time. Raises NotFound."""
    people_list = list_for(actor, list_id, needs=needs)
    Place.objects.select_for_update(no_key=True).get(path=people_list.path)
    return people_list


def lists_of(actor: Actor) -> list[PeopleList]:
    """The lists of the actor's places, the latest first."""
    found = PeopleList.objects.filter(in_ranges(actor.ranges(READ_STAFF))).prefetch_related("decisions")
    return list(found.order_by("-recorded_at")[:30])


def state_of(people_list: PeopleList) -> str:
    """The latest verdict on a list; "" while there is none."""
    decisions = sorted(people_list.decisions.all(), key=lambda one: one.pk)
    return str(decisions[-1].verdict) if decisions else ""


def opened(people_list: PeopleList) -> Opened:
    """A list read anew, with what people put right in it, against what is on record now."""
    contents = people_list.open()
    fixes = fixes_of(people_list)
    sheets = sheets_of(people_list, contents, tables.read(contents.content), fixes)
    lines = [line for sheet in sheets for line in sheet.lines]
    done = {effect.row for effect in effects_of(people_list)}
    return Opened(
        people_list, contents.name, sheets, fixes, compare(people_list.path, lines, fixes, done), state_of(people_list)
    )


def sheets_of(
    people_list: PeopleList, contents: ListContents, sheets: Sequence[tables.Sheet], fixes: dict[str, RowFix]
) -> list[ListSheet]:
    """The sheets of a list's file as they read with what people put right."""
    return read_lists(
        sheets,
        year=people_list.year,
        name=contents.name,
        kinds={int(row): Kind(fix.kind) for row, fix in fixes.items() if fix.kind},
        layouts={int(row): layout_of(fix) for row, fix in fixes.items() if fix.columns},
        fixes={row: {Field(name): text for name, text in fix.fields.items()} for row, fix in fixes.items()},
    )


def layout_of(fix: RowFix) -> Layout:
    """What was said of a sheet's columns."""
    return Layout(fix.header, {int(column): Field(name) for column, name in fix.columns.items() if name})


def fixes_of(people_list: PeopleList) -> dict[str, RowFix]:
    """What was put right, by row: of each part the latest that was said."""
    found: dict[str, RowFix] = {}
    for one in ListFix.objects.filter(people_list=people_list).order_by("id"):
        said, before = one.open(), found.get(one.row, RowFix())
        found[one.row] = RowFix(
            fields=before.fields | said.fields,
            place=said.place or before.place,
            person=said.person or before.person,
            left_out=said.left_out,
            kind=said.kind or before.kind,
            columns=said.columns or before.columns,
            header=said.header if said.columns else before.header,
        )
    return found


def effects_of(people_list: PeopleList) -> list[ListEffect]:
    """What a list did and was not taken back since."""
    back = ListDecision.objects.filter(people_list=people_list, verdict=ListVerdict.TAKEN_BACK).order_by("-id").first()
    found = ListEffect.objects.filter(decision__people_list=people_list)
    return list(found.filter(decision_id__gt=back.pk) if back else found)


def waiting(compared: Compared) -> int:
    """How many rows are asked about."""
    return sum(row.state == "waits" for row in compared.rows)


def counted(compared: Compared, states: Iterable[str]) -> dict[str, int]:
    """How many rows are in each of these states."""
    return {state: sum(row.state == state for row in compared.rows) for state in states}
