"""`firstline evaluate-census --world DIR [--json] [--details]`: how right a census comes out, against what is so.

The world's files are brought into an installation of the command's own, made for it and removed: lists, addresses, the
log of visits, the telephone survey, residents' reports, each by the way on which its people bring it in.

Exit codes: 0 every limit is kept; 1 one is not; 2 DIR is no world.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.accounts.models import Login
from firstline.accounts.selectors import actor_of_person
from firstline.drill.census_scoring import AT_LEAST, AT_MOST, CensusScore, as_json, score_census
from firstline.drill.census_truth import NoTruth, true_rows
from firstline.drill.own_installation import in_an_installation_of_its_own
from firstline.drill.people import DIRECTOR
from firstline.drill.world import load_world

NOT_MET, WRONG_CALL = 1, 2


class Command(BaseCommand):
    help = "Bring a world's files into an empty installation and score its census. Exit code 0 when limits are kept."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--world", required=True, type=Path, metavar="DIR", help="input files, and truth/ beside")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--details", action="store_true", help="name every row and door that is not right")
        parser.add_argument("--here", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *, world: Path, json: bool, details: bool, here: bool, **_options: Any) -> None:
        try:
            true_rows(world)
        except NoTruth as problem:
            raise CommandError(
                _("No world there, it lacks %(file)s") % {"file": problem}, returncode=WRONG_CALL
            ) from None
        if not here:
            in_an_installation_of_its_own("evaluate-census", sys.argv[2:])
            return
        reports = load_world(self.stderr.write, world)
        director = actor_of_person(Login.objects.get(username=DIRECTOR.login).person_id)
        score = score_census(director, world, reports)
        self.stdout.write(_said(score, details) if json else "\n".join(_as_text(score, details)))
        if score.short_of:
            raise CommandError(_("Short of: %(goals)s") % {"goals": ", ".join(score.short_of)}, returncode=NOT_MET)


def _said(score: CensusScore, details: bool) -> str:
    return json.dumps(as_json(score, details=details), ensure_ascii=False, indent=1)


def _as_text(score: CensusScore, details: bool) -> Iterator[str]:
    limits = {**{name: f">= {least}" for name, least in AT_LEAST.items()}, **{n: f"<= {m}" for n, m in AT_MOST.items()}}
    for name, value in score.figures.items():
        yield f"{name:>16} {value:9.5f}  {limits[name]}"
    for name, one in sorted(score.files.items()):
        states = ", ".join(f"{state} {count}" for state, count in sorted(one.states.items()))
        yield f"{name}: {one.rows} = {states}"
    counts = " + ".join(f"{name} {count}" for name, count in score.account.items())
    yield f"{counts}: {_('closes') if score.closes else _('does not close')}"
    if details:
        total = score.total
        for title, measure in (
            ("placed", total.placed),
            ("wrong", total.wrong),
            ("words", total.words),
            ("outcomes", score.outcomes),
        ):
            yield f"{title}: {'; '.join(measure.missed)}"
