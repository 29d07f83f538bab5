"""What a device with the hat *duty* may hand in (``docs/protocol/sync.md`` section 13)."""

from typing import Annotated

import msgspec

from firstline.kernel.actors import Actor
from firstline.kernel.offline import Command, Done, Received, register
from firstline.places.selectors import place_at
from firstline.workforce.actions import LONGEST_NOTE, sign_in, sign_out

HAT = "duty"


class DutyBody(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sign-in or sign-out at a place, by its path."""

    path: Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
    note: Annotated[str, msgspec.Meta(max_length=LONGEST_NOTE)] = ""


def _in(actor: Actor, command: Received[DutyBody]) -> Done:
    body, moment = command.body, command.moment
    sign = sign_in(actor, path=body.path, note=body.note, sign_id=command.id, moment=moment)
    return Done(sign.path, code=moment.doubt)


def _out(actor: Actor, command: Received[DutyBody]) -> Done:
    body, moment = command.body, command.moment
    sign = sign_out(actor, path=body.path, note=body.note, sign_id=command.id, moment=moment)
    return Done(sign.path, code=moment.doubt)


def _place_of(body: DutyBody) -> str | None:
    place = place_at(body.path)
    return place.path if place is not None else None


register(
    Command("workforce.sign_in", 1, DutyBody, HAT, "workforce.sign_in", _in, _place_of),
    Command("workforce.sign_out", 1, DutyBody, HAT, "workforce.sign_out", _out, _place_of),
)
