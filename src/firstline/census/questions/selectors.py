"""Reading question sets, the answers kept with attempts, and the pictures."""

import uuid
from collections.abc import Collection, Iterable
from contextlib import suppress
from functools import lru_cache

from django.db.models import Q

from firstline.census.campaigns import campaigns_for
from firstline.census.models import Attempt, AttemptPhoto, Campaign, QuestionSet
from firstline.census.questions import definition
from firstline.kernel import paths
from firstline.kernel.actors import KNOW_RESIDENTS, Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import Range, subtree
from firstline.places.selectors import in_ranges

READ, UPLOAD, CHOOSE = "census.read", "census.upload_questions", "census.choose_questions"
LOOK = "registry.read_mentions"


def sets_for(actor: Actor, *, needs: str = READ) -> list[QuestionSet]:
    """The sets of the actor's places, of those above and below, latest first; without their workbooks."""
    ranges = actor.ranges(needs)
    above = {line for one in ranges for line in paths.ancestors(one.lo)}
    found = QuestionSet.objects.defer("workbook", "definition").filter(in_ranges(ranges) | Q(path__in=above))
    return list(found.order_by("-recorded_at", "-id"))


def set_for(actor: Actor, set_id: uuid.UUID, *, needs: str = READ) -> QuestionSet:
    """One set that reaches the actor's places. Raises NotFound."""
    found = QuestionSet.objects.filter(pk=set_id).first()
    ranges = actor.ranges(needs)
    if found is None or not any(found.path in one or one.lo in subtree(found.path) for one in ranges):
        raise NotFound
    return found


def questions_of(campaign: Campaign) -> definition.QuestionSet | None:
    """What a campaign asks; None when it asks nothing."""
    if campaign.question_set_id is None:
        return None
    return sets_by_id([campaign.question_set_id])[campaign.question_set_id].said


def campaigns_to_choose(actor: Actor) -> list[Campaign]:
    """The campaigns whose questions the actor settles."""
    return [one for one in campaigns_for(actor, needs=CHOOSE) if actor.may(CHOOSE, one.path)]


def sets_by_id(ids: Collection[uuid.UUID]) -> dict[uuid.UUID, QuestionSet]:
    """Sets that stored answers were given to, or that are asked: whoever may read answers may read what was asked."""
    found = {}
    for one in set(ids):
        with suppress(QuestionSet.DoesNotExist):
            found[one] = _held(one)
    return found


def photo_for(actor: Actor, photo_id: uuid.UUID) -> AttemptPhoto:
    """A picture, for those who may know the residents there. Raises NotFound."""
    found = AttemptPhoto.objects.filter(in_ranges(actor.ranges(LOOK)), pk=photo_id).first()
    if found is None or not actor.may(KNOW_RESIDENTS, found.path):
        raise NotFound
    return found


def answered_within(campaign_id: uuid.UUID, within: Iterable[Range]) -> list[Attempt]:
    """The attempts of a campaign that count, oldest first, with their doors: what answers are gathered from."""
    found = Attempt.objects.filter(in_ranges(within), campaign_id=campaign_id, void=None)
    return list(found.select_related("door__building__compound__place").order_by("happened_at", "id"))


def campaigns_reaching(actor: Actor) -> list[Campaign]:
    """All campaigns that reach the actor's places."""
    return campaigns_for(actor, needs=READ)


@lru_cache(maxsize=32)
def _held(set_id: uuid.UUID) -> QuestionSet:
    """A set never changes, and every visit is judged by one: a process reads it once."""
    return QuestionSet.objects.defer("workbook").get(pk=set_id)
