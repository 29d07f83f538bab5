"""Addresses and posters: opened, shown, printed; the code on paper leads to the page."""

import io
from typing import Any
from unittest.mock import patch

import pytest
import zxingcpp
from django.test import Client
from PIL import Image

from firstline.census.callbacks.actions import set_number
from firstline.census.models import ReportLink
from firstline.census.online.actions import close_link, open_links
from firstline.census.online.errors import LinkExists
from firstline.census.online.links_page import posters, sheet
from firstline.census.online.tests.conftest import Post
from firstline.kernel import printing, scope
from firstline.kernel.errors import Forbidden, Invalid, NotFound
from firstline.testing.cast import COMMUNITY, Cast


def test_one_place_has_one_open_address(cast: Cast, link: ReportLink) -> None:
    with pytest.raises(LinkExists):
        open_links(cast.director, place_ids=[cast.compound.pk])

    close_link(cast.director, link_id=link.pk)
    (again,) = open_links(cast.director, place_ids=[cast.compound.pk])
    assert again.code != link.code


def test_only_the_director_opens_and_closes(cast: Cast, link: ReportLink) -> None:
    for who in (cast.typist, cast.worker, cast.county_officer):
        with pytest.raises(Forbidden):
            open_links(who, place_ids=[cast.compound_next.pk])
        with pytest.raises(Forbidden):
            close_link(who, link_id=link.pk)
    with pytest.raises(NotFound):
        open_links(cast.director, place_ids=[cast.compound_elsewhere.pk])


def test_a_building_has_no_address(cast: Cast) -> None:
    with pytest.raises(Invalid):
        open_links(cast.director, place_ids=[cast.building.pk])
    with pytest.raises(Invalid):
        open_links(cast.director, place_ids=[])


def test_the_page_counts_households_and_what_waits(
    cast: Cast, link: ReportLink, post: Post, statement_budget: Any
) -> None:
    post()
    post(room="909")
    client = cast.director.client()

    with statement_budget("census.online"):
        answer = client.get("/online/")
    (row,) = [row for row in answer.context["rows"] if row.link_id]
    assert (row.households, row.waiting) == (2, 1)
    assert sum(day["count"] for day in answer.context["day_counts"]) == 2
    assert f"/r/{link.code}/" in answer.content.decode()


def test_all_places_get_their_address_in_one_press(cast: Cast) -> None:
    client = cast.director.client()
    places = client.get("/online/").context["without"]
    client.post("/online/open/", {"place": [str(place) for place in places], "phone": "0358-8220000"})

    assert client.get("/online/").context["without"] == []
    assert set(ReportLink.objects.values_list("phone", flat=True)) == {"0358-8220000"}


def test_the_code_on_the_poster_leads_to_the_page(cast: Cast, link: ReportLink) -> None:
    with scope.enter(cast.director):
        pages = printing.png_pages("census/online/poster.typ", {"sheets": [sheet(link)]}, ppi=100)

    (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(pages[0])))
    assert code.text.endswith(f"/r/{link.code}/")


def test_the_poster_says_who_sees_it_and_whom_to_call(cast: Cast, link: ReportLink) -> None:
    with scope.enter(cast.director):
        said = sheet(link)

    assert said["place"] == "枫林苑" and said["phone"] == "0358-8220000"
    assert any("丽景街社区" in line for line in said["lines"])
    assert str(said["address"]).endswith(link.code)


def test_a_poster_follows_the_communitys_number_unless_one_was_typed_for_it(
    cast: Cast, link: ReportLink, whole: ReportLink
) -> None:
    for number in ("0358-8223456", "138 0000 1111"):
        set_number(cast.director, path=COMMUNITY, number=number)
        with scope.enter(cast.director):
            assert (sheet(link)["phone"], sheet(whole)["phone"]) == ("0358-8220000", number)
        assert "0358-8220000" in Client().get(f"/r/{link.code}/").content.decode()
        assert number in Client().get(f"/r/{whole.code}/").content.decode()


def test_without_any_number_nobody_is_told_to_call(cast: Cast, whole: ReportLink) -> None:
    with scope.enter(cast.director):
        assert (sheet(whole)["call"], sheet(whole)["phone"]) == ("", "")
    assert "tel:" not in Client().get(f"/r/{whole.code}/").content.decode()


def test_posters_are_a_page_each(cast: Cast, link: ReportLink, whole: ReportLink) -> None:
    with scope.enter(cast.director):
        pages = printing.png_pages("census/online/poster.typ", {"sheets": [sheet(link), sheet(whole)]}, ppi=20)
        assert posters([link, whole]).startswith(b"%PDF-")

    assert len(pages) == 2


def test_posters_are_handed_out(cast: Cast, link: ReportLink) -> None:
    client = cast.typist.client()
    for address in (f"/online/{link.pk}/poster.pdf", f"/online/{_community(link)}/posters.pdf"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/pdf"


def test_a_missing_font_is_said_on_the_page(cast: Cast, link: ReportLink) -> None:
    with patch.object(printing, "FONT", "No Such Font"):
        answer = cast.director.client().get(f"/online/{link.pk}/poster.pdf")

    assert answer.status_code == 503
    assert "No Such Font" in answer.content.decode()


def _community(link: ReportLink) -> str:
    return str(link.place.parent_id)
