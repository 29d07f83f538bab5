"""What accounts do when something happens to the places in which roles are worn."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.dispatch import receiver

from firstline.accounts.actions import follow_succession
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
