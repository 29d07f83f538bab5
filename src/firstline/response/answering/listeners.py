"""What answering does when divisions go over into others."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.dispatch import receiver

from firstline.kernel.actors import Actor
from firstline.places.models import Place
from firstline.places.signals import places_succeeded
from firstline.response.answering.actions import follow_succession


@receiver(places_succeeded, dispatch_uid="who answers follows the succession of places")
def lines_follow(
    sender: type[Place],
    actor: Actor,
    predecessors: Sequence[str],
    successors: Sequence[str],
    since: date,
    **_: Any,
) -> None:
    """Nobody stops answering because a division was merged or split."""
    follow_succession(actor, predecessors=predecessors, successors=successors, since=since)
