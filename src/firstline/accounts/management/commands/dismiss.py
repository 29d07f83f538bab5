"""`firstline dismiss --login NAME`: end every role of somebody who leaves or whose login is in wrong hands."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.accounts.actions import end_grant
from firstline.accounts.selectors import grants_in_force
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError


class Command(BaseCommand):
    """From the next request on the login opens nothing; what was done under it stays on record."""

    help = "End every role of a login, now."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--login", required=True)

    def handle(self, *, login: str, **_options: Any) -> None:
        operator = console()
        grants = grants_in_force(login)
        try:
            with scope.enter(operator):
                # Ending one may end others with it: a role that went over into several places is one hat.
                while left := grants_in_force(login):
                    end_grant(operator, grant_id=left[0].pk)
        except FirstlineError as error:
            raise CommandError(str(error)) from error
        if not grants:
            raise CommandError(_("%(login)s has no role in force.") % {"login": login})
        for grant in grants:
            self.stdout.write(
                _("Ended: %(role)s at %(place)s") % {"role": grant.get_role_display(), "place": grant.path}
            )
