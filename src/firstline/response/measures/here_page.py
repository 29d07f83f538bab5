"""What residents read: what holds here, why, since when and until when, and whom to ask. Nothing about anybody."""

import hashlib
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import segno
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.safestring import SafeString, mark_safe

from firstline.kernel import clock, ports
from firstline.kernel.paths import COMMUNITY_LENGTH, ancestors
from firstline.places.selectors import names_at
from firstline.response.measures.combining import Held
from firstline.response.measures.days import last_day
from firstline.response.measures.in_force import measures_at
from firstline.response.measures.standing import Standing, standing
from firstline.response.measures.titles import title_of, words_of

# A change is seen by everybody after so many seconds.
_KEPT_SECONDS = 60


def here_page(request: HttpRequest, code: str) -> dict[str, Any]:
    """The page of a county's, township's or community's code, in the contract of its template; three statements.

    ``place`` is empty where there is no such place.
    """
    at = clock.now()
    place = names_at([code]).get(code, "")
    found = standing() if place else Standing()
    level = min(found.levels_at(ancestors(code), at), default=None) if place else None
    held = measures_at(code, at, found) if place else []
    return {
        "place": place,
        "code": code,
        "level": level.label if level else "",
        "measures": [_measure(one) for one in held if one.order.restricts],
        # What is asked of offices (hours of reporting) is no resident's business.
        "others": [_measure(one) for one in held if not one.order.restricts and one.kind != "reporting_hours"],
        # Communities have phones; whoever stands on a county's page is told of none.
        "phone": ports.public_number_of(code) if place and len(code) >= COMMUNITY_LENGTH else "",
        "qr": _qr(request.build_absolute_uri(request.path)),
    }


def answered(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The page with its ETag, or that nothing is new."""
    etag = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
    response.headers["ETag"] = etag
    patch_cache_control(response, public=True, max_age=_KEPT_SECONDS)
    found = get_conditional_response(request, etag=etag, response=response)
    return found if isinstance(found, HttpResponse) else response


def _measure(held: Held) -> dict[str, str | date | datetime | None]:
    # Where it follows from several orders, as long as it is asked as it stands here.
    ends = held.order.ends_at if held.order.parameters == held.parameters else held.unchanged_until
    return {
        "title": title_of(held.kind, held.parameters),
        "words": words_of(held.parameters),
        "why": held.why,
        "since": held.order.from_at,
        "until": last_day(ends) if ends else None,
    }


@lru_cache(maxsize=256)
def _qr(address: str) -> SafeString:
    """The page's own address as a picture; made of nothing but our own address, in attributes that need no style."""
    return mark_safe(segno.make(address, error="m").svg_inline(omitsize=True, border=0, svgclass=None, lineclass=None))  # noqa: S308
