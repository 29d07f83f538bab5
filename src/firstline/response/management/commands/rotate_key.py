"""`firstline rotate-key`: a new key from now on, for an emergency or for the organisation; see docs/decisions."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError
from firstline.response.actions import rotate_key, rotate_organisation_key
from firstline.response.selectors import emergency_at


class Command(BaseCommand):
    """What was sealed before stays readable under the key before; nothing is sealed again."""

    help = "Make a new key that seals from now on."

    def add_arguments(self, parser: ArgumentParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("--place", default="", help="of the emergency in force there, such as 141102")
        which.add_argument("--organisation", action="store_true", help="of our own people, contacts and the ledger")

    def handle(self, *, place: str, organisation: bool, **_options: Any) -> None:
        try:
            if organisation:
                key_id = rotate_organisation_key(console()).pk
            else:
                key_id = rotate_key(console(), emergency_id=emergency_at(place).pk).key_id
        except FirstlineError as error:
            raise CommandError(str(error)) from error
        said = _("From now on %(key)s.key seals; the one before it still opens what it sealed. Back up the keys now.")
        self.stdout.write(said % {"key": key_id})
