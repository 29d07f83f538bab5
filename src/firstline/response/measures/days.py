"""Days and hours where a measure holds: those of the installation's own time zone, whoever asks from wherever."""

from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone


def end_of(day: date) -> datetime:
    """The moment a day ends there. Where clocks jump at midnight the next day begins with the jump."""
    midnight = datetime.combine(day + timedelta(days=1), time())
    # In UTC: Python compares moments of one zone by their clocks, which at a jump is another moment.
    return timezone.make_aware(midnight, timezone.get_default_timezone()).astimezone(UTC)


def last_day(until_at: datetime) -> date:
    """The last day, whole or in part, before a moment."""
    return day_of(until_at - timedelta(microseconds=1))


def day_of(at: datetime) -> date:
    """The day of a moment there."""
    return timezone.localdate(at, timezone.get_default_timezone())


def minute_of(at: datetime) -> int:
    """The minute of the day there, from midnight by the clock on the wall."""
    local = timezone.localtime(at, timezone.get_default_timezone())
    return local.hour * 60 + local.minute
