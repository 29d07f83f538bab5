"""The moment of a visit as a clerk types it: 19:30, 1930, 2-12, 2-12 19:30, 12日下午; `=`, or nothing: as above."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from firstline.census.night.doors import SAME
from firstline.identifiers.width import halve
from firstline.kernel.clock import Precision

# Clocks of honest devices differ by this much at most.
_SLACK = timedelta(minutes=5)
_DATE = re.compile(
    r"(?:(?P<year>20\d\d)[-/.年])?(?P<month>\d{1,2})[-/月](?P<day>\d{1,2})[日号]?|(?P<only>\d{1,2})[日号]"
)
_TIME = re.compile(r"(?P<hour>\d{1,2})(?:[:.点时](?P<minute>\d{2})?分?)|(?P<run>\d{3,4})")
_DAYS = {"今天": 0, "今日": 0, "昨天": 1, "昨日": 1, "前天": 2}
# Halves of a day as they are said, and the hour that stands for each.
_HALVES = {"早上": 9, "上午": 9, "中午": 12, "下午": 15, "晚上": 19, "晚": 19}


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happened, as precisely as it was written: the day as it was there, and the hour if it was said."""

    day: date
    clock: time | None = None
    precision: Precision = Precision.DAY

    def at(self, started_at: datetime, now: datetime) -> datetime:
        """The moment as facts keep it. A day without an hour is its noon, but not before the campaign nor ahead."""
        local = timezone.make_aware(datetime.combine(self.day, self.clock or time(12)))
        if self.precision == Precision.MINUTE:
            return local
        if local > now and timezone.localtime(now).date() == self.day:
            local = now
        if local < started_at and timezone.localtime(started_at).date() == self.day:
            local = started_at
        return local


@dataclass(frozen=True, slots=True)
class Timed:
    """The moment that a cell means, or in words why it means none."""

    moment: Moment | None = None
    problem: str = ""


def read_moment(text: str, above: Moment | None, *, today: date) -> Timed:
    """The moment a cell says; what it leaves open is the line above's, else today. Nothing anywhere is today."""
    said = halve(text)
    if not said or said == SAME:
        return Timed(above or Moment(today))
    day, rest = _day(said, today)
    if day is None and (found := _DATE.match(rest)):
        return Timed(problem=_("There is no day %(day)s") % {"day": found[0]})
    day_said, day = day is not None, day or (above.day if above else today)
    if rest in _HALVES:
        return Timed(Moment(day, time(_HALVES[rest]), Precision.HALF_DAY))
    if not rest and day_said:
        return Timed(Moment(day))
    clock = _clock(rest)
    if clock is None:
        return Timed(problem=_("That is no time we can read; write 19:30, or 2-12 19:30"))
    return Timed(Moment(day, clock, Precision.MINUTE))


def misplaced(moment: Moment, *, started_at: datetime, now: datetime) -> str:
    """Why a moment cannot be: it lies ahead, or before the campaign began; empty when it can."""
    at = moment.at(started_at, now)
    if at > now + _SLACK:
        if moment.precision == Precision.MINUTE and moment.day == timezone.localtime(now).date():
            return _("That time has not come yet; if it was yesterday, write the day too")
        return _("That day has not come yet")
    if at < started_at:
        local = timezone.localtime(started_at)
        return _("That is before this census began (%(start)s)") % {"start": f"{local:%Y-%m-%d %H:%M}"}
    return ""


def written(moment: Moment) -> str:
    """A moment as it would be typed again."""
    day = f"{moment.day.year}-{moment.day.month}-{moment.day.day}"
    if moment.precision == Precision.MINUTE and moment.clock:
        return f"{day} {moment.clock:%H:%M}"
    if moment.precision == Precision.HALF_DAY and moment.clock:
        return f"{day} {next(word for word, hour in _HALVES.items() if hour == moment.clock.hour)}"
    return day


def _day(said: str, today: date) -> tuple[date | None, str]:
    """The day at the head of a text, and what follows it. No year: the day of that name nearest to today."""
    for word, back in _DAYS.items():
        if said.startswith(word):
            return today - timedelta(days=back), said.removeprefix(word).strip()
    found = _DATE.match(said)
    if not found:
        return None, said
    rest = said[found.end() :].strip()
    try:
        if found["only"]:
            return _nearest(today, today.month, int(found["only"])), rest
        if found["year"]:
            return date(int(found["year"]), int(found["month"]), int(found["day"])), rest
        return _nearest(today, int(found["month"]), int(found["day"])), rest
    except ValueError:
        return None, said


def _nearest(today: date, month: int, day: int) -> date:
    years = [today.year, today.year - 1, today.year + 1]
    found = [date(year, month, day) for year in years if _exists(year, month, day)]
    if not found:
        raise ValueError
    return min(found, key=lambda one: abs(one - today))


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _clock(said: str) -> time | None:
    found = _TIME.fullmatch(said)
    if not found:
        return None
    if run := found["run"]:
        hour, minute = int(run[:-2]), int(run[-2:])
    else:
        hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None
