"""Another reading of a list: what its columns say is chosen by a person and kept for lists that look alike."""

import uuid
from collections.abc import Mapping

from firstline.kernel import ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.registry import selectors
from firstline.registry.holding import undecided
from firstline.registry.models import ChosenColumns, ColumnChoice, FileDecision, SourceFile, Verdict


@action("registry.choose_columns")
def choose_columns(
    actor: Actor, *, file_id: uuid.UUID, choices: Mapping[bytes, ChosenColumns], read_as: uuid.UUID
) -> SourceFile:
    """Keep what was chosen for each layout, and let the list ``read_as`` stand in place of this reading.

    Both readings are stored by then, so whatever happens between the two, one of them can be found. Raises NotFound,
    ListDecided.
    """
    file = undecided(actor, file_id, "registry.choose_columns")
    again = selectors.file_for(actor, read_as, needs="registry.choose_columns")
    key_id = selectors.key_of(file)
    for layout, chosen in choices.items():
        choice = ColumnChoice.about(file, by=actor, compound=file.compound, layout=layout)
        choice.seal(chosen, key_id)
        choice.save(force_insert=True)
    if again.id != file.id:
        FileDecision.about(file, by=actor, source_file=file, verdict=Verdict.READ_AGAIN).save(force_insert=True)
    after = {"columns": [_said(chosen) for chosen in choices.values()], **selectors.account_of(again)}
    ledger.record(path=file.path, subject=file, before=selectors.account_of(file), after=after, key_id=key_id)
    return again


def _said(chosen: ChosenColumns) -> list[dict[str, str]]:
    """A choice for the ledger: heading (or number) of each column, and what it says."""
    heads = dict(enumerate(chosen.headers, start=1))
    return [{"column": heads.get(at) or str(at), "says": str(said)} for at, said in chosen.columns.items()]
