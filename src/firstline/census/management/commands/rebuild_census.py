"""`firstline rebuild-census [--check]`: derive every count, frame and state of doors again from the facts."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from firstline.census.models import Campaign
from firstline.census.rebuild import rebuild
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.kernel.paths import subtree
from firstline.places.derivation import rebuild_frames


class Command(BaseCommand):
    """Says what differed. With ``--check`` nothing is changed, and a difference is an error (exit status 1)."""

    help = "Derive frames of buildings, states of doors and their counts again from the facts; report what differed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="only compare; fail when something differs")
        parser.add_argument("--path", default="", help="only below this scope path (default: everything)")

    def handle(self, *, check: bool, path: str, **_options: Any) -> None:
        with scope.enter(console()):
            campaigns = list(Campaign.objects.order_by("started_at").values_list("pk", "name"))
        within, write = subtree(path), not check
        found = [("", rebuild_frames(console(), within, write=write))]
        found += [(f"{name} ", rebuild(console(), campaign_id, within, write=write)) for campaign_id, name in campaigns]
        differences = 0
        for name, those in found:
            for difference in those:
                differences += 1
                said = f"stored {difference.stored}; facts say {difference.derived}"
                self.stdout.write(f"{name}{difference.path}: {said}")
        said = f"{differences} differences" if differences else "No difference"
        self.stdout.write(said if check or not differences else f"{said}, mended")
        if check and differences:
            raise CommandError("What is stored is not what the facts add up to; run without --check to mend it.")
