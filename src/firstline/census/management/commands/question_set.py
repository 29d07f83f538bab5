"""`firstline question-set [NAME --xlsx FILE]`: the question sets that come along, as workbooks to change and upload."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from firstline.census.questions import shipped


class Command(BaseCommand):
    """Without a name the sets are listed; nothing is changed anywhere."""

    help = "List the question sets that come along, or write one as an XLSForm workbook."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="", help="which set")
        parser.add_argument("--xlsx", type=Path, metavar="FILE", help="where the workbook goes; never over a file")

    def handle(self, *, name: str, xlsx: Path | None, **_options: Any) -> None:
        if not name:
            for one in shipped.NAMES:
                self.stdout.write(f"{one:<22} {shipped.read(one).title}")
            return
        if name not in shipped.NAMES:
            raise CommandError(f"There is no set “{name}”. There are: {', '.join(shipped.NAMES)}.")
        if xlsx is None:
            raise CommandError("Say where the workbook goes: --xlsx FILE.")
        try:
            with xlsx.open("xb") as file:
                file.write(shipped.workbook(name))
        except FileExistsError:
            raise CommandError(f"{xlsx} is there already; nothing was written.") from None
        except OSError as problem:
            raise CommandError(f"{xlsx} cannot be written: {problem.strerror}.") from None
        self.stdout.write(f"{xlsx}: {shipped.read(name).title}")
