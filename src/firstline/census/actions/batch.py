"""Attempts handed in by a device: many at once, at doors of any compounds, each judged before anything is written."""

import uuid
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from os.path import commonpath
from typing import Any, NamedTuple

from firstline.census import derivation
from firstline.census.campaigns import find_campaign
from firstline.census.claims import attempts_known, claim_of
from firstline.census.derivation import Move
from firstline.census.errors import AttemptIdTaken
from firstline.census.giving import source_of
from firstline.census.handed_in import AttemptBody
from firstline.census.models import Attempt, AttemptNote, Campaign
from firstline.census.next_steps import Tried
from firstline.census.questions.answers import checked
from firstline.kernel import bulk, clock, ledger, prepared
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError, NotFound
from firstline.kernel.offline import CommandIdTaken, Done, Moment, OutsideGrant, Received, Result, Says
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
    """An attempt that can be written: where, when, in which order it came, and its row."""

    number: int
    place: _Place
    moment: Moment
    row: dict[str, Any]


@dataclass
class _Sweep:
    """What of a batch belongs to one campaign."""

    campaign: Campaign
    visits: list[_Visit] = field(default_factory=list)
    mentions: list[NewMention] = field(default_factory=list)


# The permission is that of a single attempt: it is the same act, written for many at once.
@action(PERMISSION)
def record_batch(actor: Actor, *, commands: Sequence[Handed]) -> list[Result]:
    """Write down the attempts of a batch, at doors anywhere in the actor's places; what came of each, in order.

    One that cannot be written is answered with its error and leaves the others alone: NotFound, OutsideGrant,
    EmergencyMissing, InvalidAnswers, CommandIdTaken. One that is there already, with the same body, is ``repeated``.
    One entry in the ledger stands for all of each place the actor was granted. Raises AttemptIdTaken, with nothing
    written, when an id turned out to be taken while this ran, or out of sight: then each is to be tried by itself.
    """
    now = clock.now()
    results: list[Result | None] = [None] * len(commands)
    sweeps = _judged(actor, commands, results, now)
    # Sealing and tokens take most of the time, and nobody needs to wait at a door for them.
    prepared = [(sweep, prepare(sweep.mentions, key_id=sweep.campaign.emergency.key_id)) for sweep in sweeps]
    for sweep in sweeps:
        derivation.lock_doors(
            sweep.campaign.pk, {visit.place.building_id for visit in sweep.visits}, _doors_in(sweep.visits)
        )
    # Asked under the locks.
    known = attempts_known([visit.row["id"] for sweep in sweeps for visit in sweep.visits])
    written = []
    for sweep, said in prepared:
        if new := _new(sweep, commands, known, results):
            _write(sweep.campaign, new, said, results)
            written += new
    _on_record(actor, written, {sweep.campaign.pk: sweep.campaign for sweep in sweeps})
    return [result or NotFound() for result in results]


def _judged(actor: Actor, commands: Sequence[Handed], results: list[Result | None], now: datetime) -> list[_Sweep]:
    doors = _doors(command.body.door_id for command in commands)
    ranges = actor.ranges(PERMISSION)
    leading: dict[str, _Sweep | None] = {}
    sweeps: dict[uuid.UUID, _Sweep] = {}
    for index, command in enumerate(commands):
        place = doors.get(command.body.door_id)
        problem = _unplaced(place, ranges)
        if place is None or problem is not None:
            results[index] = problem
            continue
        sweep = _sweep(place.path, leading, sweeps)
        if sweep is None:
            results[index] = EmergencyMissing()
        else:
            try:
                _take(sweep, (index, place), command, actor, now)
            except FirstlineError as refused:
                results[index] = refused
    return [sweeps[key] for key in sorted(sweeps) if sweeps[key].visits]


def _unplaced(place: _Place | None, ranges: Sequence[Range]) -> FirstlineError | None:
    if place is None:
        return NotFound()
    return None if any(one.lo <= place.path < one.hi for one in ranges) else OutsideGrant()


def _sweep(path: str, leading: dict[str, _Sweep | None], sweeps: dict[uuid.UUID, _Sweep]) -> _Sweep | None:
    building = path.rpartition("/")[0]
    if building not in leading:
        campaign = find_campaign(path)
        leading[building] = sweeps.setdefault(campaign.pk, _Sweep(campaign)) if campaign is not None else None
    return leading[building]


def _take(sweep: _Sweep, visited: tuple[int, _Place], command: Handed, actor: Actor, now: datetime) -> None:
    number, place = visited
    body, campaign, moment = command.body, sweep.campaign, command.moment
    if not moment.doubt and moment.happened_at < campaign.started_at:
        moment = moment.not_believed("before_campaign", now)
    key_id = campaign.emergency.key_id
    answers = checked(campaign, body.answers, body.result) if body.answers else {}
    note = AttemptNote(body.note, "", answers, str(campaign.question_set_id) if answers else "")
    row = {
        "id": command.id,
        "path": place.path,
        "happened_at": moment.happened_at,
        "happened_precision": moment.precision.value,
        "recorded_at": moment.recorded_at,
        "by_person_id": actor.person_id,
        "by_device_id": actor.device_id,
        "emergency_id": campaign.emergency_id,
        "campaign_id": campaign.pk,
        "sealed": Attempt.envelope(command.id, note, key_id),
        "door_id": body.door_id,
        "channel": body.channel,
        "result": body.result.value,
        "persons_met": len(body.people),
        "minutes": body.minutes,
        "visitor_id": actor.person_id,
        "again_at": body.agreed_at,
        "claim": claim_of(command.text, key_id),
    }
    sweep.visits.append(_Visit(number, place, moment, row))
    source = source_of(body.channel)
    for part, person in enumerate(body.people, start=1):
        sweep.mentions.append(
            NewMention(
                place.path, campaign.emergency_id, campaign.pk, body.door_id, source, command.id, part, person.said
            )
        )


def _doors(ids: Iterable[uuid.UUID]) -> dict[uuid.UUID, _Place]:
    """Where doors are, whoever asks: places are no personal data."""
    with prepared.cursor() as cursor:
        cursor.execute(_WHERE, [bulk.array(set(ids))])
        return {door_id: _Place(path, building_id) for door_id, path, building_id in cursor.fetchall()}


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


def _write(campaign: Campaign, visits: Sequence[_Visit], said: Prepared, results: list[Result | None]) -> None:
    histories = derivation.histories_of(campaign.pk, _doors_in(visits))
    at: dict[uuid.UUID, list[_Visit]] = defaultdict(list)
    for visit in visits:
        at[visit.row["door_id"]].append(visit)
    moves = [
        Move(
            door_id, here[0].place.path, here[0].place.building_id, histories[door_id].with_attempts(*map(_tried, here))
        )
        for door_id, here in at.items()
    ]
    if bulk.insert(Attempt, [visit.row for visit in visits]) != len(visits):
        raise AttemptIdTaken
    if said.rows:
        kept = {visit.row["id"] for visit in visits}
        store(said.of_sources(kept))
    derivation.keep(campaign.pk, moves)
    for visit in visits:
        ended = histories[visit.row["door_id"]].ended
        results[visit.number] = Done(visit.place.path, code=visit.moment.doubt or ("door_ended" if ended else ""))


def _tried(visit: _Visit) -> Tried:
    row = visit.row
    return Tried(row["happened_at"], str(row["id"]), row["channel"], row["result"], row["visitor_id"], row["again_at"])


def _on_record(
    actor: Actor,
    written: Sequence[_Visit],
    campaigns: dict[uuid.UUID, Campaign],
) -> None:
    """One entry a granted place and campaign, at the deepest place that has all its doors in it."""
    paths: dict[tuple[int, uuid.UUID], list[str]] = defaultdict(list)
    ranges = actor.ranges(PERMISSION)
    for visit in written:
        number = next(number for number, one in enumerate(ranges) if visit.place.path in one)
        paths[number, visit.row["campaign_id"]].append(visit.place.path)
    for (_number, campaign_id), doors in sorted(paths.items()):
        ledger.record(
            path=_above(doors),
            subject=campaigns[campaign_id],
            after={"attempts": len(doors), "doors": len(set(doors))},
            key_id=campaigns[campaign_id].emergency.key_id,
        )
    if not written:
        ledger.repeated(path=ranges[0].lo)


def _above(doors: Sequence[str]) -> str:
    if len(set(doors)) == 1:
        return doors[0]
    lowest, highest = min(doors), max(doors)
    if lowest[:12] == highest[:12]:
        return commonpath([lowest, highest])
    # Of several communities: the township, county or city that has them all.
    length = next(length for length in (9, 6, 4, 2, 0) if lowest[:length] == highest[:length])
    return lowest[:length]


def _doors_in(visits: Sequence[_Visit]) -> list[uuid.UUID]:
    return list({visit.row["door_id"] for visit in visits})


_WHERE = f"SELECT id, path, building_id FROM {Door._meta.db_table} WHERE id = ANY(%s::uuid[])"  # noqa: S608  # our own table
