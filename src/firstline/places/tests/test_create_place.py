"""Divisions are entered once under their code, and renumbered by date without moving."""

from datetime import date

import pytest

from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places import actions
from firstline.places.errors import CodeUnknown, NameTaken
from firstline.places.models import PlaceKind
from firstline.places.selectors import ancestors, place_at
from firstline.testing.cast import Cast

OPERATOR = console()


def test_a_community_stands_below_its_subdistrict_and_keeps_its_code(cast: Cast) -> None:
    place = actions.create_place(
        cast.county_officer,
        kind=PlaceKind.COMMUNITY,
        code="141102003009",
        name="袁家庄社区",
        valid_from=date(2019, 1, 1),
    )

    assert [above.path for above in ancestors(place.path)] == ["14", "1411", "141102", "141102003", "141102003009"]
    assert place.codes.get().code == "141102003009"


@pytest.mark.parametrize("code", ["1411020030", "14110200300x", "141102009001", "141102003000", "", "141102003005006"])
def test_a_code_that_is_none_or_hangs_in_the_air_is_refused(cast: Cast, code: str) -> None:
    with pytest.raises(CodeUnknown):
        actions.create_place(OPERATOR, kind=PlaceKind.COMMUNITY, code=code, name="无处社区")
    assert place_at(code or "-") is None


def test_one_name_stands_once_under_one_parent(cast: Cast) -> None:
    with pytest.raises(NameTaken):
        actions.create_place(OPERATOR, kind=PlaceKind.COMMUNITY, code="141102003099", name="丽景街社区")


def test_a_division_is_entered_only_by_whose_county_it_is(cast: Cast) -> None:
    arguments = {"kind": PlaceKind.COMMUNITY, "code": "141102003009", "name": "袁家庄社区"}
    with pytest.raises(NotFound):
        actions.create_place(cast.other_county_officer, **arguments)  # type: ignore[arg-type]
    with pytest.raises(Forbidden):
        actions.create_place(cast.director, **arguments)  # type: ignore[arg-type]
    assert place_at("141102003009") is None
