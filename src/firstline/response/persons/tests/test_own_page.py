"""One's own page: how one is reached, and being away: who answers follows, and one is back sooner than said."""

import re
import uuid
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from firstline.accounts.selectors import addresses_of, details_of
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.response.answering import actions
from firstline.response.answering.errors import AbsenceOver
from firstline.response.answering.selectors import who_answers
from firstline.response.answering.tests.people import somebody
from firstline.response.models import Absence, AbsenceReason
from firstline.testing.cast import COMMUNITY, Cast, Member
from firstline.testing.time import Clock

OWN, AWAY = "/me/", "/me/away/"


def answers(cast: Cast) -> str:
    with scope.enter(cast.director):
        return who_answers([cast.compound.place.path])[cast.compound.place.path].name


def shown(member: Member) -> str:
    return " ".join(member.client().get(OWN).text.split())


def test_it_says_how_one_is_reached_and_offers_both_forms(cast: Cast, statement_budget: Budget) -> None:
    client = cast.worker.client()
    client.get(OWN)
    with statement_budget("response.own"):
        page = client.get(OWN).text
    assert cast.worker.name in page
    assert "枫林苑 网格员" in page
    assert details_of(cast.worker.person).phone in page
    assert set(re.findall(r'action="(/me/[a-z/]+)"', page)) == {"/me/details/", AWAY}
    assert cast.director.name in re.findall(r'<option value="([^"]+)">', page)


def test_whoever_is_away_says_so_and_their_deputy_answers_until_they_are_back(cast: Cast, clock_at: Clock) -> None:
    assert answers(cast) == cast.worker.name
    until = timezone.localtime(clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    said = {"until": until, "name": cast.worker_next.name, "reason": "发烧"}
    assert cast.worker.client().post(AWAY, said).status_code == 303
    assert answers(cast) == cast.worker_next.name
    page = shown(cast.worker)
    assert "发烧" in page
    absence = Absence.objects.get()
    clock_at.move(hours=3)
    over = reverse("response:own_absence_over", args=[absence.pk])
    assert over in page
    assert cast.worker_next.client().post(over).status_code == 404, "somebody else's"
    assert cast.worker.client().post(over).status_code == 303
    assert answers(cast) == cast.worker.name
    with pytest.raises(AbsenceOver):
        actions.end_own_absence(cast.worker, absence_id=absence.pk)


def test_why_is_sealed_and_read_by_those_who_see_to_them(cast: Cast) -> None:
    actions.record_own_absence(cast.worker, reason="发烧")
    with scope.enter(cast.director):
        why = AbsenceReason.objects.get()
        assert "发烧".encode() not in bytes(why.sealed)
    address = reverse("response:answering_person", args=[cast.worker.person_id])
    assert "发烧" in cast.director.client().get(address).text
    assert "发烧" not in cast.worker_next.client().get(address).text


def test_an_absence_the_director_wrote_down_is_ended_by_whoever_is_back(cast: Cast) -> None:
    absence = actions.record_absence(cast.director, person_id=cast.worker.person_id)
    assert "我回来了" in shown(cast.worker)
    actions.end_own_absence(cast.worker, absence_id=absence.pk)
    assert answers(cast) == cast.worker.name


def test_a_deputy_nobody_knows_is_refused_and_what_was_typed_stays(cast: Cast) -> None:
    answer = cast.worker.client().post(AWAY, {"name": "没有的人", "reason": "探亲"})
    assert answer.status_code == 422
    assert "没有的人" in answer.text
    assert 'value="探亲"' in answer.text
    assert not Absence.objects.exists()


def test_among_namesakes_one_is_chosen(cast: Cast) -> None:
    first, second = somebody("白春生", COMMUNITY), somebody("白春生", COMMUNITY, phone="13800002222")
    answer = cast.director.client().post(AWAY, {"name": "白春生"})
    assert answer.status_code == 422
    offered = set(re.findall(r'name="person" value="([0-9a-f-]+)"', answer.text))
    assert offered == {str(first.pk), str(second.pk)}
    assert cast.director.client().post(AWAY, {"name": "白春生", "person": str(second.pk)}).status_code == 303
    assert Absence.objects.get().deputy_id == second.pk


def test_nobody_of_another_place_stands_in(cast: Cast) -> None:
    for deputy in (cast.worker_elsewhere.person_id, uuid.uuid4()):
        with pytest.raises(NotFound):
            actions.record_own_absence(cast.worker, deputy_id=deputy)
    with pytest.raises(Forbidden):
        actions.record_own_absence(cast.lapsed)


def test_one_is_away_once_at_a_time(cast: Cast) -> None:
    assert cast.director.client().post(AWAY, {}).status_code == 303
    assert cast.director.client().post(AWAY, {}).status_code == 409


def test_ones_phone_is_changed_and_a_wrong_address_said_to_be_so(cast: Cast) -> None:
    client = cast.worker.client()
    wrong = client.post("/me/details/", {"phone": "13900001111", "email": "x"})
    assert wrong.status_code == 422
    assert 'value="13900001111"' in wrong.text
    assert client.post("/me/details/", {"phone": "13900001111", "email": "x@example.cn"}).status_code == 303
    assert addresses_of([cast.worker.person_id], "email") == {cast.worker.person_id: "x@example.cn"}


def test_whoever_has_no_role_any_more_changes_nothing(cast: Cast) -> None:
    assert cast.lapsed.client().get(OWN).status_code == 403
    assert cast.lapsed.client().post("/me/details/", {"phone": "1"}).status_code == 403
