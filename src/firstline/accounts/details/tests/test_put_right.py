"""Details put right: the same person, what stood before kept, by whoever may, and in the ledger."""

import pytest

from firstline.accounts.details.actions import Correction, put_own_right, put_right, restore_details
from firstline.accounts.details.selectors import former_of
from firstline.accounts.errors import DetailsUnchanged, NameMissing, PersonLeft
from firstline.accounts.models import FormerDetails, Person
from firstline.accounts.selectors import addresses_of, details_of
from firstline.audit.models import LedgerEntry
from firstline.kernel import scope
from firstline.kernel.errors import Forbidden, Invalid, NotFound
from firstline.testing.cast import Cast
from firstline.testing.time import Clock


def test_a_director_puts_their_own_right_and_what_stood_there_is_kept(cast: Cast, clock_at: Clock) -> None:
    worker = cast.worker.person
    before = details_of(worker)
    at = clock_at.move(hours=1)
    put_right(cast.director, person_id=worker.pk, correction=Correction(name="任志强", phone="13900001111"))
    after = details_of(Person.objects.get(pk=worker.pk))
    assert (after.name, after.phone, after.post, after.email) == ("任志强", "13900001111", before.post, before.email)
    with scope.enter(cast.director):
        assert former_of([worker.pk]) == {worker.pk: [before]}
        former = FormerDetails.objects.get()
    assert (former.until, former.by_person_id) == (at, cast.director.person_id)
    assert "任志强".encode() not in bytes(former.sealed)
    with scope.enter(cast.director):
        entry = LedgerEntry.objects.get(action="accounts.put_right")
    assert (entry.path, entry.subject_id) == (worker.home_path, worker.pk)


def test_anybody_changes_their_own_phone_and_address_and_nothing_else(cast: Cast) -> None:
    name = details_of(cast.worker.person).name
    put_own_right(cast.worker, phone=" 13900002222 ", email="worker@example.cn")
    person = cast.worker.person_id
    assert addresses_of([person], "sms") == {person: "13900002222"}
    assert addresses_of([person], "email") == {person: "worker@example.cn"}
    assert details_of(Person.objects.get(pk=person)).name == name


@pytest.mark.parametrize("who", ["typist", "clerk", "county_officer"])
def test_whatever_ones_role_one_has_a_phone(cast: Cast, who: str) -> None:
    member = getattr(cast, who)
    put_own_right(member, phone="13900003333", email="")
    assert addresses_of([member.person_id], "sms") == {member.person_id: "13900003333"}


def test_nobody_puts_right_who_is_not_theirs(cast: Cast) -> None:
    said = Correction(phone="13900001111")
    for who, person in ((cast.director, cast.clerk), (cast.other_county_officer, cast.worker)):
        with pytest.raises(NotFound):
            put_right(who, person_id=person.person_id, correction=said)
    for who in (cast.worker, cast.typist, cast.lapsed):
        with pytest.raises(Forbidden):
            put_right(who, person_id=cast.worker_next.person_id, correction=said)
    with pytest.raises(Forbidden):
        put_own_right(cast.lapsed, phone="13900001111", email="")


def test_what_is_no_correction_is_refused(cast: Cast) -> None:
    worker = cast.worker.person
    same = details_of(worker)
    for said, refused in (
        (Correction(), DetailsUnchanged),
        (Correction(name=f" {same.name} ", phone=same.phone), DetailsUnchanged),
        (Correction(name="  "), NameMissing),
        (Correction(email="no address"), Invalid),
    ):
        with pytest.raises(refused):
            put_right(cast.director, person_id=worker.pk, correction=said)
    Person.objects.filter(pk=worker.pk).update(left_at=worker.created_at)
    with pytest.raises(PersonLeft):
        put_right(cast.director, person_id=worker.pk, correction=Correction(phone="1"))


def test_a_correction_is_taken_back_unless_a_later_one_stands(cast: Cast) -> None:
    worker = cast.worker.person
    before = details_of(worker)
    first = put_right(cast.director, person_id=worker.pk, correction=Correction(phone="13900001111"))
    second = put_right(cast.director, person_id=worker.pk, correction=Correction(phone="13900002222"))
    assert restore_details(cast.director, former_ids=[first.pk]) == []
    restore_details(cast.director, former_ids=[second.pk])
    assert details_of(Person.objects.get(pk=worker.pk)).phone == "13900001111"
    assert before.phone != "13900001111"
    with scope.enter(cast.county_officer):
        assert FormerDetails.objects.filter(person=worker).count() == 3
    with pytest.raises(Forbidden):
        restore_details(cast.worker, former_ids=[second.pk])
