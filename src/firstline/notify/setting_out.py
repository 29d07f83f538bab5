"""Setting out: what was told since the last time is put into parcels, one line a message, many as one line.

Ten thousand messages to one receiver are one row here: the database counts them, and gives the first few by name.
"""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Func, IntegerField, Min, Sum

from firstline.kernel import clock, ports
from firstline.kernel.ids import uuid7
from firstline.notify.channels import mail
from firstline.notify.models import Channel, Delivery, Held, Parcel, Preference, Result, Robot
from firstline.notify.models.messages import URGENT
from firstline.notify.quiet import Hours

# So many messages at most are said one by one to a receiver within a window; the rest are counted in one line.
MOST_LINES = 7
WINDOW = timedelta(minutes=10)

_TAKE = """
WITH fresh AS (
    UPDATE notify_receipt SET set_out_at = %s WHERE set_out_at IS NULL
    RETURNING receiver_id, message_id, to_robot, read_at
)
SELECT receiver_id, to_robot, severity >= coalesce(quiet_above, %s) AS urgent, count(*),
    (array_agg(message_id ORDER BY severity DESC, message.at, message_id))[1:%s],
    coalesce(robot.path, (array_agg(message.path ORDER BY severity DESC, message.at, message_id))[1])
FROM fresh JOIN notify_message AS message ON message.id = message_id
    LEFT JOIN notify_preference ON person_id = receiver_id
    LEFT JOIN notify_robot AS robot ON to_robot AND robot.id = receiver_id
WHERE read_at IS NULL GROUP BY receiver_id, to_robot, urgent, robot.path ORDER BY receiver_id, urgent DESC
"""


@dataclass(frozen=True, slots=True)
class _Fresh:
    """What one receiver was told since the last time, urgent or not."""

    receiver_id: uuid.UUID
    to_robot: bool
    urgent: bool
    count: int
    first: list[uuid.UUID]
    path: str


@dataclass(slots=True)
class _Window:
    """How much was said to an endpoint within the window, and when that window ends."""

    lines: int
    ends: datetime


def set_out() -> int:
    """Put what was told and not set out yet into parcels; how many endpoints hear of it. In a transaction."""
    now = clock.now()
    fresh = list(_take(now))
    if not fresh:
        return 0
    ways = _ways_to(fresh)
    hours = _hours_of({one.receiver_id for one in fresh if not one.to_robot})
    packing = _Packing(now, ways.keys())
    for one in fresh:
        for channel in ways.get(one.receiver_id, ()):
            packing.pack(one, channel, hours.get(one.receiver_id, Hours()))
    packing.write()
    return len(packing.touched)


def _take(now: datetime) -> Iterator[_Fresh]:
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [now, URGENT, MOST_LINES])
        for row in cursor.fetchall():
            yield _Fresh(*row)


def _hours_of(people: Collection[uuid.UUID]) -> dict[uuid.UUID, Hours]:
    return {
        one.person_id: Hours(one.quiet_from, one.quiet_until, one.quiet_above, one.digest_hours)
        for one in Preference.objects.filter(person_id__in=people)
    }


def _ways_to(fresh: Iterable[_Fresh]) -> dict[uuid.UUID, list[Channel]]:
    """By which channels each receiver is reached: those that are on, wanted, and have an address."""
    robots = {one.receiver_id for one in fresh if one.to_robot}
    people = {one.receiver_id for one in fresh} - robots
    at_work = Robot.objects.filter(pk__in=robots, removed_at=None, paused_at=None).values_list("pk", flat=True)
    ways: dict[uuid.UUID, list[Channel]] = {robot: [Channel.ROBOT] for robot in at_work}
    chosen = {one.person_id: one for one in Preference.objects.filter(person_id__in=people)}
    wants_mail = (
        {person for person in people if person not in chosen or chosen[person].email} if mail.is_on() else set()
    )
    wants_sms = {person for person in people if person in chosen and chosen[person].sms}
    for channel, wanting in ((Channel.EMAIL, wants_mail), (Channel.SMS, wants_sms)):
        for person in ports.addresses_of(wanting, channel) if wanting else ():
            ways.setdefault(person, []).append(channel)
    return ways


class _Packing:
    """The parcels that take in, as they stand, and what is put into them."""

    def __init__(self, now: datetime, receivers: Collection[uuid.UUID]) -> None:
        self.now = now
        self.touched: set[tuple[uuid.UUID, str]] = set()
        self._new: list[Parcel] = []
        self._grown: list[Parcel] = []
        self._open = {
            (one.receiver_id, one.channel, one.held): one
            for one in Parcel.objects.filter(receiver_id__in=receivers, closed_at=None, attempts=0)
        }
        self._windows = self._read_windows(receivers)

    def _read_windows(self, receivers: Collection[uuid.UUID]) -> dict[tuple[uuid.UUID, str], _Window]:
        said = Parcel.objects.filter(receiver_id__in=receivers, held="", made_at__gt=self.now - WINDOW)
        lines = Sum(Func(F("messages"), function="cardinality", output_field=IntegerField()))
        found = said.values_list("receiver_id", "channel").annotate(lines=lines, first=Min("made_at"))
        return defaultdict(
            lambda: _Window(0, self.now + WINDOW),
            {(receiver, channel): _Window(count, first + WINDOW) for receiver, channel, count, first in found},
        )

    def pack(self, fresh: _Fresh, channel: Channel, hours: Hours) -> None:
        """Put what one receiver was told into the parcel it belongs to."""
        due, held = (self.now, None) if fresh.urgent else hours.due(self.now)
        window = self._windows[fresh.receiver_id, channel]
        if held is None and window.lines >= MOST_LINES:
            due, held = window.ends, Held.MANY
        room = MOST_LINES if held else MOST_LINES - window.lines
        key = (fresh.receiver_id, channel.value, held.value if held else "")
        parcel = self._open.get(key)
        if parcel is None:
            parcel = self._open[key] = Parcel(
                id=uuid7(),
                receiver_id=key[0],
                channel=key[1],
                held=key[2],
                path=fresh.path,
                messages=[],
                made_at=self.now,
                due_at=due,
            )
            self._new.append(parcel)
        elif not parcel._state.adding and parcel not in self._grown:
            self._grown.append(parcel)
        lines = fresh.first[: max(0, min(room, MOST_LINES - len(parcel.messages)))]
        parcel.messages = [*parcel.messages, *lines]
        parcel.more += fresh.count - len(lines)
        if held is None:
            window.lines += len(lines)
        self.touched.add((fresh.receiver_id, channel))

    def write(self) -> None:
        """Write what was packed; that a parcel is held back is a fact too."""
        Parcel.objects.bulk_create(self._new)
        Parcel.objects.bulk_update(self._grown, ["messages", "more"])
        Delivery.objects.bulk_create(
            Delivery(
                parcel=one,
                channel=one.channel,
                receiver_id=one.receiver_id,
                attempt=0,
                at=self.now,
                result=Result.HELD_BACK,
                code=one.held,
            )
            for one in self._new
            if one.held
        )
