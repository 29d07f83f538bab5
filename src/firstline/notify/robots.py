"""Robots of a place's chat groups: added, tested, paused, removed."""

import uuid

from django.utils.translation import gettext as _

from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Invalid
from firstline.kernel.ids import uuid7
from firstline.kernel.keys import organisation_key
from firstline.notify import selectors, telling
from firstline.notify.channels.posting import refuse_address
from firstline.notify.models import Endpoint, Parcel, Robot, RobotDetails, RobotKind
from firstline.notify.models.messages import URGENT

LONGEST_LABEL, LONGEST_URL = 40, 500
TEST = "notify.test"


@action("notify.add_robot")
def add_robot(
    actor: Actor, *, path: str, kind: RobotKind, label: str, url: str, secret: str = "", min_severity: int = 0
) -> Robot:
    """Let a robot hear what is told about ``path`` and below, from ``min_severity`` (0 to 100) up.

    Address and secret are sealed under the organisation's key. Raises RobotAddressRefused, Invalid, NotFound.
    """
    label, url, secret = label.strip(), url.strip(), secret.strip()
    if not 0 < len(label) <= LONGEST_LABEL:
        raise Invalid(
            field="label", problem=_("Give the group a name of at most %(most)d characters.") % {"most": LONGEST_LABEL}
        )
    if len(url) > LONGEST_URL or len(secret) > LONGEST_URL or not 0 <= min_severity <= 100:
        raise Invalid(field="url", problem=_("This is longer than any address of a robot. Copy it again."))
    if kind == RobotKind.GENERIC and not secret:
        raise Invalid(field="secret", problem=_("Another program needs a secret, by which it knows what is ours."))
    refuse_address(kind, url)
    robot = Robot(id=uuid7(), path=path, kind=kind, min_severity=min_severity, added_by_id=actor.person_id)
    robot.seal(RobotDetails(label, url, secret), organisation_key())
    ledger.record(path=path, subject=robot, after={"kind": kind.value, "label": label, "min_severity": min_severity})
    robot.save(force_insert=True)
    return robot


@action("notify.test_robot")
def test_robot(actor: Actor, *, robot_id: uuid.UUID) -> None:
    """Have a robot say that it is there; the worker sends it, and the page says what came of it. Raises NotFound."""
    robot = selectors.robot_for(actor, robot_id)
    if robot.paused_at is not None:
        raise Invalid(field="robot", problem=_("This robot is paused. Let it go on, then test it."))
    telling.tell_robot(actor, robot, kind=TEST, severity=URGENT)
    ledger.record(path=robot.path, subject=robot)


@action("notify.pause_robot")
def pause_robot(actor: Actor, *, robot_id: uuid.UUID, paused: bool) -> Robot:
    """Let a robot be silent until it is to go on; what is told meanwhile it never hears. Raises NotFound."""
    robot = selectors.robot_for(actor, robot_id)
    ledger.record(
        path=robot.path, subject=robot, before={"paused": robot.paused_at is not None}, after={"paused": paused}
    )
    robot.paused_at = (robot.paused_at or clock.now()) if paused else None
    robot.save(update_fields=["paused_at"])
    if paused:
        _forget(robot)
    return robot


@action("notify.remove_robot")
def remove_robot(actor: Actor, *, robot_id: uuid.UUID) -> None:
    """Remove a robot for good: its address and secret are deleted, its deliveries stay on record. Raises NotFound."""
    robot = selectors.robot_for(actor, robot_id)
    details: RobotDetails = robot.open()
    ledger.record(path=robot.path, subject=robot, before={"label": details.label})
    robot.seal(RobotDetails(details.label, ""), organisation_key())
    robot.removed_at = clock.now()
    robot.save(update_fields=["sealed", "removed_at"])
    _forget(robot)


def _forget(robot: Robot) -> None:
    """What waits for a robot that is silent goes nowhere, and that it failed is a gap no more."""
    Parcel.objects.filter(receiver_id=robot.pk, closed_at=None).update(closed_at=clock.now())
    Endpoint.objects.filter(receiver_id=robot.pk).update(failing_since=None, gave_up_at=None)
