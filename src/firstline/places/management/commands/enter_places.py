"""`firstline enter-places 14=山西省 1411=吕梁市 141102=离石区`: enter divisions by their official codes."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError
from firstline.places.actions import create_place
from firstline.places.models import PlaceKind
from firstline.places.selectors import place_at

_KINDS = {
    2: PlaceKind.PROVINCE,
    4: PlaceKind.CITY,
    6: PlaceKind.COUNTY,
    9: PlaceKind.TOWNSHIP,
    12: PlaceKind.COMMUNITY,
}


class Command(BaseCommand):
    """All or none; those that are there already are left as they are."""

    help = "Enter divisions as CODE=NAME, those above first (GB/T 2260: 2, 4, 6 digits; GB/T 10114: 9, 12)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("divisions", nargs="+", metavar="CODE=NAME")

    def handle(self, *, divisions: list[str], **_options: Any) -> None:
        operator, entered = console(), 0
        try:
            with scope.enter(operator):
                for division in divisions:
                    code, _equals, name = (part.strip() for part in division.partition("="))
                    if len(code) not in _KINDS or not name:
                        raise CommandError(
                            _("Write a code of 2, 4, 6, 9 or 12 digits and a name, such as 141102=离石区.")
                        )
                    if place_at(code) is None:
                        create_place(operator, kind=_KINDS[len(code)], code=code, name=name)
                        entered += 1
        except FirstlineError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("Entered: %(count)d") % {"count": entered})
