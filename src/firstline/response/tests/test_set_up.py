"""A real installation from its console: places, then an emergency; without it nothing personal can be recorded."""

import io

import pytest
from django.core.management import CommandError, call_command

from firstline.census.models import Campaign
from firstline.places.models import Place
from firstline.response.models import Emergency

DIVISIONS = ("14=山西省", "1411=吕梁市", "141102=离石区", "141102003=莲花池街道", "141102003005=丽景街社区")
NOTICE = {"place": "141102", "name": "疫情", "level": 1, "legal_basis": "传染病防治法第四十二条"}


def test_places_then_an_emergency(db: None) -> None:
    call_command("enter_places", *DIVISIONS, stdout=io.StringIO())
    said = io.StringIO()
    call_command("declare", **NOTICE, stdout=said)
    emergency = Emergency.objects.get()
    assert f"{emergency.key_id}.key" in said.getvalue()
    assert Campaign.objects.get().emergency_id == emergency.pk


def test_entering_again_enters_what_is_new(db: None) -> None:
    call_command("enter_places", *DIVISIONS[:3], stdout=io.StringIO())
    call_command("enter_places", *DIVISIONS, stdout=io.StringIO())
    assert Place.objects.count() == 5


@pytest.mark.parametrize("wrong", [("141102=离石区",), ("14",), ("14=",), ("141=x",), (*DIVISIONS, "15=x", "16102=y")])
def test_wrong_division_enters_none(db: None, wrong: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        call_command("enter_places", *wrong, stdout=io.StringIO())
    assert Place.objects.count() == 0


def test_declaring_where_nothing_was_entered_says_what_comes_first(db: None) -> None:
    with pytest.raises(CommandError, match="141102"):
        call_command("declare", **NOTICE, stdout=io.StringIO())


def test_declaring_twice_is_refused(db: None) -> None:
    call_command("enter_places", *DIVISIONS, stdout=io.StringIO())
    call_command("declare", **NOTICE, stdout=io.StringIO())
    with pytest.raises(CommandError, match="疫情"):
        call_command("declare", **NOTICE, stdout=io.StringIO())
