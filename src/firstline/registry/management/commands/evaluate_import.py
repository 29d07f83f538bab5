"""`firstline evaluate-import --world DIR [--json] [--misses]`: how well lists are read, against what is really so.

Exit codes: 0 every goal is met; 1 one is not; 2 DIR is no world. Without a database.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.kernel.errors import FirstlineError
from firstline.registry import staging
from firstline.registry.reading import as_json_of
from firstline.registry.scoring import LEAST, LISTS, Goal, NoTruth, Score, expectations, score

NOT_MET, WRONG_CALL = 1, 2
ALL = "*"
HEADS = {
    Goal.PRECISION: "precis.",
    Goal.RECALL: "recall",
    Goal.PHONES: "phones",
    Goal.HEADS: "heads",
    Goal.KEPT: "kept",
    Goal.CLOSED: "closed",
    Goal.UNASKED: "unasked",
    Goal.OTHERS: "others",
}


class Command(BaseCommand):
    help = "Score the reading of a world's property lists against its truth. Exit code 0 when every goal is met."
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("--world", required=True, type=Path, metavar="DIR", help="has property_lists/ and truth/")
        parser.add_argument("--json", action="store_true", help="answer as JSON")
        parser.add_argument("--misses", action="store_true", help="tell every single miss as well")

    def handle(self, *_args: Any, **options: Any) -> None:
        world: Path = options["world"]
        try:
            expected = expectations(world)
        except NoTruth as problem:
            raise CommandError(
                _("No world there, it lacks %(file)s") % {"file": problem}, returncode=WRONG_CALL
            ) from None
        answer, refused = _answer(world)
        scores = score(answer, expected)
        total = Score()
        for one in scores.values():
            total.include(one)
        if options["json"]:
            self.stdout.write(
                json.dumps(_json(scores, total, refused, options["misses"]), ensure_ascii=False, indent=1)
            )
        else:
            for line in _table({**scores, ALL: total}, refused):
                self.stdout.write(line)
            for miss in total.misses if options["misses"] else ():
                self.stdout.write(f"{miss.goal} {miss.file} {miss.sheet} {miss.row}: {miss.expected} / {miss.told}")
        if total.short_of:
            raise CommandError(_("Short of: %(goals)s") % {"goals": ", ".join(total.short_of)}, returncode=NOT_MET)


def _answer(world: Path) -> tuple[Mapping[str, Any], dict[str, str]]:
    """What `import --dry-run --json` answers for all lists, and why others could not be read."""
    read, refused = [], {}
    for path in sorted((world / LISTS).iterdir()):
        try:
            read.append((path.name, staging.read(path.read_bytes())))
        except FirstlineError as problem:
            refused[path.name] = str(problem)
    return as_json_of(read), refused


def _json(scores: Mapping[str, Score], total: Score, refused: Mapping[str, str], misses: bool) -> dict[str, Any]:
    return {
        "goals": {goal.value: least for goal, least in LEAST.items()},
        "met": not total.short_of,
        "short_of": [goal.value for goal in total.short_of],
        "all": _said(total, misses),
        "files": [
            {"file": name, "refused": refused.get(name, ""), **_said(one, misses)} for name, one in scores.items()
        ],
    }


def _said(one: Score, misses: bool) -> dict[str, Any]:
    said: dict[str, Any] = {
        "rows": one.rows,
        "parked": one.parked,
        "questions": one.questions,
        "measures": {
            goal.value: {"share": measure.share, "right": measure.right, "of": measure.of}
            for goal, measure in one.measures.items()
        },
    }
    if misses:
        said["misses"] = [
            {
                "measure": miss.goal.value,
                "file": miss.file,
                "sheet": miss.sheet,
                "row": miss.row,
                "expected": miss.expected,
                "told": miss.told,
            }
            for miss in one.misses
        ]
    return said


def _table(scores: Mapping[str, Score], refused: Mapping[str, str]) -> Iterator[str]:
    yield "".join(f"{head:>8}" for head in ("rows", "parked", "asked", *HEADS.values()))
    yield f"{'':>24}" + "".join(f"{'' if LEAST[goal] is None else f'{LEAST[goal]:.3f}':>8}" for goal in HEADS)
    for name, one in scores.items():
        counts = f"{one.rows:8}{one.parked:8}{one.questions:8}"
        shares = "".join(f"{one.measures[goal].share:8.4f}" if one.measures[goal].of else f"{'-':>8}" for goal in HEADS)
        yield f"{counts}{shares}  {name}  {refused.get(name, '')[:60]}".rstrip()
