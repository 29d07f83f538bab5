"""Lists that outlast a request: kept at once, then read, stored and accepted by the worker (``jobs``).

Killed at any moment, the work is done again from its last commit: rows and names have ids that follow from the file.
"""

import uuid
from typing import NamedTuple

from firstline import tables
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.kernel.jobs import Job
from firstline.places.models import Compound
from firstline.registry import actions, columns, progress, selectors, staging
from firstline.registry.columns import Choices
from firstline.registry.errors import ListDecided, ListUnfinished
from firstline.registry.models import Stage
from firstline.registry.selectors import STAGE

LONG_ROWS = 2_000
ACCEPTED_AT_ONCE = 20_000

BRING_IN = Job("registry.bring_in")
READ_AGAIN = Job("registry.read_again")
ACCEPT = Job("registry.accept")


class HandedIn(NamedTuple):
    """Under which id a file is known, and whether it is brought in ``later`` or was on record before."""

    file_id: uuid.UUID
    later: bool


def is_long(content: bytes) -> bool:
    """Whether a file has more rows than are read while somebody waits; told without reading it."""
    return tables.longer_than(content, LONG_ROWS)


def hand_in(actor: Actor, *, name: str, content: bytes, compound: Compound) -> HandedIn:
    """Keep a file, sealed, and have it read; see ``progress.progress_of``. The same file again is the first.

    Raises NotFound, EmergencyMissing.
    """
    with scope.enter(actor):
        fingerprint = staging.recognise(compound, content)
        file_id = actions.hand_in_file(
            actor, compound_id=compound.pk, file_id=uuid7(), name=name, content=content, fingerprint=fingerprint
        )
        if later := progress.is_under_way(file_id):
            BRING_IN.later(actor, file_id)
    return HandedIn(file_id, later)


def finish(actor: Actor, file_id: uuid.UUID) -> bool:
    """Store the rows an interrupted attempt left out; True when that is done, False when it will be.

    Raises NotFound, ReadingChanged. Commits in chunks: not inside a transaction.
    """
    with scope.enter(actor):
        file = selectors.file_for(actor, file_id, needs=STAGE)
        if file.row_count > LONG_ROWS:
            progress.begin(actor, file, Stage.WAITING)
            BRING_IN.later(actor, file_id)
            return False
    staging.finish(actor, file_id)
    return True


def read_again(actor: Actor, file_id: uuid.UUID, choices: Choices) -> uuid.UUID | None:
    """Have a long list read with its columns as ``choices`` say; the id of that reading, or None when it is not long.

    Raises NotFound, ListDecided.
    """
    with scope.enter(actor):
        file = selectors.file_for(actor, file_id, needs="registry.choose_columns")
        if file.row_count <= LONG_ROWS:
            return None
        if selectors.decision_of(file):
            raise ListDecided
        both = {**columns.chosen_of(file.open()), **choices}
        fingerprint = staging.recognise(file.compound, file.open_content(), columns.digest_of(both))
        reading_id = progress.begin_again(actor, file, choices, fingerprint)
        READ_AGAIN.later(actor, reading_id)
    return reading_id


def accept(actor: Actor, file_id: uuid.UUID) -> bool:
    """Accept a list; True when that is done, False when it will be. Raises what ``actions.accept_file`` raises."""
    with scope.enter(actor):
        file = selectors.file_for(actor, file_id, needs="registry.accept_file")
        if file.row_count <= ACCEPTED_AT_ONCE:
            actions.accept_file(actor, file_id=file_id)
            return True
        if selectors.decision_of(file):
            raise ListDecided
        if not selectors.is_complete(file):
            raise ListUnfinished
        progress.begin(actor, file, Stage.ACCEPTING)
        ACCEPT.later(actor, file_id)
    return False
