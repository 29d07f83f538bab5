"""The page on which somebody's details are put right, with what stood there before; opening it is a look."""

import uuid
from typing import Any

from django.http import QueryDict

from firstline.accounts.details.actions import Correction
from firstline.accounts.details.selectors import looked_at, person_to_put_right
from firstline.kernel.actors import Actor

_FIELDS = ("name", "phone", "post", "email")
_LONGEST = 120


def details_page(
    actor: Actor, person_id: uuid.UUID, mistake: str = "", said: QueryDict | None = None
) -> dict[str, Any]:
    """What stands of somebody of the actor's places, or what was typed. Raises NotFound."""
    person = person_to_put_right(actor, person_id)
    details, before = looked_at(actor, person)
    shown = {name: str(said.get(name, "")) if said is not None else getattr(details, name) for name in _FIELDS}
    return {
        "section": "response:answers",
        "person_id": person.pk,
        "called": details.name,
        "details": shown,
        "before": [{"until": one.until, "by": one.by, "said": _said(one.details)} for one in before],
        "left_at": person.left_at,
        "mistake": mistake,
    }


def correction_of(post: QueryDict) -> Correction:
    """What a form says of somebody, all of it; a field that was not sent stays as it is."""
    said = {name: str(post[name])[:_LONGEST] for name in _FIELDS if name in post}
    return Correction(**said)


def _said(details: Any) -> list[str]:
    return [text for name in _FIELDS if (text := getattr(details, name))]
