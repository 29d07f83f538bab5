"""Reports from doors on no list: evidence for the door, as keys and registers are, and placed once it stands.

A report never puts its own door on record: the pattern of the house does, or another kind of source, or somebody.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Mapping

from django.db.models import QuerySet

from firstline.census.campaigns import campaigns_within, led_by
from firstline.census.errors import AttemptRefused
from firstline.census.models import SelfReport
from firstline.census.online.actions.deciding import place_report
from firstline.census.online.actions.taking import MOST_AT_A_DOOR
from firstline.census.online.errors import ReportDecided
from firstline.census.online.intake import placing
from firstline.census.online.judging import ParkedFor
from firstline.census.online.selectors import waiting
from firstline.kernel import scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.paths import community_of
from firstline.places.actions import settle_proposals
from firstline.places.models import Compound, Door, DoorEvidence, EvidenceSource


def with_doors_named(among: "QuerySet[Compound]") -> dict[uuid.UUID, str]:
    """The path of each of some compounds where a report named a door that was on no list; one statement."""
    named = among.filter(proposed_doors__evidence__source=EvidenceSource.REPORTS)
    return dict(named.distinct().values_list("pk", "place__path"))


def place_named(compound_id: uuid.UUID) -> int:
    """Believe what the pattern of a compound speaks for, and place the reports whose door stands now; how many.

    Again is harmless. Not inside a transaction.
    """
    with scope.enter(console()):
        path = Compound.objects.values_list("place__path", flat=True).get(pk=compound_id)
    actor = placing(community_of(path))
    settle_proposals(actor, compound_id=compound_id)
    with scope.enter(actor):
        found = _standing(actor, compound_id)
    return sum(_placed(actor, report_id, door_id) for report_id, door_id in found.items())


def _standing(actor: Actor, compound_id: uuid.UUID) -> Mapping[uuid.UUID, uuid.UUID]:
    """The door of each report that waits for one that stands by now; those that named one too often stay."""
    evidence = DoorEvidence.objects.filter(source=EvidenceSource.REPORTS, proposal__compound=compound_id)
    named: dict[uuid.UUID, list[uuid.UUID]] = defaultdict(list)
    for door_id, report_id in evidence.values_list("proposal_id", "source_id"):
        named[door_id].append(report_id)
    standing = Door.objects.standing().filter(pk__in=named).values_list("pk", flat=True)
    door_of = {report: door for door in standing if len(named[door]) <= MOST_AT_A_DOOR for report in named[door]}
    return {report.pk: door_of[report.pk] for report in _waiting(actor, door_of)}


def _waiting(actor: Actor, report_ids: Collection[uuid.UUID]) -> list[SelfReport]:
    found = waiting().filter(led_by(campaigns_within(actor.ranges("census.place_report"))))
    return list(found.filter(pk__in=report_ids, parked_for=ParkedFor.DOOR_UNKNOWN).order_by("received_at", "id"))


def _placed(actor: Actor, report_id: uuid.UUID, door_id: uuid.UUID) -> bool:
    """Whether it could be placed: a clerk may have been faster, and answers that do not fit are theirs."""
    try:
        place_report(actor, report_id=report_id, door_id=door_id)
    except (AttemptRefused, ReportDecided):
        return False
    return True
