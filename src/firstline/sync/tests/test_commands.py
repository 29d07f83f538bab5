"""Handing in commands: what is answered, and what stands afterwards."""

import base64
import io
from datetime import timedelta
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

import pytest
from PIL import Image

from firstline.accounts.devices.actions import move_device
from firstline.accounts.models import Device, DeviceGrant, RoleGrant
from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt
from firstline.census.models import Attempt, AttemptPhoto, AttemptVoid, Campaign, DoorState
from firstline.census.paper.actions import print_sheets
from firstline.census.paper.numbers import number_of
from firstline.census.rebuild import rebuild
from firstline.kernel import clock, scope
from firstline.kernel.paths import subtree
from firstline.places.models import Door
from firstline.sync.answering import milliseconds
from firstline.sync.intake import releasing
from firstline.sync.jobs import try_all_held
from firstline.sync.kept.admitting import admit
from firstline.sync.models import Kept
from firstline.sync.tests.commands import URL, attempt, batch, command, send
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import Cast


@pytest.fixture
def phone(cast: Cast) -> Phone:
    return phone_of(cast.worker.person_id, cast.compound.place.path)


def test_attempts_are_facts_and_count(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk, "registered", body={"people": [{"name": "王建国", "phones": ["13903580001"]}]})
    second = attempt(cast.door_of(cast.compound, "2-1-101").pk)
    assert send(phone, first, second).statuses == ["accepted", "accepted"]
    with scope.enter(cast.director):
        found = Attempt.objects.get(pk=first["id"])
        assert (found.by_person_id, found.by_device_id) == (cast.worker.person_id, phone.device_id)
        assert found.persons_met == 1
        assert DoorState.objects.get(door=cast.door).outcome == "registered"


def test_the_same_again_is_a_duplicate(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk)
    send(phone, first)
    assert send(phone, first).statuses == ["duplicate"]
    assert send(phone, first, first).statuses == ["duplicate", "duplicate"]


def test_a_void_in_the_same_batch_waits_for_its_attempt(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk)
    void = command("census.void_attempt", {"attempt_id": first["id"]}, after=[first["id"]])
    answers = send(phone, void, first)
    assert answers.statuses == ["accepted", "accepted"]
    with scope.enter(cast.director):
        assert AttemptVoid.objects.get().attempt_id == Attempt.objects.get().pk
        assert not DoorState.objects.exists()


@pytest.mark.database_time
def test_a_void_is_held_until_its_attempt_comes(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk)
    void = command("census.void_attempt", {"attempt_id": first["id"]}, after=[first["id"]])
    assert send(phone, void).statuses == ["held"]
    assert send(phone, first).statuses == ["accepted"]
    assert send(phone, void).statuses == ["duplicate"]
    with scope.enter(cast.director):
        assert Kept.objects.get().state == "carried_out"
        assert not DoorState.objects.exists()


def test_another_body_under_a_known_id_is_refused_and_the_first_stands(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk)
    send(phone, first)
    other = first | {"body": first["body"] | {"result": "registered"}}
    answer = send(phone, other)[first]
    assert (answer["status"], answer["code"]) == ("refused", "command_id_taken")
    with scope.enter(cast.director):
        assert Attempt.objects.get().result == "no_answer"
        assert Kept.objects.get().code == "command_id_taken"
    assert send(phone, first).statuses == ["duplicate"]


def test_the_spacing_of_its_json_is_no_other_body(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk, body={"note": ""})
    send(phone, first)
    assert send(phone, first | {"body": {"result": "no_answer", "door_id": str(cast.door.pk)}}).statuses == [
        "duplicate"
    ]


def test_a_door_that_does_not_exist_is_refused_one_elsewhere_is_kept_aside(cast: Cast, phone: Phone) -> None:
    nowhere, next_door, far = (attempt(pk) for pk in (uuid4(), cast.door_next.pk, cast.door_other_county.pk))
    good = attempt(cast.door.pk)
    answers = send(phone, nowhere, next_door, good, far)
    assert answers.statuses == ["refused", "quarantined", "accepted", "quarantined"]
    assert [one["code"] for one in answers.found] == ["not_found", "outside_grant", "", "outside_grant"]
    assert answers[nowhere]["said"]
    with scope.enter(cast.director):
        assert {one.path for one in Kept.objects.all()} == {cast.compound.place.path}


def test_a_kind_that_is_not_known_yet_is_kept(cast: Cast, phone: Phone) -> None:
    unknown, newer = command("gates.admit", {"plate": "晋J12345"}), attempt(cast.door.pk, version=2)
    answers = send(phone, unknown, newer)
    assert answers.statuses == ["quarantined", "quarantined"]
    assert answers[unknown]["code"] == "command_unknown"
    assert send(phone, unknown).statuses == ["quarantined"]


def test_what_a_hat_does_not_list_is_kept_aside(cast: Cast) -> None:
    duty = phone_of(cast.worker.person_id, cast.compound.place.path, hats=("duty",))
    answer = send(duty, attempt(cast.door.pk)).found[0]
    assert (answer["status"], answer["code"]) == ("quarantined", "outside_grant")


@pytest.mark.parametrize(
    "body", [{"result": "flew"}, {"minutes": -1}, {"people": [{"sex": "male"}]}, {"channel": "list"}]
)
def test_what_cannot_be_is_refused_and_kept(cast: Cast, phone: Phone, body: dict[str, Any]) -> None:
    answer = send(phone, attempt(cast.door.pk, body=body), attempt(cast.door.pk)).found
    assert [one["status"] for one in answer] == ["refused", "accepted"]
    assert answer[0]["code"] == "command_invalid"


@pytest.mark.parametrize(
    ("envelope", "code"),
    [
        ({"offset": None}, "clock_unset"),
        ({"recorded_at": milliseconds() + 86_400_000}, "clock_ahead"),
        ({"recorded_at": 1_000}, "before_enrolment"),
    ],
)
def test_a_fact_is_never_refused_for_its_clock(cast: Cast, phone: Phone, envelope: dict[str, Any], code: str) -> None:
    made = attempt(cast.door.pk, **envelope)
    answer = send(phone, made)[made]
    assert (answer["status"], answer["code"]) == ("flagged", code)
    with scope.enter(cast.director):
        found = Attempt.objects.get()
        assert found.happened_precision == "day"
        assert abs(found.happened_at - clock.now()) < timedelta(minutes=5)
        assert round(found.recorded_at.timestamp() * 1000) == made["recorded_at"]
    assert send(phone, made).statuses == ["duplicate"]


def test_a_clock_a_day_wrong_and_measured_is_believed(cast: Cast, phone: Phone) -> None:
    DeviceGrant.objects.update(valid_from=clock.now() - timedelta(days=2))
    Device.objects.update(enrolled_at=clock.now() - timedelta(days=2))
    made = attempt(cast.door.pk, recorded_at=milliseconds() + 86_400_000 - 3_600_000, offset=-86_400_000)
    assert send(phone, made).statuses == ["accepted"]
    with scope.enter(cast.director):
        assert clock.now() - Attempt.objects.get().happened_at > timedelta(minutes=55)


def test_yesterdays_visits_of_a_phone_that_was_moved_today(cast: Cast) -> None:
    now = clock.now()
    phone = phone_of(cast.director.person_id, cast.compound.place.path, valid_from=now - timedelta(days=2))
    device = Device.objects.get(pk=phone.device_id)
    device.grants.update(valid_until=now - timedelta(hours=1))
    device.grants.create(
        path=cast.compound_next.place.path, hats=["doors"], valid_from=now - timedelta(hours=1), given_by_id=uuid4()
    )
    Device.objects.update(enrolled_at=now - timedelta(days=2))
    RoleGrant.objects.update(valid_from=now - timedelta(days=30))
    then = milliseconds() - 2 * 3_600_000
    Campaign.objects.update(started_at=now - timedelta(days=5))
    before, after = attempt(cast.door.pk, recorded_at=then), attempt(cast.door.pk)
    there = attempt(cast.door_next.pk)
    assert send(phone, before, after, there).statuses == ["accepted", "quarantined", "accepted"]


def test_what_was_made_before_the_campaign_is_flagged(cast: Cast, phone: Phone) -> None:
    Device.objects.update(enrolled_at=clock.now() - timedelta(days=20))
    DeviceGrant.objects.update(valid_from=clock.now() - timedelta(days=20))
    RoleGrant.objects.update(valid_from=clock.now() - timedelta(days=20))
    started = Campaign.objects.get(pk=cast.campaign.pk).started_at
    made = attempt(cast.door.pk, recorded_at=round(started.timestamp() * 1000) - 60_000)
    assert send(phone, made)[made]["code"] == "before_campaign"


def test_only_who_made_an_attempt_takes_it_back(cast: Cast, phone: Phone) -> None:
    theirs = record_attempt(cast.director, door_id=cast.door.pk, result="vacant")
    void = command("census.void_attempt", {"attempt_id": str(theirs.pk)})
    answer = send(phone, void)[void]
    assert (answer["status"], answer["code"]) == ("refused", "not_your_attempt")


def test_a_second_void_of_one_attempt_finds_it_done(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk)
    voids = [command("census.void_attempt", {"attempt_id": first["id"]}) for _one in range(2)]
    assert send(phone, first, *voids).statuses == ["accepted", "accepted", "flagged"]
    assert send(phone, *voids).statuses == ["duplicate", "duplicate"]


def test_a_door_found_on_the_spot_and_the_visit_at_it(cast: Cast, phone: Phone) -> None:
    door_id = Door.id_for(cast.compound.pk, "1-1-901")
    body = {"door_id": str(door_id), "building_id": str(cast.building.pk), "unit": "1", "floor": 9, "room": "901"}
    added, again = command("places.add_door", body), command("places.add_door", body)
    visit = attempt(door_id, "registered", after=[added["id"]])
    assert send(phone, visit, added, again).statuses == ["accepted"] * 3
    assert Door.objects.get(pk=door_id).label == "1-1-901"
    wrong = command("places.add_door", body | {"door_id": str(uuid4())})
    assert send(phone, wrong)[wrong]["code"] == "door_not_understood"


def test_a_picture_comes_after_its_attempt(cast: Cast, phone: Phone) -> None:
    held = io.BytesIO()
    Image.new("RGB", (40, 30), "gray").save(held, "JPEG")
    jpeg = base64.b64encode(held.getvalue()).decode()
    first = attempt(cast.door.pk)
    picture = command("census.keep_picture", {"attempt_id": first["id"], "jpeg": jpeg})
    assert send(phone, picture, first).statuses == ["accepted", "accepted"]
    with scope.enter(cast.director):
        assert str(AttemptPhoto.objects.get().attempt_id) == first["id"]
    broken = command("census.keep_picture", {"attempt_id": first["id"], "question": "q", "jpeg": "AAAA"})
    assert send(phone, broken).statuses == ["refused"]


def test_a_notice_is_the_attempt_and_the_step_of_its_sheet(cast: Cast, phone: Phone) -> None:
    printed = print_sheets(cast.director, kind="notice", path=cast.compound.place.path, blank=1)
    number = number_of(printed.first)
    made = command("census.hand_out_sheet", {"door_id": str(cast.door.pk), "number": number})
    assert send(phone, made).statuses == ["accepted"]
    assert send(phone, made).statuses == ["duplicate"]
    with scope.enter(cast.director):
        found = Attempt.objects.get(pk=made["id"])
        assert found.result == "notice_posted"
    second = command("census.hand_out_sheet", {"door_id": str(cast.door.pk), "number": number})
    assert send(phone, second)[second]["code"] == "sheet_moved_on"


@pytest.mark.database_time
def test_one_that_is_held_is_freed_by_another_phone(cast: Cast, phone: Phone) -> None:
    other = phone_of(cast.worker.person_id, cast.compound.place.path)
    door_id = Door.id_for(cast.compound.pk, "1-1-902")
    body = {"door_id": str(door_id), "building_id": str(cast.building.pk), "unit": "1", "room": "902"}
    added = command("places.add_door", body)
    visit = attempt(door_id, after=[added["id"]])
    assert send(phone, visit).statuses == ["held"]
    assert send(other, added).statuses == ["accepted"]
    with scope.enter(cast.director):
        assert Attempt.objects.get(pk=visit["id"]).by_device_id == phone.device_id


def test_a_batch_leaves_one_line_in_the_ledger(cast: Cast, phone: Phone) -> None:
    doors = list(cast.building.doors.all())
    send(phone, *(attempt(door.pk) for door in doors))
    with scope.enter(cast.director):
        (entry,) = LedgerEntry.objects.filter(action="census.record_attempt")
        assert entry.path == cast.building.place.path
        assert entry.device_id == phone.device_id
        assert entry.open().after == {"attempts": len(doors), "doors": len(doors)}


def test_many_together_stand_as_each_alone_would(cast: Cast, phone: Phone) -> None:
    results = ["no_answer", "no_answer", "come_back", "vacant", "refused_safety", "registered"]
    doors = list(cast.building.doors.order_by("position"))
    made = [attempt(door.pk, result) for door in doors for result in results[: 1 + door.position % 6]]
    assert set(send(phone, *made).statuses) == {"accepted"}
    with scope.enter(cast.director):
        found = rebuild(cast.director, cast.campaign.pk, subtree(cast.compound.place.path), write=False)
        assert list(found) == []
        assert DoorState.objects.count() == len(doors)


def test_a_device_says_how_it_is_with_each_batch(cast: Cast, phone: Phone) -> None:
    send(phone, attempt(cast.door.pk), waiting=7, oldest=milliseconds() - 5_000, client="0.2.0")
    device = Device.objects.get(pk=phone.device_id)
    assert (device.waiting, device.client, device.storage_used) == (6, "0.2.0", 1_000)
    assert device.oldest_waiting_at is not None
    assert send(phone).statuses == []
    assert Device.objects.get(pk=phone.device_id).waiting == 0


def test_a_wipe_is_due_when_nothing_else_waits(cast: Cast, phone: Phone) -> None:
    Device.objects.update(wipe_asked_at=clock.now(), wipe_asked_by_id=cast.director.person_id)
    made = attempt(cast.door.pk)
    assert phone.post(URL, batch(made, waiting=2)).json()["wipe"] is False
    assert phone.post(URL, batch(made, waiting=1)).json()["wipe"] is True


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"x" * (4 * 1024 * 1024 + 1), 413),
        (b"[" * 100_000, 422),
        (b'{"a":' * 40 + b"1" + b"}" * 40, 413),
        (b"\x00\x01", 422),
        (b'{"commands": "all"}', 422),
    ],
)
def test_what_is_hostile_is_refused_as_a_whole(cast: Cast, phone: Phone, body: bytes, status: int) -> None:
    assert phone.post(URL, body).status_code == status
    with scope.enter(cast.director):
        assert not Kept.objects.exists()


def test_words_with_a_nul_are_no_trouble(cast: Cast, phone: Phone) -> None:
    answers = send(
        phone,
        attempt(cast.door.pk, body={"note": "a\u0000b", "people": [{"name": "王\u0000", "phones": ["1\u00003"]}]}),
        command("x\u0000y", {}),
        attempt(cast.door.pk),
    )
    assert answers.statuses == ["accepted", "quarantined", "accepted"]


def test_a_client_a_year_old_hands_in_what_it_holds(cast: Cast, phone: Phone) -> None:
    made = attempt(cast.door.pk)
    lean = {name: made[name] for name in ("id", "kind", "version", "seq", "recorded_at", "offset", "body")}
    old = {"protocol": 0, "sent_at": milliseconds(), "waiting": 1, "commands": [lean]}
    answered = phone.post(URL, old)
    assert answered.status_code == 200
    assert answered.json()["answers"][0]["status"] == "accepted"


def test_what_a_revoked_phone_had_recorded_before_stays_a_duplicate(cast: Cast, phone: Phone) -> None:
    first, later = attempt(cast.door.pk), attempt(cast.door.pk)
    send(phone, first)
    Device.objects.update(revoked_at=clock.now(), revoked_by_id=cast.director.person_id)
    answers = send(phone, first, later)
    assert answers.statuses == ["duplicate", "quarantined"]
    assert answers[later]["code"] == "device_revoked"


@pytest.mark.database_time
def test_each_night_what_was_overlooked_is_tried(cast: Cast, phone: Phone) -> None:
    first = attempt(cast.door.pk)
    void = command("census.void_attempt", {"attempt_id": first["id"]}, after=[first["id"]])
    assert send(phone, void).statuses == ["held"]
    assert try_all_held() == 0
    # Recorded at the desk under the same id, where nobody asks what waits for it.
    record_attempt(cast.worker, door_id=cast.door.pk, result="no_answer", attempt_id=UUID(first["id"]))
    assert try_all_held() == 1
    with scope.enter(cast.director):
        assert AttemptVoid.objects.count() == 1


def test_documents_wait_after_what_was_accepted(cast: Cast, phone: Phone) -> None:
    assert phone.post(URL, batch(attempt(cast.door.pk))).json()["changed"] is True
    assert phone.post(URL, batch()).json()["changed"] is False


@pytest.mark.parametrize("kind", ["fact", "receipt"])
def test_what_was_taken_without_a_clock_stays_a_duplicate_when_the_phone_was_moved(cast: Cast, kind: str) -> None:
    phone = phone_of(cast.director.person_id, cast.compound.place.path, valid_from=clock.now() - timedelta(days=1))
    found = Door.id_for(cast.compound.pk, "1-1-901")
    place = {"door_id": str(found), "building_id": str(cast.building.pk), "unit": "1", "room": "901"}
    made = attempt(cast.door.pk, offset=None) if kind == "fact" else command("places.add_door", place, offset=None)
    assert send(phone, made).statuses == ["flagged"]
    move_device(cast.director, device_id=phone.device_id, path=cast.compound_next.place.path)
    assert send(phone, made).statuses == ["duplicate"]
    DeviceGrant.objects.filter(device_id=phone.device_id).update(valid_until=clock.now())
    assert send(phone, made).statuses == ["duplicate"]
    with scope.enter(cast.director):
        assert not Kept.objects.exists()


@pytest.mark.database_time
def test_what_was_held_is_tried_when_what_it_waited_for_comes_again(cast: Cast, phone: Phone) -> None:
    """The server ended between the commit and the trying."""
    found = Door.id_for(cast.compound.pk, "1-1-901")
    place = {"door_id": str(found), "building_id": str(cast.building.pk), "unit": "1", "room": "901"}
    added = command("places.add_door", place)
    visit = attempt(found, after=[added["id"]])
    assert send(phone, visit).statuses == ["held"]
    with patch.object(releasing, "release"):
        assert send(phone, added).statuses == ["accepted"]
    assert send(phone, added).statuses == ["duplicate"]
    assert send(phone, visit).statuses == ["duplicate"]


def test_what_waits_for_a_visit_that_was_admitted_elsewhere_is_for_a_person_too(cast: Cast, phone: Phone) -> None:
    visit = attempt(cast.door_next.pk)
    void = command("census.void_attempt", {"attempt_id": visit["id"]}, after=[visit["id"]])
    assert send(phone, visit, void).statuses == ["quarantined", "held"]
    assert admit(cast.director, kept_ids=[UUID(visit["id"])]).done == 1
    assert send(phone, void).statuses == ["quarantined"]
    assert admit(cast.director, kept_ids=[UUID(void["id"])]).done == 1
    with scope.enter(cast.director):
        assert AttemptVoid.objects.count() == 1
