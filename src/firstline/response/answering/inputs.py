"""What was typed about who answers, as typed values."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from django.db.models import TextChoices
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from firstline.kernel.errors import Invalid
from firstline.kernel.ids import read_id
from firstline.kernel.paths import is_post
from firstline.response.models import Duty, Rank, Tier

Choice = TypeVar("Choice", bound=TextChoices)
# What a level's duty usually is, where nobody chose one.
USUAL_DUTY = {Tier.VILLAGE: Duty.GRID_HEAD, Tier.TOWNSHIP: Duty.TOWNSHIP_CADRE, Tier.COUNTY: Duty.COUNTY_LEADER}


@dataclass(frozen=True, slots=True)
class Said:
    """Who is named for what: a person already chosen, or a name with what is needed to put them on record."""

    places: list[str] = field(default_factory=list)
    tier: Tier = Tier.VILLAGE
    duty: Duty = Duty.GRID_HEAD
    label: str = ""
    rank: Rank = Rank.LEAD
    name: str = ""
    person_id: uuid.UUID | None = None
    phone: str = ""
    post: str = ""
    enrol: bool = False
    back: str = ""

    @classmethod
    def read(cls, post: QueryDict) -> "Said":
        tier = one_of(Tier, post.get("tier", ""), Tier.VILLAGE)
        usual = Duty.ON_DUTY if tier == Tier.VILLAGE and _all_posts(post.getlist("path")) else USUAL_DUTY[tier]
        return cls(
            places=[path for path in post.getlist("path") if path],
            tier=tier,
            duty=one_of(Duty, post.get("duty", ""), usual),
            label=post.get("label", "").strip()[:40],
            rank=one_of(Rank, post.get("rank", ""), Rank.LEAD),
            name=post.get("name", "").strip()[:60],
            person_id=read_id(post.get("person", "")),
            phone=post.get("phone", "").strip()[:40],
            post=post.get("post", "").strip()[:60],
            enrol="enrol" in post,
            back=post.get("back", ""),
        )


def one_of(choices: type[Choice], text: str, otherwise: Choice) -> Choice:
    """The choice of that value, or the one that is taken where none is."""
    return choices(text) if text in choices.values else otherwise


def moment_of(text: str) -> datetime | None:
    """A moment as the browser writes it, local; None where none was typed. Raises Invalid."""
    if not text.strip():
        return None
    try:
        read = parse_datetime(text.strip())
    except ValueError:
        read = None
    if read is None:
        raise Invalid(problem=_("This is no day and time. Choose one, or leave it open."))
    return timezone.make_aware(read) if timezone.is_naive(read) else read


def ids_of(post: QueryDict, name: str) -> list[uuid.UUID]:
    """The ids that were chosen, in order, some perhaps in one field; what is none is left out."""
    said = " ".join(post.getlist(name)).split()
    return [found for text in said if (found := read_id(text)) is not None]


def number_of(text: str) -> int:
    """A whole number as typed; 0 where it is none."""
    return int(text) if text.strip().isdecimal() and len(text) < 7 else 0


def _all_posts(places: list[str]) -> bool:
    return bool(places) and all(is_post(path) for path in places)
