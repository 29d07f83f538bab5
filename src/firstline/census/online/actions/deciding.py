"""What clerks do with parked reports: place them at a door, set them aside, take either back."""

import uuid
from collections.abc import Sequence

from firstline.census.campaigns import campaign_for
from firstline.census.models import ReportDecision, ReportDecisionVoid, ReportVerdict, SelfReport
from firstline.census.online.asked import fitting
from firstline.census.online.attempting import attempted, take_back
from firstline.census.online.errors import ReportDecided, ReportDecisionVoided
from firstline.census.online.selectors import decision_for, decision_of, hold, latest_version, report_for
from firstline.census.online.written import Written
from firstline.kernel import clock, crypto, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.ids import derived, uuid7
from firstline.places.selectors import door_for


@action("census.place_report")
def place_report(actor: Actor, *, report_id: uuid.UUID, door_id: uuid.UUID) -> ReportDecision:
    """Place a parked report at a door: it becomes an attempt there, as if it had been placed at once.

    Raises NotFound, ReportDecided, AttemptRefused.
    """
    report = _undecided(actor, report_id, needs="census.place_report")
    door = door_for(actor, door_id, needs="census.place_report")
    decision = _decision(actor, report, ReportVerdict.PLACED)
    decision.door, decision.attempt_id = door, derived(decision.pk, "attempt")
    written: Written = report.open()
    campaign = campaign_for(actor, report.campaign_id, needs="census.place_report")
    attempted(
        actor,
        report,
        written,
        door_id=door.pk,
        attempt_id=decision.attempt_id,
        answers=fitting(campaign, written),
        campaign_id=campaign.pk,
    )
    _keep(decision, report, after={"verdict": "placed", "door": door.label})
    return decision


@action("census.set_aside_reports")
def set_aside_reports(actor: Actor, *, report_ids: Sequence[uuid.UUID]) -> list[ReportDecision]:
    """Set parked reports aside: jokes, tests, what was sent twice. They stay on record and wait no longer.

    Raises NotFound, ReportDecided.
    """
    decisions = []
    for report_id in report_ids:
        report = _undecided(actor, report_id, needs="census.set_aside_reports")
        decision = _decision(actor, report, ReportVerdict.SET_ASIDE)
        _keep(decision, report, after={"verdict": "set_aside"})
        decisions.append(decision)
    return decisions


@action("census.undo_report_decision")
def undo_decision(actor: Actor, *, decision_id: uuid.UUID) -> ReportDecisionVoid:
    """Take a decision back: the report waits again, and what it had become at a door no longer counts.

    Raises NotFound, ReportDecisionVoided.
    """
    decision = decision_for(actor, decision_id, needs="census.undo_report_decision")
    report = decision.report
    hold(report.root_id)
    if latest_version(report.root_id).pk != report.pk:
        raise ReportDecisionVoided
    void = ReportDecisionVoid.about(decision, by=actor, decision=decision)
    ledger.record(
        path=decision.path,
        subject=report,
        before={"verdict": decision.verdict},
        after={"verdict": "waiting"},
        key_id=crypto.key_of(report.sealed),
    )
    void.save(force_insert=True)
    if decision.attempt_id is not None:
        take_back(actor, report)
    return void


def _undecided(actor: Actor, report_id: uuid.UUID, *, needs: str) -> SelfReport:
    report = report_for(actor, report_id, needs=needs)
    hold(report.root_id)
    newest = latest_version(report.root_id)
    if not report.parked_for or newest.pk != report.pk or decision_of(report) is not None:
        raise ReportDecided
    return report


def _decision(actor: Actor, report: SelfReport, verdict: ReportVerdict) -> ReportDecision:
    return ReportDecision.about(report, by=actor, id=uuid7(), report=report, verdict=verdict, happened_at=clock.now())


def _keep(decision: ReportDecision, report: SelfReport, after: dict[str, str]) -> None:
    ledger.record(
        path=report.path,
        subject=report,
        before={"parked_for": report.parked_for},
        after=after,
        key_id=crypto.key_of(report.sealed),
    )
    decision.save(force_insert=True)
