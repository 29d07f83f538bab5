"""`firstline evaluate-people --world DIR [--json]`: how right lists of people come out, against what is so.

A world's first secretaries, checkpoints and staff are brought into an installation of the command's own, as their
people bring them in; nothing that is asked is answered. Exit codes: 0 nothing is wrong or missing; 1 something is;
2 DIR is no world.
"""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.accounts.selectors import actor_of_person
from firstline.drill import community
from firstline.drill.divisions import enter_divisions
from firstline.drill.households import Inventor
from firstline.drill.own_installation import in_an_installation_of_its_own
from firstline.drill.people import DIRECTOR, OTHERS, appoint
from firstline.drill.people_scoring import (
    Brought,
    Measure,
    Record,
    bring_in,
    enter_true_villages,
    score_checkpoints,
    score_secretaries,
    score_staff,
    true_rows,
)
from firstline.kernel import scope
from firstline.kernel.actors import console

NOT_MET, WRONG_CALL = 1, 2
_SEED = 20200126


class Command(BaseCommand):
    help = "Bring a world's lists of people into an empty installation and score them. Exit code 0: nothing is wrong."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--world", required=True, type=Path, metavar="DIR", help="input files, and truth/ beside")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *, world: Path, json: bool, here: bool, **_options: Any) -> None:
        if not true_rows(world, "villages"):
            raise CommandError(
                _("No world there, it lacks %(file)s") % {"file": "truth/villages.csv"}, returncode=WRONG_CALL
            )
        if not here:
            in_an_installation_of_its_own("evaluate-people", sys.argv[2:])
            return
        measures = _evaluate(world)
        self.stdout.write(_as_json(measures) if json else "\n".join(_line(*one) for one in measures.items()))
        if any(one.wrong or one.missing for one in measures.values()):
            raise CommandError(_("Some are wrong or missing."), returncode=NOT_MET)


def _evaluate(world: Path) -> dict[str, Measure]:
    operator, inventor = console(), Inventor(_SEED)
    enter_divisions(operator)
    enter_true_villages(operator, world)
    officer = actor_of_person(appoint(operator, inventor, next(one for one in OTHERS if one.login == "shilou")).pk)
    director = actor_of_person(appoint(operator, inventor, DIRECTOR).pk)
    year = max(int(row["since"][:4]) for row in true_rows(world, "checkpoints"))
    measures: dict[str, Measure] = {}
    for stem, actor, path, score in (
        ("first_secretaries", officer, "141126", score_secretaries),
        ("checkpoints", officer, "141126", score_checkpoints),
        ("staff", director, community.COMMUNITY, score_staff),
    ):
        brought = Brought()
        with scope.enter(actor):
            for file in sorted(world.glob(f"{stem}.*")):
                brought = bring_in(actor, path, file, year)
        with scope.enter(operator):
            measures |= score(world, Record(), brought)
    return measures


def _line(name: str, one: Measure) -> str:
    faults = f"{len(one.wrong)} wrong, {len(one.missing)} missing"
    counts = f"{name:>18}: {one.right} of {one.of} right, {one.asked} asked, {faults}"
    return "\n".join([counts, *(f"{'':>20}{text}" for text in [*one.wrong, *one.missing][:20])])


def _as_json(measures: dict[str, Measure]) -> str:
    said = {
        name: {"of": one.of, "right": one.right, "asked": one.asked, "wrong": one.wrong, "missing": one.missing}
        for name, one in measures.items()
    }
    return json.dumps(said, ensure_ascii=False, indent=1)
