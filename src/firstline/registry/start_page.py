"""The page on which a list is brought in."""

from typing import Any

from django.urls import reverse

from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.registry import selectors
from firstline.registry.intake import compounds_open_to
from firstline.registry.lists_page import rows_for
from firstline.registry.upload import limit_mb

ACCEPT = ".xlsx,.xlsm,.xls,.ods,.csv,.txt,.htm,.html,.xml"
_RECENT = 8


def start_context(actor: Actor, *, mistake: str = "", chosen: str = "", pasted: str = "") -> dict[str, Any]:
    """The context of ``registry/import_start.html``; with one compound there is nothing to choose."""
    with scope.enter(actor):
        compounds = [{"value": str(one.pk), "name": one.place.name} for one in compounds_open_to(actor)]
        recent = rows_for(actor, _RECENT) if actor.may(selectors.READ) else []
    return {
        "compounds": compounds,
        "chosen": chosen or (compounds[0]["value"] if len(compounds) == 1 else ""),
        "mistake": mistake,
        "pasted": pasted,
        "upload_url": reverse("registry:import_start"),
        "accept": ACCEPT,
        "limit_mb": limit_mb(),
        "recent": recent,
        "typed_url": reverse("registry:type_start"),
        "list_url": reverse("registry:lists"),
        "section": "registry:lists",
    }
