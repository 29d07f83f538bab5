"""Writing question sets and pictures: a set uploaded, a campaign's questions chosen, photographs of an attempt."""

import hashlib
import uuid
from collections.abc import Mapping

from django.db.models import Max

from firstline.census.campaigns import campaign_for
from firstline.census.models import Attempt, AttemptPhoto, Campaign, QuestionSet
from firstline.census.models.questions import Picture
from firstline.census.questions import definition, selectors
from firstline.census.questions.errors import PictureNotTaken
from firstline.census.questions.pictures import PictureRefused, kept_picture
from firstline.census.questions.words import PICTURES
from firstline.census.selectors import attempt_for
from firstline.kernel import crypto, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.selectors import place_at


@action("census.upload_questions")
def upload_questions(actor: Actor, *, path: str, said: definition.QuestionSet, workbook: bytes) -> QuestionSet:
    """Keep a set that was read from a workbook, and the workbook; a set of the same name is its next version.

    The same questions again at the same place are the set that is there. Raises NotFound.
    """
    if place_at(path) is None:
        raise NotFound
    body = definition.encoded(said)
    fingerprint = hashlib.sha256(body).digest()
    known = QuestionSet.objects.defer("workbook").filter(path=path, fingerprint=fingerprint).first()
    if known is not None:
        ledger.repeated(path=path)
        return known
    last = QuestionSet.objects.filter(path=path, name=said.name).aggregate(last=Max("number"))["last"] or 0
    made = QuestionSet(
        path=path,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
        name=said.name,
        title=said.title,
        version=said.version,
        number=last + 1,
        definition=body.decode(),
        fingerprint=fingerprint,
        workbook=workbook,
    )
    after = {"name": said.name, "number": made.number, "questions": len(said.questions)}
    ledger.record(path=path, subject=made, after=after)
    made.save(force_insert=True)
    return made


@action("census.choose_questions")
def choose_questions(actor: Actor, *, campaign_id: uuid.UUID, set_id: uuid.UUID | None) -> Campaign:
    """From now on a campaign asks these questions (None: none). Answers given before stay with theirs.

    Raises NotFound.
    """
    campaign_for(actor, campaign_id, needs=selectors.CHOOSE)
    campaign = Campaign.objects.select_for_update(of=("self",)).select_related("question_set").get(pk=campaign_id)
    chosen = selectors.set_for(actor, set_id, needs=selectors.CHOOSE) if set_id else None
    before = campaign.question_set
    ledger.record(path=campaign.path, subject=campaign, before=_name(before), after=_name(chosen))
    campaign.question_set = chosen
    campaign.save(update_fields=["question_set"])
    return campaign


@action("census.keep_pictures")
def keep_pictures(actor: Actor, *, attempt_id: uuid.UUID, pictures: Mapping[str, bytes]) -> list[AttemptPhoto]:
    """Keep the pictures of an attempt, by question ("": of the attempt itself), each written anew and sealed.

    One that is there already stays as it is. Raises NotFound, PictureNotTaken.
    """
    attempt = attempt_for(actor, attempt_id, needs="census.keep_pictures")
    known = set(AttemptPhoto.objects.filter(attempt=attempt).values_list("question", flat=True))
    made = [
        _photo(actor, attempt, question, content) for question, content in pictures.items() if question not in known
    ]
    if not made:
        ledger.repeated(path=attempt.path)
        return []
    key_id = crypto.key_of(attempt.sealed)
    ledger.record(path=attempt.path, subject=attempt, after={"pictures": len(made)}, key_id=key_id)
    return AttemptPhoto.objects.bulk_create(made)


def _photo(actor: Actor, attempt: Attempt, question: str, content: bytes) -> AttemptPhoto:
    try:
        jpeg = kept_picture(content)
    except PictureRefused as problem:
        raise PictureNotTaken(problem=PICTURES[problem.reason]) from problem
    photo = AttemptPhoto.about(
        attempt, by=actor, id=AttemptPhoto.id_for(attempt.pk, question), attempt=attempt, question=question
    )
    photo.seal(Picture(jpeg), crypto.key_of(attempt.sealed))
    return photo


def _name(chosen: QuestionSet | None) -> dict[str, object]:
    return {"questions": f"{chosen.name} {chosen.number}" if chosen else ""}
