"""Writing duty: sign in, sign out, and sign for somebody who has no phone."""

import uuid

import msgspec
from django.utils.translation import gettext as _

from firstline.accounts.selectors import names_of
from firstline.kernel import crypto, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Invalid, NotFound
from firstline.kernel.ids import uuid7
from firstline.kernel.keys import organisation_key
from firstline.kernel.offline import CommandIdTaken, Moment
from firstline.places.selectors import place_at
from firstline.workforce.models import DutyNote, DutySign, Step
from firstline.workforce.selectors import colleagues

LONGEST_NOTE = 200


class _Said(msgspec.Struct):
    """A sign as it was given; ``recorded_at`` only where a device said it."""

    step: Step
    person_id: uuid.UUID
    path: str
    note: str
    recorded_at: str


@action("workforce.sign_in")
def sign_in(
    actor: Actor, *, path: str, note: str = "", sign_id: uuid.UUID | None = None, moment: Moment | None = None
) -> DutySign:
    """The actor begins duty at a place. The same ``sign_id`` again changes nothing.

    Raises NotFound (no such place, or not the actor's), Invalid (the note is too long), CommandIdTaken.
    """
    return _sign(actor, _said(Step.IN, actor.person_id, path, note, moment), sign_id, moment)


@action("workforce.sign_out")
def sign_out(
    actor: Actor, *, path: str, note: str = "", sign_id: uuid.UUID | None = None, moment: Moment | None = None
) -> DutySign:
    """The actor ends duty, wherever it began; ``path`` is where they say so. Raises as ``sign_in``."""
    return _sign(actor, _said(Step.OUT, actor.person_id, path, note, moment), sign_id, moment)


@action("workforce.sign_for")
def sign_for(
    actor: Actor, *, person_id: uuid.UUID, step: Step, path: str, note: str = "", sign_id: uuid.UUID | None = None
) -> DutySign:
    """Sign somebody of the actor's places in or out: they have no phone, or forgot. Raises as ``sign_in``."""
    if person_id not in {one.person_id for one in colleagues(actor)}:
        raise NotFound
    return _sign(actor, _said(step, person_id, path, note, None), sign_id, None)


def _said(step: Step, person_id: uuid.UUID, path: str, note: str, moment: Moment | None) -> _Said:
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise Invalid(field="note", problem=_("The note may have %(most)d characters.") % {"most": LONGEST_NOTE})
    if place_at(path) is None:
        raise NotFound
    return _Said(step, person_id, path, note, moment.recorded_at.isoformat() if moment else "")


def _sign(actor: Actor, said: _Said, sign_id: uuid.UUID | None, moment: Moment | None) -> DutySign:
    if sign_id is not None and (before := DutySign.objects.filter(pk=sign_id).first()) is not None:
        if bytes(before.claim) != _claim(said, crypto.key_of(before.sealed)):
            raise CommandIdTaken
        ledger.repeated(path=before.path)
        return before
    key_id, done = organisation_key(), moment or Moment.now()
    sign = DutySign(
        id=sign_id or uuid7(),
        path=said.path,
        person_id=said.person_id,
        step=said.step,
        claim=_claim(said, key_id),
        happened_at=done.happened_at,
        happened_precision=done.precision,
        recorded_at=done.recorded_at,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
    )
    sign.seal(DutyNote(said.note), key_id)
    after = {"step": said.step.value}
    if said.person_id != actor.person_id:
        after["person"] = names_of([said.person_id]).get(said.person_id, "")
    ledger.record(path=said.path, subject=sign, after=after)
    sign.save(force_insert=True)
    return sign


def _claim(said: _Said, key_id: uuid.UUID) -> bytes:
    return crypto.token("duty", msgspec.json.encode(said).decode(), key_id=key_id)
