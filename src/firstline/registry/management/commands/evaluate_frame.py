"""`firstline evaluate-frame --world DIR [--json]`: how much of the true frame of doors a world's sources give.

Needs no database. Exit codes: 0 the world was scored, whatever came of it; 2 there is no world at DIR.
"""

import argparse
import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.registry.frame_scoring import FrameScore, score_world

WRONG_CALL = 2


class Command(BaseCommand):
    help = "Score the doors that lists, a police register, keys and visits give against truth/doors.csv of a world."
    # Checks would ask the database, which scoring does without.
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--world", type=Path, required=True, metavar="DIR", help="input files, and truth/ beside")
        parser.add_argument("--json", action="store_true", help="answer as JSON, with every door missing or wrong")

    def handle(self, *, world: Path, json: bool, **_options: Any) -> None:
        try:
            score = score_world(world)
        except FileNotFoundError as problem:
            raise CommandError(
                _("No such file: %(paths)s") % {"paths": problem.filename}, returncode=WRONG_CALL
            ) from None
        self.stdout.write(_as_text(score) if not json else _as_json(score))


def _as_json(score: FrameScore) -> str:
    return json.dumps(score.as_json(), ensure_ascii=False, indent=1)


def _as_text(score: FrameScore) -> str:
    lines = [
        _("%(share).2f %% of %(doors)d true doors are known or proposed")
        % {"share": 100 * score.known_or_proposed, "doors": score.true},
        _("from lists: %(doors)d doors, %(wrong)d of them false")
        % {"doors": score.listed, "wrong": score.false_listed},
        _("accepted without a human: %(doors)d, %(wrong)d of them false (%(share).2f %%)")
        % {"doors": score.accepted, "wrong": score.false_accepted, "share": 100 * score.false_share},
        _("waiting for a human: %(doors)d, %(wrong)d of them false")
        % {"doors": score.waiting, "wrong": score.false_waiting},
        _("named by nobody, but in the pattern: %(doors)d, %(wrong)d of them false")
        % {"doors": score.holes, "wrong": score.false_holes},
    ]
    lines += [
        _("not read: %(file)s (%(reason)s)") % {"file": name, "reason": why} for name, why in score.unread.items()
    ]
    return "\n".join(lines)
