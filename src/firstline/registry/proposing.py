"""Doors of a community out of files that name them in passing: read together, kept as proposals, settled by the rule.

Only addresses are read; nobody's name, number or phone is looked at or kept here.
"""

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext

from firstline.kernel import crypto, keys, scope
from firstline.kernel.actors import Actor
from firstline.kernel.ids import derived
from firstline.kernel.paths import subtree
from firstline.places import actions
from firstline.places.actions import DoorNamed
from firstline.places.models import Compound, EvidenceSource
from firstline.places.proposals import doors_read, source_known
from firstline.places.selectors import community_at, compounds_within
from firstline.registry.addresses import AddressReading, Called, Source, address_rows, read_addresses
from firstline.registry.door_finding import called
from firstline.tables.apart import read_apart

PROPOSE = "places.propose_doors"
# Ids of files follow from their bytes under this name and a key, so that the same file again is the same evidence.
_FILES = uuid.UUID("0d6a7c52-6f0e-5a5b-9a58-2f0f7c1d9b11")


@dataclass(frozen=True, slots=True)
class AddressFile:
    """A file as it came, and what kind of list it is."""

    source: Source
    content: bytes


@dataclass
class Proposed:
    """What came of files: rows read, doors named, what the rule made of those not on record, rows that name no door."""

    rows: int = 0
    doors: int = 0
    new: int = 0
    accepted: int = 0
    waiting: int = 0
    holes: int = 0
    unplaced: dict[str, int] = field(default_factory=dict)

    def add(self, one: "Proposed") -> None:
        """Sum what came of one compound."""
        self.new += one.new
        self.accepted += one.accepted
        self.waiting += one.waiting
        self.holes += one.holes


def propose(actor: Actor, *, community_path: str, files: Sequence[AddressFile]) -> Proposed:
    """Bring in the doors that files name in a community. The same files again change nothing.

    One transaction a compound. Raises NotFound, and tables.TableError for a file that cannot be read.
    """
    with scope.enter(actor):
        community_at(actor, community_path, needs=PROPOSE)
        compounds = {str(one.pk): one for one in compounds_within(subtree(community_path))}
        known = {key: doors_read(compound) for key, compound in compounds.items()}
    rows = [row for file in files for row in address_rows(read_apart(file.content), file.source)]
    known_as = [called(key, compound) for key, compound in compounds.items()]
    if not any(one.scattered for one in known_as):
        known_as.append(Called("", "", scattered=True))
    reading = read_addresses(known_as, rows, known)
    if any(one.compound == "" for one in reading.evidence):
        compounds[""] = _scattered_homes(actor, community_path)
    with scope.enter(actor):
        ids = {source: _id_of(file.content for file in files if file.source == source) for source in Source}
    done = _done(reading)
    for key, compound in compounds.items():
        named, names = _by_source(reading, key), [name for name, of in reading.learned.items() if of == key]
        if named or names:
            with scope.enter(actor):
                _learn(actor, compound, names)
                done.add(_of_compound(actor, compound, named, ids))
    return done


def _learn(actor: Actor, compound: Compound, names: Sequence[str]) -> None:
    if set(names) - set(compound.aliases):
        actions.learn_names(actor, compound_id=compound.pk, names=names)


def _of_compound(
    actor: Actor, compound: Compound, named: dict[Source, list[DoorNamed]], ids: dict[Source, uuid.UUID]
) -> Proposed:
    new = sum(
        actions.propose_doors(
            actor,
            compound_id=compound.pk,
            source=EvidenceSource(source.value),
            source_id=ids[source],
            named=doors,
        )
        for source, doors in named.items()
    )
    settled = actions.settle_proposals(actor, compound_id=compound.pk)
    return Proposed(new=new, accepted=settled.accepted, waiting=settled.waiting, holes=settled.holes)


def _by_source(reading: AddressReading, key: str) -> dict[Source, list[DoorNamed]]:
    named: dict[Source, list[DoorNamed]] = defaultdict(list)
    for one in reading.evidence:
        if one.compound == key:
            for source, rows in one.rows.items():
                named[source].append(DoorNamed(one.door, rows))
    return named


def _id_of(contents: Iterable[bytes]) -> uuid.UUID:
    """The id of the files of one kind, read together: the same ones again are the same evidence.

    It stands in clear, so it is keyed: a bare hash of a short list of names would tell whoever guesses the list.
    """
    said = ":".join(sorted(hashlib.sha256(content).hexdigest() for content in contents))
    tokens = (crypto.token("address_files", said, key_id=key_id) for key_id in keys.organisation_keys())
    return source_known([derived(_FILES, token.hex()) for token in tokens])


def _scattered_homes(actor: Actor, community_path: str) -> Compound:
    # A name that everybody reads is in the installation's language, not in that of whoever brings the file.
    with translation.override(settings.LANGUAGE_CODE):
        name = gettext("Scattered homes")
    return actions.create_compound(actor, community_path=community_path, name=name, scattered=True)


def _done(reading: AddressReading) -> Proposed:
    unplaced: dict[str, int] = defaultdict(int)
    for one in reading.unplaced:
        unplaced[one.reason] += 1
    return Proposed(rows=reading.rows, doors=len(reading.evidence), unplaced=dict(sorted(unplaced.items())))
