"""Attempts handed in by a device: many at once, at doors of any compounds, each judged before anything is written."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from os.path import commonpath
from typing import Any, NamedTuple

from firstline.census import derivation
from firstline.census.campaigns import finder_at_the_beginning
from firstline.census.claims import ask_known, claim_of
from firstline.census.derivation import History, Move
from firstline.census.giving import source_of
from firstline.census.handed_in import AttemptBody
from firstline.census.models import Attempt, AttemptNote, Campaign
from firstline.census.next_steps import Tried
from firstline.census.questions.answers import checked
from firstline.kernel import bulk, clock, ledger, prepared
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError, NotFound
from firstline.kernel.offline import CommandIdTaken, Done, OutsideGrant, Received, Result, Says
from firstline.kernel.paths import Range
from firstline.places.models import Door
from firstline.registry.mentions import NewMention, Prepared, prepare, store
from firstline.response.errors import EmergencyMissing

PERMISSION = "census.record_attempt"
Handed = Received[AttemptBody]


class _Place(NamedTuple):
    path: str
    building_id: uuid.UUID


class _Visit(NamedTuple):
    """An attempt that can be written: which command it was, where, within which of the actor's ranges, and its row."""

    number: int
    door_id: uuid.UUID
    place: _Place
    within: int
    doubt: str
    tried: Tried
    row: dict[str, Any]


@dataclass
class _Sweep:
    """What of a batch belongs to one campaign."""

    campaign: Campaign
    visits: list[_Visit] = field(default_factory=list)
    mentions: list[NewMention] = field(default_factory=list)
    histories: Mapping[uuid.UUID, History] = field(default_factory=dict)


# The permission is that of a single attempt: it is the same act, written for many at once.
@action(PERMISSION)
def record_batch(actor: Actor, *, commands: Sequence[Handed]) -> list[Result]:
    """Write down the attempts of a batch, at doors anywhere in the actor's places; what came of each, in order.

    One that cannot be written is answered with its error and leaves the others alone: NotFound, OutsideGrant,
    EmergencyMissing, InvalidAnswers, CommandIdTaken. One that is there already, with the same body, is ``repeated``.
    One entry in the ledger stands for all of each place the actor was granted. Raises AttemptIdTaken, with nothing
    written, when an id turned out to be taken while this ran, or out of sight: then each is to be tried by itself.
    """
    results: list[Result | None] = [None] * len(commands)
    ranges = actor.ranges(PERMISSION)
    with prepared.sent_together():
        sweeps = _judged(actor, ranges, commands, results)
        # Sealing and tokens take most of the time, and nobody needs to wait at a door for them.
        said = [prepare(sweep.mentions, key_id=sweep.campaign.emergency.key_id) for sweep in sweeps]
        known = _held(sweeps)
        for sweep, mentions in zip(sweeps, said, strict=True):
            if new := _new(sweep, commands, known, results):
                _write(actor, sweep, new, mentions, results)
                _on_record(sweep.campaign, new)
        if not any(isinstance(result, Done) and not result.repeated for result in results):
            ledger.repeated(path=ranges[0].lo)
    return [result or NotFound() for result in results]


def _judged(
    actor: Actor, ranges: Sequence[Range], commands: Sequence[Handed], results: list[Result | None]
) -> list[_Sweep]:
    now, found = clock.now(), prepared.ask(_WHERE, [bulk.array(command.body.door_id for command in commands)])
    campaign_at = cache(finder_at_the_beginning())
    doors = {door_id: _Place(path, building_id) for door_id, path, building_id in found()}
    sweeps: dict[uuid.UUID, _Sweep] = {}
    for number, command in enumerate(commands):
        place = doors.get(command.body.door_id)
        if place is None:
            results[number] = NotFound()
        elif (within := _within(place.path, ranges)) is None:
            results[number] = OutsideGrant()
        elif (campaign := campaign_at(place.path.rpartition("/")[0])) is None:
            results[number] = EmergencyMissing()
        else:
            sweep = sweeps.setdefault(campaign.pk, _Sweep(campaign))
            try:
                row, doubt = _row(sweep.campaign, place.path, command, now)
            except FirstlineError as refused:
                results[number] = refused
                continue
            sweep.visits.append(_Visit(number, command.body.door_id, place, within, doubt, _tried(row, actor), row))
            sweep.mentions += _mentions(sweep.campaign, place.path, command)
    return [sweeps[key] for key in sorted(sweeps) if sweeps[key].visits]


def _within(path: str, ranges: Sequence[Range]) -> int | None:
    """In which of the ranges a path lies."""
    for number, one in enumerate(ranges):
        if one.lo <= path < one.hi:
            return number
    return None


def _row(campaign: Campaign, path: str, command: Handed, now: datetime) -> tuple[dict[str, Any], str]:
    """The columns in which attempts of a batch differ, and why their moment is not believed ("" where it is)."""
    body, moment = command.body, command.moment
    if not moment.doubt and moment.happened_at < campaign.started_at:
        moment = moment.not_believed("before_campaign", now)
    key_id = campaign.emergency.key_id
    answers = checked(campaign, body.answers, body.result) if body.answers else {}
    note = AttemptNote(body.note, "", answers, str(campaign.question_set_id) if answers else "")
    row = {
        "id": command.id,
        "path": path,
        "happened_at": moment.happened_at,
        "happened_precision": moment.precision,
        "recorded_at": moment.recorded_at,
        "sealed": Attempt.envelope(command.id, note, key_id),
        "door_id": body.door_id,
        "channel": body.channel,
        "result": body.result,
        "persons_met": len(body.people),
        "minutes": body.minutes,
        "again_at": body.agreed_at,
        "claim": claim_of(command.text, key_id),
    }
    return row, moment.doubt


def _mentions(campaign: Campaign, path: str, command: Handed) -> Iterator[NewMention]:
    body = command.body
    source = source_of(body.channel)
    for part, person in enumerate(body.people, start=1):
        yield NewMention(path, campaign.emergency_id, campaign.pk, body.door_id, source, command.id, part, person.said)


def _held(sweeps: Iterable[_Sweep]) -> dict[uuid.UUID, Says]:
    """Hold the doors and read what was tried there; those of the attempts that are known already.

    All of it on one way: where none turns out to be new, a history too many costs less than a way there and back.
    """
    for sweep in sweeps:
        buildings = {visit.place.building_id for visit in sweep.visits}
        derivation.lock_doors(sweep.campaign.pk, buildings, {visit.door_id for visit in sweep.visits})
    known = ask_known([visit.row["id"] for sweep in sweeps for visit in sweep.visits])
    for sweep in sweeps:
        sweep.histories = derivation.histories_of(sweep.campaign.pk, {visit.door_id for visit in sweep.visits})
    return known()


def _new(
    sweep: _Sweep,
    commands: Sequence[Handed],
    known: dict[uuid.UUID, Says],
    results: list[Result | None],
) -> list[_Visit]:
    if not known:
        return sweep.visits
    new = []
    for visit in sweep.visits:
        command = commands[visit.number]
        if command.id not in known:
            new.append(visit)
            continue
        same = known[command.id](command.text)
        results[visit.number] = Done(visit.place.path, repeated=True) if same else CommandIdTaken()
    return new


def _write(actor: Actor, sweep: _Sweep, visits: Sequence[_Visit], said: Prepared, results: list[Result | None]) -> None:
    campaign = sweep.campaign
    at: dict[uuid.UUID, list[_Visit]] = defaultdict(list)
    for visit in visits:
        at[visit.door_id].append(visit)
    moves = []
    for door_id, here in at.items():
        history, place = sweep.histories[door_id], here[0].place
        change = history.with_attempts(*(visit.tried for visit in here))
        moves.append(Move(door_id, place.path, place.building_id, change))
        for visit in here:
            code = visit.doubt or ("door_ended" if history.ended else "")
            results[visit.number] = Done(visit.place.path, code=code)
    # One that is there after all, out of sight, is AttemptIdTaken by the name of its constraint.
    bulk.insert_new(
        Attempt,
        [visit.row for visit in visits],
        alike={
            "by_person_id": actor.person_id,
            "by_device_id": actor.device_id,
            "visitor_id": actor.person_id,
            "emergency_id": campaign.emergency_id,
            "campaign_id": campaign.pk,
        },
    )
    if said.rows:
        store(said.of_sources({visit.row["id"] for visit in visits}))
    derivation.keep(campaign.pk, moves)


def _tried(row: dict[str, Any], actor: Actor) -> Tried:
    return Tried(row["happened_at"], str(row["id"]), row["channel"], row["result"], actor.person_id, row["again_at"])


def _on_record(campaign: Campaign, written: Sequence[_Visit]) -> None:
    """One entry a granted place, at the deepest place that has all its doors in it."""
    paths: dict[int, list[str]] = defaultdict(list)
    for visit in written:
        paths[visit.within].append(visit.place.path)
    for _number, doors in sorted(paths.items()):
        ledger.record(
            path=_above(doors),
            subject=campaign,
            after={"attempts": len(doors), "doors": len(set(doors))},
            key_id=campaign.emergency.key_id,
        )


def _above(doors: Sequence[str]) -> str:
    if len(set(doors)) == 1:
        return doors[0]
    lowest, highest = min(doors), max(doors)
    if lowest[:12] == highest[:12]:
        return commonpath([lowest, highest])
    # Of several communities: the township, county or city that has them all.
    length = next(length for length in (9, 6, 4, 2, 0) if lowest[:length] == highest[:length])
    return lowest[:length]


_WHERE = f"SELECT id, path, building_id FROM {Door._meta.db_table} WHERE id = ANY(%s::uuid[])"  # noqa: S608  # our own table
