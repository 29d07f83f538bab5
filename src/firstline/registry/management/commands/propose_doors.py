"""`firstline propose-doors COMMUNITY [--police FILE] [--keys FILE] [--visits FILE] [--as LOGIN]`.

Doors of a community that other people's lists name: those that two sources or a building's pattern speak for are put on
record, the others wait on the compound's page. Only addresses are read; the files are not kept.

Exit codes: 0 the files were read; 1 a file cannot be read, or the community is not there; 2 the call itself is wrong.
"""

import argparse
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline import tables
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError
from firstline.registry import command_line
from firstline.registry.addresses import Source
from firstline.registry.proposing import AddressFile, Proposed, propose

WRONG_CALL = 2
_SOURCES = (Source.POLICE, Source.KEYS, Source.VISITS)


class Command(BaseCommand):
    help = "Propose the doors that a police register, handed-out keys or notes of visits name in a community."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("community", metavar="COMMUNITY", help="the community's path, e.g. 141102003005")
        for source in _SOURCES:
            parser.add_argument(f"--{source}", type=Path, action="append", default=[], metavar="FILE")
        parser.add_argument("--as", dest="login", metavar="LOGIN", help="in whose name; default: the console")

    def handle(self, *, community: str, login: str | None, **options: Any) -> None:
        actor = command_line.actor_called(login) if login else console()
        if actor is None:
            raise CommandError(_("No such login: %(login)s") % {"login": login}, returncode=WRONG_CALL)
        files = [(source, path) for source in _SOURCES for path in options[source.value]]
        if missing := [str(path) for _source, path in files if not path.is_file()]:
            raise CommandError(_("No such file: %(paths)s") % {"paths": ", ".join(missing)}, returncode=WRONG_CALL)
        if not files:
            raise CommandError(_("Name at least one file."), returncode=WRONG_CALL)
        try:
            read = [AddressFile(source, path.read_bytes()) for source, path in files]
            done = propose(actor, community_path=community, files=read)
        except (FirstlineError, tables.TableError) as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(_account(done))


def _account(done: Proposed) -> str:
    lines = [
        _("%(rows)d rows name %(doors)d doors; %(new)d of them were not on record")
        % {"rows": done.rows, "doors": done.doors, "new": done.new},
        _("%(accepted)d accepted, %(waiting)d wait for somebody, %(holes)d more are in the pattern, named by nobody")
        % {"accepted": done.accepted, "waiting": done.waiting, "holes": done.holes},
    ]
    lines += [
        _("rows without a door: %(count)d %(reason)s") % {"count": count, "reason": reason}
        for reason, count in done.unplaced.items()
    ]
    return "\n".join(lines)
