"""What is posted about gaps, read into types."""

import uuid
from datetime import date, datetime, time, timedelta
from decimal import Decimal, InvalidOperation

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from firstline.gaps.escalation import Band, Rules
from firstline.kernel import clock
from firstline.kernel.errors import Invalid

_LONGEST_HOURS = 10_000
_MOST_BANDS = 10


def until_of(post: QueryDict) -> datetime:
    """How long somebody has it: so many hours from now. Raises Invalid."""
    given = post.get("hours", "")
    hours = int(given) if given.isascii() and given.isdigit() else 0
    if not 0 < hours < _LONGEST_HOURS:
        raise Invalid(field="hours", problem=_("Give the number of hours for which you have it."))
    return clock.now() + timedelta(hours=hours)


def person_of(post: QueryDict) -> uuid.UUID:
    """Who goes on with it. Raises Invalid."""
    try:
        return uuid.UUID(post.get("person", ""))
    except ValueError:
        raise Invalid(field="person", problem=_("Choose who goes on with it.")) from None


def emergency_of(post: QueryDict) -> uuid.UUID:
    """Whose rules they are. Raises Invalid."""
    try:
        return uuid.UUID(post.get("emergency", ""))
    except ValueError:
        raise Invalid(field="emergency", problem=_("Open the page of rules again.")) from None


def rules_of(post: QueryDict) -> Rules:
    """The bands whose line is filled, and the two spans; hours become minutes. Raises Invalid."""
    bands = [
        Band(
            _severity(post.get(f"severity-{line}", "")),
            _minutes(post.get(f"village-{line}", ""), f"village-{line}"),
            _minutes(post.get(f"township-{line}", ""), f"township-{line}"),
        )
        for line in range(1, _MOST_BANDS + 1)
        if post.get(f"severity-{line}", "").strip()
    ]
    return Rules(tuple(bands), _minutes(post.get("taken", ""), "taken"), _minutes(post.get("relapse", ""), "relapse"))


def _severity(given: str) -> int:
    text = given.strip()
    if not (text.isascii() and text.isdigit() and int(text[:4]) <= 100):
        raise Invalid(field="severity", problem=_("Give the severity as a number from 0 to 100."))
    return int(text)


def _minutes(given: str, name: str) -> int:
    try:
        hours = Decimal(given.strip())
    except InvalidOperation:
        hours = Decimal(0)
    if not (hours.is_finite() and 0 < hours < _LONGEST_HOURS):
        raise Invalid(field=name, problem=_("Give the time in hours, such as 4 or 0.5."))
    return int(hours * 60)


def set_aside_of(post: QueryDict) -> datetime | None:
    """Until the end of which day a gap is set aside; None where it stays open. Raises Invalid."""
    if post.get("decide") != "set_aside":
        return None
    return _end_of(_day(post.get("until", "")))


def _day(text: str) -> date:
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None or not 2000 <= day.year < 9000:
        raise Invalid(field="until", problem=_("Give the day until which it is set aside, such as 2020-02-12."))
    return day


def _end_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))
