"""``firstline demo``: fill an empty installation with the demonstration community."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.drill.load import LOGINS, PASSWORD, Loaded, load, loaded


class Command(BaseCommand):
    help = "Fill an empty installation with the demonstration community (does nothing when it is there already)."

    def handle(self, *args: Any, **options: Any) -> None:
        match loaded():
            case Loaded.NOTHING:
                load(self.stdout.write, Path(settings.FIRSTLINE_DEMONSTRATION) / "lists")
            case Loaded.PARTLY:
                raise CommandError(_("Making the demonstration was interrupted; make demo-reset starts it over."))
            case Loaded.OTHER:
                raise CommandError(_("This installation has places of its own; the demonstration needs an empty one."))
            case Loaded.WHOLE:
                self.stdout.write(_("The demonstration is there already; make demo-reset starts it over."))
        self._print_logins()

    def _print_logins(self) -> None:
        self.stdout.write(_("Logins, all with the password %(password)s:") % {"password": PASSWORD})
        for demo in LOGINS:
            self.stdout.write(f"  {demo.login:<12} {demo.role.label}")
