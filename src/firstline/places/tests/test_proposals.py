"""Doors that lists name: kept with their evidence, believed by two sources or by pattern, else by somebody."""

import uuid

import pytest
from django.db import transaction

from firstline.identifiers.door_label import Door as DoorRead
from firstline.identifiers.door_label import from_label
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.paths import subtree
from firstline.places.actions import (
    DoorNamed,
    accept_proposals,
    merge_doors,
    propose_doors,
    refuse_proposals,
    settle_proposals,
)
from firstline.places.frames import DoorProposal, ensure_doors
from firstline.places.models import Door, DoorEvidence, EvidenceSource, Frame, ProposalDecision, ProposedDoor
from firstline.places.proposals import open_counts, open_proposals
from firstline.testing.cast import Cast

POLICE, KEYS, VISITS = EvidenceSource.POLICE, EvidenceSource.KEYS, EvidenceSource.VISITS


def read(label: str) -> DoorRead:
    door = from_label(label)
    assert door is not None
    return door


def propose(cast: Cast, source: EvidenceSource, *labels: str, file: int = 1) -> int:
    return propose_doors(
        cast.director,
        compound_id=cast.compound.pk,
        source=source,
        source_id=uuid.UUID(int=file),
        named=[DoorNamed(read(label), 2) for label in labels],
    )


def waiting(cast: Cast) -> dict[str, str]:
    return {one.label: one.support.value for one in open_proposals(cast.compound)}


def test_a_door_nobody_has_on_record_is_kept_with_its_evidence(cast: Cast) -> None:
    assert propose(cast, POLICE, "1-1-101", "9-1-101") == 1

    (one,) = open_proposals(cast.compound)
    assert (one.label, one.rows, one.support) == ("9-1-101", {"police": 2}, "alone")
    assert open_counts([subtree(cast.compound.place.path)]) == {cast.compound.pk: 1}


def test_the_same_file_again_adds_nothing(cast: Cast) -> None:
    propose(cast, POLICE, "9-1-101")
    assert propose(cast, POLICE, "9-1-101") == 0
    assert (ProposedDoor.objects.count(), DoorEvidence.objects.count()) == (1, 1)


def test_two_sources_or_the_pattern_need_no_human(cast: Cast) -> None:
    propose(cast, POLICE, "9-1-101", "1-1-301/2", "9-1-901")
    propose(cast, KEYS, "9-1-101", file=2)
    Door.objects.filter(label="1-2-302", building__compound=cast.compound).delete()
    propose(cast, VISITS, "1-2-302", file=3)

    done = settle_proposals(cast.director, compound_id=cast.compound.pk)

    assert (done.accepted, done.waiting) == (2, 2)
    assert set(waiting(cast)) == {"1-1-301/2", "9-1-901"}
    decisions = {one.proposal.label: one.support for one in ProposalDecision.objects.select_related("proposal")}
    assert decisions == {"9-1-101": "two_sources", "1-2-302": "pattern"}
    assert cast.building_of(cast.compound, "9").frame == Frame.LISTED


def test_a_hole_in_the_pattern_is_proposed_and_waits(cast: Cast) -> None:
    hole = Door.objects.get(label="1-2-302", building__compound=cast.compound)
    hole.delete()

    done = settle_proposals(cast.director, compound_id=cast.compound.pk)
    assert done.holes == 1
    assert waiting(cast) == {"1-2-302": "hole"}
    assert settle_proposals(cast.director, compound_id=cast.compound.pk).accepted == 0
    assert waiting(cast) == {"1-2-302": "hole"}


def test_a_flat_that_was_merged_away_is_no_hole(cast: Cast) -> None:
    ids = [Door.id_for(cast.compound.pk, label) for label in ("1-2-301", "1-2-302")]
    merge_doors(cast.director, door_ids=ids, into="301")
    assert settle_proposals(cast.director, compound_id=cast.compound.pk).holes == 0
    propose(cast, POLICE, "1-2-302")
    assert waiting(cast) == {}


def test_somebody_accepts_and_refuses(cast: Cast) -> None:
    propose(cast, POLICE, "9-1-101", "9-1-102", "8-1-101")
    ids = [Door.id_for(cast.compound.pk, label) for label in ("9-1-101", "9-1-102")]

    assert accept_proposals(cast.typist, compound_id=cast.compound.pk, door_ids=ids) == 2
    assert accept_proposals(cast.typist, compound_id=cast.compound.pk, door_ids=ids) == 0
    refuse_proposals(cast.director, compound_id=cast.compound.pk, door_ids=[Door.id_for(cast.compound.pk, "8-1-101")])

    assert waiting(cast) == {}
    assert set(Door.objects.filter(building__label="9").values_list("label", flat=True)) == {"9-1-101", "9-1-102"}
    assert propose(cast, KEYS, "8-1-101", file=2) == 0, "what was refused is not proposed again"
    assert waiting(cast) == {}
    assert DoorEvidence.objects.filter(proposal__label="8-1-101").count() == 2, "its evidence grows all the same"


def test_a_door_that_a_list_brings_in_waits_no_more(cast: Cast) -> None:
    propose(cast, POLICE, "9-1-101")
    with transaction.atomic():
        ensure_doors(cast.compound, [DoorProposal.of(read("9-1-101"))], how=Frame.LISTED, by=cast.director)
    assert waiting(cast) == {}


def test_only_whose_compound_it_is(cast: Cast) -> None:
    propose(cast, POLICE, "9-1-101")
    ids = [Door.id_for(cast.compound.pk, "9-1-101")]
    with pytest.raises(Forbidden):
        accept_proposals(cast.worker, compound_id=cast.compound.pk, door_ids=ids)
    with pytest.raises(NotFound):
        accept_proposals(cast.director, compound_id=cast.compound_elsewhere.pk, door_ids=ids)
    assert accept_proposals(cast.director, compound_id=cast.compound_next.pk, door_ids=ids) == 0
