"""Looks at pictures of visits, each put on record."""

from firstline.census.models import AttemptPhoto
from firstline.census.models.questions import Picture
from firstline.census.questions.selectors import LOOK
from firstline.kernel import ledger
from firstline.kernel.actors import Actor


def look_at(actor: Actor, photo: AttemptPhoto) -> bytes:
    """The picture as JPEG. Raises KeyMissing, SealBroken, KeyDestroyed."""
    opened: Picture = photo.open()
    ledger.look(actor, LOOK, path=photo.path, subject=photo, fields=["picture"])
    return opened.jpeg
