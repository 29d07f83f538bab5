"""Logs for tests: rows as a team writes them, with days the cast's emergency has seen."""

from datetime import timedelta

from django.utils import timezone

from firstline import tables
from firstline.census.logs import storing
from firstline.census.logs.storing import Taken
from firstline.census.models import LogFile, LogRow
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor
from firstline.testing.cast import COMMUNITY, Cast

HEAD = "日期,时间,小区,楼,单元,户号,入户人员,结果,用时(分),备注"


def yesterday(days: int = 1) -> str:
    """A day so many days ago, as it is noted."""
    return f"{timezone.localtime(clock.now() - timedelta(days=days)):%Y-%m-%d}"


def line(door: str, result: str, at: str = "9:30", *, day: str = "", note: str = "", minutes: str = "3") -> str:
    """One row about a door of 枫林苑, such as ``1-1-101``."""
    building, unit, room = door.split("-")
    return f"{day or yesterday()},{at},枫林苑,{building},{unit},{room},老韩,{result},{minutes},{note}"


def log_of(*lines: str) -> bytes:
    return "\n".join([HEAD, *lines]).encode()


def taken(cast: Cast, *lines: str, by: Actor | None = None, name: str = "走访.csv") -> Taken:
    """A log brought in and not accepted."""
    content = log_of(*lines)
    return storing.take_in(
        by or cast.director, community_path=COMMUNITY, name=name, content=content, sheets=tables.read(content)
    )


def states(cast: Cast, log: LogFile) -> list[tuple[str, str]]:
    """State and reason of each row below the headings."""
    with scope.enter(cast.director):
        return list(LogRow.objects.filter(log=log, number__gt=1).order_by("number").values_list("state", "reason"))
