"""The parameters of a measure as fields of a form, and what such a form posts."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import get_default_timezone, is_naive, make_aware
from django.utils.translation import gettext as _

from firstline.kernel.errors import Invalid
from firstline.response.measures.kinds import CATEGORIES, KINDS, Parameters
from firstline.response.measures.ordering import Draft
from firstline.response.measures.titles import CATEGORY_WORDS, PARAMETER_WORDS


@dataclass(frozen=True, slots=True)
class Field:
    """One parameter: ``how`` is tick, number, ticks, text or words (several lines)."""

    name: str
    label: str
    how: str
    value: Any
    choices: list[tuple[str, str, bool]] = field(default_factory=list)


def fields_of(kind: str, values: Mapping[str, Any], prefix: str = "") -> list[Field]:
    """The fields of a kind's parameters, with the values given; ``prefix`` tells several forms of a page apart."""
    names = KINDS[kind].parameters.__struct_fields__
    return [_field(f"{prefix}{name}", name, values.get(name)) for name in names]


def values_of(parameters: Parameters) -> dict[str, Any]:
    """What parameters hold, by name."""
    return {name: getattr(parameters, name) for name in parameters.__struct_fields__}


def _field(posted_as: str, name: str, value: Any) -> Field:
    label = str(PARAMETER_WORDS[name])
    if name == "categories":
        chosen = set(value or ())
        choices = [(one, str(CATEGORY_WORDS[one]), one in chosen) for one in CATEGORIES]
        return Field(posted_as, label, "ticks", None, choices)
    if name in _TICKS:
        return Field(posted_as, label, "tick", bool(value))
    if name in _NUMBERS:
        return Field(posted_as, label, "number", value)
    if name in ("hours", "spans"):
        said = value if isinstance(value, str) else ", ".join(str(one) for one in value or ())
        return Field(posted_as, label, "text", said)
    return Field(posted_as, label, "words" if name == "text" else "text", value or "")


_TICKS = frozenset({"vehicles", "temperature", "couriers", "restricts"})
_NUMBERS = frozenset({"days", "every_hours", "people"})


def posted_values(kind: str, post: QueryDict, prefix: str = "") -> dict[str, Any]:
    """What a form posted for a kind's parameters; what is no number stays as it was typed, and is refused later."""
    if kind not in KINDS:
        return {}
    return {name: _posted(name, f"{prefix}{name}", post) for name in KINDS[kind].parameters.__struct_fields__}


def _posted(name: str, posted_as: str, post: QueryDict) -> Any:
    typed = post.get(posted_as, "").strip()
    if name in _TICKS:
        return posted_as in post
    if name in _NUMBERS:
        return _number(typed)
    if name == "categories":
        return post.getlist(posted_as)
    if name == "hours":
        return [_number(part.split(":")[0]) for part in _parts(typed)]
    return _parts(typed) if name == "spans" else typed


def _parts(typed: str) -> list[str]:
    plain = typed.translate(_PLAIN)
    return [part.strip() for part in plain.split(",") if part.strip()]


# As people type them: full-width signs, the enumeration comma, dashes and waves for "until".
_PLAIN = str.maketrans("，、；;：–—~～至", ",,,,:-----")


def _number(typed: str) -> int | str:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else typed


def posted_draft(kind: str, post: QueryDict, prefix: str = "", path: str = "") -> Draft:
    """A measure as a form posts it. Raises Invalid for what is no day."""
    return Draft(
        kind=kind,
        parameters=posted_values(kind, post, prefix),
        until=posted_day(post.get(f"{prefix}until", "")),
        renewer_id=posted_id(post.get(f"{prefix}renewer", "")),
        legal_basis=post.get(f"{prefix}legal_basis", ""),
        document_number=post.get(f"{prefix}document_number", ""),
        laxer_allowed=f"{prefix}laxer_allowed" in post,
        path=path,
    )


def posted_day(typed: str) -> date | None:
    """A day as its field posts it; nothing typed is None. Raises Invalid."""
    if not typed.strip():
        return None
    try:
        found = parse_date(typed.strip())
    except ValueError:
        found = None
    if found is None:
        raise Invalid(problem=_("“%(typed)s” is no day. Choose one from the calendar.") % {"typed": typed[:20]})
    return found


def posted_moment(typed: str) -> datetime | None:
    """A moment by the clock of the place; nothing typed is None. Raises Invalid."""
    if not typed.strip():
        return None
    try:
        found = parse_datetime(typed.strip())
    except ValueError:
        found = None
    if found is None:
        raise Invalid(problem=_("“%(typed)s” is no date and time.") % {"typed": typed[:30]})
    return make_aware(found, get_default_timezone()) if is_naive(found) else found


def posted_id(typed: str) -> uuid.UUID | None:
    """An id that a list of choices posts; None for none."""
    try:
        return uuid.UUID(typed)
    except ValueError:
        return None
