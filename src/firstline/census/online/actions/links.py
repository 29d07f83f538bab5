"""The public addresses of a community: opened, closed, and given anew."""

import uuid
from collections.abc import Sequence

from django.utils.translation import gettext as _

from firstline.census.models import ReportLink
from firstline.census.online.codes import new_code
from firstline.census.online.selectors import link_for, place_for
from firstline.kernel import clock, ledger
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Invalid
from firstline.places.models import Place, PlaceKind

_PLACES = {PlaceKind.COMMUNITY, PlaceKind.COMPOUND, PlaceKind.SCATTERED}
LONGEST_PHONE = 40


@action("census.open_report_links")
def open_links(actor: Actor, *, place_ids: Sequence[uuid.UUID], phone: str = "") -> list[ReportLink]:
    """Give compounds, or a whole community, a public address each.

    ``phone`` is printed beside it instead of the community's number, which may change later and is followed.

    Raises NotFound, Invalid (no place, or one that nobody lives in by itself), LinkExists.
    """
    if not place_ids:
        raise Invalid(problem=_("Choose at least one place."))
    places = [place_for(actor, place_id, needs="census.open_report_links") for place_id in place_ids]
    return [_opened(actor, place, phone.strip()) for place in places]


@action("census.close_report_link")
def close_link(actor: Actor, *, link_id: uuid.UUID) -> ReportLink:
    """Close an address: what was reported under it stays, nothing more comes in. Again is harmless."""
    link = link_for(actor, link_id, needs="census.close_report_link")
    if link.closed_at is not None:
        ledger.repeated(path=link.path)
        return link
    _close(actor, link)
    return link


@action("census.reissue_report_link")
def reissue_link(actor: Actor, *, link_id: uuid.UUID) -> ReportLink:
    """Close an address and open another for the same place: for a poster that got into wrong hands."""
    link = link_for(actor, link_id, needs="census.reissue_report_link")
    if link.closed_at is None:
        _close(actor, link)
    return _opened(actor, link.place, link.phone)


def _opened(actor: Actor, place: Place, phone: str) -> ReportLink:
    if place.kind not in _PLACES or len(phone) > LONGEST_PHONE:
        raise Invalid(
            problem=_("%(place)s, %(phone)s: this place or this number cannot be printed on a poster.")
            % {"place": place.name, "phone": phone}
        )
    link = ReportLink(code=new_code(), place=place, path=place.path, phone=phone, opened_by_id=actor.person_id)
    ledger.record(path=place.path, subject=link, after={"place": place.name, "phone": phone})
    link.save(force_insert=True)
    return link


def _close(actor: Actor, link: ReportLink) -> None:
    link.closed_at, link.closed_by_id = clock.now(), actor.person_id
    ledger.record(path=link.path, subject=link, after={"place": link.place.name, "closed": True})
    link.save(update_fields=["closed_at", "closed_by_id"])
