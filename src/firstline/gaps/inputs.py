"""What is posted about gaps, read into types."""

import uuid
from datetime import date, datetime, time, timedelta

from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from firstline.kernel import clock
from firstline.kernel.errors import Invalid

_LONGEST_HOURS = 10_000


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
