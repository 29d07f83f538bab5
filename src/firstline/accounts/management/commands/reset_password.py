"""`firstline reset-password --login NAME`: a new password for somebody who has forgotten theirs."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.accounts.actions import reset_password
from firstline.accounts.prompts import new_password
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError, NotFound


class Command(BaseCommand):
    """The password is asked for twice and never taken from the command line."""

    help = "Give a login a new password; asks for it. Whoever is logged in under it is logged out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--login", required=True)

    def handle(self, *, login: str, **_options: Any) -> None:
        try:
            reset_password(console(), username=login, password=new_password())
        except NotFound as error:
            raise CommandError(_("There is no login %(login)s.") % {"login": login}) from error
        except FirstlineError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(login)s has a new password.") % {"login": login})
