"""What accounts do when something happens elsewhere: to places in which roles are worn, and in allauth."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authentication_failed, authenticator_used
from django.dispatch import receiver

from firstline.accounts.actions import follow_succession
from firstline.accounts.login import record_event, record_wrong_code
from firstline.accounts.models import Login
from firstline.kernel.actors import Actor
from firstline.places.models import Place
from firstline.places.signals import places_succeeded


@receiver(places_succeeded, dispatch_uid="grants follow the succession of places")
def grants_follow(
    sender: type[Place],
    actor: Actor,
    predecessors: Sequence[str],
    successors: Sequence[str],
    since: date,
    **_: Any,
) -> None:
    """Nobody loses a role because a division was merged or split, and nobody gains the sight of another's rows."""
    follow_succession(actor, predecessors=predecessors, successors=successors, since=since)


@receiver(authenticator_used, dispatch_uid="printed codes on record")
def printed_code_used(sender: type[Authenticator], user: Login, authenticator: Authenticator, **_: Any) -> None:
    """A login without the phone stands in the ledger as such."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        record_event("accounts.use_printed_code", user)


@receiver(authentication_failed, dispatch_uid="wrong codes on record")
def wrong_code(sender: type[Authenticator], user: Login, **_: Any) -> None:
    """Somebody knew the password and not the code."""
    record_wrong_code(user)
