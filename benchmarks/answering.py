"""``make bench``, who answers: a table of 15 counties with 20,000 lines, asked as pages and boards ask it.

    python -m benchmarks.answering [--counties 15] [--lines 20000] [--runs 200]

Lines are written into a small installation and taken back at the end. Asked is without what a page remembers: for one
door, for the 300 communities a county's page names, for one of each with somebody away at every tenth place. Beside
each stands what nobody can be faster than: the same lines read by the same statement, no name opened.
"""

import argparse
import logging
import multiprocessing
import os
import uuid
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import timedelta

from benchmarks.servers import ROOT, Server

_DOORS, _LIMIT = 600, 5.0
_TOWNSHIPS, _VILLAGES, _COMPOUNDS = 20, 15, 4
_PEOPLE, _SOME = 4_000, 300


def main() -> None:
    """Make the installation the first time, write the table, measure, print, take it back."""
    arguments = argparse.ArgumentParser(prog="benchmarks.answering", description=__doc__)
    arguments.add_argument("--counties", type=int, default=15)
    arguments.add_argument("--lines", type=int, default=20_000)
    arguments.add_argument("--runs", type=int, default=200)
    chosen = arguments.parse_args()
    environment = {
        "FIRSTLINE_VAR": str(ROOT / "var" / f"bench-{_DOORS}"),
        "DJANGO_SETTINGS_MODULE": "firstline.config.settings",
        "FIRSTLINE_LOG_LEVEL": "WARNING",
    }
    spawn = multiprocessing.get_context("spawn")
    with Server(_DOORS), ProcessPoolExecutor(1, spawn, _begin, (environment,)) as ours:
        for line in ours.submit(_measured, chosen.counties, chosen.lines, chosen.runs).result():
            print(line, flush=True)


def _begin(environment: dict[str, str]) -> None:
    os.environ.update(environment)
    import django

    django.setup()
    logging.disable(logging.INFO)


def _measured(counties: int, lines: int, runs: int) -> list[str]:
    from django.db import transaction

    from firstline.kernel import clock
    from firstline.kernel.actors import console
    from firstline.kernel.scope import enter
    from firstline.response.answering.selectors import line_above, who_answers
    from firstline.response.answering.standing import read_standing
    from firstline.response.models import Absence, Responsibility

    with enter(console()), transaction.atomic():
        places = _places(counties)
        people = _people()
        _write(places, people, lines)
        communities = [path for path in places if len(path) == 12][:_SOME]
        door = f"{communities[7]}/0001/001/0001"
        asked: list[tuple[str, Callable[[], object], list[str]]] = [
            ("one door", lambda: who_answers([door]), [door]),
            ("the line above a door", lambda: line_above(door), [door]),
            (f"{len(communities)} communities", lambda: who_answers(communities), communities),
        ]
        rows = [f"\n{counties} counties, {Responsibility.objects.count():,} lines, {runs} runs each; milliseconds."]
        rows.append(f"{'':<44}{'cpu':>8}{'p50':>8}{'p95':>8}{'limit':>8}{'x limit':>9}{'read p50':>10}{'x read':>8}")
        for away in (False, True):
            if away:
                since = clock.now() - timedelta(hours=1)
                Absence.objects.bulk_create(
                    Absence(person_id=one, deputy_id=people[number - 1], begins_at=since, recorded_by_id=one)
                    for number, one in enumerate(people)
                    if number % 10 == 1
                )
            for name, ask, paths in asked:
                title = f"{name}{', every tenth person away' if away else ''}"
                rows.append(_row(title, ask, _bare(read_standing, paths), runs))
        transaction.set_rollback(True)
    return rows


def _row(name: str, ask: Callable[[], object], read: Callable[[], object], runs: int) -> str:
    from benchmarks.measure import timed
    from firstline.kernel import scope

    def anew() -> None:
        scope.memo().clear()
        ask()

    took, alone = timed(anew, runs=runs), timed(read, runs=runs)
    cells = f"{name:<44}{took.cpu:>8.2f}{took.p50:>8.2f}{took.p95:>8.2f}"
    # One look has a limit; hundreds at once are a part of a page that has its own.
    cells += f"{'':>17}" if name[0].isdigit() else f"{_LIMIT:>8}{took.p95 / _LIMIT:>9.2f}"
    return f"{cells}{alone.p50:>10.2f}{took.p50 / alone.p50:>8.1f}"


def _bare(read: Callable[..., object], asked: list[str]) -> Callable[[], object]:
    from firstline.kernel import clock, paths

    above = {place for path in asked for place in paths.ancestors(path)}
    return lambda: read(above, clock.now())


def _places(counties: int) -> list[str]:
    """Paths of counties, townships, villages and compounds that nobody lives in."""
    found = []
    for county in range(counties):
        head = f"15{county // 50:02d}{county % 50 + 1:02d}"
        found.append(head)
        for township in range(1, _TOWNSHIPS + 1):
            found.append(f"{head}{township:03d}")
            for village in range(1, _VILLAGES + 1):
                community = f"{head}{township:03d}{village:03d}"
                found.append(community)
                found += [f"{community}/{compound:04d}" for compound in range(1, _COMPOUNDS + 1)]
    return found


def _people() -> list[uuid.UUID]:
    from firstline.accounts.models import Person, PersonDetails
    from firstline.kernel.keys import organisation_key

    key = organisation_key()
    made = [Person(home_path="15") for _number in range(_PEOPLE)]
    for number, person in enumerate(made):
        person.seal(PersonDetails(f"张{number}", "13800000000", "干部"), key)
    Person.objects.bulk_create(made)
    return [person.pk for person in made]


def _write(places: list[str], people: list[uuid.UUID], lines: int) -> None:
    """One line a place at its own level, then those of the level above, until there are so many."""
    from firstline.response.models import Duty, Rank, Responsibility, Tier

    own = {6: Tier.COUNTY, 9: Tier.TOWNSHIP}
    seats = [(path, own.get(len(path), Tier.VILLAGE), Duty.IN_CHARGE) for path in places]
    seats += [(path, Tier.TOWNSHIP, Duty.TOWNSHIP_CADRE) for path in places if len(path) == 12]
    seats += [(path, Tier.COUNTY, Duty.COUNTY_LEADER) for path in places if len(path) == 9]
    while len(seats) < lines:
        seats += [(path, Tier.VILLAGE, Duty.OTHER) for path in places[: lines - len(seats)]]
    Responsibility.objects.bulk_create(
        Responsibility(
            person_id=people[number * 7 % len(people)],
            path=path,
            tier=tier,
            duty=duty,
            rank=Rank.DEPUTY if duty == Duty.OTHER else Rank.LEAD,
            recorded_by_id=people[0],
        )
        for number, (path, tier, duty) in enumerate(seats[:lines])
    )


if __name__ == "__main__":
    main()
