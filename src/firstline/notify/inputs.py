"""What was posted about messages and robots, read into types."""

from datetime import datetime, time
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from django.utils.translation import gettext as _

from firstline.kernel.errors import Invalid
from firstline.notify.models import RobotKind
from firstline.notify.preferring import Wish
from firstline.notify.selectors import Chosen


def chosen_of(asked: QueryDict) -> Chosen:
    """Which messages an address asks for; what cannot be read is left out."""
    try:
        day = parse_date(asked.get("day", ""))
    except ValueError:
        day = None
    kind = asked.get("kind", "")
    return Chosen(kind, day) if kind and day else Chosen()


def moment_of(post: QueryDict) -> datetime:
    """When everything was marked as read. Raises Invalid."""
    try:
        at = parse_datetime(post.get("at", ""))
    except ValueError:
        at = None
    if at is None or at.tzinfo is None:
        raise Invalid(field="at", problem=_("This can no longer be taken back."))
    return at


def wish_of(post: QueryDict) -> Wish:
    """How somebody wants to hear of messages. Raises Invalid for what is no time."""
    return Wish(
        email=bool(post.get("email")),
        sms=bool(post.get("sms")),
        quiet_from=_time(post.get("quiet_from", "")),
        quiet_until=_time(post.get("quiet_until", "")),
        quiet_above=_number(post.get("quiet_above", "")),
        digest_hours=tuple(_number(hour) for hour in post.getlist("digest")),
    )


def robot_of(post: QueryDict) -> dict[str, Any]:
    """A robot as it was typed. Raises Invalid for a kind there is not."""
    kind = post.get("kind", "")
    if kind not in RobotKind.values:
        raise Invalid(field="kind", problem=_("Choose which chat the robot belongs to."))
    return {
        "path": post.get("path", ""),
        "kind": RobotKind(kind),
        "label": post.get("label", ""),
        "url": post.get("url", ""),
        "secret": post.get("secret", ""),
        "min_severity": _number(post.get("min_severity", "")),
    }


def _time(text: str) -> time:
    try:
        at = parse_time(text)
    except ValueError:
        at = None
    if at is None:
        raise Invalid(field="quiet", problem=_("Write the quiet hours as times, such as 22:00."))
    return at.replace(second=0, microsecond=0, tzinfo=None)


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) <= 3):
        raise Invalid(field="number", problem=_("Choose one of what is offered."))
    return int(text)
