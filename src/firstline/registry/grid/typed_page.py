"""What the page of a typed list answers: kept, checked, or filed."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse

from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.places.selectors import compound_for
from firstline.registry import actions, selectors
from firstline.registry.errors import NothingTyped
from firstline.registry.grid import typed
from firstline.registry.intake import compounds_open_to


@dataclass(frozen=True, slots=True)
class Answer:
    """The page's context; or the list that was filed; or nothing to show, for what was kept while typing."""

    context: dict[str, Any] | None = None
    status: int = 200
    file_id: uuid.UUID | None = None


def answer(actor: Actor, compound_id: uuid.UUID, form: QueryDict | None) -> Answer:
    """Answer the page, or what was posted from it. Raises NotFound. Not inside a transaction."""
    with scope.enter(actor):
        compound = compound_for(actor, compound_id, needs=selectors.STAGE)
        if form is None:
            return Answer(typed.context(actor, compound))
    step, lines = form.get("step", ""), typed.lines_of(form)
    if step == "file":
        try:
            return Answer(file_id=typed.file_typed(actor, compound, lines).id)
        except NothingTyped as mistake:
            with scope.enter(actor):
                return Answer(typed.context(actor, compound, lines, mistake=str(mistake)), mistake.status)
    if step in {"draft", "keep", "check"}:
        actions.keep_draft(actor, compound_id=compound.pk, file_id=None, lines=lines)
    if step == "draft":
        return Answer()
    with scope.enter(actor):
        return Answer(typed.context(actor, compound, lines, checked=step == "check", kept=step == "keep"))


def start_context(actor: Actor) -> dict[str, Any]:
    """The context of ``registry/type_start.html``; ``only`` is the one compound there is to choose, if it is one."""
    compounds = compounds_open_to(actor)
    return {
        "compounds": [{"value": str(one.pk), "name": one.place.name} for one in compounds],
        "only": compounds[0].pk if len(compounds) == 1 else None,
        "start_url": reverse("registry:type_start"),
        "back_url": reverse("registry:lists"),
        "section": "registry:lists",
    }
