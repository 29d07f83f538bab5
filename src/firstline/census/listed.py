"""Companies' lists as a channel: that a list names a door is an attempt at it, which settles nothing by itself.

Lists become attempts once the frame of a campaign is frozen: before that a list taken back takes its doors along, and
a fact that names a door would hold it. Where the list says that a flat is empty, that is said, and nobody has looked.
"""

import uuid
from collections.abc import Collection
from typing import Any

import structlog
from django.dispatch import receiver

from firstline.census.actions import record_many, void_many
from firstline.census.campaigns import campaign_for, find_campaign
from firstline.census.giving import Given
from firstline.census.jobs import RECORD_LIST, RECORD_LISTS, TAKE_BACK_LIST
from firstline.census.logs.result_words import Kind, heard
from firstline.census.models import Attempt, Campaign
from firstline.census.results import Channel, Result
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.kernel.errors import FirstlineError
from firstline.kernel.ids import derived
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.registry import selectors
from firstline.registry.models import RowContents, RowKind, SourceFile, Verdict
from firstline.registry.signals import list_accepted, list_taken_back
from firstline.registry.standing import labels_of

log = structlog.get_logger("firstline.census")
MANY = "census.record_many"


def record_list(actor: Actor, file_id: uuid.UUID) -> int:
    """Make attempts of what an accepted list says, in the campaign that leads there; how many are new.

    Nothing where that campaign's frame is not frozen. Raises NotFound. Not inside a transaction.
    """
    with scope.enter(actor):
        file = selectors.file_for(actor, file_id)
        campaign = find_campaign(file.path)
        counts = selectors.state_of(file, file.row_count) is selectors.FileState.ACCEPTED
        if campaign is None or campaign.frozen_at is None or not counts:
            return 0
        given = _attempts(file, campaign)
    return (
        len(record_many(actor, compound_id=file.compound_id, attempts=given, campaign_id=campaign.pk)) if given else 0
    )


def record_lists(actor: Actor, campaign_id: uuid.UUID) -> int:
    """The same for all accepted lists in the area of a campaign; how many attempts are new. Raises NotFound."""
    with scope.enter(actor):
        area = subtree(campaign_for(actor, campaign_id, needs="census.read").path)
        accepted = SourceFile.objects.filter(
            path__gte=area.lo, path__lt=area.hi, decision__verdict=Verdict.ACCEPTED, void=None
        )
        ids = list(accepted.order_by("recorded_at").values_list("pk", flat=True))
    return sum(record_list(actor, file_id) for file_id in ids)


def take_back_list(actor: Actor, file_id: uuid.UUID) -> int:
    """Take back what a list said, after it was taken back itself; how many attempts counted until now.

    Raises NotFound. Not inside a transaction.
    """
    with scope.enter(actor):
        file = selectors.file_for(actor, file_id)
        doors = Door.objects.filter(building__compound=file.compound_id).values_list("pk", flat=True)
        possible = [attempt_id(file_id, door_id) for door_id in doors]
        ids = list(Attempt.objects.filter(pk__in=possible, void=None).values_list("pk", flat=True))
    return void_many(actor, compound_id=file.compound_id, attempt_ids=ids) if ids else 0


def attempt_id(file_id: uuid.UUID, door_id: uuid.UUID) -> uuid.UUID:
    """The id of what a list says of a door."""
    return derived(file_id, "listed", str(door_id))


def _attempts(file: SourceFile, campaign: Campaign) -> list[Given]:
    empty = _said_empty(file)
    named = {Door.id_for(file.compound_id, label): label for label in labels_of(file)}
    standing = Door.objects.standing().filter(pk__in=named).values_list("pk", flat=True)
    decision = selectors.decision_of(file)
    when = max(decision.recorded_at if decision else file.recorded_at, campaign.started_at)
    return [
        Given(
            door_id=door_id,
            result=Result.SAID_VACANT if named[door_id] in empty else Result.LISTED,
            channel=Channel.LIST,
            happened_at=when,
            precision=Precision.DAY,
            attempt_id=attempt_id(file.pk, door_id),
            source_id=file.pk,
        )
        for door_id in standing
    ]


def _said_empty(file: SourceFile) -> Collection[str]:
    """The labels of doors of which every row of a list says that nobody lives there."""
    said: dict[str, bool] = {}
    for row in file.rows.filter(kind=RowKind.RECORD).only("sealed", "door_label"):
        contents: RowContents = row.open()
        found = heard(contents.remark, Kind.VISITS)
        said[row.door_label] = said.get(row.door_label, True) and found is not None and found.result is Result.VACANT
    return {label for label, empty in said.items() if empty}


@receiver(list_accepted, sender=SourceFile, dispatch_uid="lists become attempts")
def record_later(actor: Actor, file: SourceFile, **_signal: Any) -> None:
    """Have what a list says recorded, where a frame is frozen and whoever accepted it may."""
    campaign = find_campaign(file.path)
    if campaign is not None and campaign.frozen_at is not None and actor.may(MANY):
        RECORD_LIST.later(actor, file.pk)


@receiver(list_taken_back, sender=SourceFile, dispatch_uid="lists taken back take their attempts along")
def take_back_later(actor: Actor, file: SourceFile, **_signal: Any) -> None:
    """The attempts of a list go with it."""
    if Attempt.objects.filter(source_id=file.pk, channel=Channel.LIST, void=None, path__startswith=file.path).exists():
        TAKE_BACK_LIST.later(actor, file.pk)


def _failed(subject: uuid.UUID, problem: FirstlineError, again: bool) -> None:
    log.warning("lists_not_recorded", subject=str(subject), code=problem.code, again=again)


@RECORD_LIST.is_done_by(failed=_failed)
def _record_list(actor: Actor, file_id: uuid.UUID) -> None:
    record_list(actor, file_id)


@RECORD_LISTS.is_done_by(failed=_failed)
def _record_lists(actor: Actor, campaign_id: uuid.UUID) -> None:
    """By whoever froze the frame; an officer above, who records nothing at doors, leaves it to the next list."""
    if actor.may(MANY):
        record_lists(actor, campaign_id)


@TAKE_BACK_LIST.is_done_by(failed=_failed)
def _take_back_list(actor: Actor, file_id: uuid.UUID) -> None:
    take_back_list(actor, file_id)
