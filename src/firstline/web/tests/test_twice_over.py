"""Not yours, twice over: with the selectors' own check taken out, row-level security still gives nothing personal.

What is left in clear then are places (no personal data). Names, numbers, notes, attempts, lists and the ledger are not.
"""

import sys
import uuid
from typing import Any

import pytest
from django.db.models import Q
from django.urls import reverse

from firstline.accounts import actions as accounts
from firstline.accounts.roles import Role
from firstline.accounts.selectors import actor_of_person
from firstline.census.actions import record_attempt
from firstline.census.models import Attempt, DoorState
from firstline.census.results import Result
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.places.selectors import door_for
from firstline.registry.models import Mention, MentionToken, SourceFile, SourceRow
from firstline.registry.person_line import PersonSaid
from firstline.registry.tests.lists import staged
from firstline.testing.cast import OTHER_COMMUNITY, Cast, Member

NAME, PHONE, NOTE = "王建国", "13912345678", "钥匙在门房"


@pytest.fixture
def attempt(cast: Cast) -> Attempt:
    said = [PersonSaid(name=NAME, phones=(PHONE,))]
    return record_attempt(cast.worker, door_id=cast.door.pk, result=Result.REGISTERED, note=NOTE, people=said)


@pytest.fixture
def file(cast: Cast) -> SourceFile:
    return staged(cast.director, cast.compound)


@pytest.fixture
def director_elsewhere(cast: Cast) -> Member:
    person = accounts.enrol_person(
        console(), name="石慧", home_path=OTHER_COMMUNITY, username="director-2", password=cast.password
    )
    accounts.grant_role(console(), person_id=person.pk, role=Role.COMMUNITY_DIRECTOR, path=OTHER_COMMUNITY)
    actor = actor_of_person(person.pk)
    return Member(actor.person_id, actor.label, actor.grants, name="石慧")


@pytest.fixture
def unchecked(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every selector finds every row, as if somebody had forgotten the condition."""
    for name, module in list(sys.modules.items()):
        if name.startswith("firstline.") and hasattr(module, "in_ranges"):
            monkeypatch.setattr(module, "in_ranges", lambda *_ranges, **_field: Q())


def asked(member: Member, method: str, name: str, about: uuid.UUID | None = None, **data: str) -> Any:
    client = member.client()
    return (client.get if method == "GET" else client.post)(reverse(name, args=[about] if about else []), data)


def assert_nothing_personal(response: Any) -> None:
    text = response.content.decode()
    for secret in (NAME, PHONE, NOTE, "李秀珍", "142302"):
        assert secret not in text


@pytest.mark.usefixtures("attempt", "file", "unchecked")
class TestWithoutTheSelectorsCheck:
    @pytest.mark.parametrize("who", ["worker_next", "worker_elsewhere", "other_county_officer"])
    def test_pages_show_nothing_personal(self, cast: Cast, who: str) -> None:
        member = getattr(cast, who)
        for name, about in (
            ("census:compound", cast.compound.pk),
            ("census:building", cast.building.pk),
            ("census:door", cast.door.pk),
            ("census:panel", cast.door.pk),
            ("gaps:home", None),
            ("places:compounds", None),
        ):
            assert_nothing_personal(asked(member, "GET", name, about))

    def test_search_finds_nobody(self, cast: Cast) -> None:
        for text in (NAME, "wangjianguo", PHONE, PHONE[-4:]):
            found = asked(cast.worker_elsewhere, "POST", "registry:search", q=text)
            assert found.status_code == 200
            assert all(not group["hits"] for group in found.context["groups"] if "hits" in group)

    def test_numbers_are_not_shown(self, cast: Cast) -> None:
        assert_nothing_personal(asked(cast.worker_next, "POST", "registry:numbers", cast.door.pk))

    def test_attempt_cannot_be_taken_back(self, cast: Cast, attempt: Attempt) -> None:
        assert asked(cast.worker_next, "POST", "census:void", attempt.pk).status_code == 404

    def test_attempt_cannot_be_recorded(self, cast: Cast) -> None:
        answer = asked(cast.worker_next, "POST", "census:record", cast.door.pk, result="no_answer")
        assert answer.status_code == 404
        with scope.enter(console()):
            assert Attempt.objects.count() == 1

    @pytest.mark.parametrize(
        ("method", "name"),
        [
            ("GET", "registry:review"),
            ("POST", "registry:show_numbers"),
            ("POST", "registry:finish"),
            ("POST", "registry:accept"),
            ("POST", "registry:discard"),
        ],
    )
    def test_list_is_not_there(self, director_elsewhere: Member, file: SourceFile, method: str, name: str) -> None:
        assert asked(director_elsewhere, method, name, file.pk).status_code == 404

    def test_lists_show_none(self, director_elsewhere: Member) -> None:
        page = asked(director_elsewhere, "GET", "registry:lists")
        assert page.status_code == 200
        assert page.context["imports"] == []

    def test_rows_are_none_in_the_database(self, cast: Cast, director_elsewhere: Member) -> None:
        for member in (director_elsewhere, cast.worker_next, cast.other_county_officer):
            with scope.enter(member):
                for model in (Attempt, DoorState, Mention, SourceFile):
                    assert not model._base_manager.exists(), model


@pytest.mark.usefixtures("attempt", "file")
@pytest.mark.parametrize("who", ["county_officer", "clerk"])
def test_those_above_have_no_row_of_residents_in_the_database(cast: Cast, who: str) -> None:
    """Their place covers all of it; what they lack is leave to know residents. No selector is asked here."""
    with scope.enter(getattr(cast, who)):
        assert Attempt.objects.exists()
        for model in (Mention, MentionToken, SourceFile, SourceRow):
            assert not model._base_manager.exists(), model
    with scope.enter(cast.director):
        for model in (Mention, MentionToken, SourceFile, SourceRow):
            assert model._base_manager.exists(), model


def test_the_check_is_really_taken_out(cast: Cast, unchecked: None) -> None:
    """A place, which is no personal data, is found: so what is missing above is missing for the other reason."""
    assert door_for(cast.worker_elsewhere, cast.door.pk) == cast.door


@pytest.mark.parametrize(("officer", "community"), [("county_officer", True), ("other_county_officer", False)])
def test_two_counties_see_nothing_of_each_other(cast: Cast, attempt: Attempt, officer: str, community: bool) -> None:
    member = getattr(cast, officer)
    for name, about in (
        ("census:compound", cast.compound.pk),
        ("census:building", cast.building.pk),
        ("census:door", cast.door.pk),
        ("places:frame", cast.compound.pk),
    ):
        assert asked(member, "GET", name, about).status_code == (200 if community else 404), name
    home = asked(member, "GET", "gaps:home").content.decode()
    compounds = asked(member, "GET", "places:compounds").content.decode()
    assert (cast.compound.place.name in compounds) == community
    assert (cast.compound_other_county.place.name in compounds) == (not community)
    for foreign in ("石楼家属院",) if community else ("枫林苑", "邮电局家属院", "马茂庄小区"):
        assert foreign not in home
