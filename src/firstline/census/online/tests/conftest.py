"""What tests of online reports share: an open address, a household's form, a way to post it."""

import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from firstline.census.models import ReportLink
from firstline.census.online import doors
from firstline.census.online.actions import open_links, take_report
from firstline.census.online.intake import Form, intake, new_token
from firstline.census.online.selectors import link_by_code
from firstline.census.online.written import PersonWritten, Written
from firstline.kernel.ids import uuid7
from firstline.places.models import Place
from firstline.testing.cast import COMMUNITY, Cast

Post = Callable[..., HttpResponse]
HOUSEHOLD = {
    "building": "1",
    "unit": "1",
    "room": "101",
    "1-name": "王建国",
    "1-relation": "head",
    "1-id": "142302197602226845",
    "1-phone": "13912345678",
    "2-name": "李秀英",
    "2-relation": "spouse",
    "2-birth": "1978",
    "symptoms": "无",
    "note": "老人行动不便",
}


@pytest.fixture
def link(cast: Cast) -> Iterator[ReportLink]:
    """The open address of ``cast.compound``."""
    doors.forget()
    (opened,) = open_links(cast.director, place_ids=[cast.compound.pk], phone="0358-8220000")
    yield ReportLink.objects.select_related("place").get(pk=opened.pk)
    doors.forget()


@pytest.fixture
def whole(cast: Cast) -> Iterator[ReportLink]:
    """The open address of the whole community."""
    doors.forget()
    place = Place.objects.get(path=COMMUNITY)
    (opened,) = open_links(cast.director, place_ids=[place.pk])
    yield ReportLink.objects.select_related("place").get(pk=opened.pk)
    doors.forget()


@pytest.fixture
def post(link: ReportLink) -> Post:
    """Send the household's form, changed as a test wants; a field set to None is left out."""

    def send(under: ReportLink = link, **changes: Any) -> HttpResponse:
        fields = {"token": new_token(under.code), **HOUSEHOLD, **changes}
        kept = {name.replace("__", "-").lstrip("_"): text for name, text in fields.items() if text is not None}
        return Client().post(f"/r/{under.code}/", kept)  # type: ignore[return-value]

    return send


def parked_report(link: ReportLink, room: str) -> uuid.UUID:
    """The id of a report that waits, since its door is not on record."""
    form = Form(uuid7(), signed=True)
    written = Written(building="1", unit="1", room=room, people=[PersonWritten(name="王建国", birth="1976")])
    public = link_by_code(link.code)
    assert public is not None
    return take_report(intake(COMMUNITY), link=public, written=written, form=form).report.pk
