"""From a report to the attempt that it is: who was named, what is known of them, and what it corrects."""

import uuid
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.utils import timezone

from firstline.census.actions import VOID_OTHERS, record_attempt, void_attempt
from firstline.census.models import Attempt, ReportDecision, SelfReport
from firstline.census.online import judging
from firstline.census.online.written import Written
from firstline.census.results import Channel, Result
from firstline.kernel import clock
from firstline.kernel.actors import Actor, Grant

LONGEST_NOTE = 2_000


def attempted(
    actor: Actor,
    report: SelfReport,
    written: Written,
    *,
    door_id: uuid.UUID,
    attempt_id: uuid.UUID,
    answers: Mapping[str, Any],
    campaign_id: uuid.UUID | None = None,
) -> Attempt:
    """Record the report as an attempt at a door; the attempts of its earlier sendings no longer count.

    Without a campaign it is the one that leads there: the report's own, while that is at work.
    Registered where somebody is known well enough, else partial; the names become mentions beside those of other
    sources, whatever those say. Raises as ``record_attempt``.
    """
    people = judging.people_of(written, timezone.localdate(report.happened_at))
    attempt = record_attempt(
        actor,
        door_id=door_id,
        result=Result.REGISTERED if any(map(judging.complete, people)) else Result.PARTIAL,
        channel=Channel.ONLINE,
        happened_at=report.happened_at,
        note=_note(written),
        people=people,
        attempt_id=attempt_id,
        campaign_id=campaign_id,
        source_id=report.pk,
        answers=answers,
    )
    if report.version > 1:
        take_back(actor, report, but=attempt.pk)
    return attempt


def take_back(actor: Actor, report: SelfReport, *, but: uuid.UUID | None = None) -> None:
    """Void the attempts that a report and its earlier sendings have become, except one.

    Whoever places a correction takes back what it corrects, whoever had recorded that.
    """
    sendings = list(SelfReport.objects.filter(root_id=report.root_id, version__lte=report.version))
    decided = ReportDecision.objects.filter(report__in=sendings).values_list("attempt_id", flat=True)
    ids = {one.attempt_id for one in sendings} | set(filter(None, decided))
    for attempt in Attempt.objects.filter(pk__in=ids - {but}, void=None):
        void_attempt(_correcting(actor, attempt), attempt_id=attempt.pk)


def _correcting(actor: Actor, attempt: Attempt) -> Actor:
    grant = Grant("correction", attempt.path, frozenset({"census.void_attempt", VOID_OTHERS}), clock.now())
    return replace(actor, grants=(*actor.grants, grant))


def _note(written: Written) -> str:
    """Symptoms that are any, and the remark; the report itself keeps every word."""
    said = [written.symptoms] if judging.sounds_ill(written.symptoms) else []
    note = "\n".join([*said, *filter(None, [written.note])])
    return note if len(note) <= LONGEST_NOTE else f"{note[: LONGEST_NOTE - 1]}…"
