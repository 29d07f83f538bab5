"""Files that somebody hands in: what they say, which compound they are about, and into staging."""

import hashlib
import uuid
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from firstline.kernel import crypto, scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.models import Compound
from firstline.places.selectors import compound_for, compounds_within
from firstline.registry import actions, background, columns, selectors, staging
from firstline.registry.actions import Named
from firstline.registry.errors import CompoundUnclear, ListUnreadable
from firstline.registry.handing_over import hand_over
from firstline.registry.models import SourceFile, SourceKind
from firstline.registry.reading import FileReading, Kind
from firstline.registry.selectors import STAGE
from firstline.registry.staging import Progress, Staged
from firstline.registry.upload import LIMITS, Upload, one_at_a_time
from firstline.response.selectors import emergency_at
from firstline.tables import Sheet
from firstline.tables.apart import read_apart
from firstline.tables.errors import TableError, TooManyCells

# Pieces of names that say nothing about which compound it is.
_COMMON = frozenset({"小区", "家属", "属院", "家属院", "家园", "花园", "宿舍", "公司", "佳苑", "新居"})
_ALIKE_FROM, _MOST_ALIKE = 2, 3

# From so many rows one knows whether a list names its compound in every row.
_ROWS_ASKED = 60


class Outcome(StrEnum):
    """What became of a file that was handed in."""

    STAGED = "staged"
    KNOWN = "known"
    LOOSE = "loose"
    LATER = "later"
    HANDED = "handed"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Taken:
    """One file of several: ``file_id`` is the list on record or in the making, ``problem`` why it was refused.

    ``url`` is the page of one that was handed to another app.
    """

    name: str
    outcome: Outcome
    file_id: uuid.UUID | None = None
    problem: str = ""
    url: str = ""


def take_all(actor: Actor, uploads: Sequence[Upload], compound_id: uuid.UUID | None) -> list[Taken]:
    """Take files one by one, each for itself: one that cannot be read stops none of the others.

    Without ``compound_id`` each file says by name, title or rows whose it is; one that does not is kept loose. Raises
    NotFound for a compound elsewhere, EmergencyMissing. Commits in chunks: not inside a transaction.
    """
    if compound_id:
        with scope.enter(actor):
            compound_for(actor, compound_id, needs=STAGE)
    return [_take_one(actor, upload, compound_id) for upload in uploads]


def take(
    actor: Actor,
    *,
    name: str,
    content: bytes,
    reading: FileReading,
    compound_id: uuid.UUID | None,
    progress: Progress | None = None,
    file_id: uuid.UUID | None = None,
) -> Staged:
    """See which compound a file that was read is about, unless that was said, and store it unaccepted.

    Raises CompoundUnclear, NotFound, EmergencyMissing. Commits in chunks: not inside a transaction.
    """
    with scope.enter(actor):
        said = compound_named(name, reading, compounds_open_to(actor))
        compound = compound_for(actor, compound_id, needs=STAGE) if compound_id else said
        if compound is None:
            raise CompoundUnclear
        choices = columns.remembered(compound, reading, key_id=emergency_at(compound.place.path).key_id)
    named = Named(name, said.place.name if said else "")
    if choices:
        reading = staging.read(content, choices, apart=True)
    return staging.stage(
        actor,
        compound=compound,
        named=named,
        content=content,
        reading=reading,
        chosen=choices,
        progress=progress,
        file_id=file_id,
    )


def take_loose(actor: Actor, loose_id: uuid.UUID, compound_id: uuid.UUID | None) -> Taken | None:
    """File a loose file under a compound, or (None) set it aside for good; one that is refused stays loose.

    Raises NotFound, ListDecided.
    """
    with scope.enter(actor):
        loose = selectors.loose_for(actor, loose_id, needs="registry.end_loose_file")
        upload = Upload(loose.open().name, loose.open_content())
    # The list first: whatever stops us between the two, the file is on record at least once.
    taken = _take_one(actor, upload, compound_id) if compound_id else None
    if taken is None or taken.outcome != Outcome.REFUSED:
        actions.end_loose_file(actor, loose_id=loose_id, compound_id=compound_id)
    return taken


def read_again(
    actor: Actor,
    file_id: uuid.UUID,
    choices: columns.Choices,
    progress: Progress | None = None,
    read_as: uuid.UUID | None = None,
) -> SourceFile:
    """Read a list anew with its columns as ``choices`` say, and keep that for lists that look alike.

    ``read_as`` is the id of the new reading, if that is settled. Raises NotFound, ListDecided. Commits in chunks: not
    inside a transaction.
    """
    with scope.enter(actor):
        file = selectors.file_for(actor, file_id, needs="registry.choose_columns")
        contents, content = file.open(), file.open_content()
        key_id = selectors.key_of(file)
    as_found = staging.read(content, apart=True)
    layouts = {
        columns.layout_of(sheet, file.compound, key_id=key_id): choices[sheet.number]
        for sheet in as_found.readings
        if sheet.number in choices
    }
    both = {**columns.chosen_of(contents), **choices}
    named = Named(contents.name, contents.compound_named, SourceKind(file.kind))
    staged = staging.stage(
        actor,
        compound=file.compound,
        named=named,
        content=content,
        reading=staging.read(content, both, apart=True),
        chosen=both,
        progress=progress,
        file_id=read_as,
    )
    return actions.choose_columns(actor, file_id=file_id, choices=layouts, read_as=staged.file.id)


def compounds_open_to(actor: Actor) -> list[Compound]:
    """The compounds whose lists the actor may bring in."""
    return [compound for within in actor.ranges(STAGE) for compound in compounds_within(within)]


def compound_named(name: str, reading: FileReading, compounds: Sequence[Compound]) -> Compound | None:
    """The compound a file is about, by its name, else by its titles, else by its rows; None when none is sure."""
    return recognise([name], compounds) or recognise(reading.titles, compounds) or _named_in_rows(reading, compounds)


def recognise(texts: Iterable[str], compounds: Sequence[Compound]) -> Compound | None:
    """The compound that texts name: the longest name or alias found; None when none or two fit."""
    said = [text for text in texts if text]
    fits = {
        compound.pk: (max(len(name) for name in found), compound)
        for compound in compounds
        if (
            found := [
                name for name in (compound.place.name, *compound.aliases) if name and any(name in one for one in said)
            ]
        )
    }
    longest = max((length for length, _ in fits.values()), default=0)
    best = [compound for length, compound in fits.values() if length == longest]
    return best[0] if len(best) == 1 else None


def alike(name: str, compounds: Sequence[Compound]) -> list[Compound]:
    """The compounds whose names share the most with a file's, likeliest first; at least two characters in a row."""
    shared = {compound.pk: max(_shared(name, called) for called in _called(compound)) for compound in compounds}
    found = [compound for compound in compounds if shared[compound.pk] >= _ALIKE_FROM]
    return sorted(found, key=lambda compound: -shared[compound.pk])[:_MOST_ALIKE]


def _called(compound: Compound) -> list[str]:
    return [compound.place.name, *compound.aliases]


def _shared(text: str, name: str) -> int:
    """The length of the longest piece that both have, words that any compound may have left out."""
    pieces = (name[start:end] for start in range(len(name)) for end in range(start + 2, len(name) + 1))
    return max((len(piece) for piece in pieces if piece in text and piece not in _COMMON), default=0)


def _named_in_rows(reading: FileReading, compounds: Sequence[Compound]) -> Compound | None:
    """The compound that most rows name, as where a company keeps several on one list and sends a part of it."""
    rows = [row for sheet in reading.readings for row in sheet.rows if row.kind is not Kind.NO_DATA][:_ROWS_ASKED]
    named = [recognise([" ".join(row.cells)], compounds) for row in rows]
    counts = Counter(compound.pk for compound in named if compound)
    best = counts.most_common(1)
    if not best or best[0][1] * 2 <= len(rows):
        return None
    return next(compound for compound in compounds if compound.pk == best[0][0])


def _take_one(actor: Actor, upload: Upload, compound_id: uuid.UUID | None) -> Taken:
    if background.is_long(upload.content):
        return _take_long(actor, upload, compound_id)
    try:
        with one_at_a_time():
            reading = staging.read(upload.content, apart=True, limits=LIMITS)
        if compound_id is None and (taken := handed_over(actor, upload, [one.sheet for one in reading.readings])):
            return taken
        staged = take(actor, name=upload.name, content=upload.content, reading=reading, compound_id=compound_id)
    except ListUnreadable as problem:
        if isinstance(problem.origin, TooManyCells):
            return _take_long(actor, upload, compound_id)
        return Taken(upload.name, Outcome.REFUSED, problem=str(problem))
    except CompoundUnclear:
        _keep_loose(actor, upload)
        return Taken(upload.name, Outcome.LOOSE)
    return Taken(upload.name, Outcome.KNOWN if staged.known else Outcome.STAGED, staged.file.id)


def _take_long(actor: Actor, upload: Upload, compound_id: uuid.UUID | None) -> Taken:
    """A long file is kept before it is read, so only its name says whose it is."""
    with scope.enter(actor):
        said = compound_for(actor, compound_id, needs=STAGE) if compound_id else None
        compound = said or recognise([upload.name], compounds_open_to(actor))
    if compound is None:
        return _elsewhere(actor, upload)
    handed = background.hand_in(actor, name=upload.name, content=upload.content, compound=compound)
    return Taken(upload.name, Outcome.LATER if handed.later else Outcome.KNOWN, handed.file_id)


def handed_over(actor: Actor, upload: Upload, sheets: Sequence[Sheet]) -> Taken | None:
    """What became of a file that is no list but another app's to keep; None for a list."""
    handed = hand_over(actor, upload, sheets)
    return Taken(upload.name, Outcome.HANDED, handed.file_id, url=handed.url) if handed else None


def _elsewhere(actor: Actor, upload: Upload) -> Taken:
    """A long file whose name is no compound's: perhaps what another app takes, else kept and asked about."""
    try:
        with one_at_a_time():
            sheets = read_apart(upload.content, limits=LIMITS)
    except TableError:
        sheets = []
    if taken := handed_over(actor, upload, sheets):
        return taken
    _keep_loose(actor, upload)
    return Taken(upload.name, Outcome.LOOSE)


def _keep_loose(actor: Actor, upload: Upload) -> None:
    """At the widest place for which the actor may bring lists in."""
    ranges = actor.ranges(STAGE)
    if not ranges:
        raise NotFound
    path = min((one.lo for one in ranges), key=len)
    with scope.enter(actor):
        key_id = emergency_at(path).key_id
    fingerprint = crypto.token("loose_file", hashlib.sha256(upload.content).hexdigest(), key_id=key_id)
    actions.keep_loose_file(actor, name=upload.name, content=upload.content, fingerprint=fingerprint, path=path)
