"""What the page of a community's compound list shows: what came of each row, what to look at, what was set aside."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from firstline.kernel.actors import Actor
from firstline.places.actions import Difference, Imported
from firstline.places.compound_list import CompoundList
from firstline.places.compounds_page import IMPORT
from firstline.places.models import MakeUp, Management
from firstline.places.selectors import communities_for

ASIDE_TEXTS = {
    "no_headings": gettext_lazy("no row of headings was found above it"),
    "name_missing": gettext_lazy("it names no compound"),
    "name_twice": gettext_lazy("the list names this compound twice"),
    "total": gettext_lazy("a total or a remark"),
}
_PROBLEM_TEXTS = {
    "make_up_unclear": gettext_lazy("“%(said)s” is no kind we know"),
    "make_up_against_name": gettext_lazy("“%(said)s” does not go with its name; look and correct it"),
    "management_unclear": gettext_lazy("“%(said)s” does not say who looks after it"),
    "gatehouse_unclear": gettext_lazy("“%(said)s” does not say whether there is a gatehouse"),
    "households_unclear": gettext_lazy("“%(said)s” is no number of households; it is kept as written"),
}
_FIELD_TEXTS = {
    "make_up": gettext_lazy("Made up of"),
    "management": gettext_lazy("Managed by"),
    "gatehouse": gettext_lazy("Gatehouse"),
    "company": gettext_lazy("Property company"),
    "believed_households": gettext_lazy("Said to have"),
    "address": gettext_lazy("Address"),
}
_VALUE_TEXTS: dict[str, dict[str, str | Promise]] = {
    "make_up": dict(MakeUp.choices),
    "management": dict(Management.choices),
    "gatehouse": {"True": gettext_lazy("There is one"), "False": gettext_lazy("There is none")},
}


@dataclass(frozen=True, slots=True)
class ImportedRow:
    """One compound of the list: what to look at stands in ``notes``."""

    name: str
    url: str
    new: bool
    changed: bool
    notes: list[str]


def import_page(
    actor: Actor,
    *,
    mistake: str = "",
    found: CompoundList | None = None,
    done: list[Imported] | None = None,
) -> dict[str, Any]:
    """The form, and what came of a list that was brought in."""
    rows = [_row(one) for one in done or []]
    return {
        "section": "places:compounds",
        "communities": [{"value": one.path, "name": one.name} for one in communities_for(actor, needs=IMPORT)],
        "import_url": reverse("places:import_compounds"),
        "mistake": mistake,
        "done": done is not None,
        "rows": rows,
        "new": sum(row.new for row in rows),
        "known": sum(not row.new for row in rows),
        "to_look_at": sum(bool(row.notes) for row in rows),
        "aside": [{"row": row, "text": ASIDE_TEXTS[reason]} for row, reason in (found.aside if found else [])],
    }


def problem_text(problem: tuple[str, str]) -> str:
    """What was not understood in a row, in words."""
    code, said = problem
    return str(_PROBLEM_TEXTS[code]) % {"said": said}


def differing_text(one: Difference) -> str:
    """Where the list says otherwise than what stands, in words."""
    values = _VALUE_TEXTS.get(one.field, {})
    text = _("%(field)s: “%(stands)s” stands, the list says “%(said)s”")
    return text % {
        "field": _FIELD_TEXTS[one.field],
        "stands": values.get(one.stands, one.stands),
        "said": values.get(one.said, one.said),
    }


def _row(one: Imported) -> ImportedRow:
    notes = [*map(problem_text, one.line.problems), *map(differing_text, one.differing)]
    # Straight to the profile: whoever comes from here comes to correct it.
    url = reverse("places:frame", args=[one.compound.pk]) + ("?profile=1" if notes else "")
    return ImportedRow(one.line.name, url, one.new, bool(one.filled), notes)
