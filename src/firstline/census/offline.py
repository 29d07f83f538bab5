"""What a device with the hat *doors* may hand in about the census (``docs/protocol/sync.md`` section 13)."""

import uuid
from collections.abc import Collection, Sequence

from firstline.census.actions import record_batch, void_attempt
from firstline.census.campaigns import campaign_at
from firstline.census.claims import attempts_known
from firstline.census.errors import AlreadyVoided
from firstline.census.handed_in import MOST_PICTURE, AttemptBody, PictureBody, SheetBody, VoidBody
from firstline.census.models import Attempt
from firstline.census.paper.actions import hand_out
from firstline.census.questions.actions import keep_pictures
from firstline.census.questions.errors import PictureNotTaken
from firstline.census.questions.words import PICTURES
from firstline.kernel import clock
from firstline.kernel.actors import Actor
from firstline.kernel.errors import FirstlineError
from firstline.kernel.offline import Command, Done, Moment, Received, Result, register
from firstline.places.models import Door

HAT = "doors"


def _record(actor: Actor, command: Received[AttemptBody]) -> Done:
    (result,) = record_batch(actor, commands=[command])
    if isinstance(result, FirstlineError):
        raise result
    return result


def _record_many(actor: Actor, commands: Sequence[Received[AttemptBody]]) -> Sequence[Result]:
    return record_batch(actor, commands=commands)


def _void(actor: Actor, command: Received[VoidBody]) -> Done:
    try:
        void = void_attempt(actor, attempt_id=command.body.attempt_id, void_id=command.id, moment=command.moment)
    except AlreadyVoided as problem:
        # What was wanted is so: nothing is left to decide.
        return Done(_place_of_attempt(command.body.attempt_id) or "", code=problem.code)
    return Done(void.path, code=command.moment.doubt)


def _keep_picture(actor: Actor, command: Received[PictureBody]) -> Done:
    body = command.body
    if len(body.jpeg) > MOST_PICTURE:
        raise PictureNotTaken(problem=PICTURES["too_large"])
    keep_pictures(actor, attempt_id=body.attempt_id, pictures={body.question: body.jpeg})
    return Done(_place_of_attempt(body.attempt_id) or "", code=command.moment.doubt)


def _hand_out(actor: Actor, command: Received[SheetBody]) -> Done:
    body = command.body
    moment = _within_campaign(command.moment, body.door_id)
    attempt = hand_out(actor, number=body.number, door_id=body.door_id, attempt_id=command.id, moment=moment)
    return Done(attempt.path, code=moment.doubt)


def _within_campaign(moment: Moment, door_id: uuid.UUID) -> Moment:
    path = _place_of_door(door_id)
    if moment.doubt or path is None or moment.happened_at >= campaign_at(path).started_at:
        return moment
    return moment.not_believed("before_campaign", clock.now())


def _place_of_door(door_id: uuid.UUID) -> str | None:
    return Door.objects.filter(pk=door_id).values_list("path", flat=True).first()


def _place_of_attempt(attempt_id: uuid.UUID) -> str | None:
    return Attempt.objects.filter(pk=attempt_id).values_list("path", flat=True).first()


def _attempt_named(body: VoidBody | PictureBody) -> Collection[uuid.UUID]:
    return (body.attempt_id,)


register(
    Command(
        kind="census.record_attempt",
        version=1,
        body=AttemptBody,
        hat=HAT,
        permission="census.record_attempt",
        carry_out=_record,
        carry_out_many=_record_many,
        place_of=lambda body: _place_of_door(body.door_id),
        known=attempts_known,
        names_residents=True,
    ),
    Command(
        kind="census.void_attempt",
        version=1,
        body=VoidBody,
        hat=HAT,
        permission="census.void_attempt",
        carry_out=_void,
        place_of=lambda body: _place_of_attempt(body.attempt_id),
        needs=_attempt_named,
    ),
    Command(
        kind="census.keep_picture",
        version=1,
        body=PictureBody,
        hat=HAT,
        permission="census.keep_pictures",
        carry_out=_keep_picture,
        place_of=lambda body: _place_of_attempt(body.attempt_id),
        needs=_attempt_named,
        names_residents=True,
    ),
    Command(
        kind="census.hand_out_sheet",
        version=1,
        body=SheetBody,
        hat=HAT,
        permission="census.hand_out_sheet",
        carry_out=_hand_out,
        place_of=lambda body: _place_of_door(body.door_id),
    ),
)
