"""``firstline demo``: fill an empty installation with the demonstration community."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.drill.load import LOGINS, PASSWORD, load
from firstline.places.selectors import place_at
from firstline.response.selectors import any_emergency


class Command(BaseCommand):
    help = "Fill an empty installation with the demonstration community (does nothing when it is there already)."

    def handle(self, *args: Any, **options: Any) -> None:
        if any_emergency():
            self.stdout.write(_("The demonstration is there already; make demo-reset starts it over."))
        elif place_at("14") is not None:
            raise CommandError(_("This installation has places of its own; the demonstration needs an empty one."))
        else:
            load(self.stdout.write)
        self._print_logins()

    def _print_logins(self) -> None:
        self.stdout.write(_("Logins, all with the password %(password)s:") % {"password": PASSWORD})
        for demo in LOGINS:
            self.stdout.write(f"  {demo.login:<12} {demo.role.label}")
