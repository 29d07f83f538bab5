"""Where parcels go: the addresses of people and the robots of groups, opened for one round of deliveries."""

import uuid
from collections.abc import Collection
from dataclasses import dataclass

from firstline.kernel import ports
from firstline.notify.models import Channel, Parcel, Robot, RobotDetails, RobotKind


@dataclass(frozen=True, slots=True)
class Opened:
    """A robot that is there, with what it takes to write into its group."""

    kind: RobotKind
    details: RobotDetails
    path: str


class Ways:
    """``robots`` that are not removed or paused, by id; ``addresses`` of people, by channel and id."""

    def __init__(self, parcels: Collection[Parcel]) -> None:
        asked = {channel: {one.receiver_id for one in parcels if one.channel == channel} for channel in Channel}
        at_work = Robot.objects.filter(pk__in=asked.pop(Channel.ROBOT), removed_at=None, paused_at=None)
        self.robots = {one.pk: Opened(RobotKind(one.kind), one.open(), one.path) for one in at_work}
        self.addresses: dict[str, dict[uuid.UUID, str]] = {
            channel: ports.addresses_of(people, channel) if people else {} for channel, people in asked.items()
        }
