"""What was posted about duty, read into types."""

import uuid
from dataclasses import dataclass

from django.http import QueryDict

from firstline.kernel.errors import NotFound
from firstline.kernel.ids import read_id
from firstline.workforce.models import Step


@dataclass(frozen=True, slots=True)
class SignSaid:
    """A sign as it was pressed; ``id`` makes a second press of the same button the same sign."""

    step: Step
    path: str
    note: str
    id: uuid.UUID | None


def sign_of(post: QueryDict) -> SignSaid:
    """A sign; anything but "in" is a sign-out."""
    step = Step.IN if post.get("step") == Step.IN else Step.OUT
    return SignSaid(step, post.get("path", ""), post.get("note", ""), read_id(post.get("sign", "")))


def colleague_of(post: QueryDict) -> uuid.UUID:
    """Whose sign it is. Raises NotFound."""
    if (found := read_id(post.get("person", ""))) is None:
        raise NotFound
    return found
