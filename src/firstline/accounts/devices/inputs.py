"""What a supervisor posted about a phone, as typed values; what cannot be taken is said."""

import uuid
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from firstline.accounts.devices.errors import HatsMissing
from firstline.accounts.devices.hats import Hat
from firstline.accounts.devices.until import Until, moment_of
from firstline.kernel.errors import Invalid
from firstline.kernel.ids import read_id


@dataclass(frozen=True, slots=True)
class Invitee:
    """For whom a phone is to be enrolled, and what it is given."""

    person_id: uuid.UUID
    path: str
    hats: list[Hat]
    until: datetime | None
    borrowed: bool
    label: str
    may_be_volatile: bool


def invitee_of(post: QueryDict) -> Invitee:
    """Raises Invalid, HatsMissing."""
    if (person_id := read_id(post.get("person", ""))) is None:
        raise Invalid(field="person", problem=_("Choose whose phone it is."))
    hats = post.getlist("hats")
    if not hats or not set(hats) <= set(Hat.values):
        raise HatsMissing
    return Invitee(
        person_id,
        post.get("path", ""),
        [Hat(hat) for hat in hats],
        until_of(post),
        "borrowed" in post,
        post.get("label", "").strip(),
        "volatile" in post,
    )


def until_of(post: QueryDict) -> datetime | None:
    """Until when, by one of the choices; None: until it is ended. Raises Invalid."""
    chosen = post.get("until", "")
    if chosen not in Until.values:
        raise Invalid(field="until", problem=_("Choose for how long the phone is given."))
    return moment_of(Until(chosen))
