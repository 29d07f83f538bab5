"""How right the census of a world comes out: rows at their doors, words understood, outcomes of doors, nothing lost.

The world must have been brought into this installation (``world.load_world``). What is compared is what stands in the
database, in the scope of somebody of the community, against ``truth/``.
"""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils import timezone

from firstline.census.campaigns import campaign_at
from firstline.census.coverage import coverage
from firstline.census.logs import selectors
from firstline.census.models import Attempt, LogFile, LogRow, LogRowContents, ReportDecision, RowState, SelfReport
from firstline.census.next_steps import Tried
from firstline.census.outcomes import derive, outcome_of
from firstline.census.rebuild import rebuild
from firstline.census.results import REFUSALS, Channel, Result
from firstline.census.rules import Rules
from firstline.drill import community
from firstline.drill.census_truth import REPORTS, TrueRow, TrueTry, true_rows
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor
from firstline.kernel.paths import subtree
from firstline.places.models import Door, PlaceKind
from firstline.tables import read

# What truth calls the homes that are in no compound.
SCATTERED = "散居"
AT_LEAST = {"placed_right": 0.98, "words_right": 0.99, "outcomes_right": 0.99}
AT_MOST = {"placed_wrong": 0.005, "rows_lost": 0.0}


@dataclass
class Measure:
    """So many of so many; ``missed`` names the rows (file, sheet, number) or doors that are not among them."""

    right: int = 0
    of: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        return self.right / self.of if self.of else 1.0

    def count(self, holds: bool, name: str) -> None:
        self.of += 1
        self.right += holds
        if not holds:
            self.missed.append(name)


@dataclass
class Score:
    """Figures of one file, or of all. ``wrong`` counts rows at a wrong door among those whose place can be read."""

    placed: Measure = field(default_factory=Measure)
    wrong: Measure = field(default_factory=Measure)
    words: Measure = field(default_factory=Measure)
    ambiguous: Measure = field(default_factory=Measure)
    states: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    lost: int = 0

    def include(self, other: "Score") -> None:
        """Add the figures of one file."""
        for name in ("placed", "wrong", "words", "ambiguous"):
            mine, its = getattr(self, name), getattr(other, name)
            mine.right, mine.of, mine.missed = mine.right + its.right, mine.of + its.of, mine.missed + its.missed
        self.states.update(other.states)
        self.rows, self.lost = self.rows + other.rows, self.lost + other.lost


@dataclass
class CensusScore:
    """All figures of a world. ``outcomes``: doors that no row with a wrong place touches; ``all_doors``: all.

    ``with_reports``: the first of these with what households reported counted in.
    """

    files: dict[str, Score] = field(default_factory=dict)
    outcomes: Measure = field(default_factory=Measure)
    all_doors: Measure = field(default_factory=Measure)
    with_reports: Measure = field(default_factory=Measure)
    account: dict[str, int] = field(default_factory=dict)
    closes: bool = False
    differences: int = 0

    @property
    def total(self) -> Score:
        total = Score()
        for one in self.files.values():
            total.include(one)
        return total

    @property
    def figures(self) -> dict[str, float]:
        """The figures that have limits."""
        total = self.total
        return {
            "placed_right": total.placed.share,
            "placed_wrong": total.wrong.right / total.wrong.of if total.wrong.of else 0.0,
            "words_right": total.words.share,
            "outcomes_right": self.outcomes.share,
            "rows_lost": float(total.lost),
        }

    @property
    def short_of(self) -> list[str]:
        """Which limits are not kept."""
        figures = self.figures
        short = [name for name, least in AT_LEAST.items() if figures[name] < least]
        short += [name for name, most in AT_MOST.items() if figures[name] > most]
        return short if self.closes and not self.differences else [*short, "account"]


@dataclass(frozen=True, slots=True)
class _Kept:
    """A row as it stands in the database."""

    state: str
    door: tuple[str, str] | None
    results: tuple[tuple[str, str], ...]
    times: tuple[datetime | None, ...]


def score_census(actor: Actor, world: Path, reports: Mapping[int, uuid.UUID]) -> CensusScore:
    """Compare what stands in this installation with a world's truth; ``reports`` are roots by line. Raises NoTruth."""
    truth = true_rows(world)
    score = CensusScore()
    with scope.enter(actor):
        kept = {**_of_logs(world, score), **_of_reports(reports, score)}
        truth = {at: row for at, row in truth.items() if row.file in score.files}
        for at, row in truth.items():
            _row(score.files.setdefault(row.file, Score()), row, kept.get(at))
        _doors(score, truth, kept)
        _account(score)
        campaign_id = campaign_at(community.COMMUNITY).pk
    score.differences = sum(1 for _one in rebuild(actor, campaign_id, subtree(community.COMMUNITY), write=False))
    return score


def as_json(score: CensusScore, *, details: bool = False) -> dict[str, Any]:
    """The answer of ``firstline evaluate-census --json``; no name, number or address in it."""
    total = score.total
    said: dict[str, Any] = {
        "met": not score.short_of,
        "short_of": score.short_of,
        "figures": {name: round(value, 5) for name, value in score.figures.items()},
        "limits": {"at_least": AT_LEAST, "at_most": AT_MOST},
        "rows": total.rows,
        "states": dict(total.states),
        "doors": {
            "outcome_right": _said(score.outcomes),
            "with_rows_whose_place_is_wrong": _said(score.all_doors),
            "with_reports": _said(score.with_reports),
        },
        "account": {**score.account, "closes": score.closes, "differences_after_rebuild": score.differences},
        "files": {name: _file(one) for name, one in sorted(score.files.items())},
    }
    if details:
        said["missed"] = {
            "placed": total.placed.missed,
            "at_a_wrong_door": total.wrong.missed,
            "words": total.words.missed,
            "outcomes": score.outcomes.missed,
        }
    return said


def _file(one: Score) -> dict[str, Any]:
    return {
        "rows": one.rows,
        "lost": one.lost,
        "states": dict(one.states),
        "placed_right": _said(one.placed),
        "placed_wrong": {"wrong": one.wrong.right, "of": one.wrong.of},
        "ambiguous_parked_or_right": _said(one.ambiguous),
        "words_right": _said(one.words),
    }


def _said(measure: Measure) -> dict[str, float | int]:
    return {"share": round(measure.share, 5), "right": measure.right, "of": measure.of}


def _of_logs(world: Path, score: CensusScore) -> dict[tuple[str, str, int], _Kept]:
    found: dict[tuple[str, str, int], _Kept] = {}
    labels = _labels()
    for log in LogFile.objects.defer("sealed_content"):
        name = log.open().name
        sheets = read(world / name)
        one = score.files.setdefault(name, Score())
        one.rows = sum(any(not cell.blank for cell in row) for sheet in sheets for row in sheet.rows)
        for row in selectors.rows_of(log):
            one.states[row.state] += 1
            found[name, sheets[row.sheet - 1].name, row.number] = _kept(row, labels)
        one.lost = one.rows - sum(one.states.values())
    return found


def _kept(row: LogRow, labels: Mapping[uuid.UUID, tuple[str, str]]) -> _Kept:
    contents: LogRowContents = row.open()
    counts = row.state in {RowState.PLACED, RowState.DUPLICATE}
    return _Kept(
        state=row.state,
        door=labels.get(row.door_id) if counts and row.door_id else None,
        results=tuple((one.result, one.channel) for one in contents.tries),
        times=tuple(one.at for one in contents.tries),
    )


def _of_reports(reports: Mapping[int, uuid.UUID], score: CensusScore) -> dict[tuple[str, str, int], _Kept]:
    """The reports as they came through the public form; a line of the file is a row."""
    if not reports:
        return {}
    one, labels = score.files.setdefault(REPORTS, Score()), _labels()
    kept = {report.root_id: report for report in SelfReport.objects.order_by("version")}
    # Only doors on no list are placed after they came, by the pattern that speaks for them; nobody decides here.
    decided = dict(ReportDecision.objects.filter(void=None).values_list("report_id", "door_id"))
    one.rows, found = len(reports), dict[tuple[str, str, int], _Kept]()
    for number, root_id in reports.items():
        if report := kept.get(root_id):
            door_id = report.door_id if not report.parked_for else decided.get(report.pk)
            state = RowState.PLACED if door_id else RowState.PARKED
            one.states[state.value] += 1
            door = labels.get(door_id) if door_id else None
            found[REPORTS, "", number] = _Kept(state.value, door, ((Result.REGISTERED, Channel.ONLINE),), (None,))
    one.lost = one.rows - sum(one.states.values())
    return found


def _row(one: Score, row: TrueRow, kept: _Kept | None) -> None:
    name = f"{row.file} {row.sheet} {row.number}".replace("  ", " ")
    placed = kept.door if kept else None
    if row.readable:
        one.placed.count(placed == row.door, name)
        one.wrong.of += 1
        if placed not in {None, row.door}:
            one.wrong.right += 1
            one.wrong.missed.append(name)
    elif row.ambiguous:
        one.ambiguous.count(placed in {None, row.door}, name)
    if row.file != REPORTS:
        results = kept.results if kept else ()
        for part, true in enumerate(sorted(row.tries, key=lambda one: one.column)):
            one.words.count(part < len(results) and _same(true, results[part]), name)


def _same(true: TrueTry, said: tuple[str, str]) -> bool:
    """Whether a word was understood; why somebody refused is told by the remark, and is not in the code."""
    result = Result.REFUSED if said[0] in REFUSALS else said[0]
    return (result, said[1]) == (true.result, true.channel)


def _doors(score: CensusScore, truth: Mapping[Any, TrueRow], kept: Mapping[Any, _Kept]) -> None:
    """Outcomes of the attempts on record, against those of truth's attempts, by the same derivation.

    What companies' lists say is on record too, and truth says nothing of it: it is left out. Of what households
    reported truth knows the door and no outcome, so visits and calls are compared by themselves, and then
    once more with every report of a door that can be read counting as registered.
    """
    recorded: dict[tuple[str, str], list[Tried]] = defaultdict(list)
    campaign, labels = campaign_at(community.COMMUNITY), _labels()
    for one in Attempt.objects.filter(campaign_id=campaign.pk, void=None).exclude(channel=Channel.LIST):
        recorded[labels[one.door_id]].append(Tried(one.happened_at, str(one.pk), one.channel, one.result))
    visited = {door: [one for one in tries if one.channel != Channel.ONLINE] for door, tries in recorded.items()}
    logged = {at: row for at, row in truth.items() if row.file != REPORTS}
    score.outcomes, score.all_doors = _compared(visited, logged, kept)
    score.with_reports, _all_doors = _compared(recorded, truth, kept)


def _compared(
    recorded: Mapping[tuple[str, str], list[Tried]], truth: Mapping[Any, TrueRow], kept: Mapping[Any, _Kept]
) -> tuple[Measure, Measure]:
    """Doors whose outcome is right: those that no row with a wrong place touches, and all that a row is about."""
    clear, every = Measure(), Measure()
    attempts: dict[tuple[str, str], list[Tried]] = defaultdict(list)
    touched: set[tuple[str, str]] = set()
    for at, row in truth.items():
        attempts[row.door] += _tried(row, kept.get(at))
        if not row.readable:
            touched |= {row.door, *filter(None, [kept[at].door if at in kept else None])}
    for door, tries in attempts.items():
        right = outcome_of(derive(recorded.get(door, []), Rules())) == outcome_of(derive(tries, Rules()))
        every.count(right, " ".join(door))
        if door not in touched:
            clear.count(right, " ".join(door))
    return clear, every


def _tried(row: TrueRow, kept: _Kept | None) -> Iterable[Tried]:
    """Truth's attempts at a door. Truth says no time of calls; theirs is the one in the file, if it was read."""
    times = kept.times if kept else ()
    for part, true in enumerate(sorted(row.tries, key=lambda one: one.column)):
        at = _moment(true.time) if true.time else times[part] if part < len(times) else None
        yield Tried(at or clock.now(), f"{row.file} {row.sheet} {row.number} {part}", true.channel, true.result)


def _account(score: CensusScore) -> None:
    account = coverage(subtree(community.COMMUNITY)).total
    score.account = {outcome.value: count for outcome, count in account.counts.items()}
    score.account |= {"frame": account.frame, "added": account.added, "removed": account.removed}
    score.closes = account.closes


def _labels() -> dict[uuid.UUID, tuple[str, str]]:
    doors = Door.objects.select_related("building__compound__place")
    return {door.pk: _label(door) for door in doors}


def _label(door: Door) -> tuple[str, str]:
    place = door.building.compound.place
    return (SCATTERED if place.kind == PlaceKind.SCATTERED else place.name, door.label)


def _moment(iso: str) -> datetime:
    return timezone.make_aware(datetime.fromisoformat(iso))
