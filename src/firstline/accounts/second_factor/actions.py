"""Taking a lost phone's second factor away, so that its owner sets up another."""

import uuid

from allauth.mfa.models import Authenticator
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from firstline.accounts.models import Login
from firstline.accounts.second_factor.errors import NothingSetUp, ResetNotYours
from firstline.accounts.second_factor.selectors import RESET, all_given, grants_now
from firstline.accounts.selectors import details_of
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound


class Reason(TextChoices):
    """Why a second factor is taken away."""

    LOST = "lost", _("The phone is lost")
    BROKEN = "broken", _("The phone is broken")
    REPLACED = "replaced", _("There is a new phone, the old one is gone")


@action(RESET)
def reset_second_factor(actor: Actor, *, person_id: uuid.UUID, reason: Reason) -> Login:
    """Forget somebody's phone and printed codes and end their sessions; at the next login they set up another.

    Whoever asks must be able to give every role this person has now. Raises NotFound (no such person, or nobody of
    the actor's places), ResetNotYours, NothingSetUp.
    """
    login = Login.objects.select_related("person").select_for_update(of=("self",)).filter(person_id=person_id).first()
    worn = grants_now([person_id])
    if login is None or not any(actor.may(RESET, grant.path) for grant in worn):
        raise NotFound
    if person_id == actor.person_id or not all_given(actor, worn):
        raise ResetNotYours
    gone, _each = Authenticator.objects.filter(user=login).delete()
    if not gone:
        raise NothingSetUp
    login.factor_reset_at, login.factor_reset_by_id = clock.now(), actor.person_id
    login.save(update_fields=["factor_reset_at", "factor_reset_by_id"])
    after = {"person": details_of(login.person).name, "reset_reason": reason.value}
    ledger.record(path=min((grant.path for grant in worn), key=len), subject=login, after=after)
    return login
