"""What the level above counties sees: the last figures each county confirmed."""

import uuid
from typing import Any

from firstline.accounts.selectors import names_of
from firstline.gaps.boards.actions import CONFIRM
from firstline.gaps.boards.selectors import latest_confirmed
from firstline.gaps.models import ConfirmedCount
from firstline.kernel.actors import Actor
from firstline.places.selectors import county_paths, names_at

_CITY_LENGTH = 4


def confirmed_page(actor: Actor) -> dict[str, Any]:
    """Every county of the reader's city with its last confirmed figures, or with none yet."""
    city = actor.ranges(CONFIRM)[0].lo[:_CITY_LENGTH]
    latest = {row.path: row for row in latest_confirmed(city)}
    people = names_of([row.by_person_id for row in latest.values()])
    counties = [path for path in county_paths() if path.startswith(city)]
    names = names_at([city, *counties])
    return {
        "section": "gaps:board",
        "city": names.get(city, ""),
        "rows": [_row(names.get(path, path), latest.get(path), people) for path in counties],
    }


def _row(name: str, found: ConfirmedCount | None, people: dict[uuid.UUID, str]) -> dict[str, Any]:
    return {"name": name, "found": found, "by": people.get(found.by_person_id, "") if found else ""}
