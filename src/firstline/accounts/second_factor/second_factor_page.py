"""The pages around the second factor: setting it up, what is set up, the codes to print, and who has one."""

import base64
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.adapter import get_adapter

from firstline.accounts.models import Login
from firstline.accounts.second_factor import setting_up
from firstline.accounts.second_factor.actions import Reason
from firstline.accounts.second_factor.demonstration import is_demonstration
from firstline.accounts.second_factor.gate import must_give
from firstline.accounts.second_factor.selectors import RESET, Holder, holders
from firstline.accounts.selectors import details_of
from firstline.kernel import printing
from firstline.kernel.actors import Actor
from firstline.places.selectors import names_at


@dataclass(frozen=True, slots=True)
class HolderRow:
    """One person in a line. ``since``: when it was set up (None: not yet)."""

    person_id: str
    name: str
    login: str
    roles: list[str]
    since: datetime | None
    used_at: datetime | None
    resettable: bool


def set_up_page(actor: Actor, login: Login, secret: str, *, following: str, mistake: str = "") -> dict[str, Any]:
    """The key as a picture to scan and in fours to type; ``following`` is where it goes on."""
    picture = printing.qr_svg(get_adapter().build_totp_url(login, secret))
    return {
        "qr": f"data:image/svg+xml;base64,{base64.b64encode(picture.encode()).decode()}",
        "key": " ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        "login": login.username,
        "owed": must_give(actor),
        "demonstration": is_demonstration(),
        "following": following,
        "mistake": mistake,
    }


def own_page(actor: Actor, login: Login, *, mistake: str = "", asked: str = "") -> dict[str, Any]:
    """What is set up; ``mistake`` stands at the form that was sent, which ``asked`` names."""
    phone = setting_up.phone_of(login)
    return {
        "since": phone and phone.created_at,
        "used_at": phone and phone.last_used_at,
        "codes_left": setting_up.codes_left(login),
        "may_reset": actor.may(RESET),
        "mistake": mistake,
        "asked": asked,
    }


def people_page(actor: Actor) -> dict[str, Any]:
    """Whoever owes a second factor or has one, those without one first."""
    found = holders(actor)
    names = names_at({grant.path for one in found for grant in one.grants})
    rows = [_row(one, names) for one in found]
    return {
        "section": "accounts:devices",
        "rows": sorted(rows, key=lambda row: row.since is not None),
        "missing": sum(row.since is None for row in rows),
        "reasons": [{"value": reason.value, "label": reason.label} for reason in Reason],
    }


def _row(one: Holder, names: dict[str, str]) -> HolderRow:
    return HolderRow(
        person_id=str(one.login.person_id),
        name=details_of(one.login.person).name,
        login=one.login.username,
        roles=[f"{names.get(grant.path, grant.path)} {grant.get_role_display()}" for grant in one.grants],
        since=one.since,
        used_at=one.used_at,
        resettable=one.resettable,
    )
