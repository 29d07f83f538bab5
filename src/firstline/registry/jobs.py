"""Lists that outlast a request: read, stored and accepted in the background, by whoever handed them in.

    jobs.is_long(content)                       # more rows than are read while somebody waits
    jobs.hand_in(actor, name=..., content=..., compound_id=...)     # its id; see progress.progress_of
    jobs.accept(actor, file_id)                 # at once, or in the background

Killed at any moment, the work is done again from its last commit: rows and names have ids that follow from the file.
"""

import uuid
from functools import partial

from firstline import tables
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.ids import uuid7
from firstline.kernel.jobs import Job
from firstline.places.selectors import compound_for
from firstline.registry import actions, intake, progress, selectors, staging
from firstline.registry.errors import CompoundNotChosen, ListDecided, ListUnfinished
from firstline.registry.models import ImportContents, Stage

LONG_ROWS = 2_000
ACCEPTED_AT_ONCE = 20_000


def is_long(content: bytes) -> bool:
    """Whether a file has more rows than are read while somebody waits; told without reading it."""
    return tables.longer_than(content, LONG_ROWS)


def hand_in(actor: Actor, *, name: str, content: bytes, compound_id: uuid.UUID | None) -> uuid.UUID:
    """Keep a file, sealed, and have it read; its id, which is that of the list. The same file again is the first.

    Raises CompoundNotChosen, NotFound, EmergencyMissing.
    """
    with scope.enter(actor):
        if compound_id:
            compound = compound_for(actor, compound_id, needs=intake.STAGE)
        elif (said := intake.recognise([name], intake.compounds_open_to(actor))) is not None:
            compound = said
        else:
            raise CompoundNotChosen
        fingerprint = staging.recognise(compound, content)
        file_id = actions.hand_in_file(
            actor, compound_id=compound.pk, file_id=uuid7(), name=name, content=content, fingerprint=fingerprint
        )
        if progress.work_on(file_id):
            BRING_IN.later(actor, file_id)
    return file_id


def finish(actor: Actor, file_id: uuid.UUID) -> bool:
    """Store the rows an interrupted attempt left out; True when that is done, False when it will be.

    Raises NotFound, ReadingChanged.
    """
    with scope.enter(actor):
        file = selectors.file_for(actor, file_id, needs=intake.STAGE)
        if file.row_count > LONG_ROWS:
            progress.begin(actor, file, Stage.WAITING)
            BRING_IN.later(actor, file_id)
            return False
    staging.finish(actor, file_id)
    return True


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


def _bring_in(actor: Actor, file_id: uuid.UUID) -> None:
    actor.require(intake.STAGE)
    with scope.enter(actor):
        work = progress.work_on(file_id)
        if work is None:
            # Done by an attempt that was killed before it could say so; or not to be seen by who asked any more.
            selectors.file_for(actor, file_id, needs=intake.STAGE)
            return
        progress.note(file_id, Stage.READING)
        contents: ImportContents = work.open()
        content = work.open_content() if work.sealed_content else None
    told = partial(progress.note, file_id, Stage.STORING)
    if content is None:
        staging.finish(actor, file_id, told)
    else:
        intake.take(
            actor,
            name=contents.name,
            content=content,
            reading=staging.read(content),
            compound_id=work.compound_id,
            progress=told,
            file_id=file_id,
        )
    with scope.enter(actor):
        progress.forget(file_id)


def _accept(actor: Actor, file_id: uuid.UUID) -> None:
    with scope.enter(actor):
        if not selectors.decision_of(selectors.file_for(actor, file_id, needs="registry.accept_file")):
            actions.accept_file(actor, file_id=file_id)
        progress.forget(file_id)


BRING_IN = Job("registry.bring_in", work=_bring_in, failed=progress.failed)
ACCEPT = Job("registry.accept", work=_accept, failed=progress.failed)
