"""``python -m benchmarks.measures``: which measure holds here, asked of 2,000 orders in 15 counties.

Every question stands in a transaction of its own, as a gate's or a page's first one does: it asks the database whether
anything has changed, one prepared statement, and answers from what the process keeps. Beside it stand that statement
alone, many questions of one transaction, and the first question after a change, which reads everything anew.
"""

import argparse
import logging
import os
import random
import subprocess
import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.measure import Timing, timed
from benchmarks.servers import ROOT
from firstline.database.embedded import Cluster

if TYPE_CHECKING:
    from firstline.response.models import Emergency

COUNTIES, ORDERS, TOWNSHIPS = 15, 2_000, 12
LIMIT = 1.0
_ASKED = ("pass_at_gates", "observation_days", "curfew", "pass_quota", "close_businesses")
_IN_ONE = 50


def main() -> None:
    """Make the installation the first time, measure, print."""
    arguments = argparse.ArgumentParser(prog="benchmarks.measures", description=__doc__)
    arguments.add_argument("--runs", type=int, default=2_000)
    runs = arguments.parse_args().runs
    var = ROOT / "var" / "bench-measures"
    os.environ |= {"FIRSTLINE_VAR": str(var), "DJANGO_SETTINGS_MODULE": "firstline.config.settings"}
    with ExitStack() as standing:
        standing.enter_context(Cluster(var / "pg").running())
        program = Path(sys.executable).with_name("firstline")
        subprocess.run([program, "migrate"], check=True, stdout=subprocess.DEVNULL)
        _begin()
        print(f"{ORDERS:,} orders in {COUNTIES} counties, {runs} runs each; milliseconds\n")
        print(f"{'':<46}{'cpu':>8}{'p50':>8}{'p95':>8}{'limit':>8}{'x limit':>9}")
        for name, work, limit in _lines():
            _print(name, timed(work, runs=runs if limit else 20), limit)


def _print(name: str, timing: Timing, limit: float | None) -> None:
    cells = f"{name:<46}{timing.cpu:>8.3f}{timing.p50:>8.3f}{timing.p95:>8.3f}"
    print(cells + (f"{limit:>8.1f}{timing.p95 / limit:>9.2f}" if limit else ""), flush=True)


def _begin() -> None:
    import django

    django.setup()
    logging.disable(logging.INFO)
    from firstline.places.selectors import place_at

    if place_at("14") is None:
        _make()


def _make() -> None:
    from firstline.kernel import clock
    from firstline.kernel.actors import console
    from firstline.places import actions as places
    from firstline.places.models import PlaceKind
    from firstline.response import actions as response
    from firstline.response.models import Level

    operator, dice = console(), random.Random(1)
    places.create_place(operator, kind=PlaceKind.PROVINCE, code="14", name="山西省")
    places.create_place(operator, kind=PlaceKind.CITY, code="1411", name="吕梁市")
    for number in range(COUNTIES):
        county = f"1411{number + 2:02d}"
        places.create_place(operator, kind=PlaceKind.COUNTY, code=county, name=f"{number}区")
        for township in range(TOWNSHIPS):
            code, name = f"{county}{township + 1:03d}", f"第{township + 1}街道"
            places.create_place(operator, kind=PlaceKind.TOWNSHIP, code=code, name=name)
        emergency = response.declare(
            operator,
            path=county,
            name="Benchmark",
            level=Level.I,
            legal_basis="-",
            started_at=clock.now() - timedelta(days=30),
        )
        _orders(emergency, ORDERS // COUNTIES + (number < ORDERS % COUNTIES), dice)


def _orders(emergency: "Emergency", number: int, dice: random.Random) -> None:
    """A county's orders, some over and some to come, for itself and for its townships."""
    import msgspec

    from firstline.kernel import clock
    from firstline.response.measures.kinds import KINDS
    from firstline.response.measures.standing import changed
    from firstline.response.models import MeasureOrdered

    now = clock.now()
    paths = [emergency.path, *(f"{emergency.path}{township + 1:03d}" for township in range(TOWNSHIPS))]
    MeasureOrdered.objects.bulk_create(
        MeasureOrdered(
            path=dice.choice(paths),
            authority=emergency.path,
            emergency=emergency,
            kind=kind,
            parameters=msgspec.to_builtins(KINDS[kind].parameters()),
            from_at=now + timedelta(days=dice.randrange(-25, 3)),
            until_at=now + timedelta(days=dice.randrange(4, 3_650)),
            legal_basis="-",
            renewer_id=emergency.pk,
            restricts=True,
            by_person_id=emergency.pk,
        )
        for kind in (dice.choice(_ASKED) for _ in range(number))
    )
    changed()


def _lines() -> list[tuple[str, Callable[[], object], float | None]]:
    from firstline.kernel import scope
    from firstline.kernel.actors import console
    from firstline.response.measures import standing
    from firstline.response.measures.in_force import measure_in_force, measures_at

    asked = cycle(
        (kind, f"1411{county + 2:02d}{township + 1:03d}005/0007/003/0014")
        for county in range(COUNTIES)
        for township in range(TOWNSHIPS)
        for kind in _ASKED
    )

    def question() -> None:
        measure_in_force(*next(asked))

    def everything() -> None:
        measures_at(next(asked)[1])

    def afresh() -> None:
        standing.keep(None)
        question()

    def many() -> None:
        with scope.enter(console()):
            for _ in range(_IN_ONE):
                question()

    return [
        ("does it hold here, first in its transaction", question, LIMIT),
        ("all that holds here, first in its transaction", everything, LIMIT),
        ("the statement alone: has anything changed", standing.version, LIMIT),
        (f"{_IN_ONE} questions of one transaction, with its scope", many, None),
        ("the first question after a change", afresh, None),
    ]


if __name__ == "__main__":
    main()
