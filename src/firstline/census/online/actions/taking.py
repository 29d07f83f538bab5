"""Taking a household's report: kept as it came, and an attempt at its door where it can be believed to be one."""

import uuid
from dataclasses import dataclass
from datetime import datetime

import msgspec

from firstline.census.campaigns import campaign_at
from firstline.census.errors import AttemptRefused
from firstline.census.jobs import PLACE_NAMED
from firstline.census.models import Campaign, SelfReport
from firstline.census.online import asked, doors, judging
from firstline.census.online.attempting import attempted
from firstline.census.online.codes import code_of
from firstline.census.online.doors import Finding
from firstline.census.online.intake import Form, moment_of
from firstline.census.online.judging import ParkedFor
from firstline.census.online.selectors import (
    CODE_TOKEN,
    Before,
    PublicLink,
    before,
    first_sent,
    hold,
    latest_version,
    version_with,
)
from firstline.census.online.written import Written
from firstline.kernel import bulk, clock, crypto, ledger, prepared, scope
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.ids import derived
from firstline.kernel.paths import COMPOUND_LENGTH
from firstline.places.actions import DoorNamed, propose_doors
from firstline.places.models import EvidenceSource
from firstline.registry.addresses import Placed

# A compound may report all at once when its poster goes up; more than all its doors in an hour is no compound.
LEAST_AN_HOUR, MOST_AT_A_DOOR = 60, 5


@dataclass(frozen=True, slots=True)
class Taken:
    """A report as it was taken, and the code with which its household comes back."""

    report: SelfReport
    code: str


@action("census.take_report")
def take_report(actor: Actor, *, link: PublicLink, written: Written, form: Form) -> Taken:
    """Take what a household sent. Whatever it is, it is kept; what cannot be believed at once waits for a clerk.

    The same form with the same words is the same report and changes nothing; with other words it is a correction, and
    the attempt of what it corrects is taken back. Raises EmergencyMissing, and ReportTaken when both come at one
    moment (the caller asks again).
    """
    found = doors.find(written, path=link.path, compound_id=link.compound_id)
    campaign = campaign_at(found.door.path if found.door else link.path)
    key_id = campaign.emergency.key_id
    most = max(LEAST_AN_HOUR, doors.counted(link.path))
    known = before(link.id, found.door.id if found.door else None, form.root_id, (most, MOST_AT_A_DOOR + 1))
    claim = crypto.token("self_report", msgspec.json.encode(written).decode(), key_id=key_id)
    if claim in known.claims:
        report = version_with(form.root_id, claim)
        ledger.repeated(path=report.path)
        return Taken(report, _code(form.root_id, crypto.key_of(first_sent(form.root_id).sealed)))

    report = _report(actor, link=link, found=found, root_id=form.root_id, campaign=campaign)
    report.claim = claim
    report.happened_at = report.recorded_at = _moment(written, campaign)
    report.persons = len(written.named)
    code = _numbered(report, key_id, again=bool(known.claims))
    report.parked_for = _parked_for(written, found, known, most, signed=form.signed)
    with prepared.sent_together():
        if report.parked_for == ParkedFor.NO:
            report.parked_for = _placed(actor, report, written, campaign)
        report.seal(written, key_id)
        ledger.record(
            path=report.path,
            subject=report,
            after={"version": report.version, "parked_for": report.parked_for, "people": report.persons},
            key_id=key_id,
        )
        bulk.add(report)
    if report.parked_for == ParkedFor.DOOR_UNKNOWN and found.named and form.signed and known.under_link < most:
        _name_door(actor, report, found.named)
    return Taken(report, code)


def _report(actor: Actor, *, link: PublicLink, found: Finding, root_id: uuid.UUID, campaign: Campaign) -> SelfReport:
    return SelfReport(
        path=found.door.path[:COMPOUND_LENGTH] if found.door else link.path,
        emergency_id=campaign.emergency_id,
        campaign_id=campaign.pk,
        by_person_id=actor.person_id,
        link_id=link.id,
        root_id=root_id,
        door_id=found.door.id if found.door else None,
    )


def _moment(written: Written, campaign: Campaign) -> datetime:
    """When it was filled in: as the device says, where that lies within the campaign; the report keeps its words."""
    now, said = clock.now(), moment_of(written.filled_at)
    return said if said is not None and campaign.started_at <= said <= now else now


def _numbered(report: SelfReport, key_id: uuid.UUID, *, again: bool) -> str:
    """Give a report its id and version, and the code of its household, which stays through all corrections."""
    if not again:
        report.id, code = report.root_id, _code(report.root_id, key_id)
        report.code_token = crypto.token(CODE_TOKEN, code, key_id=key_id)
        return code
    hold(report.root_id)
    first = first_sent(report.root_id)
    report.id = derived(report.root_id, bytes(report.claim).hex())
    report.version, report.code_token = latest_version(report.root_id).version + 1, first.code_token
    return _code(report.root_id, crypto.key_of(first.sealed))


def _parked_for(written: Written, found: Finding, known: Before, most: int, *, signed: bool) -> ParkedFor:
    """The first reason there is; those that a clerk must read something for come before those of numbers."""
    if (reason := judging.parked_for(written)) != ParkedFor.NO:
        return reason
    if found.door is None:
        return found.parked_for
    if known.at_door > MOST_AT_A_DOOR:
        return ParkedFor.AGAIN
    if known.under_link >= most:
        return ParkedFor.FLOOD
    return ParkedFor.NO if signed else ParkedFor.UNSIGNED


def _placed(actor: Actor, report: SelfReport, written: Written, campaign: Campaign) -> ParkedFor:
    assert report.door_id is not None  # noqa: S101  # a report without one was parked
    try:
        given = asked.answers(campaign, written)
        # An attempt is refused before anything of it is written; a savepoint would be two statements more.
        with scope.as_one():
            attempted(actor, report, written, door_id=report.door_id, attempt_id=report.attempt_id, answers=given)
    except AttemptRefused:
        return ParkedFor.QUESTIONS
    return ParkedFor.NO


def _name_door(actor: Actor, report: SelfReport, named: Placed) -> None:
    """A door on no list, named by somebody who says they live there: evidence for it, judged soon, by its pattern."""
    compound_id = uuid.UUID(named.compound)
    propose_doors(
        actor,
        compound_id=compound_id,
        source=EvidenceSource.REPORTS,
        source_id=report.pk,
        named=[DoorNamed(named.door, rows=1)],
    )
    PLACE_NAMED.later(actor, compound_id)


def _code(root_id: uuid.UUID, key_id: uuid.UUID) -> str:
    return code_of(crypto.token("report_secret", root_id.hex, key_id=key_id))
