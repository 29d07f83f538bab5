"""The supervisor's pages of phones: all of them, those not heard of first; one; and the code for a new one."""

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import QueryDict
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from firstline.accounts.devices.actions import Invited
from firstline.accounts.devices.beside import beside
from firstline.accounts.devices.hats import Hat
from firstline.accounts.devices.invitations import is_good
from firstline.accounts.devices.selectors import Known, devices_of, people_to_enrol
from firstline.accounts.devices.until import Until
from firstline.accounts.models import Device, DeviceGrant, Invitation
from firstline.accounts.second_factor.selectors import RESET
from firstline.accounts.selectors import details_of, names_of
from firstline.kernel import clock, printing
from firstline.kernel.actors import Actor
from firstline.kernel.paths import subtree
from firstline.places.models import Place
from firstline.places.selectors import communities_for, compounds_within, names_at

INVITE = "accounts.invite_device"
# Below that, nobody notices.
_ON_TIME = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class DeviceRow:
    """One phone in a line. ``state`` is a word of its own; ``late``: something about it waits for somebody."""

    url: str
    name: str
    label: str
    place: str
    hats: list[str]
    state: str
    late: bool
    heard_at: datetime
    waiting: int
    oldest_at: datetime | None
    clock: str
    client: str
    storage: str


def devices_page(actor: Actor) -> dict[str, Any]:
    """All phones of the actor's places: first what may be lost, then the silent, then those in use; last the others."""
    found, now = devices_of(actor), clock.now()
    names = names_at({one.device.path for one in found})
    standing = sorted(found, key=lambda one: (not one.at_risk, not one.silent, one.device.last_contact_at))
    used = [one for one in standing if one.at_risk or _given(one.device, now)]
    return {
        "section": "accounts:devices",
        "rows": [_row(one, names) for one in used],
        "others": [_row(one, names) for one in standing if one not in used],
        "waiting": sum(one.device.waiting for one in used),
        "silent": sum(one.silent or one.at_risk for one in used),
        "beside": beside(actor),
        "invite_url": reverse("accounts:invite_device") if actor.may(INVITE) else "",
        "second_factors_url": reverse("accounts:second_factors") if actor.may(RESET) else "",
    }


def device_page(actor: Actor, known: Known) -> dict[str, Any]:
    """One phone: what is known of it, what it was given, and what can be done about it."""
    device, now = known.device, clock.now()
    grants = list(device.grants.all())
    over = device.revoked_at is not None or device.wiped_at is not None
    by = names_of({one for one in (*_who(grants), device.revoked_by_id, device.wipe_asked_by_id) if one is not None})
    names = names_at({device.path, *(grant.path for grant in grants)})
    may_give = actor.may("accounts.extend_device", device.path) and not over
    return {
        "section": "accounts:devices",
        "row": _row(known, names),
        "device": device,
        "at_risk": known.at_risk,
        "revoked_by": by.get(device.revoked_by_id, "") if device.revoked_by_id else "",
        "wipe_asked_by": by.get(device.wipe_asked_by_id, "") if device.wipe_asked_by_id else "",
        "grants": [
            {
                "place": names.get(grant.path, grant.path),
                "hats": _hats(grant.hats),
                "valid_from": grant.valid_from,
                "valid_until": grant.valid_until,
                "by": by.get(grant.given_by_id, ""),
            }
            for grant in reversed(grants)
        ],
        "untils": _untils(borrowed=device.borrowed) if may_give else [],
        "places": _places(actor, device.path) if may_give and _given(device, now) else [],
        "may_revoke": device.revoked_at is None and actor.may("accounts.revoke_device", device.path),
        "may_wipe": device.wiped_at is None and actor.may("accounts.ask_wipe", device.path),
        "may_settle": known.at_risk and actor.may("accounts.settle_loss", device.path),
    }


def invite_page(actor: Actor, post: QueryDict | None = None, mistake: str = "") -> dict[str, Any]:
    """The form of a new phone, with what was chosen before."""
    said = post if post is not None else QueryDict("hats=doors&until=open")
    return {
        "section": "accounts:devices",
        "people": [
            {"value": str(person.pk), "label": _called(person), "chosen": str(person.pk) == said.get("person")}
            for person in people_to_enrol(actor)
        ],
        "places": _places(actor, said.get("path", "")),
        "hats": [{"value": hat.value, "label": hat.label, "chosen": hat in said.getlist("hats")} for hat in Hat],
        "untils": _untils(said.get("until", ""), borrowed=False),
        "borrowed": "borrowed" in said,
        "label": said.get("label", ""),
        "volatile": "volatile" in said,
        "mistake": mistake,
    }


def invited_page(invited: Invited) -> dict[str, Any]:
    """The code, as a picture to scan and as a link to send; after this page nobody knows it any more."""
    link = f"{settings.ORIGIN}/field/#enrol=1.{invited.code}"
    picture = base64.b64encode(printing.qr_svg(link).encode()).decode()
    return {
        "section": "accounts:devices",
        "link": link,
        "qr": f"data:image/svg+xml;base64,{picture}",
        "borrowed": invited.invitation.borrowed,
        **invitation_state(invited.invitation),
    }


def invitation_state(invitation: Invitation) -> dict[str, Any]:
    """What has become of an invitation so far: still good for some minutes, used by a phone, or too old."""
    left = (invitation.expires_at - clock.now()).total_seconds()
    return {
        "name": details_of(invitation.person).name,
        "place": names_at([invitation.path]).get(invitation.path, ""),
        "hats": _hats(invitation.hats),
        "until": invitation.until,
        "good": is_good(invitation),
        "minutes": max(1, -int(-left // 60)),
        "url": reverse("accounts:invitation", args=[invitation.pk]),
        "device_url": reverse("accounts:device", args=[invitation.device_id]) if invitation.device_id else "",
    }


def clock_words(offset_ms: int | None) -> str:
    """How a phone's clock stands, in words; ``offset_ms`` is server minus phone."""
    if offset_ms is None:
        return _("not measured")
    off = timedelta(milliseconds=abs(offset_ms))
    if off < _ON_TIME:
        return _("on time")
    said = _("%(span)s behind") if offset_ms > 0 else _("%(span)s ahead")
    return said % {"span": _span(off)}


def _span(off: timedelta) -> str:
    minutes = round(off.total_seconds() / 60)
    if minutes < 60:
        return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}
    if minutes < 24 * 60:
        return ngettext("%(n)d hour", "%(n)d hours", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)d day", "%(n)d days", off.days) % {"n": off.days}


def _row(known: Known, names: Mapping[str, str]) -> DeviceRow:
    device = known.device
    return DeviceRow(
        reverse("accounts:device", args=[device.pk]),
        details_of(device.person).name,
        device.label,
        names.get(device.path, device.path),
        _hats(_latest(device).hats),
        _state(known),
        known.at_risk or known.silent,
        device.last_contact_at,
        device.waiting,
        device.oldest_waiting_at,
        clock_words(device.offset_ms),
        device.client,
        _storage(device),
    )


def _state(known: Known) -> str:
    """The one word about a phone: what waits for somebody comes before what is merely so."""
    device = known.device
    states = (
        (device.wiped_at is not None, _("wiped")),
        (device.revoked_at is not None, _("revoked")),
        (known.at_risk, _("may be lost")),
        (device.wipe_asked_at is not None, _("asked to wipe itself")),
        (known.silent, _("silent")),
        (not _given(device, clock.now()), _("its time is over")),
        (device.borrowed, _("lent out")),
    )
    return next((word for so, word in states if so), _("in use"))


def _storage(device: Device) -> str:
    used = filesizeformat(device.storage_used) if device.storage_used is not None else ""
    lasting = "" if device.persistent else _("the browser may clear it")
    return _("; ").join(part for part in (used, lasting) if part)


def _given(device: Device, now: datetime) -> bool:
    return any(grant.valid_until is None or grant.valid_until > now for grant in device.grants.all())


def _latest(device: Device) -> DeviceGrant:
    return list(device.grants.all())[-1]


def _hats(hats: Iterable[str]) -> list[str]:
    return [str(Hat(hat).label) for hat in hats]


def _who(grants: Iterable[DeviceGrant]) -> list[Any]:
    return [grant.given_by_id for grant in grants]


def _called(person: Any) -> str:
    details = details_of(person)
    return f"{details.name} {details.post}".strip()


def _untils(chosen: str = "", *, borrowed: bool) -> list[dict[str, Any]]:
    choices = [Until.TONIGHT, Until.SHIFT] if borrowed else list(Until)
    return [{"value": one.value, "label": one.label, "chosen": one == chosen} for one in choices]


def _places(actor: Actor, chosen: str) -> list[dict[str, Any]]:
    communities = communities_for(actor, needs=INVITE)
    found = [place for one in communities for place in (one, *_compounds(one))]
    return [{"value": place.path, "label": place.name, "chosen": place.path == chosen} for place in found]


def _compounds(community: Place) -> list[Place]:
    return [one.place for one in compounds_within(subtree(community.path))]
