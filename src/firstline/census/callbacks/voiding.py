"""That a step about a call counts no longer."""

from firstline.census.models import CallbackStep, CallbackStepVoid
from firstline.kernel.actors import Actor


def void_step(actor: Actor, step: CallbackStep) -> CallbackStepVoid:
    """A step about a call counts no longer; inside the action that takes it back."""
    void = CallbackStepVoid.about(step, by=actor, step=step)
    void.save(force_insert=True)
    return void
