"""Moments and spans as people there write them: 2月12日 18:20, 今天12:00起, 已6小时."""

from datetime import date, datetime, timedelta

from django.utils import dateformat, timezone
from django.utils.translation import gettext, ngettext, pgettext

from firstline.kernel import clock
from firstline.kernel.clock import Precision


def day_text(day: date) -> str:
    """A day without its year: 12 Feb, 2月12日."""
    return dateformat.format(day, pgettext("date format", "j M"))


def short_day(day: date) -> str:
    """A day below a bar: 2/12."""
    return f"{day.month}/{day.day}"


def moment_text(moment: datetime, precision: str = Precision.MINUTE) -> str:
    """A moment as precisely as it is known; today's are named by the clock alone."""
    local = timezone.localtime(moment)
    if precision == Precision.DAY:
        return gettext("today") if _is_today(local) else day_text(local)
    if precision == Precision.HALF_DAY:
        half = gettext("%(day)s, morning") if local.hour < 12 else gettext("%(day)s, afternoon")
        return half % {"day": gettext("today") if _is_today(local) else day_text(local)}
    hour = f"{local:%H:%M}"
    if _is_today(local):
        return gettext("today %(time)s") % {"time": hour}
    return f"{day_text(local)} {hour}"


def since_text(moment: datetime) -> str:
    """From when on: today with its hour, otherwise the day."""
    local = timezone.localtime(moment)
    said = gettext("today %(time)s") % {"time": f"{local:%H:%M}"} if _is_today(local) else day_text(local)
    return gettext("since %(when)s") % {"when": said}


def elapsed_text(moment: datetime) -> str:
    """How long already, in the largest whole unit."""
    span = max(clock.now() - moment, timedelta())
    minutes = int(span.total_seconds() // 60)
    if not minutes:
        return gettext("just now")
    if minutes < 60:
        return ngettext("for %(count)d minute", "for %(count)d minutes", minutes) % {"count": minutes}
    if minutes < 24 * 60:
        return ngettext("for %(count)d hour", "for %(count)d hours", minutes // 60) % {"count": minutes // 60}
    return ngettext("for %(count)d day", "for %(count)d days", span.days) % {"count": span.days}


def full_text(moment: datetime) -> str:
    """The heading of a day: 2月12日 星期三 18:20."""
    return dateformat.format(timezone.localtime(moment), pgettext("date format", "l j F H:i"))


def _is_today(local: datetime) -> bool:
    return local.date() == timezone.localtime(clock.now()).date()
