"""`firstline reset-second-factor --login NAME`: for somebody whose phone is lost, where no officer can do it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.accounts.models import Login
from firstline.accounts.second_factor.actions import Reason, reset_second_factor
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError


class Command(BaseCommand):
    """The operator is named in the ledger as such; whoever is reset is told at the next login."""

    help = "Forget somebody's phone and printed codes; they set up another at their next login."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--login", required=True)
        parser.add_argument("--reason", choices=Reason.values, default=Reason.LOST.value)

    def handle(self, *, login: str, reason: str, **_options: Any) -> None:
        found = Login.objects.filter(username=login).first()
        if found is None:
            raise CommandError(_("There is no login %(login)s.") % {"login": login})
        try:
            reset_second_factor(console(), person_id=found.person_id, reason=Reason(reason))
        except FirstlineError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_("%(login)s sets up another second factor at the next login.") % {"login": login})
