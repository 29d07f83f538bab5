"""What the level above counties sees: the last figures each county confirmed, and how those of one county went."""

import uuid
from itertools import zip_longest
from typing import Any

from django.urls import reverse

from firstline.accounts.selectors import names_of
from firstline.gaps.boards.figures import COUNTY_LENGTH
from firstline.gaps.boards.selectors import READ_BOARDS, confirmed_of, latest_confirmed
from firstline.gaps.models import ConfirmedCount
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.selectors import county_paths, names_at

READ_CONFIRMED = "gaps.read_confirmed"
_CITY_LENGTH = 4


def confirmed_page(actor: Actor) -> dict[str, Any]:
    """Every county of the reader's city with its last confirmed figures, or with none yet."""
    city = _city(actor)
    latest = {row.path: row for row in latest_confirmed(city)}
    people = names_of([row.by_person_id for row in latest.values()])
    counties = [path for path in county_paths() if path.startswith(city)]
    names = names_at([city, *counties])
    return {
        "section": "gaps:confirmed",
        "city": names.get(city, ""),
        "back_url": reverse("gaps:board") if actor.may(READ_BOARDS) else "",
        "rows": [_row(path, names.get(path, path), latest.get(path), people) for path in counties],
    }


def county_page(actor: Actor, path: str) -> dict[str, Any]:
    """What one county of the reader's city confirmed so far, the latest first; figures alone. Raises NotFound."""
    city = _city(actor)
    if len(path) != COUNTY_LENGTH or not path.startswith(city) or path not in county_paths():
        raise NotFound
    found = confirmed_of(path)
    return {
        "section": "gaps:confirmed",
        "county": names_at([path]).get(path, path),
        "rows": [
            {"found": row, "change": row.open_gaps - last.open_gaps if last else None}
            for row, last in zip_longest(found, found[1:])
        ],
    }


def _city(actor: Actor) -> str:
    return actor.ranges(READ_CONFIRMED)[0].lo[:_CITY_LENGTH]


def _row(path: str, name: str, found: ConfirmedCount | None, people: dict[uuid.UUID, str]) -> dict[str, Any]:
    by = people.get(found.by_person_id, "") if found else ""
    return {"name": name, "url": reverse("gaps:confirmed_county", args=[path]), "found": found, "by": by}
