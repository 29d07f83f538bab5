"""That a step about a call counts no longer."""

from firstline.census.models import CallbackStep, CallbackStepVoid
from firstline.kernel.actors import Actor


def void_step(actor: Actor, step: CallbackStep) -> CallbackStepVoid:
    """A step about a call counts no longer; inside the action that takes it back."""
    return CallbackStepVoid.objects.create(
        step=step,
        path=step.path,
        emergency_id=step.emergency_id,
        campaign_id=step.campaign_id,
        by_person_id=actor.person_id,
        by_device_id=actor.device_id,
    )
