"""``firstline demo [--world DIR]``: fill an empty installation with the demonstration community, or another world."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from firstline.drill.load import Loaded, load, loaded, mark_whole
from firstline.drill.people import LOGINS, PASSWORD
from firstline.drill.world import load_world


class Command(BaseCommand):
    help = "Fill an empty installation with the demonstration community (does nothing when it is there already)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--world", type=Path, metavar="DIR", help="a folder with a community's files, instead")

    def handle(self, *, world: Path | None, **options: Any) -> None:
        folder = Path(settings.FIRSTLINE_DEMONSTRATION) / "lists"
        match loaded(folder):
            case Loaded.NOTHING:
                self._load(folder, world)
            case Loaded.PARTLY:
                raise CommandError(_("Making the demonstration was interrupted; make demo-reset starts it over."))
            case Loaded.OTHER:
                raise CommandError(_("This installation has places of its own; the demonstration needs an empty one."))
            case Loaded.WHOLE:
                self.stdout.write(_("The demonstration is there already; make demo-reset starts it over."))
        self._print_logins(folder)

    def _load(self, folder: Path, world: Path | None) -> None:
        if world is not None and not world.is_dir():
            raise CommandError(_("No such folder: %(folder)s") % {"folder": world})
        folder.mkdir(parents=True, exist_ok=True)
        if world is not None:
            load_world(self.stdout.write, world)
        else:
            load(self.stdout.write, folder)
        mark_whole(folder)

    def _print_logins(self, folder: Path) -> None:
        if any(folder.iterdir()):
            self.stdout.write(_("Lists to try, as companies send them: %(folder)s") % {"folder": folder})
        self.stdout.write(_("Logins, all with the password %(password)s:") % {"password": PASSWORD})
        for demo in LOGINS:
            self.stdout.write(f"  {demo.login:<12} {demo.role.label}")
