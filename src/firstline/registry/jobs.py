"""What the worker does with lists; who asks for it, and why, stands in ``background``."""

import uuid
from functools import partial

from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.registry import actions, background, intake, progress, selectors, staging
from firstline.registry.models import ImportContents, Stage, Verdict
from firstline.registry.selectors import STAGE


@background.BRING_IN.is_done_by(failed=progress.failed)
def bring_in(actor: Actor, file_id: uuid.UUID) -> None:
    """Read a file and store its rows, or those of them that an earlier attempt left out."""
    actor.require(STAGE)
    with scope.enter(actor):
        work = progress.work_on(file_id)
        if work is None:
            # Done by an attempt that was killed before it could say so; or not to be seen by who asked any more.
            selectors.file_for(actor, file_id, needs=STAGE)
            return
        progress.note(file_id, Stage.READING)
        contents: ImportContents = work.open()
        content = work.open_content() if work.sealed_content else None
    told = partial(progress.note, file_id, Stage.STORING)
    if content is None:
        file = staging.finish(actor, file_id, told)
    else:
        reading = staging.read(content, apart=True)
        file = intake.take(
            actor,
            name=contents.name,
            content=content,
            reading=reading,
            compound_id=work.compound_id,
            progress=told,
            file_id=file_id,
        ).file
    with scope.enter(actor):
        progress.finish(file_id, file.id)


@background.READ_AGAIN.is_done_by(failed=progress.failed)
def read_again(actor: Actor, reading_id: uuid.UUID) -> None:
    """Read a list with other columns, unless an attempt that was killed did so before it could say so."""
    actor.require("registry.choose_columns")
    with scope.enter(actor):
        work = progress.work_on(reading_id)
        contents: ImportContents | None = work.open() if work else None
        if contents is None or contents.again is None:
            selectors.file_for(actor, reading_id, needs="registry.choose_columns")
            return
        progress.note(reading_id, Stage.READING)
        read = selectors.decision_of(selectors.file_for(actor, contents.again, needs="registry.choose_columns"))
    leads_to = reading_id
    if read is None or read.verdict != Verdict.READ_AGAIN:
        told = partial(progress.note, reading_id, Stage.STORING)
        leads_to = intake.read_again(actor, contents.again, contents.chosen, told, reading_id).id
    with scope.enter(actor):
        progress.finish(reading_id, leads_to)


@background.ACCEPT.is_done_by(failed=progress.failed)
def accept(actor: Actor, file_id: uuid.UUID) -> None:
    """Accept a list, unless an attempt that was killed did so before it could say so."""
    with scope.enter(actor):
        if not selectors.decision_of(selectors.file_for(actor, file_id, needs="registry.accept_file")):
            actions.accept_file(actor, file_id=file_id)
        progress.finish(file_id, file_id)
