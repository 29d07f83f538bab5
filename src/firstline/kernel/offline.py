"""The protocol by which apps say which commands a device may hand in (``docs/protocol/sync.md``).

An app's room ``offline.py`` registers its commands; it is imported at start. The sync app reads an envelope, judges the
device's grants as of the moment the command was made, and lets the app carry it out.
"""

import uuid
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar

import msgspec
from django.utils.translation import gettext_lazy as _

from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.clock import Precision
from firstline.kernel.errors import Conflict, FirstlineError, Forbidden

Body = TypeVar("Body", bound=msgspec.Struct)


class OutsideGrant(Forbidden):
    """What a device was not granted when it was done: kept aside until a named person admits it."""

    code = "outside_grant"
    message = _("No grant covered this at the time. It is kept; your supervisor decides.")


class CommandIdTaken(Conflict):
    """The id of a command that was carried out came again with another body; the first one stands."""

    code = "command_id_taken"
    message = _("Under this number something else was sent before. That stands; record this one again.")


class EditsMeet(Conflict):
    """An edit met another one in the same field. ``fields`` names each with what was seen, what stands, what is new."""

    code = "edits_meet"
    message = _("Somebody else changed this meanwhile. It is kept; your supervisor takes one or the other.")

    def __init__(self, fields: Mapping[str, Mapping[str, str]]) -> None:
        self.fields = fields
        super().__init__(fields=fields)

    def __str__(self) -> str:
        return str(self.message)


class Moment(msgspec.Struct, frozen=True, gc=False):
    """When a command was made, as far as it is believed.

    ``happened_at`` with its ``precision`` is what the fact gets; ``recorded_at`` the device's own clock. ``doubt`` is
    the code of why the device's clock was not believed, "" where it was.
    """

    happened_at: datetime
    precision: Precision
    recorded_at: datetime
    doubt: str = ""

    @classmethod
    def now(cls) -> "Moment":
        """Of what is done at the server itself."""
        at = clock.now()
        return cls(at, Precision.MINUTE, at)

    def not_believed(self, doubt: str, now: datetime) -> "Moment":
        """The server's own time instead, to the day; the device's stays with it."""
        return msgspec.structs.replace(self, happened_at=now, precision=Precision.DAY, doubt=doubt)


class Received(msgspec.Struct, Generic[Body], frozen=True):
    """A command about to be carried out. ``text`` is what it says, the same for every repeat: what a claim is made of.

    ``forced``: a person admitted it, so that predecessors and grants have been judged by them.
    """

    id: uuid.UUID
    body: Body
    moment: Moment
    text: str
    forced: bool = False


class Done(msgspec.Struct, frozen=True):
    """What came of a command: the fact's place; whether it was one before; ``code`` where it needs a look."""

    path: str
    repeated: bool = False
    code: str = ""
    data: Mapping[str, Any] = {}  # msgspec copies an empty default


Result = Done | FirstlineError
# Whether the text of a command (``Received.text``) is what a fact was made of.
Says = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Command(Generic[Body]):
    """A kind of command a device may hand in.

    ``carry_out`` runs one as the actor the device was, inside a transaction in that actor's scope; it raises a
    FirstlineError (NotFound: there is no such place; OutsideGrant: not the actor's; EditsMeet: for a person to decide).
    ``carry_out_many`` does the same for many and tells apart, before anything is written, which of them cannot be.
    ``place_of`` is the path of what a body is about, whoever asks; None where there is no such thing.
    ``known`` says which ids are facts already, where the fact has the command's id and keeps its own claim, each with
    whether a command of that id says the same; without it, the sync app keeps a receipt, and ``carry_out`` never sees
    the same command twice.
    ``needs`` are predecessors that a body names itself, beside those of its envelope.
    ``take`` carries out an edit although another met it, as a person decided; ``names_residents``: only who
    may know residents is shown the body.
    """

    kind: str
    version: int
    body: type[Body]
    hat: str
    permission: str
    carry_out: Callable[[Actor, Received[Body]], Done]
    place_of: Callable[[Body], str | None]
    carry_out_many: Callable[[Actor, Sequence[Received[Body]]], Sequence[Result]] | None = None
    known: Callable[[Collection[uuid.UUID]], Mapping[uuid.UUID, Says]] | None = None
    take: Callable[[Actor, Received[Body]], Done] | None = None
    needs: Callable[[Body], Collection[uuid.UUID]] = lambda _body: ()
    names_residents: bool = False

    @property
    def key(self) -> tuple[str, int]:
        return self.kind, self.version


_commands: dict[tuple[str, int], Command[Any]] = {}


def register(*commands: Command[Any]) -> None:
    """Add commands; called from an app's ``offline.py``. A version once taken is taken for ever."""
    _commands.update({command.key: command for command in commands})


def find(kind: str, version: int) -> Command[Any] | None:
    """The command of an envelope; None where this server knows none (a newer client may)."""
    return _commands.get((kind, version))


def registered() -> list[Command[Any]]:
    """Every command, in order of kind and version."""
    return [_commands[key] for key in sorted(_commands)]


def permissions_of(hats: Iterable[str]) -> frozenset[str]:
    """The permissions that commands of these hats need."""
    wanted = set(hats)
    return frozenset(command.permission for command in _commands.values() if command.hat in wanted)


def facts_among(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, Says]:
    """Those of the ids that are facts already, of commands whose facts bear their id, each with what it was made of; in
    the running scope."""
    found: dict[uuid.UUID, Says] = {}
    for known in {command.known for command in _commands.values() if command.known is not None}:
        found |= known(ids)
    return found
