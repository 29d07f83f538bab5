"""Long lists: kept as they came before anybody has read them, and taken away again when nobody can."""

import uuid

from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.selectors import compound_for, in_ranges
from firstline.registry import selectors
from firstline.registry.errors import ListUnderWay
from firstline.registry.models import Import, ImportContents, SourceFile, Stage
from firstline.response.selectors import emergency_at


@action("registry.hand_in_file")
def hand_in_file(
    actor: Actor, *, compound_id: uuid.UUID, file_id: uuid.UUID, name: str, content: bytes, fingerprint: bytes
) -> uuid.UUID:
    """Keep a file of a compound, sealed, until it is read; the id under which it is known: the same file has the first.

    Raises NotFound, EmergencyMissing.
    """
    compound = compound_for(actor, compound_id, needs="registry.hand_in_file")
    path, key_id = compound.place.path, emergency_at(compound.place.path).key_id
    same = SourceFile.objects.defer("sealed_content").filter(compound=compound, fingerprint=fingerprint).first()
    if same and selectors.is_complete(same):
        ledger.repeated(path=path)
        return same.id
    file_id = same.id if same else file_id
    work = Import(id=file_id, path=path, compound=compound, fingerprint=fingerprint, person_id=actor.person_id)
    work.seal(ImportContents(name), key_id)
    work.seal_content(content, key_id)
    Import.objects.bulk_create([work], ignore_conflicts=True)
    first = Import.objects.defer("sealed_content").get(compound=compound, fingerprint=fingerprint)
    if first.id != file_id:
        _once_more(first, name, content, key_id)
        ledger.repeated(path=path)
        return first.id
    ledger.record(path=path, subject=work, after={"name": name}, key_id=key_id)
    return file_id


@action("registry.drop_import")
def drop_import(actor: Actor, *, file_id: uuid.UUID) -> None:
    """Take away a file that could not be brought in; nothing of it ever counted. Raises NotFound, ListUnderWay."""
    reachable = Import.objects.filter(in_ranges(actor.ranges("registry.drop_import")), pk=file_id)
    work = reachable.select_for_update().defer("sealed_content").first()
    if work is None:
        raise NotFound
    if work.stage != Stage.FAILED:
        raise ListUnderWay
    name = work.open().name
    key_id = emergency_at(work.path).key_id
    ledger.record(path=work.path, subject=work, before={"name": name}, key_id=key_id)
    work.delete()


def _once_more(work: Import, name: str, content: bytes, key_id: uuid.UUID) -> None:
    """What failed, or led to a list that may be gone by now, is tried once more; what is under way goes on."""
    work.seal(ImportContents(name), key_id)
    work.seal_content(content, key_id)
    Import.objects.filter(pk=work.pk, stage__in=[Stage.FAILED, Stage.DONE]).update(
        sealed=work.sealed, sealed_content=work.sealed_content, stage=Stage.WAITING, problem="", changed_at=clock.now()
    )
