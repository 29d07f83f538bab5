"""Files of which nobody could say whose list they are: kept as they came until somebody says it."""

import uuid

from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.places.selectors import compound_for
from firstline.registry import selectors
from firstline.registry.errors import ListDecided
from firstline.registry.models import LooseContents, LooseEnd, LooseFile
from firstline.response.selectors import emergency_at


@action("registry.keep_loose_file")
def keep_loose_file(actor: Actor, *, name: str, content: bytes, fingerprint: bytes, path: str) -> LooseFile:
    """Keep a file sealed at the place of whoever brought it. The same file again gives the first, while it waits."""
    emergency = emergency_at(path)
    if first := selectors.open_loose(path).filter(fingerprint=fingerprint).first():
        ledger.repeated(path=path)
        return first
    file = LooseFile(
        path=path,
        fingerprint=fingerprint,
        emergency_id=emergency.id,
        campaign_id=emergency.default_campaign_id,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
    )
    file.seal(LooseContents(name), emergency.key_id)
    file.seal_content(content, emergency.key_id)
    file.save(force_insert=True)
    ledger.record(path=path, subject=file, after={"name": name}, key_id=emergency.key_id)
    return file


@action("registry.end_loose_file")
def end_loose_file(actor: Actor, *, loose_id: uuid.UUID, compound_id: uuid.UUID | None) -> LooseFile:
    """Say whose list a loose file is, or that it is none. Raises NotFound, ListDecided when somebody was faster."""
    file = selectors.loose_for(actor, loose_id, needs="registry.end_loose_file")
    compound = compound_for(actor, compound_id, needs="registry.stage_file") if compound_id else None
    if hasattr(file, "end"):
        raise ListDecided
    LooseEnd.about(file, by=actor, loose_file=file, compound=compound).save(force_insert=True)
    after = {"name": file.open().name, "compound": compound.place.name if compound else ""}
    ledger.record(path=file.path, subject=file, after=after, key_id=selectors.key_of(file))
    return file
