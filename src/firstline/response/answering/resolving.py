"""From those who stand somewhere to the one who answers: pure, so that the rule can be tried on anything.

At one place the table comes before roles, leads before deputies, and duties have an order (``models.Duty``). Whoever is
away is answered for by the deputy they named, by that one's deputy if they are away too, and so on; a chain that comes
round or ends with somebody absent or gone leads nowhere, and the next at the place is asked, then the place above.
"""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise

from firstline.accounts.roles import Role
from firstline.kernel import paths
from firstline.response.answering.standing import Stander, StandIn, Standing, opened_name
from firstline.response.models import Duty, Tier


@dataclass(frozen=True, slots=True)
class Answerer:
    """Who answers for a place: ``label`` is what they do it as, ``named_at`` the place they are named for.

    ``responsibility_id`` is the line of the table, None where a ``role`` is asked instead. ``instead_of`` is whose
    deputy this is while that person is away, "" else; ``leads`` is False for a line's own deputy.
    """

    person_id: uuid.UUID
    name: str
    label: str | Promise
    post: str
    tier: Tier
    named_at: str
    since: datetime
    leads: bool = True
    responsibility_id: uuid.UUID | None = None
    role: Role | None = None
    instead_of: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody who is there, or is away and has somebody standing in."""

    line: Stander
    stand_in: StandIn | None = None

    @property
    def person_id(self) -> uuid.UUID:
        """Who answers: the deputy, where there is one."""
        return self.stand_in.deputy_id if self.stand_in else self.line.person_id


_Asked = Callable[[Stander], bool]


class Resolver:
    """Answers for many paths from what was read once; each person's name is opened once."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._answerers: dict[uuid.UUID, Answerer] = {}

    def nearest(self, path: str, tier: Tier | None = None) -> Answerer | None:
        """The one who answers for a path, at one level or (None) at the lowest that has somebody."""
        found = self.found(path, tier)
        return self.answerer(found) if found is not None else None

    def found(self, path: str, tier: Tier | None = None) -> Found | None:
        """The same, with the names still sealed."""
        at_path = self._standing.at_path
        line = [here for place in reversed(paths.ancestors(path)) if (here := at_path.get(place))]
        for asked in _questions(tier):
            for here in line:
                found = first_present([one for one in here if asked(one)], self._standing.stand_ins)
                if found is not None:
                    return found
        return None

    def answerer(self, found: Found) -> Answerer:
        """Somebody found, with the names opened."""
        known = self._answerers.get(found.line.id)
        if known is None:
            known = self._answerers[found.line.id] = _answerer(found)
        return known


def first_present(here: Sequence[Stander], stand_ins: Mapping[uuid.UUID, StandIn]) -> Found | None:
    """The first of those at a place, in their order, who is there or has somebody standing in."""
    for one in here:
        if one.gone:
            continue
        if not one.away:
            return Found(one)
        if (stand_in := end_of_chain(one.person_id, stand_ins)) is not None:
            return Found(one, stand_in)
    return None


def end_of_chain(person_id: uuid.UUID, stand_ins: Mapping[uuid.UUID, StandIn]) -> StandIn | None:
    """Whoever is there at the end of a chain of deputies; None where it comes round or ends with nobody."""
    seen = {person_id}
    while (stand_in := stand_ins.get(person_id)) is not None:
        if stand_in.gone or stand_in.deputy_id in seen:
            return None
        if not stand_in.away:
            return stand_in
        person_id = stand_in.deputy_id
        seen.add(person_id)
    return None


def _questions(tier: Tier | None) -> tuple[_Asked, ...]:
    """What is asked of the whole line, one after another: a director last of a village, whoever stands nearer."""
    return _AT_TIER[tier] if tier is not None else _LOWEST


def _at(tier: Tier, *, roles: bool = True) -> tuple[_Asked, ...]:
    if not roles:
        return (lambda one: one.tier == tier and not one.role,)
    return (
        lambda one: one.tier == tier and one.role != Role.COMMUNITY_DIRECTOR,
        lambda one: one.tier == tier and one.role == Role.COMMUNITY_DIRECTOR,
    )


_AT_TIER = {tier: _at(tier) for tier in Tier}
# Above the village a role alone is a desk that serves everybody: only the table names one person for one place.
_LOWEST = (*_at(Tier.VILLAGE), *_at(Tier.TOWNSHIP, roles=False), *_at(Tier.COUNTY, roles=False))


def _answerer(found: Found) -> Answerer:
    line, stand_in = found.line, found.stand_in
    details = opened_name(line.person_id, line.sealed)
    role = Role(line.role) if line.role else None
    answerer = Answerer(
        person_id=line.person_id,
        name=details.name,
        # What somebody is called there comes first where a role is all there is.
        label=(details.post or role.label) if role else (line.label or Duty(line.duty).label),
        post=details.post,
        tier=Tier(line.tier),
        named_at=line.path,
        since=line.since,
        leads=line.leads,
        responsibility_id=None if role else line.id,
        role=role,
    )
    if stand_in is None:
        return answerer
    deputy = opened_name(stand_in.deputy_id, stand_in.sealed)
    return replace(answerer, person_id=stand_in.deputy_id, name=deputy.name, post=deputy.post, instead_of=details.name)
