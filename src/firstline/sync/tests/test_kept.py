"""What a supervisor decides about commands that are kept: one line, one decision, taken back while it is fresh."""

from uuid import uuid4

import pytest
from django.test import Client

from firstline.accounts.models import Device
from firstline.audit.models import LedgerEntry
from firstline.census.models import Attempt
from firstline.kernel import clock, scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.models import Compound
from firstline.sync.errors import DecidedAlready, ReasonMissing
from firstline.sync.kept.actions import leave_theirs, reopen, set_aside
from firstline.sync.kept.admitting import admit
from firstline.sync.models import Kept, KeptState
from firstline.sync.tests.commands import attempt, command, send
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import Cast

KEPT, DECIDE = "/devices/kept/", "/devices/kept/decide/"


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast.worker.person_id, cast.compound.place.path)


@pytest.fixture
def revoked(cast: Cast, phone: Phone) -> Phone:
    Device.objects.filter(pk=phone.device_id).update(revoked_at=clock.now(), revoked_by_id=cast.director.person_id)
    return phone


def kept_in(cast: Cast) -> list[Kept]:
    with scope.enter(cast.director):
        return list(Kept.objects.order_by("seq"))


def texts(client: Client, **query: str) -> str:
    answered = client.get(KEPT, query)
    assert answered.status_code == 200
    return str(answered.content.decode())


def test_three_hundred_of_a_revoked_phone_are_one_line_and_one_decision(cast: Cast, revoked: Phone) -> None:
    doors = list(cast.building.doors.order_by("position"))
    made = [attempt(doors[number % len(doors)].pk) for number in range(300)]
    for first in range(0, 300, 100):
        assert set(send(revoked, *made[first : first + 100]).statuses) == {"quarantined"}
    with scope.enter(cast.director):
        assert not Attempt.objects.exists()
    client = cast.director.client()
    page = texts(client)
    assert page.count("fl-kept-line") == 1
    assert "300" in page
    data = {"device": str(revoked.device_id), "state": "quarantined", "code": "device_revoked", "how": "admit"}
    assert client.post(DECIDE, data).status_code == 302
    with scope.enter(cast.director):
        found = Attempt.objects.all()
        assert found.count() == 300
        assert {one.by_person_id for one in found} == {cast.worker.person_id}
        assert set(Kept.objects.values_list("state", flat=True)) == {KeptState.CARRIED_OUT}
    assert send(revoked, *made[:2]).statuses == ["duplicate", "duplicate"]
    assert "fl-kept-line" not in texts(client)


def test_the_list_of_phones_leads_here_with_how_many_wait(cast: Cast, revoked: Phone) -> None:
    assert f'href="{KEPT}"' in cast.director.client().get("/devices/").content.decode()
    send(revoked, attempt(cast.door.pk), attempt(cast.door.pk))
    (said,) = cast.director.client().get("/devices/").context["beside"]
    assert (said.url, said.waiting) == (KEPT, 2)
    (elsewhere,) = cast.other_county_officer.client().get("/devices/").context["beside"]
    assert elsewhere.waiting == 0


def test_names_are_shown_to_who_may_know_and_the_look_is_on_record(cast: Cast, revoked: Phone) -> None:
    send(revoked, attempt(cast.door.pk, "registered", body={"people": [{"name": "欧阳若兰"}]}))
    assert "欧阳若兰" in texts(cast.director.client())
    with scope.enter(cast.director):
        looks = LedgerEntry.objects.filter(action="sync.read_kept", is_look=True)
        assert looks.get().actor_id == cast.director.person_id
    page = texts(cast.county_officer.client())
    assert "fl-kept-line" in page
    assert "欧阳若兰" not in page
    with scope.enter(cast.director):
        assert LedgerEntry.objects.filter(action="sync.read_kept").count() == 1


@pytest.mark.parametrize(
    ("who", "status"), [("worker", 403), ("typist", 403), ("county_officer", 403), ("lapsed", 403)]
)
def test_only_a_director_decides(cast: Cast, revoked: Phone, who: str, status: int) -> None:
    send(revoked, attempt(cast.door.pk))
    data = {"device": str(revoked.device_id), "state": "quarantined", "code": "device_revoked", "how": "admit"}
    assert getattr(cast, who).client().post(DECIDE, data).status_code == status
    with scope.enter(cast.director):
        assert not Attempt.objects.exists()


def test_setting_aside_says_why_and_is_taken_back(cast: Cast, revoked: Phone) -> None:
    send(revoked, attempt(cast.door.pk))
    (kept,) = kept_in(cast)
    with pytest.raises(ReasonMissing):
        set_aside(cast.director, kept_ids=[kept.pk], reason=" ")
    client = cast.director.client()
    data = {"device": str(revoked.device_id), "state": "quarantined", "code": "device_revoked", "how": "set_aside"}
    answered = client.post(DECIDE, data | {"reason": "手机丢了"})
    assert answered.status_code == 302
    assert "fl-undo" in client.get(answered.headers["Location"]).content.decode()
    (kept,) = kept_in(cast)
    assert kept.state == KeptState.SET_ASIDE
    with scope.enter(cast.director):
        assert kept.steps.get().open().reason == "手机丢了"
    with pytest.raises(DecidedAlready):
        admit(cast.director, kept_ids=[kept.pk])
    undone = client.post("/devices/kept/open/", {"device": str(revoked.device_id), "at": kept.since.isoformat()})
    assert undone.status_code == 302
    (kept,) = kept_in(cast)
    assert (kept.state, kept.code) == (KeptState.QUARANTINED, "device_revoked")


def test_what_is_not_there_is_not_decided(cast: Cast, revoked: Phone) -> None:
    send(revoked, attempt(cast.door.pk))
    with pytest.raises(DecidedAlready):
        set_aside(cast.director, kept_ids=[uuid4()], reason="x")
    with pytest.raises(NotFound):
        reopen(cast.director, device_id=revoked.device_id, at=clock.now())
    with pytest.raises(Forbidden):
        admit(cast.worker, kept_ids=[one.pk for one in kept_in(cast)])


def test_nobody_admits_what_lies_outside_their_own_places(cast: Cast, phone: Phone) -> None:
    elsewhere = attempt(cast.door_elsewhere.pk)
    assert send(phone, elsewhere).statuses == ["quarantined"]
    (kept,) = kept_in(cast)
    admitted = admit(cast.director, kept_ids=[kept.pk])
    assert admitted.done == 0
    assert [one.code for one in admitted.problems] == ["outside_grant"]
    (kept,) = kept_in(cast)
    assert kept.state == KeptState.QUARANTINED


def test_edits_that_met_are_decided_one_way_or_the_other(cast: Cast, phone: Phone) -> None:
    def edit(base: str, new: str) -> dict[str, object]:
        said = {"compound_id": str(cast.compound.pk), "base": {"address": base}, "fields": {"address": new}}
        return command("places.describe_compound", said)

    assert send(phone, edit("", "北门"), edit("", "东门"), edit("", "西门")).statuses == [
        "accepted",
        "conflict",
        "conflict",
    ]
    mine, theirs = kept_in(cast)
    page = texts(cast.director.client())
    assert all(word in page for word in ("北门", "东门", "西门"))
    assert admit(cast.director, kept_ids=[mine.pk], take=True).done == 1
    leave_theirs(cast.director, kept_ids=[theirs.pk])
    assert Compound.objects.get(pk=cast.compound.pk).address == "东门"
    assert [one.state for one in kept_in(cast)] == [KeptState.CARRIED_OUT, KeptState.SET_ASIDE]
