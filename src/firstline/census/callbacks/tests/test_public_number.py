"""The page for residents names the community's phone, where one is on record."""

import pytest
from django.test import Client

from firstline.census.callbacks.actions import set_number
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, COUNTY, TOWNSHIP, Cast


def _page(code: str) -> str:
    return Client().get(f"/here/{code}/").text


def test_it_is_named_and_can_be_rung(cast: Cast) -> None:
    before = _page(COMMUNITY)
    assert "tel:" not in before
    assert "120" in before
    set_number(cast.director, path=COMMUNITY, number="0358-8223456")
    page = _page(COMMUNITY)
    assert 'href="tel:0358-8223456"' in page
    assert "120" in page


@pytest.mark.parametrize("code", [COMMUNITY_ELSEWHERE, TOWNSHIP, COUNTY])
def test_it_is_one_communitys_and_no_other_places(cast: Cast, code: str) -> None:
    set_number(cast.director, path=COMMUNITY, number="0358-8223456")
    assert "8223456" not in _page(code)
