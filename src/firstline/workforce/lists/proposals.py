"""A list against what is on record: row by row what it would do, what it asks, and who is in it no more."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from firstline.accounts.selectors import details_of
from firstline.identifiers import names
from firstline.kernel import clock
from firstline.kernel.paths import subtree
from firstline.places.models import Place, Post, PostKind
from firstline.places.selectors import in_ranges
from firstline.response.models import Duty, Rank, Responsibility, Tier
from firstline.response.models.answering import Source
from firstline.workforce.lists.gazetteer import Found, Gazetteer
from firstline.workforce.lists.people import Known, KnownPeople, canonical
from firstline.workforce.lists.reading import Field, Kind, Level, Line, Problem
from firstline.workforce.models import RowFix, StaffMember

NEW, SAME, MOVED, WAITS, LEFT_OUT, DONE = "new", "same", "moved", "waits", "left_out", "done"
# The same person in the same seat or organisation, with another phone than on record.
CORRECTED = "corrected"
_TIERS = {Level.COUNTY: Tier.COUNTY, Level.TOWNSHIP: Tier.TOWNSHIP}


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a row would do: ``state`` is one of the constants above; ``before`` is who leads there now.

    ``person`` is whoever of ours is meant; None: somebody new, and ``told_new``: somebody has said so. ``post_name`` is
    the checkpoint's.
    """

    line: Line
    found: Found
    problems: tuple[Problem, ...]
    state: str
    person: Known | None = None
    alike: tuple[Known, ...] = ()
    post_name: str = ""
    before: Responsibility | None = None
    told_new: bool = False

    @property
    def instead_of(self) -> str:
        """The phone on record that this row puts right; "" where it puts none right."""
        return self.person.phone if self.state == CORRECTED and self.person else ""

    @property
    def place(self) -> Place | None:
        return self.found.place

    @property
    def placed(self) -> Place:
        """Where a row that is ready stands; only staff need no place."""
        if self.found.place is None:
            raise RuntimeError("a row without a place is not ready")
        return self.found.place

    @property
    def ready(self) -> bool:
        return self.state in (NEW, SAME, MOVED, CORRECTED)

    @property
    def tier(self) -> Tier:
        """At which level whoever it names answers."""
        return _TIERS.get(self.line.level or Level.VILLAGE, Tier.VILLAGE)

    @property
    def duty(self) -> Duty:
        return Duty.IN_CHARGE if self.line.kind == Kind.CHECKPOINTS else Duty.FIRST_SECRETARY


@dataclass(frozen=True, slots=True)
class Compared:
    """All rows of a list, and what an older list brought in that this one does not name."""

    rows: tuple[Proposal, ...]
    gone: tuple[Responsibility, ...] = ()
    staff_gone: tuple[StaffMember, ...] = ()
    people: KnownPeople | None = field(default=None, repr=False)


def compare(top: str, lines: Sequence[Line], fixes: dict[str, RowFix], done: Iterable[str]) -> Compared:
    """A list's rows against the places and people at ``top`` and below it. ``done`` are rows that are in already."""
    gazetteer, people, finished = Gazetteer(top), KnownPeople(top), set(done)
    standing = _Standing(top, lines)
    shared = _shared_phones(lines, fixes)
    seats: Counter[tuple[str, str]] = Counter()
    rows = []
    for line in lines:
        fix = fixes.get(line.key, RowFix())
        row = _proposal(line, fix, gazetteer.find(line, fix.place), people=people, standing=standing, shared=shared)
        if line.key in finished:
            row = replace(row, state=DONE)
        if row.place is not None and line.kind != Kind.STAFF and row.state != LEFT_OUT:
            seat = (row.place.path, row.post_name)
            seats[seat] += 1
            if seats[seat] > 1 and row.state != DONE:
                twice = Problem("seat_twice", Field.VILLAGE, row.post_name or row.place.name)
                row = replace(row, problems=(*row.problems, twice), state=WAITS)
        rows.append(row)
    return Compared(tuple(rows), tuple(_gone(standing, rows)), tuple(_staff_gone(top, rows, people)), people)


class _Standing:
    """Who leads where, by path, level and duty; the checkpoints by place and name; who works for an organisation."""

    def __init__(self, top: str, rows: Sequence[Line]) -> None:
        now = clock.now()
        lines = Responsibility.objects.filter(
            in_ranges([subtree(top)]),
            rank=Rank.LEAD,
            duty__in=[Duty.FIRST_SECRETARY, Duty.IN_CHARGE],
            valid_from__lte=now,
        ).select_related("person")
        self.lines = [line for line in lines if line.valid_until is None or line.valid_until > now]
        self.by_seat = {(line.path, line.tier, line.duty): line for line in self.lines}
        posts = Post.objects.filter(in_ranges([subtree(top)]), kind=PostKind.CHECKPOINT)
        self.posts = {(post.place_id, post.name): post for post in posts}
        self.staff: dict[tuple[str, str], list[uuid.UUID]] = defaultdict(list)
        self.staff_rows = Counter((row.organisation, row.name) for row in rows if row.kind == Kind.STAFF)
        if self.staff_rows:
            members = StaffMember.objects.filter(in_ranges([subtree(top)]), valid_until=None)
            for member in members.select_related("person", "organisation"):
                name = names.clean(details_of(member.person).name)
                self.staff[member.organisation.name, name].append(member.person_id)


def _proposal(
    line: Line, fix: RowFix, found: Found, *, people: KnownPeople, standing: _Standing, shared: dict[str, set[str]]
) -> Proposal:
    problems = list(line.problems)
    if found.problem:
        problems.append(Problem(found.problem, found.about, found.said))
    person, alike = _who(line, fix, people)
    if line.phone and not fix.person and (alike or len(shared.get(line.phone, ())) > 1):
        problems.append(Problem("phone_of_another", Field.PHONE, "、".join(_others(line, alike, shared))))
    post_name = _post_name(line) if line.kind == Kind.CHECKPOINTS else ""
    if line.kind == Kind.CHECKPOINTS and not post_name:
        problems.append(Problem("post_unnamed", Field.PLACE))
    row = Proposal(line, found, tuple(problems), NEW, person, tuple(alike), post_name, told_new=fix.person == "new")
    if fix.left_out:
        return replace(row, state=LEFT_OUT)
    if any(one.waits for one in problems):
        return replace(row, state=WAITS)
    before = _before(row, standing)
    if before is not None:
        return _against(row, before, people)
    return _colleague(row, people, standing) if line.kind == Kind.STAFF else row


def _against(row: Proposal, before: Responsibility, people: KnownPeople) -> Proposal:
    """A row about a place where somebody leads already."""
    name, phone, theirs = row.line.name, row.line.phone, details_of(before.person)
    if row.person is not None or row.told_new:
        same = row.person is not None and before.person_id == row.person.id
        return replace(row, before=before, state=SAME if same else MOVED)
    if names.clean(theirs.name) != name:
        return replace(row, before=before, state=MOVED)
    known = people.by_id.get(before.person_id)
    if phone and known:
        # In the same seat stands somebody of that name: one person with another phone, until somebody says otherwise.
        return replace(row, before=before, person=known, state=CORRECTED)
    same = not phone or canonical(theirs.phone) == phone
    return replace(row, before=before, person=known, state=SAME if same else MOVED)


def _colleague(row: Proposal, people: KnownPeople, standing: "_Standing") -> Proposal:
    """Staff with a phone that nobody has, where one of that name works already: the same person, another phone."""
    line = row.line
    if row.person is not None or not line.phone or row.told_new:
        return row
    called = standing.staff.get((line.organisation, line.name), [])
    if len(called) != 1 or standing.staff_rows[line.organisation, line.name] != 1:
        return row
    known = people.by_id.get(called[0])
    return replace(row, person=known, state=CORRECTED) if known else row


def _who(line: Line, fix: RowFix, people: KnownPeople) -> tuple[Known | None, list[Known]]:
    if fix.person and fix.person != "new":
        return people.by_id.get(uuid.UUID(fix.person)), []
    if fix.person == "new" or not line.phone:
        return people.same(line.name, line.phone) if line.phone else None, []
    if known := people.same(line.name, line.phone):
        return known, []
    return None, people.others(line.name, line.phone)


def _others(line: Line, alike: Sequence[Known], shared: dict[str, set[str]]) -> list[str]:
    return sorted({one.name for one in alike} | (shared.get(line.phone, set()) - {line.name}))


def _shared_phones(lines: Sequence[Line], fixes: dict[str, RowFix]) -> dict[str, set[str]]:
    """The names each phone of a list stands beside."""
    found: dict[str, set[str]] = defaultdict(set)
    for line in lines:
        if line.phone and line.name and not fixes.get(line.key, RowFix()).left_out:
            found[line.phone].add(line.name)
    return found


def _post_name(line: Line) -> str:
    return (line.said.get(Field.TITLE) or line.said.get(Field.PLACE) or line.said.get(Field.COMPOUND) or "").strip()


def _before(row: Proposal, standing: _Standing) -> Responsibility | None:
    if row.place is None or row.line.kind == Kind.STAFF:
        return None
    path = row.place.path
    if row.line.kind == Kind.CHECKPOINTS:
        post = standing.posts.get((row.place.pk, row.post_name))
        if post is None:
            return None
        path = post.path
    return standing.by_seat.get((path, row.tier, row.duty))


def _gone(standing: _Standing, rows: Sequence[Proposal]) -> Iterator[Responsibility]:
    """Lines that lists brought in, in a duty this list speaks of, at places and posts it does not name."""
    duties = {row.duty for row in rows if row.line.kind != Kind.STAFF}
    named = {row.before.pk for row in rows if row.before is not None}
    places = {row.place.path for row in rows if row.place is not None}
    waiting = any(row.state == WAITS and row.place is None for row in rows)
    if waiting:
        return
    for line in standing.lines:
        about = line.path if line.duty == Duty.FIRST_SECRETARY else ""
        if line.source == Source.IMPORTED and line.duty in duties and line.pk not in named and about not in places:
            yield line


def _staff_gone(top: str, rows: Sequence[Proposal], people: KnownPeople) -> Iterator[StaffMember]:
    """Those of the organisations a list names who are in it no more."""
    named = {row.line.organisation for row in rows if row.line.kind == Kind.STAFF}
    if not named:
        return
    there = {row.person.id for row in rows if row.person is not None}
    waiting = {row.line.name for row in rows if row.state == WAITS}
    members = StaffMember.objects.filter(in_ranges([subtree(top)]), valid_until=None, organisation__name__in=named)
    for member in members.select_related("person", "organisation"):
        known = people.by_id.get(member.person_id)
        if member.person_id not in there and (known is None or known.name not in waiting):
            yield member
