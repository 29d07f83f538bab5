"""`firstline end-emergency --place CODE`: end the emergency in force there, from the server's console."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError
from firstline.response.actions import end
from firstline.response.selectors import emergency_at


class Command(BaseCommand):
    """What was recorded stays readable until the time for keeping is over and two people destroy the keys."""

    help = "End the emergency in force at a place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--place", required=True, help="the place's code, such as 141102")
        parser.add_argument("--keep-days", type=int, help="how long its data is kept (default: FIRSTLINE_KEEP_DAYS)")

    def handle(self, *, place: str, keep_days: int | None, **_options: Any) -> None:
        try:
            ended = end(console(), emergency_id=emergency_at(place).pk, keep_days=keep_days)
        except FirstlineError as error:
            raise CommandError(str(error)) from error
        said = _("Ended: %(name)s. What was recorded is kept until %(until)s.")
        until = ended.kept_until
        self.stdout.write(said % {"name": ended.name, "until": localdate(until).isoformat() if until else ""})
