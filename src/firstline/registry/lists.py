"""The page of all lists: unfinished ones first, then those that wait, then the decided ones."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext

from firstline.accounts.selectors import names_of
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed
from firstline.registry import selectors
from firstline.registry.models import FileContents, SourceFile
from firstline.registry.selectors import STATE_TEXTS, FileState

_ORDER = (FileState.UNFINISHED, FileState.REVIEW, FileState.ACCEPTED, FileState.DISCARDED)


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list: ``rows`` = ``records`` + ``parked`` + ``no_data``; who brought it, and who decided."""

    name: str
    url: str
    compound: str
    status: str
    status_text: str
    rows: int
    records: int
    parked: int
    no_data: int
    at: datetime
    by: str
    decided_at: datetime | None
    decided_by: str


def rows_for(actor: Actor, limit: int = 200) -> list[ListRow]:
    """The lists in the actor's places, the ones that need somebody first, each group newest first."""
    files = selectors.files_for(actor, limit)
    states = selectors.states_of(files)
    people = names_of(_people_of(files))
    ordered = sorted(files, key=lambda file: _ORDER.index(states[file.id]))
    return [_row(file, states[file.id], people) for file in ordered]


def _people_of(files: Sequence[SourceFile]) -> set[uuid.UUID]:
    decided = {decision.by_person_id for file in files if (decision := selectors.decision_of(file))}
    return {file.by_person_id for file in files} | decided


def _row(file: SourceFile, state: FileState, people: dict[uuid.UUID, str]) -> ListRow:
    decision = selectors.decision_of(file)
    return ListRow(
        name=_name(file),
        url=reverse("registry:review", args=[file.id]),
        compound=file.compound.place.name,
        status=state.value,
        status_text=gettext(STATE_TEXTS[state]),
        rows=file.row_count,
        records=file.record_count,
        parked=file.parked_count,
        no_data=file.no_data_count,
        at=file.recorded_at,
        by=people.get(file.by_person_id, ""),
        decided_at=decision.recorded_at if decision else None,
        decided_by=people.get(decision.by_person_id, "") if decision else "",
    )


def _name(file: SourceFile) -> str:
    try:
        contents: FileContents = file.open()
    except KeyDestroyed as destroyed:
        return destroyed.instead
    return contents.name
