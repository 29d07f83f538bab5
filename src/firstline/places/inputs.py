"""What was posted, as typed values; what cannot be taken is said with its field."""

import re
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from firstline import tables
from firstline.kernel import clock
from firstline.kernel.errors import Invalid
from firstline.places.actions import Profile
from firstline.places.compound_list import CompoundList, read_compounds
from firstline.places.errors import CompoundListMissing, CompoundListUnreadable
from firstline.places.models import Contact, MakeUp, Management
from firstline.tables.apart import read_apart

_MOST_DOORS = 9_999
_BETWEEN_NAMES = re.compile(r"[,，、;；\n]+")
_GATEHOUSE = {"yes": True, "no": False, "": None}
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class WalkSaid:
    happened_at: datetime
    doors_found: int


def walk_of(post: QueryDict) -> WalkSaid:
    """When somebody walked a building (now, if not said) and how many doors there were. Raises Invalid."""
    found = post.get("doors_found", "").strip()
    if not found.isascii() or not found.isdecimal() or int(found) > _MOST_DOORS:
        raise Invalid(field="doors_found", problem=_("Write how many doors you counted, as a number."))
    return WalkSaid(_moment(post.get("happened_at", "").strip()), int(found))


def _moment(said: str) -> datetime:
    if not said:
        return clock.now()
    try:
        moment = parse_datetime(said)
    except ValueError:
        moment = None
    if moment is None:
        raise Invalid(field="happened_at", problem=_("Write day and time, such as 2020-02-12 18:20."))
    return moment if timezone.is_aware(moment) else timezone.make_aware(moment)


def name_of(post: QueryDict) -> str:
    """The name of a new compound. Raises Invalid."""
    name = post.get("name", "").strip()
    if not name or len(name) > _LONGEST:
        raise Invalid(field="name", problem=_("Write the name people use for the compound."))
    return name


def compounds_of(request: HttpRequest) -> CompoundList:
    """A community's list of compounds that came with a form. Raises CompoundListMissing, CompoundListUnreadable."""
    file = request.FILES.get("file")
    if file is None:
        raise CompoundListMissing
    try:
        # From a page, so from anybody: read in a process of its own.
        return read_compounds(read_apart(file.read()))
    except tables.TableError as problem:
        text = _(problem.message) % problem.data
        raise CompoundListUnreadable(cause=problem.code, problem=text) from problem


def doors_named(text: str) -> list[str]:
    """The doors of one line, with any sign between them: 501、501/2."""
    return [part.strip() for part in _BETWEEN_NAMES.split(text) if part.strip()]


def ids_of(values: list[str]) -> list[uuid.UUID]:
    """Ids that a form sends back as it was given them. Raises Invalid."""
    try:
        return [uuid.UUID(value) for value in values]
    except ValueError as problem:
        raise Invalid(problem=_("Choose one of the answers offered.")) from problem


def profile_of(post: QueryDict) -> Profile:
    """What somebody says of a compound. Raises Invalid where a choice is none of ours."""
    make_up, management = post.get("make_up", ""), post.get("management", "")
    gatehouse = post.get("gatehouse", "")
    if make_up not in MakeUp.values or management not in Management.values or gatehouse not in _GATEHOUSE:
        raise Invalid(field="make_up", problem=_("Choose one of the answers offered."))
    return Profile(
        make_up=MakeUp(make_up),
        management=Management(management),
        gatehouse=_GATEHOUSE[gatehouse],
        company=post.get("company", "").strip()[:_LONGEST],
        contacts=list(_contacts(post)) or None,
        believed_households=post.get("believed", "").strip()[:_LONGEST],
        aliases=[name.strip() for name in _BETWEEN_NAMES.split(post.get("aliases", "")) if name.strip()],
        address=post.get("address", "").strip()[:_LONGEST],
    )


def _contacts(post: QueryDict) -> Iterator[Contact]:
    """Empty lines leave the company's contacts as they are: nobody types numbers again only to change a name."""
    said = zip(post.getlist("contact_name"), post.getlist("contact_phone"), strict=False)
    for name, phone in said:
        if name.strip() or phone.strip():
            yield Contact(name.strip(), phone.strip())
