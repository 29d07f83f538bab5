"""Delivering what is due: an attempt at a time to each endpoint, several endpoints at once, each attempt a fact.

An attempt is on record as soon as its answer is there. A process that is killed in between leaves it open, and it is
made again with the same id: what was told is never lost, and can come twice only where the receiver knows no repeats.
"""

import uuid
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import translation

from firstline.kernel import clock, jobs, scope
from firstline.kernel.actors import console
from firstline.notify import setting_out, writing
from firstline.notify.channels import mail, robots, sms
from firstline.notify.channels.letters import Letter, Outcome
from firstline.notify.models import Channel, Delivery, Endpoint, Parcel, Receipt, Result
from firstline.notify.ways import Ways

log = structlog.get_logger("firstline.notify")

AT_ONCE = 4
_PARCELS_A_ROUND = 200
LONGEST_PAUSE = timedelta(minutes=15)
# A robot that answers 500 for an hour is tried all along and hears what it missed; after two hours it is given up.
GIVE_UP_AFTER = timedelta(hours=2)

Sending = Callable[[], Outcome]


def deliver_all() -> int:
    """Set out what was told, and deliver whatever is due now; how many parcels were tried."""
    with scope.enter(console()):
        setting_out.set_out()
    tried = 0
    while parcels := _due():
        tried += _deliver(parcels)
    if tried:
        log.info("delivered", parcels=tried)
    return tried


def _due() -> list[Parcel]:
    """The next parcel of each endpoint, if it is due: what was tried goes before what came later."""
    now = clock.now()
    waiting = Parcel.objects.filter(closed_at=None).order_by("receiver_id", "channel", "-attempts", "made_at", "id")
    first: dict[tuple[uuid.UUID, str], Parcel] = {}
    for one in waiting.filter(due_at__lte=now) | waiting.filter(attempts__gt=0):
        first.setdefault((one.receiver_id, one.channel), one)
    return [one for one in first.values() if one.due_at <= now][:_PARCELS_A_ROUND]


def _deliver(parcels: Sequence[Parcel]) -> int:
    with scope.enter(console()), translation.override(settings.LANGUAGE_CODE):
        _drop_what_was_read(parcels)
        to_send = _addressed([one for one in parcels if one.closed_at is None])
        _begin([one for one, _sending in to_send])
    with ThreadPoolExecutor(AT_ONCE) as pool:
        under_way = {pool.submit(_attempt, sending): parcel for parcel, sending in to_send}
        for done in as_completed(under_way):
            _record(under_way[done], done.result())
    return len(parcels)


def _begin(parcels: Sequence[Parcel]) -> None:
    """Have it on record that these are tried: from now on they do not change, whatever becomes of this process."""
    for one in parcels:
        one.attempts += 1
        one.first_tried_at = one.first_tried_at or clock.now()
    Parcel.objects.bulk_update(parcels, ["attempts", "first_tried_at"])


def _attempt(sending: Sending) -> Outcome:
    with translation.override(settings.LANGUAGE_CODE):
        try:
            return sending()
        except Exception:  # an office's own SMS adapter may raise anything; the others' letters go on
            log.exception("sending_failed")
            return Outcome("fault")


def _drop_what_was_read(parcels: Sequence[Parcel]) -> None:
    """What a person read on our pages meanwhile need not reach them again; a parcel that was tried stays as it is."""
    fresh = [one for one in parcels if one.attempts == 0 and one.channel != Channel.ROBOT]
    ids = {message for one in fresh for message in one.messages}
    unread = set(Receipt.objects.filter(message__in=ids, read_at=None).values_list("receiver_id", "message_id"))
    for one in fresh:
        left = [message for message in one.messages if (one.receiver_id, message) in unread]
        if left != one.messages:
            one.messages = left
            one.closed_at = None if left or one.more else clock.now()
            one.save(update_fields=["messages", "closed_at"])


def _addressed(parcels: Collection[Parcel]) -> list[tuple[Parcel, Sending]]:
    ways = Ways(parcels)
    letters = writing.letters(parcels)
    away = [one.pk for one in parcels if one.channel == Channel.ROBOT and one.receiver_id not in ways.robots]
    # Removed or paused while this waited: nobody wants it any more, and nothing failed.
    Parcel.objects.filter(pk__in=away).update(closed_at=clock.now())
    return [(one, _sending(one, letters[one.pk], ways)) for one in parcels if one.pk not in away]


def _sending(parcel: Parcel, letter: Letter, ways: Ways) -> Sending:
    if parcel.channel == Channel.ROBOT:
        robot = ways.robots[parcel.receiver_id]
        return lambda: robots.send(robot.kind, robot.details, letter)
    address = ways.addresses[parcel.channel].get(parcel.receiver_id, "")
    send = mail.send if parcel.channel == Channel.EMAIL else sms.send
    return (lambda: send(address, letter)) if address else (lambda: Outcome("no_address", for_good=True))


def _record(parcel: Parcel, outcome: Outcome) -> None:
    """Write down one attempt, when the next one is, and how the endpoint stands; in one transaction."""
    now = clock.now()
    tried_for = now - (parcel.first_tried_at or now)
    over = not outcome.sent and (outcome.for_good or tried_for >= GIVE_UP_AFTER)
    result = Result.SENT if outcome.sent else Result.GAVE_UP if over else Result.FAILED
    if result == Result.FAILED:
        pause = min(jobs.pause_after(parcel.attempts), LONGEST_PAUSE)
        parcel.due_at = now + max(timedelta(seconds=outcome.wait), pause)
    else:
        parcel.closed_at = now
    with transaction.atomic():
        Delivery.objects.bulk_create(
            [
                Delivery(
                    parcel=parcel,
                    channel=parcel.channel,
                    receiver_id=parcel.receiver_id,
                    attempt=parcel.attempts,
                    at=now,
                    result=result,
                    code=outcome.code,
                )
            ]
        )
        parcel.save(update_fields=["due_at", "closed_at"])
        _note(parcel, outcome, given_up=over)


def _note(parcel: Parcel, outcome: Outcome, *, given_up: bool) -> None:
    now = clock.now()
    endpoint = Endpoint.objects.filter(receiver_id=parcel.receiver_id, channel=parcel.channel).first()
    if endpoint is None:
        endpoint = Endpoint(receiver_id=parcel.receiver_id, channel=parcel.channel)
    endpoint.path, endpoint.code = parcel.path, outcome.code
    if outcome.sent:
        endpoint.failing_since = endpoint.gave_up_at = None
        endpoint.last_sent_at = now
    else:
        endpoint.failing_since = endpoint.failing_since or now
        endpoint.gave_up_at = endpoint.gave_up_at or (now if given_up else None)
    endpoint.save()
