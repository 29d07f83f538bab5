"""Who is away and who stands in: chains end with somebody who is there, circles are refused, reasons are sealed."""

from datetime import timedelta

import pytest

from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.notify.models import Message
from firstline.response.answering import actions
from firstline.response.answering.errors import (
    AbsenceDatesWrong,
    AbsenceOver,
    AbsentAlready,
    DeputyAway,
    DeputyCircle,
    DeputyThemselves,
)
from firstline.response.answering.selectors import who_answers
from firstline.response.answering.telling import STANDS_IN, STOOD_IN
from firstline.response.answering.tests.people import named, somebody
from firstline.response.models import Absence, AbsenceReason
from firstline.testing.cast import COMMUNITY, Cast


def test_why_is_sealed_and_seen_only_where_they_belong(cast: Cast) -> None:
    person = somebody(home=COMMUNITY)
    absence = actions.record_absence(cast.director, person_id=person.pk, reason="发烧，在家观察")
    with scope.enter(cast.director):
        assert "发烧".encode() not in bytes(AbsenceReason.objects.get().sealed)
        assert AbsenceReason.objects.get().open().reason == "发烧，在家观察"
    with scope.enter(cast.worker_elsewhere):
        assert not AbsenceReason.objects.exists()
    assert Absence.objects.get() == absence


def test_an_absence_told_late_begins_now(cast: Cast) -> None:
    before = clock.now()
    absence = actions.record_absence(
        cast.director, person_id=cast.worker.person_id, begins_at=before - timedelta(days=2)
    )
    assert absence.begins_at >= before


def test_a_chain_is_followed_to_somebody_who_is_there(cast: Cast) -> None:
    one, two, three = somebody("石改梅"), somebody("高小平"), somebody("任志明")
    for person in (one, two):
        named(cast.director, person, cast.compound.place.path if person == one else cast.compound_next.place.path)
    actions.record_absence(cast.director, person_id=one.pk, deputy_id=two.pk)
    actions.record_absence(cast.director, person_id=two.pk, deputy_id=three.pk)
    found = who_answers([cast.compound.place.path])[cast.compound.place.path]
    assert (found.person_id, found.instead_of) == (three.pk, "石改梅")


def test_a_circle_of_deputies_is_refused(cast: Cast) -> None:
    one, two = cast.worker, cast.worker_next
    with pytest.raises(DeputyThemselves):
        actions.record_absence(cast.director, person_id=one.person_id, deputy_id=one.person_id)
    actions.record_absence(cast.director, person_id=one.person_id, deputy_id=two.person_id)
    with pytest.raises(DeputyCircle):
        actions.record_absence(cast.director, person_id=two.person_id, deputy_id=one.person_id)
    assert Absence.objects.count() == 1


def test_a_deputy_must_be_there_in_that_time(cast: Cast) -> None:
    one, two = cast.worker, cast.worker_next
    actions.record_absence(cast.director, person_id=two.person_id, ends_at=clock.now() + timedelta(days=1))
    with pytest.raises(DeputyAway):
        actions.record_absence(cast.director, person_id=one.person_id, deputy_id=two.person_id)
    later = clock.now() + timedelta(days=2)
    actions.record_absence(cast.director, person_id=one.person_id, begins_at=later, deputy_id=two.person_id)
    assert Absence.objects.count() == 2


def test_one_absence_at_a_time_that_lies_ahead(cast: Cast) -> None:
    person = cast.worker.person_id
    with pytest.raises(AbsenceDatesWrong):
        actions.record_absence(cast.director, person_id=person, ends_at=clock.now() - timedelta(hours=1))
    absence = actions.record_absence(cast.director, person_id=person)
    with pytest.raises(AbsentAlready):
        actions.record_absence(cast.director, person_id=person, ends_at=clock.now() + timedelta(days=3))
    actions.end_absence(cast.director, absence_id=absence.pk)
    with pytest.raises(AbsenceOver):
        actions.end_absence(cast.director, absence_id=absence.pk)
    actions.record_absence(cast.director, person_id=person)


def test_only_whoever_sees_to_them_says_so(cast: Cast) -> None:
    with pytest.raises(NotFound):
        actions.record_absence(cast.director, person_id=cast.worker_elsewhere.person_id)
    with pytest.raises(Forbidden):
        actions.record_absence(cast.worker, person_id=cast.worker_next.person_id)
    absence = actions.record_absence(cast.director, person_id=cast.worker.person_id)
    with pytest.raises(NotFound):
        actions.end_absence(cast.other_county_officer, absence_id=absence.pk)


def test_somebody_from_elsewhere_who_answers_here_is_seen_to_here(cast: Cast) -> None:
    secretary = somebody()
    with pytest.raises(NotFound):
        actions.record_absence(cast.director, person_id=secretary.pk)
    named(cast.director, secretary)
    actions.record_absence(cast.director, person_id=secretary.pk, reason="开会")
    assert Absence.objects.get().person_id == secretary.pk


def test_whoever_stands_in_is_told_and_is_led_to_whom(cast: Cast) -> None:
    absence = actions.record_absence(
        cast.director,
        person_id=cast.worker.person_id,
        deputy_id=cast.worker_next.person_id,
        ends_at=clock.now() + timedelta(days=1),
    )
    told = Message.objects.get(kind=STANDS_IN)
    assert list(told.receipts.values_list("receiver_id", flat=True)) == [cast.worker_next.person_id]
    assert cast.worker.name not in f"{told.words} {told.url}"
    # Of another compound; what they do not see otherwise they see while they stand in.
    page = cast.worker_next.client().get(told.url)
    assert cast.worker.name in page.text
    assert cast.worker_elsewhere.client().get(told.url).status_code == 404
    actions.end_absence(cast.director, absence_id=absence.pk)
    assert cast.worker_next.client().get(told.url).status_code == 404
    over = Message.objects.get(kind=STOOD_IN)
    assert over.receipts.get().receiver_id == cast.worker_next.person_id
    assert cast.worker_next.client().get(over.url).status_code == 200


def test_nobody_is_told_what_they_said_themselves(cast: Cast) -> None:
    actions.record_absence(cast.director, person_id=cast.worker.person_id, deputy_id=cast.director.person_id)
    actions.record_absence(cast.director, person_id=cast.worker_next.person_id)
    assert not Message.objects.filter(kind__in=[STANDS_IN, STOOD_IN]).exists()
