"""The one place that asks what time it is, and how precisely a past moment is known."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Precision(models.TextChoices):
    """How precisely the moment of a fact is known; paper and lists often give only a day."""

    MINUTE = "minute", _("to the minute")
    HALF_DAY = "half_day", _("to the half day")
    DAY = "day", _("to the day")


def now() -> datetime:
    """The present moment, aware, in UTC. Code asks here and nowhere else, so a test can stop the clock."""
    return timezone.now()
