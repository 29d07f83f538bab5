"""Robots of chat groups, to which messages about a place go."""

import msgspec
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock
from firstline.kernel.fields import PathField
from firstline.kernel.ids import uuid7
from firstline.kernel.models import SealedRow


class RobotKind(models.TextChoices):
    DINGTALK = "dingtalk", _("DingTalk")
    FEISHU = "feishu", _("Feishu")
    WECOM = "wecom", _("WeCom")
    GENERIC = "generic", _("another program")


class RobotDetails(msgspec.Struct):
    """Whoever has these can write into the group; sealed under the organisation's key."""

    label: str
    url: str
    secret: str = ""


class Robot(SealedRow):
    """A robot that says in its group what is told about ``path`` and below, from ``min_severity`` up."""

    Contents = RobotDetails

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    path = PathField()
    kind = models.TextField(choices=RobotKind)
    min_severity = models.PositiveSmallIntegerField(default=0)
    added_at = models.DateTimeField(default=clock.now)
    added_by_id = models.UUIDField()
    paused_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["path"], condition=Q(removed_at=None), name="robot_path"),)
        constraints = (models.CheckConstraint(condition=Q(kind__in=RobotKind.values), name="robot_kind_known"),)
