"""Somebody to name, and lines of the table as tests want them."""

from typing import Any

from firstline.accounts import actions as accounts
from firstline.accounts.models import Person
from firstline.kernel.actors import Actor, console
from firstline.response.answering import actions
from firstline.response.models import Duty, Responsibility, Tier
from firstline.testing.cast import COMMUNITY, COUNTY


def somebody(
    name: str = "冯建军", home: str = COUNTY, phone: str = "13800001111", post: str = "农业局副局长"
) -> Person:
    """Somebody of ours without a login."""
    return accounts.enrol_person(console(), name=name, home_path=home, phone=phone, post=post)


def named(actor: Actor, person: Person, *places: str, **how: Any) -> list[Responsibility]:
    """Somebody named: for the community, at the village's level, as head of the grid, unless told otherwise."""
    terms: dict[str, Any] = {"tier": Tier.VILLAGE, "duty": Duty.GRID_HEAD, **how}
    return actions.assign(actor, person_id=person.pk, places=places or (COMMUNITY,), **terms)
