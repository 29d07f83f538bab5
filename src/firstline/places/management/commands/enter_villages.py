"""`firstline enter-villages TOWNSHIP [NAME...] [--list FILE]`: villages that lists name, whose code nobody knows."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline import tables
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError
from firstline.places.actions import enter_villages
from firstline.places.selectors import place_at
from firstline.places.village_list import villages_named


class Command(BaseCommand):
    help = "Enter villages without a code below a township; those that are there already are left as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("township", metavar="TOWNSHIP", help="the township's code, 9 digits")
        parser.add_argument("names", nargs="*", metavar="NAME")
        parser.add_argument(
            "--list", dest="file", type=Path, metavar="FILE", help="a list of people with a column of villages"
        )

    def handle(self, *, township: str, names: list[str], file: Path | None, **_options: Any) -> None:
        place = place_at(township)
        try:
            listed = villages_named(tables.read(file), place.name if place else "") if file else []
            entered = enter_villages(console(), township_path=township, names=[*names, *listed])
        except (FirstlineError, tables.TableError, FileNotFoundError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Entered: %(new)d; already there: %(known)d") % {"new": entered.new, "known": entered.known}
        )
