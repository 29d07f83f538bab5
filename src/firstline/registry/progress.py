"""How far work on lists in the background has come: kept where every process sees it, so a page can be left and found.

What it says is what has been committed: rows count once they are stored.
"""

import hashlib
import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from firstline.kernel import clock, crypto, scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.errors import FirstlineError, by_code
from firstline.kernel.ids import uuid7
from firstline.places.selectors import in_ranges
from firstline.registry import selectors
from firstline.registry.columns import Choices
from firstline.registry.errors import ListUnfinished, ListUnreadable
from firstline.registry.models import Import, ImportContents, SourceFile, Stage
from firstline.registry.selectors import READ, FileState
from firstline.tables.errors import ALL as TABLE_ERRORS
from firstline.tables.errors import TableError

# The longest single step, reading 100,000 rows on a small machine, takes about a minute.
QUIET_AFTER = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Progress:
    """``done`` of ``total`` rows are stored; while the total is unknown both are 0.

    ``problem`` says in words why the last attempt failed; unless ``stage`` is FAILED, another will follow. ``leads_to``
    is the list on record once it is DONE: another than ``file_id`` when this very file had come before.
    """

    file_id: uuid.UUID
    name: str
    compound: str
    stage: Stage
    done: int = 0
    total: int = 0
    problem: str = ""
    begun_at: datetime | None = None
    changed_at: datetime | None = None
    leads_to: uuid.UUID | None = None

    @property
    def text(self) -> str:
        return str(self.stage.label)

    @property
    def is_over(self) -> bool:
        return self.stage in {Stage.DONE, Stage.FAILED}

    @property
    def is_quiet(self) -> bool:
        """Nothing has been heard of the work for so long that somebody should look after the worker."""
        return not self.is_over and self.changed_at is not None and clock.now() - self.changed_at > QUIET_AFTER

    @property
    def version(self) -> str:
        """Changes with everything that is shown."""
        said = (self.stage, self.done, self.total, self.problem, self.is_quiet)
        return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def progress_of(actor: Actor, file_id: uuid.UUID) -> Progress:
    """How far a list has come that the actor may see, whether or not anything is done about it. Raises NotFound."""
    work = _reachable(actor).filter(pk=file_id).first()
    if work is not None:
        return _of(work)
    file = selectors.file_for(actor, file_id)
    stored = 0 if selectors.decision_of(file) else file.rows.count()
    whole = selectors.state_of(file, stored) != FileState.UNFINISHED
    return Progress(
        file_id=file.id,
        name=file.open().name,
        compound=file.compound.place.name,
        stage=Stage.DONE if whole else Stage.FAILED,
        done=file.row_count if whole else stored,
        total=file.row_count,
        problem="" if whole else str(ListUnfinished()),
        leads_to=file.id,
    )


def page_of(actor: Actor, progress: Progress) -> dict[str, Any]:
    """The context of ``registry/import_progress.html``."""
    failed = progress.stage == Stage.FAILED
    may_drop, may_start = actor.may("registry.drop_import"), actor.may("registry.stage_file")
    return {
        "progress": progress,
        "progress_url": reverse("registry:progress", args=[progress.file_id]),
        "drop_url": reverse("registry:drop", args=[progress.file_id]) if failed and may_drop else "",
        "start_url": reverse("registry:import_start") if may_start else "",
        "lists_url": reverse("registry:lists"),
        "section": "registry:lists",
    }


def under_way(actor: Actor) -> list[Progress]:
    """The lists in the actor's places that are being worked on or could not be brought in, the newest first."""
    return [_of(work) for work in _reachable(actor).exclude(stage=Stage.DONE).order_by("-begun_at", "id")]


def is_under_way(file_id: uuid.UUID) -> bool:
    """Whether there is work to do on a list; inside the scope of whoever asks."""
    return Import.objects.filter(pk=file_id).exclude(stage=Stage.DONE).exists()


def work_on(file_id: uuid.UUID) -> Import | None:
    """The work on a list, with the file where it is kept; None when it is done. Inside the scope of whoever asked."""
    return Import.objects.select_related("compound__place").filter(pk=file_id).first()


def begin(actor: Actor, file: SourceFile, stage: Stage) -> None:
    """Put work on a list that is on record on view, before it is put into the queue; again changes the stage."""
    work = _work(actor, file, file.id, bytes(file.fingerprint))
    work.seal(ImportContents(file.open().name), selectors.key_of(file))
    Import.objects.bulk_create([work], ignore_conflicts=True)
    note(file.id, stage, total=file.row_count)


def begin_again(actor: Actor, file: SourceFile, chosen: Choices, fingerprint: bytes) -> uuid.UUID:
    """Put on view that a list will be read with other columns; the id of that reading, the same when asked again."""
    work = _work(actor, file, uuid7(), fingerprint)
    contents = ImportContents(file.open().name, again=file.id, chosen=dict(chosen))
    work.seal(contents, selectors.key_of(file))
    Import.objects.bulk_create([work], ignore_conflicts=True)
    work = Import.objects.only("pk").get(compound_id=file.compound_id, fingerprint=fingerprint)
    note(work.pk, Stage.WAITING, total=file.row_count)
    return work.pk


def note(file_id: uuid.UUID, stage: Stage, done: int = 0, total: int = 0) -> None:
    """Say how far the work has come, in the transaction that did it. Nothing happens for work nobody watches."""
    Import.objects.filter(pk=file_id).update(stage=stage, done=done, total=total, problem="", changed_at=clock.now())


def finish(file_id: uuid.UUID, leads_to: uuid.UUID) -> None:
    """The work is done, and the list itself says the rest; unless it is another, which came before."""
    work = Import.objects.defer("sealed_content").filter(pk=file_id)
    if file_id == leads_to:
        work.delete()
    elif (kept := work.first()) is not None:
        contents: ImportContents = kept.open()
        contents.data = {"leads_to": str(leads_to)}
        sealed = Import.envelope(file_id, contents, crypto.key_of(kept.sealed))
        work.update(stage=Stage.DONE, sealed=sealed, sealed_content=None, problem="", changed_at=clock.now())


def failed(file_id: uuid.UUID, problem: FirstlineError, again: bool) -> None:
    """Say why an attempt failed. As the program itself, since whoever asked may have lost the grant meanwhile."""
    with scope.enter(console()):
        work = Import.objects.select_for_update().defer("sealed_content").filter(pk=file_id).first()
        if work is None:
            return
        contents: ImportContents = work.open()
        contents.data = _data_of(problem)
        work.seal(contents, crypto.key_of(work.sealed))
        work.problem, work.changed_at = problem.code, clock.now()
        work.stage = Stage.WAITING if again else Stage.FAILED
        work.save(update_fields=["sealed", "problem", "stage", "changed_at"])


def _work(actor: Actor, file: SourceFile, work_id: uuid.UUID, fingerprint: bytes) -> Import:
    return Import(
        id=work_id,
        path=file.path,
        compound_id=file.compound_id,
        fingerprint=fingerprint,
        person_id=actor.person_id,
        total=file.row_count,
    )


def _reachable(actor: Actor) -> QuerySet[Import]:
    found = Import.objects.filter(in_ranges(actor.ranges(READ))).defer("sealed_content")
    return found.select_related("compound__place")


def _of(work: Import) -> Progress:
    contents: ImportContents = work.open()
    return Progress(
        file_id=work.pk,
        name=contents.name,
        compound=work.compound.place.name,
        stage=Stage(work.stage),
        done=work.done,
        total=work.total,
        problem=_said(work.problem, contents.data) if work.problem else "",
        begun_at=work.begun_at,
        changed_at=work.changed_at,
        leads_to=uuid.UUID(str(contents.data["leads_to"])) if work.stage == Stage.DONE else None,
    )


def _data_of(problem: FirstlineError) -> dict[str, str | int]:
    """What fills the sentence, not the sentence: it is said in the language of whoever asks."""
    if isinstance(problem, ListUnreadable) and problem.origin:
        return {"cause": problem.origin.code, **problem.origin.data}
    return {name: value for name, value in problem.data.items() if isinstance(value, (str, int))}


def _said(code: str, data: dict[str, str | int]) -> str:
    if code == ListUnreadable.code:
        reader = next((error for error in TABLE_ERRORS if error.code == data.get("cause")), TableError)
        return str(ListUnreadable.because(reader(**{key: value for key, value in data.items() if key != "cause"})))
    return str(by_code(code)(**data))
