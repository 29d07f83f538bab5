"""Enrolling: what is taken, what is refused, and that names and phones are never in clear."""

import pytest
from django.db import connection
from django.test import Client

from firstline.accounts.actions import enrol_person
from firstline.accounts.errors import NameMissing, PasswordRefused, UsernameInvalid, UsernameTaken
from firstline.accounts.models import Login, Person
from firstline.accounts.selectors import details_of, names_of
from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, PASSWORD, Cast


def test_person_without_login_can_answer_for_something(cast: Cast) -> None:
    person = enrol_person(cast.director, name=" 冯玉梅 ", phone="13911112222", post="楼长", home_path=COMMUNITY)
    details = details_of(Person.objects.get(pk=person.pk))
    assert (details.name, details.phone, details.post) == ("冯玉梅", "13911112222", "楼长")
    assert not Login.objects.filter(person=person).exists()


def test_person_with_login_gets_in_but_nowhere_without_a_role(cast: Cast) -> None:
    enrol_person(cast.director, name="冯玉梅", home_path=COMMUNITY, username="block-3", password="feng-yumei-03")
    client = Client()
    assert client.post("/login/", {"login": "block-3", "password": "feng-yumei-03"}).status_code == 302
    assert client.get("/ledger/").status_code == 403


def test_name_and_phone_are_not_in_the_table(cast: Cast) -> None:
    enrol_person(cast.director, name="冯玉梅", phone="13911112222", home_path=COMMUNITY)
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(sealed, 'escape') FROM accounts_person")
        stored = "".join(row[0] for row in cursor.fetchall())
    assert "13911112222" not in stored
    assert "冯".encode() not in stored.encode("latin-1", "replace")


@pytest.mark.parametrize("username", ["", "ab", "Director", "冯玉梅", "a b c", "1grid", "x" * 41, "a\n\nb"])
def test_login_names_are_plain(cast: Cast, username: str) -> None:
    with pytest.raises(UsernameInvalid):
        enrol_person(cast.director, name="某人", home_path=COMMUNITY, username=username, password=PASSWORD)


@pytest.mark.parametrize("password", [None, "", "short", "password1234", "block-3-login"])
def test_weak_passwords_are_refused_in_words(cast: Cast, password: str | None) -> None:
    with pytest.raises(PasswordRefused) as refused:
        enrol_person(cast.director, name="某人", home_path=COMMUNITY, username="block-3-login", password=password)
    assert len(str(refused.value)) > 5


def test_taken_login_name_leaves_no_person_behind(cast: Cast) -> None:
    before = Person.objects.count()
    with pytest.raises(UsernameTaken):
        enrol_person(cast.director, name="某人", home_path=COMMUNITY, username="typist", password=PASSWORD)
    assert Person.objects.count() == before


def test_somebody_needs_a_name(cast: Cast) -> None:
    with pytest.raises(NameMissing):
        enrol_person(cast.director, name="  ", home_path=COMMUNITY)


def test_enrolling_elsewhere_is_not_found_and_undone(cast: Cast) -> None:
    before = Person.objects.count()
    with pytest.raises(NotFound):
        enrol_person(cast.director, name="某人", home_path=COMMUNITY_ELSEWHERE)
    assert Person.objects.count() == before


@pytest.mark.parametrize("who", ["worker", "typist"])
def test_enrolling_is_for_those_who_name_others(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        enrol_person(getattr(cast, who), name="某人", home_path=COMMUNITY)


def test_names_of_people_and_of_the_console(cast: Cast) -> None:
    operator = console().person_id
    names = names_of([cast.worker.person_id, operator, cast.emergency.pk])
    assert names[cast.worker.person_id] == "王海燕"
    assert set(names) == {cast.worker.person_id, operator}
