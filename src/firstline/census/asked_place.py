"""The place a page of several is about."""

from django.http import QueryDict
from django.utils.translation import gettext as _

from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import subtree
from firstline.places.selectors import compounds_within


def asked_place(actor: Actor, query: QueryDict, *, needs: str) -> str:
    """The path in ``?at=``, or the widest place where the actor holds ``needs``. Raises NotFound (elsewhere)."""
    path = query.get("at", "") or min((one.lo for one in actor.ranges(needs)), key=len, default="")
    if not path or not actor.may(needs, path):
        raise NotFound
    return path


def compound_choices(actor: Actor, path: str, *, needs: str) -> list[dict[str, object]]:
    """The compounds to narrow such a page to, and all of them; none where the actor has but one."""
    wide = min((one.lo for one in actor.ranges(needs)), key=len, default="")
    found = compounds_within(subtree(wide))
    if len(found) < 2:
        return []
    every: dict[str, object] = {"value": wide, "name": _("All compounds"), "chosen": path == wide}
    return [
        every,
        *({"value": one.place.path, "name": one.place.name, "chosen": one.place.path == path} for one in found),
    ]
