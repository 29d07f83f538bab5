"""Reading lists: the only way from an outside id to a file or its rows."""

import uuid
from collections.abc import Iterable
from enum import StrEnum

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_noop

from firstline.identifiers import door_label
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.frames import DoorProposal
from firstline.places.models import Compound
from firstline.places.selectors import in_ranges
from firstline.registry.models import (
    FileDecision,
    LooseFile,
    RowKind,
    SourceFile,
    SourceRow,
    SourceVoid,
    TypingDraft,
    Verdict,
)
from firstline.response.models import Emergency

READ = "registry.read_lists"
STAGE = "registry.stage_file"


class FileState(StrEnum):
    """How far a list has come. The sentences are source strings, translated where they are shown."""

    UNFINISHED = "unfinished"
    REVIEW = "review"
    ACCEPTED = "accepted"
    DISCARDED = "discarded"
    READ_AGAIN = "read_again"
    VOIDED = "voided"


STATE_TEXTS = {
    FileState.UNFINISHED: gettext_noop("Not read in completely"),
    FileState.REVIEW: gettext_noop("Waits for you to accept it"),
    FileState.ACCEPTED: gettext_noop("Accepted"),
    FileState.DISCARDED: gettext_noop("Discarded"),
    FileState.READ_AGAIN: gettext_noop("Read again with other columns"),
    FileState.VOIDED: gettext_noop("Taken back"),
}


def file_for(actor: Actor, file_id: uuid.UUID, *, needs: str = READ) -> SourceFile:
    """A list the actor may reach, without the file itself, with compound and decision. Raises NotFound."""
    elder = SourceFile.objects.filter(
        compound=OuterRef("compound"), decision__verdict=Verdict.ACCEPTED, void=None
    ).exclude(pk=OuterRef("pk"))
    file = _files(actor, needs).annotate(has_elder=Exists(elder)).filter(pk=file_id).first()
    if file is None:
        raise NotFound
    return file


def listed_before(file: SourceFile) -> bool:
    """Whether the compound of a list that came through ``file_for`` has an accepted list already."""
    return bool(getattr(file, "has_elder", False))


def files_for(actor: Actor, limit: int = 200) -> list[SourceFile]:
    """The lists in the actor's places, newest first."""
    return list(_files(actor, READ).order_by("-recorded_at", "id")[:limit])


def _files(actor: Actor, needs: str) -> QuerySet[SourceFile]:
    found = SourceFile.objects.filter(in_ranges(actor.ranges(needs))).defer("sealed_content")
    return found.select_related("compound__place", "decision", "void")


def open_loose(path: str) -> QuerySet[LooseFile]:
    """The loose files of a place that wait for somebody to say whose they are, oldest first."""
    return LooseFile.objects.filter(path=path, end=None).defer("sealed_content").order_by("recorded_at")


def loose_for(actor: Actor, loose_id: uuid.UUID, *, needs: str) -> LooseFile:
    """A loose file the actor may reach, with what became of it. Raises NotFound."""
    found = LooseFile.objects.filter(in_ranges(actor.ranges(needs)), pk=loose_id).select_related("end").first()
    if found is None:
        raise NotFound
    return found


def loose_files(actor: Actor) -> list[LooseFile]:
    """The files in the actor's places of which nobody has said whose they are, oldest first."""
    found = LooseFile.objects.filter(in_ranges(actor.ranges(STAGE)), end=None).defer("sealed_content")
    return list(found.order_by("recorded_at"))


def draft_of(actor: Actor, compound: Compound, file_id: uuid.UUID | None, grid: str = "") -> TypingDraft | None:
    """What the actor has typed so far for a compound, or about one list of it, in one grid; nobody sees another's."""
    found = TypingDraft.objects.filter(compound=compound, person_id=actor.person_id, source_file=file_id, grid=grid)
    return found.first()


def account_of(file: SourceFile) -> dict[str, int]:
    """The equation of a list's rows: rows = records + parked + no_data."""
    return {
        "rows": file.row_count,
        "records": file.record_count,
        "parked": file.parked_count,
        "no_data": file.no_data_count,
    }


def states_of(files: Iterable[SourceFile]) -> dict[uuid.UUID, FileState]:
    """How far each list has come; rows are counted for undecided ones only."""
    files = list(files)
    states = {file.id: state_of(file, 0) for file in files if decision_of(file)}
    undecided = [file for file in files if file.id not in states]
    counted = SourceRow.objects.filter(source_file__in=[file.id for file in undecided])
    stored = dict(counted.values_list("source_file").annotate(Count("id")).values_list("source_file_id", "id__count"))
    for file in undecided:
        states[file.id] = state_of(file, stored.get(file.id, 0))
    return states


def state_of(file: SourceFile, stored: int) -> FileState:
    """How far a list has come when ``stored`` of its rows are stored."""
    if decision := decision_of(file):
        return FileState.VOIDED if hasattr(file, "void") else FileState(decision.verdict)
    whole = stored >= file.record_count + file.parked_count + file.no_data_count
    return FileState.REVIEW if whole else FileState.UNFINISHED


def decision_of(file: SourceFile) -> FileDecision | None:
    """The verdict on a list, or None while nobody has given one."""
    return getattr(file, "decision", None)


def is_complete(file: SourceFile) -> bool:
    """Whether every row of the account is stored, kind by kind."""
    stored = dict(file.rows.values_list("kind").annotate(Count("id")))
    expected = {
        RowKind.RECORD: file.record_count,
        RowKind.PARKED: file.parked_count,
        RowKind.NO_DATA: file.no_data_count,
    }
    return all(stored.get(kind.value, 0) == count for kind, count in expected.items())


def counts_never() -> Q:
    """The condition on a list that it was discarded, read again, or taken back: the same file may come anew."""
    return Q(decision__verdict__in=[Verdict.DISCARDED, Verdict.READ_AGAIN]) | Q(void__isnull=False)


def counted() -> Q:
    """The condition on a mention that its source counts: said at a door, or on a list that is accepted and stands.

    A visit, or a row put right, that was taken back has a SourceVoid; a list that was has a FileVoid.
    """
    listed = Q(source_file__decision__verdict=Verdict.ACCEPTED, source_file__void=None)
    return not_taken_back() & (listed | Q(source_file=None))


def not_taken_back() -> Q:
    """The condition on a mention that its row or visit was not taken back, whatever became of the list."""
    return Q(~Exists(SourceVoid.objects.filter(source_id=OuterRef("source_id"))))


def key_of(file: SourceFile | LooseFile) -> uuid.UUID:
    """The data key of the emergency a list belongs to, also when another emergency is in force by now."""
    return Emergency.objects.values_list("key_id", flat=True).get(pk=file.emergency_id)


def proposal(building: str, unit: str, room: str, label: str) -> DoorProposal:
    """The door of a stored row; a scattered home is nothing but its address."""
    address = "" if building or unit or room else label
    return DoorProposal.of(door_label.Door(building, unit, room, address))
