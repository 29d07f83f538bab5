"""`firstline load-divisions [--below CODE] [--since DATE]`: enter official divisions from our table.

The table (FIRSTLINE_DIVISIONS, made by `make setup`) goes down to townships for the whole country and to villages and
communities for the pilot prefecture. What is there already stays as it is, so the same command again enters nothing.
"""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError
from firstline.places.actions import load_divisions
from firstline.places.division_table import read_table

# The table tells which codes hold, not since when. By then they did: our first emergencies begin in 2020.
SINCE = date(2019, 1, 1)


class Command(BaseCommand):
    help = "Enter official divisions (GB/T 2260, GB/T 10114) from the table, with those above them."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--below", default="", metavar="CODE", help="only this division and all below, e.g. 1411")
        parser.add_argument(
            "--since", default=SINCE, type=date.fromisoformat, help="from when the codes are said to hold"
        )
        parser.add_argument("--table", type=Path, default=None, help="another table than FIRSTLINE_DIVISIONS")

    def handle(self, *, below: str, since: date, table: Path | None, **_options: Any) -> None:
        try:
            rows = read_table(table or settings.FIRSTLINE_DIVISIONS, below)
            entered = load_divisions(console(), rows=rows, valid_from=since)
        except FirstlineError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Entered: %(new)d; already there: %(known)d") % {"new": entered.new, "known": entered.known}
        )
