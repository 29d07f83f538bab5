"""How the ledger says what was done with messages and robots."""

from django.utils.translation import gettext_lazy as _

from firstline.kernel import wording
from firstline.notify.models import RobotKind

wording.register(
    acts={
        "notify.read": _("read a message"),
        "notify.read_all": _("marked all messages as read"),
        "notify.unread": _("took back having read all messages"),
        "notify.choose": _("chose how to hear of messages"),
        "notify.add_robot": _("added a group robot"),
        "notify.test_robot": _("tested a group robot"),
        "notify.pause_robot": _("paused a group robot, or let it go on"),
        "notify.remove_robot": _("removed a group robot"),
    },
    fields={
        "email": _("E-mail"),
        "sms": _("SMS"),
        "quiet_from": _("Quiet from"),
        "quiet_until": _("Quiet until"),
        "quiet_above": _("At night only from this severity up"),
        "digest_hours": _("Hours of the digest"),
        "min_severity": _("From this severity up"),
        "paused": _("Paused"),
    },
    values={"kind": dict(RobotKind.choices)},
)
