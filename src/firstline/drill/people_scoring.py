"""How right lists of people come out, against what is so: what was brought in is looked for on record, row by row."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from firstline.accounts.models import Person
from firstline.accounts.selectors import details_of
from firstline.kernel.actors import Actor
from firstline.places.actions import enter_villages
from firstline.places.models import Place, PlaceKind, Post
from firstline.response.models import Duty, Responsibility, Tier
from firstline.workforce.lists.actions import accept_people, bring_people
from firstline.workforce.lists.reading import Available
from firstline.workforce.lists.reading.days import Pattern
from firstline.workforce.lists.selectors import opened
from firstline.workforce.models import StaffContents, StaffMember, TeamMember

Row = dict[str, str]
_TIERS = {"county": Tier.COUNTY, "township": Tier.TOWNSHIP, "village": Tier.VILLAGE, "compound": Tier.VILLAGE}


@dataclass
class Measure:
    """Of so many, how many are right, asked about, missing; ``wrong`` says which are not so."""

    of: int = 0
    right: int = 0
    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)


@dataclass
class Brought:
    """A list that was brought in: the rows that are asked about, by name and phone, as they read."""

    waiting: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    teams: dict[tuple[str, str], list[tuple[str, str]]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


def true_rows(world: Path, name: str) -> list[Row]:
    """A table of what is so; empty where a world has none."""
    file = world / "truth" / f"{name}.csv"
    if not file.is_file():
        return []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def enter_true_villages(operator: Actor, world: Path) -> None:
    """The villages of a world below their townships; they are made up, so they have no official code here."""
    below: dict[str, list[str]] = defaultdict(list)
    for row in true_rows(world, "villages"):
        below[row["township_code"]].append(next(row[key] for key in ("village", "name") if key in row))
    for township, names in below.items():
        enter_villages(operator, township_path=township, names=names)


def bring_in(actor: Actor, path: str, file: Path, year: int) -> Brought:
    """A file as its people bring it in: all that is ready is accepted, nothing that is asked is answered."""
    people_list = bring_people(actor, path=path, name=file.name, content=file.read_bytes(), year=year)
    if any(row.ready for row in opened(people_list).compared.rows):
        accept_people(actor, list_id=people_list.pk)
    brought = Brought()
    for row in opened(people_list).compared.rows:
        if row.state == "waits":
            who = (row.line.name, row.line.phone)
            brought.waiting[who] = tuple(one.code for one in row.problems if one.waits)
            brought.teams[who] = [(one.name, one.role) for one in row.line.team]
            brought.names.add(row.line.name)
    return brought


class Record:
    """What stands on record after the lists came in."""

    def __init__(self) -> None:
        self.people = {person.pk: details_of(person) for person in Person.objects.all()}
        self.places = {place.path: place for place in Place.objects.all()}
        self.posts = {post.path: post for post in Post.objects.select_related("place")}

    def lines(self, duty: Duty) -> Iterator[tuple[Responsibility, tuple[str, str]]]:
        """Who answers in a duty, with name and phone."""
        for line in Responsibility.objects.filter(duty=duty, valid_until=None):
            details = self.people[line.person_id]
            yield line, (details.name, details.phone)


def score_secretaries(world: Path, record: Record, brought: Brought) -> dict[str, Measure]:
    """Each at the right village, with the right phone, since the right day."""
    placed, days = Measure(), Measure()
    villages = {row["village_code"]: _village(row) for row in true_rows(world, "villages")}
    found: dict[tuple[str, str], list[Responsibility]] = defaultdict(list)
    for line, who in record.lines(Duty.FIRST_SECRETARY):
        found[who].append(line)
    truth = true_rows(world, "first_secretaries")
    for row in truth:
        who = (row["name"], row["phone"])
        lines = found.pop(who, [])
        stands = {_where(record, line.path) for line in lines}
        _count(placed, who, stands == {villages[row["village_code"]]}, bool(lines), brought)
        since = {line.valid_from.astimezone().date().isoformat() for line in lines}
        _count(days, who, since == {row["since"]}, bool(lines), brought)
    placed.wrong += [f"nobody is called so: {who}" for who in found]
    return {"secretaries": placed, "secretaries' days": days}


def score_checkpoints(world: Path, record: Record, brought: Brought) -> dict[str, Measure]:
    """Each with its level, township, village and head; and its team with names and roles."""
    found_posts, teams = Measure(), Measure()
    villages = {row["village_code"]: _village(row) for row in true_rows(world, "villages")}
    found = {who: line for line, who in record.lines(Duty.IN_CHARGE)}
    truth_teams: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in true_rows(world, "checkpoint_team"):
        truth_teams[row["checkpoint_id"]].append((row["name"], row["role"]))
    stands: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for member in TeamMember.objects.filter(valid_until=None).order_by("id"):
        stands[member.path].append((record.people[member.person_id].name, member.role))
    for row in true_rows(world, "checkpoints"):
        who = (row["responsible"], row["responsible_phone"])
        line = found.pop(who, None)
        right = line is not None and line.tier == _TIERS[row["kind"]] and _is_there(record, line.path, row, villages)
        _count(found_posts, who, right, line is not None, brought)
        said = stands[line.path] if line is not None else brought.teams.get(who, [])
        for one in sorted(set(truth_teams[row["checkpoint_id"]])):
            _count(teams, who if line is None else one, line is not None and one in said, line is not None, brought)
        if extra := set(said) - set(truth_teams[row["checkpoint_id"]]):
            teams.wrong.append(f"{row['checkpoint_id']}: {sorted(extra)}")
    found_posts.wrong += [f"nobody is called so: {who}" for who in found]
    return {"checkpoints": found_posts, "team members": teams}


def score_staff(world: Path, record: Record, brought: Brought) -> dict[str, Measure]:
    """Each in the right organisation and post, with the right phone; and on the right days."""
    rows, days = Measure(), Measure()
    truth = true_rows(world, "staff")
    all_days = sorted({day for row in truth for day in row["days"].split("|") if day})
    found: dict[tuple[str, str], StaffMember] = {}
    for member in StaffMember.objects.filter(valid_until=None).select_related("organisation"):
        details = record.people[member.person_id]
        found[details.name, details.phone] = member
    for row in truth:
        who = (row["name"], row["phone"])
        theirs: StaffMember | None = found.pop(who, None)
        right = theirs is not None and (
            theirs.organisation.name in (row["organisation"], row["unit"]) and theirs.post == row["post"]
        )
        _count(rows, who, right, theirs is not None, brought)
        there = _days(theirs, all_days) if theirs is not None else []
        nights = theirs is not None and theirs.open().nights == (row["pattern"] == "night")
        _count(days, who, there == row["days"].split("|") and nights, theirs is not None, brought)
    rows.wrong += [f"nobody is called so: {who}" for who in found]
    return {"staff": rows, "staff days": days}


def _count(measure: Measure, who: tuple[str, str], right: bool, stands: bool, brought: Brought) -> None:
    measure.of += 1
    if right:
        measure.right += 1
    elif stands:
        measure.wrong.append(str(who))
    elif who in brought.waiting or who[0] in brought.names:
        measure.asked += 1
    else:
        measure.missing.append(str(who))


def _village(row: Row) -> tuple[str, str]:
    return (row["township"], next(row[key] for key in ("village", "name") if key in row))


def _where(record: Record, path: str) -> tuple[str, str]:
    place = record.places[path]
    return (record.places[path[:9]].name, place.name)


def _is_there(record: Record, path: str, row: Row, villages: dict[str, tuple[str, str]]) -> bool:
    place = record.posts[path].place
    if row["village_code"]:
        return _where(record, place.path) == villages[row["village_code"]]
    return place.kind == PlaceKind.TOWNSHIP and place.name == row["township"]


def _days(member: StaffMember, all_days: Sequence[str]) -> list[str]:
    said: StaffContents = member.open()
    if not said.pattern:
        return []
    available = Available(
        Pattern(said.pattern),
        said.words,
        date.fromisoformat(said.begins) if said.begins else None,
        date.fromisoformat(said.ends) if said.ends else None,
        tuple(date.fromisoformat(day) for day in said.days),
        said.nights,
    )
    return [day for day in all_days if available.on(date.fromisoformat(day))]
