"""Who answers for one place: the line above it, everybody named here, what was before; a page, or opened in one."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise

from firstline.accounts.selectors import details_of
from firstline.kernel import clock, ledger, paths
from firstline.kernel.actors import Actor
from firstline.kernel.errors import NotFound
from firstline.places.names import words_at
from firstline.response.answering.households import READ as READ_HOUSEHOLDS
from firstline.response.answering.households import household_at
from firstline.response.answering.naming_rights import SHORTEST, may_name
from firstline.response.answering.resolving import Answerer
from firstline.response.answering.selectors import READ, Rung, door_at, history, line_above, person_at, where_exists
from firstline.response.models import Rank, Responsibility, Tier

READ_PHONE = "response.read_phone"


@dataclass(frozen=True, slots=True)
class ShownRung:
    """One level of the line; ``hole``: nobody, ``again``: the same person as below; ``name_url`` "" = not yours."""

    tier: str
    tier_name: str | Promise
    name: str
    what: str
    post: str
    since: datetime | None
    where: str
    instead_of: str
    again: bool
    person_id: uuid.UUID | None
    person_url: str
    name_url: str


@dataclass(frozen=True, slots=True)
class ShownLine:
    """One line of the table, as pages show it; ``over``: it has ended."""

    id: uuid.UUID
    name: str
    what: str
    post: str
    tier_name: str | Promise
    deputy: bool
    valid_from: datetime
    valid_until: datetime | None
    over: bool
    person_url: str
    place: str = ""
    place_url: str = ""
    mine: bool = False


def readable(actor: Actor, path: str) -> str:
    """A path whose answerers the actor may see: within their places, or one of those above. Raises NotFound."""
    ranges = actor.ranges(READ)
    above = {place for one in ranges for place in paths.ancestors(one.lo)}
    if not (path in above or any(path in one for one in ranges)) or not where_exists([path]):
        raise NotFound
    return path


def place_page(actor: Actor, path: str) -> dict[str, Any]:
    """The page of one place or post."""
    readable(actor, path)
    past, now = history(path), clock.now()
    names = words_at(paths.ancestors(path))
    shown = [shown_line(actor, line, names) for line in past]
    return {
        "section": "response:answers",
        "path": path,
        "place": names.get(path, path),
        "above": [names[one] for one in paths.ancestors(path)[:-1] if one in names][-3:],
        "rungs": _rungs(actor, path, line_above(path), names),
        "here": [line for line, row in zip(shown, past, strict=True) if not line.over and row.valid_from <= now],
        "to_come": [line for line, row in zip(shown, past, strict=True) if not line.over and row.valid_from > now],
        "past": [line for line in shown if line.over],
        "may_change": any(line.mine for line in shown if not line.over),
        "table_url": f"{reverse('response:answers')}?at={table_at(path)}",
        **_five_here(actor, path),
    }


def panel_page(actor: Actor, path: str) -> dict[str, Any]:
    """The same in short, for any page that names whoever answers."""
    readable(actor, path)
    names = words_at(paths.ancestors(path))
    return {"path": path, "place": names.get(path, path), "rungs": _rungs(actor, path, line_above(path), names)}


def phone_page(actor: Actor, path: str, person_id: uuid.UUID | None) -> dict[str, Any]:
    """The phone of somebody who answers for a place, at some level or here; the look is on record. Raises NotFound."""
    readable(actor, path)
    answering = {rung.answerer.person_id for rung in line_above(path) if rung.answerer is not None}
    if person_id is None or person_id not in answering | {line.person_id for line in history(path)}:
        raise NotFound
    person = person_at(person_id)
    details = details_of(person)
    ledger.look(actor, READ_PHONE, path=path, subject=person, fields=["phone"])
    return {"name": details.name, "phone": details.phone}


def shown_line(actor: Actor, line: Responsibility, names: dict[str, str], *, place: bool = False) -> ShownLine:
    """A line of the table, with its person's name opened; ``place`` says where, for pages of a person."""
    details, now = details_of(line.person), clock.now()
    over = line.valid_until is not None and line.valid_until <= now
    mine = actor.may("response.hand_over", line.path) and may_name(actor, line.path, line.tier, line.duty)
    return ShownLine(
        id=line.pk,
        name=details.name,
        what=line.called,
        post=details.post,
        tier_name=Tier(line.tier).label,
        deputy=line.rank == Rank.DEPUTY,
        valid_from=line.valid_from,
        valid_until=line.valid_until,
        over=over,
        person_url=reverse("response:answering_person", args=[line.person_id]),
        place=names.get(line.path, line.path) if place else "",
        place_url=reverse("response:answers_at", args=[line.path]) if place else "",
        mine=mine and not over,
    )


def table_at(path: str) -> str:
    """The place whose table shows a path: the community of what lies below one, else the place itself."""
    return paths.community_of(path.split("/", 1)[0])


def _five_here(actor: Actor, path: str) -> dict[str, Any]:
    """For a door: the five round its household, or where to put them."""
    door = door_at(path)
    if door is None or not actor.may(READ_HOUSEHOLDS, path):
        return {}
    household = household_at(door.pk)
    if household is not None:
        return {"household_url": reverse("response:household", args=[household.pk])}
    may_keep = actor.may("response.keep_household", path)
    return {"keep_url": reverse("response:keep_household", args=[door.pk]) if may_keep else ""}


def _rungs(actor: Actor, path: str, line: list[Rung], names: dict[str, str]) -> list[ShownRung]:
    return [_rung(actor, path, rung, names) for rung in line]


def _rung(actor: Actor, path: str, rung: Rung, names: dict[str, str]) -> ShownRung:
    found: Answerer | None = rung.answerer
    mine = actor.may("response.assign", path) and actor.may(f"response.name_{rung.tier}", path)
    fits = paths.is_post(path) or len(path) >= SHORTEST[rung.tier]
    return ShownRung(
        tier=rung.tier.value,
        tier_name=rung.tier.label,
        name=found.name if found else "",
        what=str(found.label) if found else "",
        post=found.post if found and found.post != str(found.label) else "",
        since=found.since if found else None,
        where=names.get(found.named_at, "") if found and found.named_at != path else "",
        instead_of=found.instead_of if found else "",
        again=rung.again,
        person_id=found.person_id if found else None,
        person_url=reverse("response:answering_person", args=[found.person_id]) if found else "",
        name_url=f"{reverse('response:assign')}?path={path}&tier={rung.tier.value}" if mine and fits else "",
    )
