# noqa: N999  # the word people type
"""`firstline import PATH... [--compound NAME] [--dry-run] [--json] [--as LOGIN]`: lists from the command line.

Without ``--dry-run`` each list is staged and accepted, as on the page; the same command again finishes what was
interrupted and brings nothing in twice. With ``--dry-run`` files are only read: no database, no compound on record.

Exit codes: 0 every file was read (and accepted), also with rows set aside, which are told; 1 at least one file could
not be brought in; 2 the call itself is wrong (no such compound, login or path).
"""

import argparse
import json
import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline import tables
from firstline.kernel.actors import Actor, console
from firstline.kernel.errors import FirstlineError
from firstline.registry import command_line, staging
from firstline.registry.reading import FileReading, as_json_of

WRONG_CALL = 2


class Command(BaseCommand):
    help = "Bring property companies' lists in: read, stored, accepted. With --dry-run they are only read."
    # Checks would ask the database, which a dry run does without.
    requires_system_checks = ()

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "paths", nargs="+", type=Path, metavar="PATH", help="lists as they came: xlsx, xls, ods, csv"
        )
        parser.add_argument("--compound", metavar="NAME", help="whose lists these are; else file name or title tells")
        parser.add_argument("--dry-run", action="store_true", help="only say how the files are read")
        parser.add_argument("--json", action="store_true", help="answer as JSON: every row, totals, questions")
        parser.add_argument("--as", dest="login", metavar="LOGIN", help="in whose name; default: the console")

    def handle(self, *_args: Any, **options: Any) -> None:
        paths: list[Path] = options["paths"]
        if missing := [str(path) for path in paths if not path.is_file()]:
            raise CommandError(_("No such file: %(paths)s") % {"paths": ", ".join(missing)}, returncode=WRONG_CALL)
        target = None if options["dry_run"] else _target(options["login"], options["compound"])
        read: list[tuple[str, FileReading]] = []
        for path in paths:
            try:
                reading, said = _one(path, target)
            except FirstlineError as problem:
                self.stderr.write(f"{path.name}: {problem}")
                continue
            read.append((path.name, reading))
            if not options["json"]:
                self.stdout.write(f"{path.name}: {said}")
        if options["json"]:
            self.stdout.write(json.dumps(as_json_of(read), ensure_ascii=False, indent=1))
        if failed := len(paths) - len(read):
            raise CommandError(
                _("%(count)s of %(all)s files could not be brought in.") % {"count": failed, "all": len(paths)}
            )


def _target(login: str | None, compound: str | None) -> tuple[Actor, uuid.UUID | None]:
    actor = command_line.actor_called(login) if login else console()
    if actor is None:
        raise CommandError(_("No such login: %(login)s") % {"login": login}, returncode=WRONG_CALL)
    if not compound:
        return actor, None
    compound_id = command_line.compound_called(actor, compound)
    if compound_id is None:
        problem = _("No compound called %(name)s, or more than one, among the places of %(actor)s.")
        raise CommandError(problem % {"name": compound, "actor": actor.label}, returncode=WRONG_CALL)
    return actor, compound_id


def _one(path: Path, target: tuple[Actor, uuid.UUID | None] | None) -> tuple[FileReading, str]:
    content = _bytes(path)
    reading = staging.read(content, apart=True)
    if target is None:
        return reading, _account(reading)
    actor, compound_id = target
    done = command_line.bring_in(actor, name=path.name, content=content, reading=reading, compound_id=compound_id)
    return reading, f"{_account(reading)}; {done}"


def _bytes(path: Path) -> bytes:
    """The file, but never more of it than is read at all: one byte too many is refused by the reader."""
    with path.open("rb") as file:
        return file.read(tables.Limits().bytes + 1)


def _account(reading: FileReading) -> str:
    totals = reading.totals
    return _("%(rows)s rows = %(records)s at a door + %(parked)s set aside + %(no_data)s no data; %(doors)s doors") % {
        "rows": totals.rows,
        "records": totals.records,
        "parked": totals.parked,
        "no_data": totals.no_data,
        "doors": totals.doors,
    }
