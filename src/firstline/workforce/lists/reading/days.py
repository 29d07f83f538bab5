"""When somebody is available, in the words of lists: 全程, 隔天(1.27,1.29…), 除2.11外都在, 1.27-2.10, 晚上值班."""

from __future__ import annotations

import enum
import itertools
import re
from dataclasses import dataclass
from datetime import date

from firstline.identifiers.width import halve
from firstline.workforce.lists.reading.dates import made


class Pattern(enum.StrEnum):
    """Which days."""

    EVERY_DAY = "every_day"
    SPAN = "span"
    EXCEPT = "except"
    ALTERNATE = "alternate"
    LISTED = "listed"
    WEEKDAYS = "weekdays"
    WEEKENDS = "weekends"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class Available:
    """Which days somebody is there, and whether at night. ``words`` is what stands in the list.

    ``days`` are those left out (EXCEPT), or those named (LISTED). ``begins`` and ``ends`` bound it; both included,
    None where it is open. ALTERNATE is every second day from ``begins`` on.
    """

    pattern: Pattern
    words: str
    begins: date | None = None
    ends: date | None = None
    days: tuple[date, ...] = ()
    nights: bool = False

    def on(self, day: date) -> bool:
        """Whether they are there on a day (or in the night that begins on it); False where nobody can tell."""
        if (self.begins is not None and day < self.begins) or (self.ends is not None and day > self.ends):
            return False
        match self.pattern:
            case Pattern.EVERY_DAY | Pattern.SPAN:
                return True
            case Pattern.EXCEPT:
                return day not in self.days
            case Pattern.LISTED:
                return day in self.days
            case Pattern.ALTERNATE:
                return self.begins is not None and (day - self.begins).days % 2 == 0
            case Pattern.WEEKDAYS:
                return day.weekday() < 5
            case Pattern.WEEKENDS:
                return day.weekday() >= 5
        return False


_DAY = r"(?:(?P<y{0}>20\d\d) ?[.\-/年] ?)?(?P<m{0}>\d{{1,2}}) ?[./月] ?(?P<d{0}>\d{{1,2}}) ?[日号]?"
_ONE = re.compile(_DAY.format(""))
_TO = r" ?(?:-{1,2}|~|至|到) ?"
_SPAN = re.compile(_DAY.format("1") + _TO + _DAY.format("2"))
_SHORT_SPAN = re.compile(_DAY.format("1") + _TO + r"(?P<d2>\d{1,2}) ?[日号]?(?![.月/\d])")
_OPEN = re.compile(_DAY.format("1") + r" ?(?:起|开始|以后|之后|后|" + _TO + r"(?:今|现在|结束)?$)")
_UNTIL = re.compile(r"(?:截?至|到) ?" + _DAY.format("1") + r" ?(?:止|为止|结束)?")
_NIGHT = re.compile(r"夜|晚")
_ALTERNATE = re.compile(r"隔[天日一]|每[隔]?两天|两天一|一天一休|做一休一")
_EXCEPT = re.compile(r"除|不在|请假|有事|缺")
_EVERY = re.compile(r"全程|一直|每[天日]|天天|全天|长期|都在|都可|随时|全部|24小时|全时|始终|不限|均可")
_WEEKDAYS = re.compile(r"工作日|周一(?:至|到|-)周?五|双休除外|周末除外")
_WEEKENDS = re.compile(r"周末|双休|周六")


def days_of(text: str, year: int) -> Available | None:
    """What the words say; None for an empty cell, UNREAD where they say nothing we know."""
    words = text.strip()
    said = halve(text).replace("～", "~").replace("—", "-").replace("–", "-")
    if not said:
        return None
    nights = bool(_NIGHT.search(said))

    def answer(
        pattern: Pattern, begins: date | None = None, ends: date | None = None, days: tuple[date, ...] = ()
    ) -> Available:
        return Available(pattern, words, begins, ends, days, nights)

    unread = answer(Pattern.UNREAD)
    named = [_made(one, "", year) for one in _ONE.finditer(said)]
    if None in named:
        return unread
    days = tuple(one for one in named if one is not None)
    if _ALTERNATE.search(said):
        apart = all((later - sooner).days % 2 == 0 for sooner, later in itertools.pairwise(days))
        return answer(Pattern.ALTERNATE, days[0]) if days and apart else unread
    if _EXCEPT.search(said):
        left_out = _within_span(said, year) or days
        return answer(Pattern.EXCEPT, days=left_out) if left_out else unread
    if (span := _span(said, year)) is not None:
        begins, ends = span
        return answer(Pattern.SPAN, begins, ends) if ends is None or begins is None or begins <= ends else unread
    if len(days) > 0:
        return answer(Pattern.LISTED, days=days)
    if _WEEKDAYS.search(said):
        return answer(Pattern.WEEKDAYS)
    if _WEEKENDS.search(said):
        return answer(Pattern.WEEKENDS)
    return answer(Pattern.EVERY_DAY) if nights or _EVERY.search(said) else unread


def _span(said: str, year: int) -> tuple[date | None, date | None] | None:
    """From when until when; None where it says no span, or one with a day no calendar has."""
    if found := _SPAN.search(said):
        return (_made(found, "1", year), _made(found, "2", year))
    if found := _SHORT_SPAN.search(said):
        begins = _made(found, "1", year)
        ends = begins and made(begins.year, begins.month, int(found["d2"]))
        return (begins, ends) if ends else None
    if found := _OPEN.search(said):
        return (_made(found, "1", year), None)
    if found := _UNTIL.search(said):
        return (None, _made(found, "1", year))
    return None


def _within_span(said: str, year: int) -> tuple[date, ...]:
    """All days of a span that is left out: 除2.1-2.3外."""
    found = _span(said, year) if _SPAN.search(said) or _SHORT_SPAN.search(said) else None
    if found is None or found[0] is None or found[1] is None:
        return ()
    return tuple(date.fromordinal(day) for day in range(found[0].toordinal(), found[1].toordinal() + 1))


def _made(found: re.Match[str], number: str, year: int) -> date | None:
    parts = found.groupdict()
    return made(int(parts.get(f"y{number}") or year), int(parts[f"m{number}"]), int(parts[f"d{number}"]))
