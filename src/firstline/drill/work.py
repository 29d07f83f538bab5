"""The work of a world: its log of visits, its telephone survey, its residents' own reports, as they would come in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

from firstline import tables
from firstline.census.logs import storing
from firstline.census.models import LogFile
from firstline.drill import community
from firstline.drill.load import Say
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError

# Logs by what their files are called; what they say decides how they are read.
_LOGS = ("door_visits", "phone_survey")
_DAY = re.compile(r"^\s*(?P<y>20\d{2})[-./年](?P<m>\d{1,2})[-./月](?P<d>\d{1,2})")
_BEFORE = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Brought:
    """A log that was brought in: its file, and as what it is on record."""

    file: Path
    log: LogFile


def began(world: Path) -> datetime | None:
    """When the work of a world began: two days before the first day that its logs name in full; None without any."""
    days = [day for file in log_files(world) for day in _days(file)]
    if not days:
        return None
    first = min(days) - _BEFORE
    return timezone.make_aware(datetime(first.year, first.month, first.day))  # noqa: DTZ001  # made aware here


def log_files(world: Path) -> list[Path]:
    """The logs of a world."""
    return [file for file in sorted(world.iterdir()) if file.is_file() and file.stem in _LOGS]


def bring_in_logs(director: Actor, say: Say, world: Path) -> list[Brought]:
    """Each log as a clerk would bring it in: kept, looked at, accepted. One that cannot be read is told."""
    brought = []
    for file in log_files(world):
        try:
            content = file.read_bytes()
            taken = storing.take_in(
                director,
                community_path=community.COMMUNITY,
                name=file.name,
                content=content,
                sheets=storing.read_file(content),
            )
            written = storing.accept(director, taken.log.pk)
        except FirstlineError as problem:
            say(f"{file.name}: {problem}")
            continue
        say(_("%(name)s: %(written)d attempts") % {"name": file.name, "written": written})
        brought.append(Brought(file, taken.log))
    return brought


def _days(file: Path) -> Iterator[date]:
    for sheet in tables.read(file):
        for cell in (cell for row in sheet.rows for cell in row):
            if cell.date and cell.date.year > 2000:
                yield cell.date
            elif found := _DAY.match(cell.text):
                yield date(int(found["y"]), int(found["m"]), int(found["d"]))
