"""The page of all lists: files nobody knows the compound of, then lists that wait, then the decided ones."""

import uuid
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from firstline.accounts.selectors import names_of
from firstline.kernel.actors import Actor
from firstline.kernel.errors import KeyDestroyed
from firstline.places.models import Compound
from firstline.registry import progress, selectors, standing
from firstline.registry.handing_over import keepers_for
from firstline.registry.intake import Outcome, Taken, alike, compounds_open_to
from firstline.registry.models import FileContents, LooseFile, SourceFile
from firstline.registry.selectors import STATE_TEXTS, FileState
from firstline.registry.standing import Account

_ORDER = (FileState.UNFINISHED, FileState.REVIEW, FileState.ACCEPTED, FileState.VOIDED, FileState.DISCARDED)
_ACCEPT = "registry.accept_file"


@dataclass(frozen=True, slots=True)
class ListRow:
    """One list: ``rows`` = ``placed`` + ``parked`` + ``no_data``; who brought it, who decided, what it waits for.

    ``plain`` is a list about which nothing is asked: it can be accepted together with others.
    """

    id: uuid.UUID
    name: str
    url: str
    compound: str
    status: str
    status_text: str
    waits: str
    plain: bool
    rows: int
    placed: int
    parked: int
    no_data: int
    at: datetime
    by: str
    decided_at: datetime | None
    decided_by: str


@dataclass(frozen=True, slots=True)
class LooseRow:
    """A file of which somebody has to say whose list it is."""

    id: uuid.UUID
    name: str
    at: datetime
    by: str
    likely: list[dict[str, str]]


def lists_context(actor: Actor, taken: Sequence[Taken] = ()) -> dict[str, Any]:
    """The context of ``registry/import_list.html``; ``taken`` are files that were just handed in."""
    rows = rows_for(actor)
    may_stage, may_accept = actor.may(selectors.STAGE), actor.may(_ACCEPT)
    waiting = selectors.loose_files(actor) if may_stage else []
    compounds = compounds_open_to(actor) if waiting else []
    loose = _loose(waiting, compounds)
    return {
        "imports": rows,
        "work": progress.under_way(actor),
        "plain": sum(row.plain for row in rows) if may_accept else 0,
        "loose": loose,
        "compounds": [_option(one) for one in compounds],
        "loose_url": reverse("registry:file_loose"),
        "accept_url": reverse("registry:accept_many"),
        "start_url": reverse("registry:import_start") if may_stage else "",
        "typed_url": reverse("registry:type_start") if may_stage else "",
        "others": [{"label": one.label, "url": reverse(one.url_name)} for one in keepers_for(actor)],
        "refused": [one for one in taken if one.outcome == Outcome.REFUSED],
        "taken": _summary(taken),
        "section": "registry:lists",
    }


def rows_for(actor: Actor, limit: int = 200) -> list[ListRow]:
    """The lists in the actor's places, the ones that need somebody first, each group newest first."""
    files = selectors.files_for(actor, limit)
    states = selectors.states_of(files)
    files = [file for file in files if states[file.id] in _ORDER]
    accounts = standing.accounts_of(files)
    listed = standing.compounds_listed({file.compound_id for file in files})
    people = names_of(_people_of(files))
    ordered = sorted(files, key=lambda file: _ORDER.index(states[file.id]))
    return [_row(file, states[file.id], accounts[file.id], people, listed) for file in ordered]


def many_context(actor: Actor, ids: Collection[uuid.UUID]) -> dict[str, Any]:
    """The context of ``registry/import_accept_many.html``: the lists asked for about which nothing is asked."""
    rows = [row for row in rows_for(actor) if row.plain and row.id in ids]
    return {
        "imports": rows,
        "rows": sum(row.rows for row in rows),
        "placed": sum(row.placed for row in rows),
        "accept_url": reverse("registry:accept_many"),
        "back_url": reverse("registry:lists"),
        "section": "registry:lists",
    }


def _summary(taken: Sequence[Taken]) -> list[str]:
    """What became of the files that were handed in, counted."""
    counts = {outcome: sum(one.outcome == outcome for one in taken) for outcome in Outcome}
    said = [
        (counts[Outcome.STAGED], ngettext("%(n)s list was read", "%(n)s lists were read", counts[Outcome.STAGED])),
        (counts[Outcome.KNOWN], ngettext("%(n)s came before", "%(n)s came before", counts[Outcome.KNOWN])),
        (
            counts[Outcome.LATER],
            ngettext("%(n)s is being read", "%(n)s are being read", counts[Outcome.LATER]),
        ),
        (
            counts[Outcome.LOOSE],
            ngettext("%(n)s does not say whose it is", "%(n)s do not say whose they are", counts[Outcome.LOOSE]),
        ),
        (
            counts[Outcome.HANDED],
            ngettext(
                "%(n)s is no list and was put elsewhere",
                "%(n)s are no lists and were put elsewhere",
                counts[Outcome.HANDED],
            ),
        ),
        (counts[Outcome.REFUSED], ngettext("%(n)s cannot be read", "%(n)s cannot be read", counts[Outcome.REFUSED])),
    ]
    return [text % {"n": count} for count, text in said if count]


def _loose(files: Sequence[LooseFile], compounds: Sequence[Compound]) -> list[LooseRow]:
    people = names_of({file.by_person_id for file in files})
    return [_loose_row(file, people, compounds) for file in files]


def _loose_row(file: LooseFile, people: dict[uuid.UUID, str], compounds: Sequence[Compound]) -> LooseRow:
    name = _called(file)
    likely = [_option(one) for one in alike(name, compounds)]
    return LooseRow(file.id, name, file.recorded_at, people.get(file.by_person_id, ""), likely)


def _called(file: LooseFile) -> str:
    try:
        return str(file.open().name)
    except KeyDestroyed as destroyed:
        return destroyed.instead


def _option(compound: Compound) -> dict[str, str]:
    return {"value": str(compound.pk), "name": compound.place.name}


def _people_of(files: Sequence[SourceFile]) -> set[uuid.UUID]:
    decided = {decision.by_person_id for file in files if (decision := selectors.decision_of(file))}
    return {file.by_person_id for file in files} | decided


def _row(
    file: SourceFile,
    state: FileState,
    account: Account,
    people: dict[uuid.UUID, str],
    listed: Collection[uuid.UUID],
) -> ListRow:
    contents = _opened(file)
    decision = selectors.decision_of(file)
    return ListRow(
        id=file.id,
        name=contents.name,
        url=reverse("registry:review", args=[file.id]),
        compound=file.compound.place.name,
        status=state.value,
        status_text=gettext(STATE_TEXTS[state]),
        waits=_waits(state, account, newer=file.compound_id in listed),
        plain=state == FileState.REVIEW
        and account.parked == 0
        and contents.compound_named in {"", file.compound.place.name}
        and file.compound_id not in listed,
        rows=account.rows,
        placed=account.placed,
        parked=account.parked,
        no_data=account.no_data,
        at=file.recorded_at,
        by=people.get(file.by_person_id, ""),
        decided_at=decision.recorded_at if decision else None,
        decided_by=people.get(decision.by_person_id, "") if decision else "",
    )


def _waits(state: FileState, account: Account, *, newer: bool) -> str:
    """What a list waits for, in words; nothing for one that is settled."""
    if state == FileState.UNFINISHED:
        return gettext("its rows are being stored")
    if state in {FileState.REVIEW, FileState.ACCEPTED} and account.parked:
        text = ngettext("%(count)s row for you to decide", "%(count)s rows for you to decide", account.parked)
        return text % {"count": account.parked}
    if state != FileState.REVIEW:
        return ""
    return gettext("a newer list: see what changed") if newer else gettext("nothing is asked; look and accept")


def _opened(file: SourceFile) -> FileContents:
    """What is said of a list; one whose key was destroyed says so in place of its name."""
    try:
        contents: FileContents = file.open()
    except KeyDestroyed as destroyed:
        return FileContents(name=destroyed.instead)
    return contents
