"""Writing a re-check: draw, give out, write down what is found, close, decide who was right."""

import secrets
import uuid
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from django.utils import timezone

from firstline.accounts.actions import grant_role
from firstline.accounts.roles import Role
from firstline.accounts.selectors import actor_of_person, names_of
from firstline.census.campaigns import campaign_at
from firstline.census.errors import NoteTooLong
from firstline.census.models.recheck import (
    DecisionReason,
    FirstPeople,
    FoundPeople,
    Recheck,
    RecheckAssignment,
    RecheckBuilding,
    RecheckClosing,
    RecheckDecision,
    RecheckDoor,
    RecheckFinding,
    RecheckSettlement,
    StrataBy,
)
from firstline.census.recheck import selectors
from firstline.census.recheck.comparing import Compared, First, Living, Verdict, compare, counted
from firstline.census.recheck.errors import (
    DayPassed,
    DifferenceGone,
    FindingIdTaken,
    FindingInvalid,
    NothingFound,
    NothingToDraw,
    PrecisionImpossible,
    RecheckClosed,
    StillUndecided,
    VisitedBefore,
)
from firstline.census.recheck.sampling import Wanted, design, draw
from firstline.identifiers.width import halve
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.ids import derived, uuid7
from firstline.places.errors import DoorNotUnderstood
from firstline.places.frames import DoorProposal
from firstline.places.models import Door
from firstline.places.selectors import place_at
from firstline.places.typed_doors import read_door, read_home
from firstline.response.models import Emergency

LONGEST_NOTE, MOST_PEOPLE, LONGEST_NAME, LONGEST_DOOR, MOST_DAYS = 2_000, 60, 40, 20, 60


@action("census.draw_recheck")
def draw_recheck(
    actor: Actor, *, path: str, half_width: float, strata_by: str = StrataBy.MANAGEMENT, expected: float = 0.05
) -> Recheck:
    """Draw the buildings of a place that are enumerated again, and keep the census there as it stands now.

    The seed is the machine's, and on record: nobody chooses a sample. Raises NotFound, EmergencyMissing,
    NothingToDraw, PrecisionImpossible.
    """
    if not actor.may(selectors.DRAW, path) or (place := place_at(path)) is None:
        raise NotFound
    if strata_by not in StrataBy.values:
        raise PrecisionImpossible
    try:
        wanted = Wanted(half_width, expected)
    except ValueError as problem:
        raise PrecisionImpossible from problem
    campaign = campaign_at(path)
    found = selectors.clusters_at(place.path, strata_by)
    if not found:
        raise NothingToDraw
    clusters = [cluster for _building, cluster in found]
    planned = design(clusters, wanted)
    recheck = Recheck(
        path=path,
        emergency_id=campaign.emergency_id,
        campaign_id=campaign.pk,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
        seed=secrets.randbelow(2**53),
        strata_by=strata_by,
        half_width=half_width,
        expected=expected,
        rho=wanted.rho,
        design_effect=planned.design_effect,
        doors_needed=planned.doors_needed,
    )
    recheck.save(force_insert=True)
    drawn = set(draw(clusters, {share.stratum: share.taken for share in planned.shares}, recheck.seed))
    rows = [
        RecheckBuilding(
            id=RecheckBuilding.id_for(recheck.pk, building.pk),
            recheck=recheck,
            building=building,
            path=building.place.path,
            stratum=cluster.stratum,
            doors=cluster.doors,
            drawn=cluster.id in drawn,
        )
        for building, cluster in found
    ]
    RecheckBuilding.objects.bulk_create(rows)
    firsts = selectors.first_now(campaign, [row.building_id for row in rows if row.drawn])
    kept = [
        _kept(row, door, first, campaign.emergency.key_id)
        for row in rows
        if row.drawn
        for door, first in firsts[row.building_id]
    ]
    RecheckDoor.objects.bulk_create(kept)
    ledger.record(
        path=path,
        subject=recheck,
        after={"seed": recheck.seed, "buildings": len(drawn), "of": len(rows), "half_width": half_width},
    )
    return recheck


@action("census.assign_recheck")
def assign_recheck(actor: Actor, *, building_id: uuid.UUID, person_id: uuid.UUID, due_on: date) -> RecheckAssignment:
    """Give a drawn building to somebody who was at no door of it in the first round, until the end of a day.

    They get the role of a re-checker there until the day after: it opens the doors' numbers and nothing else.
    Raises NotFound, VisitedBefore, DayPassed, RecheckClosed.
    """
    row = selectors.building_for(actor, building_id, needs=selectors.ASSIGN)
    today = timezone.localdate(clock.now())
    if not today <= due_on <= today + timedelta(days=MOST_DAYS):
        raise DayPassed(most=MOST_DAYS)
    if selectors.is_closed(row):
        raise RecheckClosed
    if person_id in selectors.visitors_of([row])[row.pk]:
        raise VisitedBefore(name=names_of([person_id]).get(person_id, ""))
    if person_id not in {one.person_id for one in selectors.candidates([row])[row.pk]}:
        raise NotFound
    due_at = selectors.end_of(due_on)
    if not actor_of_person(person_id).may(selectors.FIND, row.path, due_at):
        until = due_at + timedelta(days=1)
        grant_role(actor, person_id=person_id, role=Role.RECHECKER, path=row.path, valid_until=until)
    assignment = RecheckAssignment.about(row, by=actor, building=row, person_id=person_id, due_at=due_at)
    assignment.save(force_insert=True)
    ledger.record(
        path=row.path, subject=row, after={"person": names_of([person_id])[person_id], "due": due_on.isoformat()}
    )
    return assignment


@action("census.assign_recheck")
def assign_all(
    actor: Actor, *, recheck_id: uuid.UUID, people: Mapping[uuid.UUID, uuid.UUID], due_on: date | None
) -> list[RecheckAssignment]:
    """Give several drawn buildings to people, all or none; one that its person has until that day is left as it is.

    Raises as ``assign_recheck``.
    """
    recheck = selectors.recheck_for(actor, recheck_id, needs=selectors.ASSIGN)
    now_with = selectors.assignments(people)
    if due_on is None:
        raise DayPassed(most=MOST_DAYS)
    given = [
        assign_recheck(actor, building_id=building, person_id=person, due_on=due_on)
        for building, person in people.items()
        if now_with.get(building) != selectors.Assigned(person, due_on)
    ]
    ledger.record(path=recheck.path, subject=recheck, after={"given_out": len(given), "due": due_on.isoformat()})
    return given


@action("census.record_finding")
def record_finding(
    actor: Actor,
    *,
    building_id: uuid.UUID,
    living: str,
    label: str = "",
    text: str = "",
    persons: int = 0,
    names: Sequence[str] = (),
    note: str = "",
    finding_id: uuid.UUID | None = None,
) -> RecheckFinding:
    """Write down what was found at one door: a known one by ``label``, another as it is typed in ``text``.

    No door's state changes: only a decision later leads to an attempt. The same ``finding_id`` again changes nothing.
    Raises NotFound, RecheckClosed, FindingInvalid, NoteTooLong, FindingIdTaken, DoorNotUnderstood, DoorAmbiguous,
    DoorElsewhere.
    """
    row = selectors.own_building(actor, building_id)
    if selectors.is_closed(row):
        raise RecheckClosed
    kept = [name.strip() for name in names if name.strip()] if living == Living.LIVED_IN else []
    persons = max(persons, len(kept)) if living == Living.LIVED_IN else 0
    _check(living, persons, kept, note)
    door = _door(row, label, text)
    finding = RecheckFinding.about(
        row,
        by=actor,
        id=finding_id or uuid7(),
        building=row,
        label=door.label,
        unit=door.unit,
        floor=door.floor,
        room=door.room,
        living=living,
        persons=persons,
    )
    before = RecheckFinding.objects.filter(pk=finding.pk).first()
    if before is not None:
        if (before.building_id, before.label, before.living) != (row.pk, door.label, living):
            raise FindingIdTaken
        ledger.repeated(path=row.path)
        return before
    key_id = _emergency(row).key_id
    finding.seal(FoundPeople(kept, note.strip()), key_id)
    finding.save(force_insert=True)
    ledger.record(
        path=row.path, subject=row, after={"label": door.label, "living": living, "people": persons}, key_id=key_id
    )
    return finding


@action("census.close_recheck")
def close_recheck(actor: Actor, *, building_id: uuid.UUID) -> RecheckClosing:
    """Say that a building was walked to its last door. Raises NotFound, NothingFound, RecheckClosed."""
    row = selectors.own_building(actor, building_id, needs=selectors.CLOSE)
    found = selectors.findings_of([row.pk])[row.pk]
    if not any(one.living != Living.STRUCK for one in found.values()):
        raise NothingFound
    closing = RecheckClosing.about(row, by=actor, building=row)
    closing.save(force_insert=True)
    ledger.record(path=row.path, subject=row, after={"doors": len(found)})
    return closing


@action("census.decide_recheck")
def decide_recheck(
    actor: Actor, *, building_id: uuid.UUID, kind: str, label: str, verdict: str, name: str = "", why: str = ""
) -> RecheckDecision:
    """Say who was right in one difference of a closed building, and why; a later decision replaces it.

    Nothing else changes: what the census has wrong is put right at the door, as always. Raises NotFound,
    DifferenceGone, NoteTooLong.
    """
    row = selectors.building_for(actor, building_id, needs=selectors.DECIDE)
    if len(why) > LONGEST_NOTE:
        raise NoteTooLong(length=len(why), most=LONGEST_NOTE)
    compared = _compared(row)
    if verdict not in Verdict.values or (kind, label, name) not in {one.key for one in compared.differences}:
        raise DifferenceGone
    key_id = _emergency(row).key_id
    decision = RecheckDecision.about(row, by=actor, id=uuid7(), building=row, kind=kind, label=label, verdict=verdict)
    decision.seal(DecisionReason(name, why.strip()), key_id)
    decision.save(force_insert=True)
    ledger.record(path=row.path, subject=row, after={"label": label, "kind": kind, "verdict": verdict}, key_id=key_id)
    if not _undecided(row, compared) and not hasattr(row, "settlement"):
        RecheckSettlement.about(row, by=actor, building=row).save(force_insert=True)
    return decision


@action("census.decide_recheck")
def settle_recheck(actor: Actor, *, building_id: uuid.UUID) -> RecheckSettlement:
    """Say of a closed building that its two results were compared and nothing is left to decide.

    The last decision says so by itself. Raises NotFound, DifferenceGone (not closed), StillUndecided.
    """
    row = selectors.building_for(actor, building_id, needs=selectors.DECIDE)
    if _undecided(row, _compared(row)):
        raise StillUndecided
    if hasattr(row, "settlement"):
        ledger.repeated(path=row.path)
        return row.settlement
    settlement = RecheckSettlement.about(row, by=actor, building=row)
    settlement.save(force_insert=True)
    ledger.record(path=row.path, subject=row, after={"differences": 0})
    return settlement


def _compared(row: RecheckBuilding) -> Compared:
    if not hasattr(row, "closing"):
        raise DifferenceGone
    found = selectors.second_of(selectors.findings_of([row.pk])[row.pk])
    return compare(selectors.first_of([row.pk])[row.pk], found)


def _undecided(row: RecheckBuilding, compared: Compared) -> int:
    return counted(row.stratum, compared, selectors.decisions_of([row.pk])[row.pk]).undecided


def _kept(row: RecheckBuilding, door: Door, first: First, key_id: uuid.UUID) -> RecheckDoor:
    kept = RecheckDoor(
        id=derived(row.pk, "door", door.label),
        building=row,
        path=door.path,
        door_id=door.pk,
        label=door.label,
        outcome=first.outcome,
    )
    kept.seal(FirstPeople(list(first.names)), key_id)
    return kept


def _door(row: RecheckBuilding, label: str, text: str) -> DoorProposal:
    """The door a finding is about: one of the plan, one found before, or one typed now."""
    known = selectors.labels_known(row)
    for door in known:
        if label and door.label == label:
            return DoorProposal(row.building.label, door.unit, door.room, door.label, door.floor)
    if label and (found := selectors.findings_of([row.pk])[row.pk].get(label)):
        return DoorProposal(row.building.label, found.unit, found.room, found.label, found.floor)
    return _typed(row, text or label, {door.unit for door in known}, chosen=label)


def _typed(row: RecheckBuilding, text: str, units: Collection[str], *, chosen: str) -> DoorProposal:
    """A door as it is typed. What nobody can read as one (a cellar, a shed on the roof) is kept as it was said: those
    are the homes that a census misses."""
    try:
        if not row.building.label:
            return read_home(text)
        return read_door(text, building=row.building.label, units=units, chosen=chosen)
    except DoorNotUnderstood:
        said = halve(text).strip()
        if not 1 < len(said) <= LONGEST_DOOR:
            raise
        return DoorProposal(row.building.label, "", said, f"{row.building.label}-{said}")


def _check(living: str, persons: int, names: Sequence[str], note: str) -> None:
    unfit = living not in Living.values or persons > MOST_PEOPLE or any(len(name) > LONGEST_NAME for name in names)
    if unfit or (living == Living.LIVED_IN and persons < 1):
        raise FindingInvalid(most=MOST_PEOPLE)
    if len(note) > LONGEST_NOTE:
        raise NoteTooLong(length=len(note), most=LONGEST_NOTE)


def _emergency(row: RecheckBuilding) -> Emergency:
    return Emergency.objects.get(pk=row.emergency_id)
