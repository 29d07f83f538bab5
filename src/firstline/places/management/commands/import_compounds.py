"""`firstline import-compounds FILE [--community PATH]`: a community's own list of its compounds.

Exit codes: 0 the list was read, also with rows set aside, which are told; 1 the file cannot be read; 2 the call itself
is wrong.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline import tables
from firstline.kernel import scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.errors import FirstlineError
from firstline.places.actions import Imported, import_compounds
from firstline.places.compound_list import read_compounds
from firstline.places.compounds_import import ASIDE_TEXTS, differing_text, problem_text
from firstline.places.selectors import communities_for

WRONG_CALL = 2


class Command(BaseCommand):
    help = "Bring in a community's list of compounds: names, kinds, management, gatehouses, households as believed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument("--community", metavar="PATH", help="e.g. 141102003005; needed where there are several")

    def handle(self, *, file: Path, community: str | None, **_options: Any) -> None:
        if not file.is_file():
            raise CommandError(_("No such file: %(paths)s") % {"paths": file}, returncode=WRONG_CALL)
        actor = console()
        path = community or _only_community(actor)
        try:
            found = read_compounds(tables.read(file))
            done = import_compounds(actor, community_path=path, lines=found.lines)
        except (FirstlineError, tables.TableError) as problem:
            raise CommandError(str(problem)) from problem
        for one in done:
            self.stdout.write(_line(one))
        for row, reason in found.aside:
            self.stdout.write(_("row %(row)d set aside: %(reason)s") % {"row": row, "reason": ASIDE_TEXTS[reason]})
        new = sum(one.new for one in done)
        self.stdout.write(_("Entered: %(new)d; already there: %(known)d") % {"new": new, "known": len(done) - new})


def _only_community(actor: Actor) -> str:
    with scope.enter(actor):
        places = communities_for(actor, needs="places.import_compounds")
    if len(places) != 1:
        raise CommandError(_("Say which community: --community PATH."), returncode=WRONG_CALL)
    return places[0].path


def _line(one: Imported) -> str:
    notes = [*map(problem_text, one.line.problems), *map(differing_text, one.differing)]
    return _(": ").join([one.line.name, *([_("; ").join(notes)] if notes else [])])
