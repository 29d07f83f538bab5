"""Which commands a device might carry out when it made them: each envelope opened, dated, and judged by its time."""

import uuid
from bisect import bisect_right
from collections.abc import Sequence
from datetime import datetime

import msgspec

from firstline.accounts.devices.selectors import device_actor, terms_of
from firstline.accounts.devices.terms import Given
from firstline.accounts.models import Device
from firstline.kernel.actors import KNOW_RESIDENTS, Actor, Grant
from firstline.kernel.errors import FirstlineError
from firstline.kernel.offline import Command, Moment, OutsideGrant, Received, find
from firstline.sync.errors import CommandInvalid, CommandUnknown, DeviceRevoked
from firstline.sync.intake.envelopes import Broken, Envelope
from firstline.sync.intake.moments import SLACK, moment_of

KEEP = "sync.keep_commands"


class Judged(msgspec.Struct):
    """A command of a batch as it stands before anything is written. ``problem`` is why it cannot be carried out."""

    index: int
    envelope: Envelope | Broken
    text: str
    moment: Moment
    command: Command[msgspec.Struct] | None = None
    received: Received[msgspec.Struct] | None = None
    actor: Actor | None = None
    needs: frozenset[uuid.UUID] = frozenset()
    problem: FirstlineError | None = None

    @property
    def id(self) -> uuid.UUID:
        return self.envelope.id


def reception(device: Device) -> Actor:
    """A device's own place in this house, to keep what it hands in, whatever it is granted now: nothing is read for it.

    It reaches every place that the device was ever given, so that row security lets what is kept be written there.
    """
    terms = terms_of(device)
    since = device.enrolled_at
    grants = tuple(
        Grant("reception", path, frozenset({KEEP, KNOW_RESIDENTS}), since)
        for path in sorted({device.path, *(given.path for given in terms.given)})
    )
    return Actor(device.person_id, f"device-{device.pk.hex[-8:]}", grants, device.pk)


class Judge:
    """Judges the commands of one device; what it might at a moment is found once for each stretch between changes."""

    def __init__(self, device: Device, now: datetime) -> None:
        self._device, self._now = device, now
        terms = terms_of(device)
        dated: list[Given | Grant] = [*terms.given, *terms.roles]
        self._changes = sorted({at for one in dated for at in (one.valid_from, one.valid_until) if at is not None})
        self._actors: dict[int, Actor] = {}
        self._allowed: dict[tuple[int, tuple[str, int]], bool] = {}
        self._terms = terms
        self._first = min((given.valid_from for given in terms.given), default=device.enrolled_at)
        self._nearly = self._first - SLACK

    def judge(self, envelopes: Sequence[Envelope | Broken]) -> list[Judged]:
        """Each command with the actor it was made by, or with why it cannot be carried out."""
        return [self._judge(index, one) for index, one in enumerate(envelopes)]

    def _judge(self, index: int, envelope: Envelope | Broken) -> Judged:
        if isinstance(envelope, Broken):
            text = envelope.raw.decode(errors="replace")
            return Judged(index, envelope, text, Moment.now(), problem=CommandInvalid())
        moment = moment_of(envelope.recorded_at, envelope.offset, now=self._now, enrolled_at=self._device.enrolled_at)
        command = find(envelope.kind, envelope.version)
        if command is None:
            text = _text(envelope, bytes(envelope.body).decode(errors="replace"))
            return Judged(index, envelope, text, moment, problem=CommandUnknown())
        try:
            body = _decode(envelope.body, command.body)
        except msgspec.ValidationError:
            text = _text(envelope, bytes(envelope.body).decode(errors="replace"))
            return Judged(index, envelope, text, moment, command, problem=CommandInvalid())
        text = _text(envelope, msgspec.json.encode(body).decode())
        judged = Judged(index, envelope, text, moment, command, Received(envelope.id, body, moment, text))
        judged.needs = frozenset((*envelope.after, *command.needs(body)))
        if self._device.revoked_at is not None:
            judged.problem = DeviceRevoked()
            return judged
        at = self._not_before_its_first_grant(moment.happened_at)
        stretch = bisect_right(self._changes, at)
        judged.actor = self._actor(stretch, at)
        if not self._may(stretch, judged.actor, command, at):
            judged.problem = OutsideGrant()
        return judged

    def _not_before_its_first_grant(self, at: datetime) -> datetime:
        """An offset is off by some seconds: the first tap on a new phone was not made before it was given."""
        return self._first if self._nearly <= at < self._first else at

    def _actor(self, stretch: int, at: datetime) -> Actor:
        if stretch not in self._actors:
            self._actors[stretch] = device_actor(self._device, at)
        return self._actors[stretch]

    def _may(self, stretch: int, actor: Actor, command: Command[msgspec.Struct], at: datetime) -> bool:
        asked = stretch, command.key
        if asked not in self._allowed:
            worn = {hat for given in self._terms.in_force(at) for hat in given.hats}
            self._allowed[asked] = command.hat in worn and actor.may(command.permission)
        return self._allowed[asked]


_decoders: dict[type[msgspec.Struct], msgspec.json.Decoder[msgspec.Struct]] = {}


def _decode(raw: msgspec.Raw, body: type[msgspec.Struct]) -> msgspec.Struct:
    decoder = _decoders.get(body)
    if decoder is None:
        decoder = _decoders[body] = msgspec.json.Decoder(body)
    return decoder.decode(raw)


def _text(envelope: Envelope, body: str) -> str:
    """What a command says, the same however its JSON is spaced."""
    return f"{envelope.kind}\x1f{envelope.version}\x1f{envelope.recorded_at}\x1f{body}"
