"""`firstline enter-villages TOWNSHIP NAME...`: enter villages that lists name and whose official code nobody knows."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError
from firstline.places.actions import enter_villages


class Command(BaseCommand):
    help = "Enter villages without a code below a township; those that are there already are left as they are."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("township", metavar="TOWNSHIP", help="the township's code, 9 digits")
        parser.add_argument("names", nargs="+", metavar="NAME")

    def handle(self, *, township: str, names: list[str], **_options: Any) -> None:
        try:
            entered = enter_villages(console(), township_path=township, names=names)
        except FirstlineError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _("Entered: %(new)d; already there: %(known)d") % {"new": entered.new, "known": entered.known}
        )
