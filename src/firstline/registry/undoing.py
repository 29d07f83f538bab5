"""Before an accepted list is taken back: what would count no longer, which doors go, which stay and why."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from firstline.places.leaving import leaving
from firstline.registry import standing
from firstline.registry.comparing import House, by_house
from firstline.registry.models import FileContents, Mention, SourceFile
from firstline.registry.selectors import counted


@dataclass(frozen=True, slots=True)
class Staying:
    """Doors that stay for one reason."""

    reason: str
    labels: list[str]

    @property
    def houses(self) -> list[House]:
        return by_house(self.labels)


def context(file: SourceFile) -> dict[str, Any]:
    """The context of ``registry/list_undo.html``: the consequence of taking this list back, before it is done."""
    contents: FileContents = file.open()
    named = standing.labels_of(file)
    left = leaving(file.compound, standing.source_of(file, named))
    others = len(named) - len(left.going) - len(left.staying)
    by_reason: dict[str, list[str]] = defaultdict(list)
    for door, reason in left.staying:
        by_reason[str(reason)].append(door.label)
    names = Mention.objects.filter(counted(), source_file=file).count()
    return {
        "name": contents.name,
        "compound": file.compound.place.name,
        "told": [line for line in (_names(names), _going(len(left.going)), _others(others)) if line],
        "going": [door.label for door in left.going],
        "going_houses": by_house([door.label for door in left.going]),
        "staying": [Staying(reason, labels) for reason, labels in by_reason.items()],
        "undo_url": reverse("registry:undo", args=[file.id]),
        "back_url": reverse("registry:review", args=[file.id]),
        "section": "registry:lists",
    }


def _names(count: int) -> str:
    text = ngettext("%(count)s name counts no longer.", "%(count)s names count no longer.", count)
    return text % {"count": count}


def _going(count: int) -> str:
    text = ngettext(
        "%(count)s door that only this list named goes.", "%(count)s doors that only this list named go.", count
    )
    return text % {"count": count} if count else gettext("No door goes.")


def _others(count: int) -> str:
    text = ngettext(
        "%(count)s door stays: it was known without this list.",
        "%(count)s doors stay: they were known without this list.",
        count,
    )
    return text % {"count": count} if count else ""
