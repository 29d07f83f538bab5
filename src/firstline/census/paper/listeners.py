"""What becomes of sheets when something happens at their doors."""

from typing import Any

from django.dispatch import receiver

from firstline.census.models import Attempt
from firstline.census.paper.keeping import void_steps_of
from firstline.census.signals import attempt_voided
from firstline.kernel.actors import Actor


@receiver(attempt_voided, sender=Attempt, dispatch_uid="sheets stand as before")
def take_back_steps(attempt: Attempt, actor: Actor, **_: Any) -> None:
    """A sheet stands as it did before the attempt that is taken back."""
    void_steps_of(actor, attempt.pk)
