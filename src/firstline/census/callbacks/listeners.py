"""What becomes of calls when something happens at their doors."""

from typing import Any

from django.dispatch import receiver

from firstline.census.callbacks.voiding import void_step
from firstline.census.models import Attempt, CallbackStep
from firstline.census.results import Channel
from firstline.census.signals import attempt_voided
from firstline.kernel.actors import Actor


@receiver(attempt_voided, sender=Attempt, dispatch_uid="calls are open again")
def open_again(attempt: Attempt, actor: Actor, **_: Any) -> None:
    """A call waits to be written down again when what was written at the door is taken back."""
    if attempt.channel != Channel.CALLBACK:
        return
    for step in CallbackStep.objects.filter(callback=attempt.source_id, attempt_id=attempt.pk, void=None):
        void_step(actor, step)
