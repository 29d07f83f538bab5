"""The server killed with signal 9 before, during and after the commit of a batch; the phone sends the same again."""

import http.client
import json
import os
import subprocess
import sys
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings

from firstline.census.models import Attempt, AttemptVoid, DoorState
from firstline.census.rebuild import rebuild
from firstline.kernel import scope
from firstline.kernel.paths import subtree
from firstline.places.models import Compound, Door
from firstline.registry.models import Mention
from firstline.sync.models import Kept
from firstline.sync.tests.commands import URL, attempt, batch, command, send
from firstline.sync.tests.phones import Phone, phone_of
from firstline.testing.cast import COMMUNITY, Cast

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

KEPT = {"quarantined", "held", "conflict", "refused"}


def shift(cast: Cast) -> list[tuple[dict[str, Any], str]]:
    """A batch in which everything occurs that can become of a command, each with its first answer."""
    compound_id = str(cast.compound.pk)
    found = Door.id_for(cast.compound.pk, "1-1-901")
    met = attempt(cast.door.pk, "registered", body={"people": [{"name": "王建国"}, {"name": "李梅"}]})
    mistaken = attempt(cast.door_of(cast.compound, "1-1-102").pk)
    place = {"door_id": str(found), "building_id": str(cast.building.pk), "unit": "1", "room": "901"}
    added = command("places.add_door", place)
    described = {"compound_id": compound_id, "base": {"address": ""}, "fields": {"address": "东门"}}
    again = described | {"fields": {"address": "西门"}}
    missing = str(uuid4())
    return [
        (met, "accepted"),
        (mistaken, "accepted"),
        (command("census.void_attempt", {"attempt_id": mistaken["id"]}, after=[mistaken["id"]]), "accepted"),
        (added, "accepted"),
        (attempt(found, after=[added["id"]]), "accepted"),
        (command("places.describe_compound", described), "accepted"),
        (command("places.describe_compound", again), "conflict"),
        (command("census.void_attempt", {"attempt_id": missing}, after=[missing]), "held"),
        (attempt(cast.door_next.pk), "quarantined"),
        (attempt(uuid4()), "refused"),
    ]


def killed(phone: Phone, body: bytes, moment: str) -> None:
    """Send a batch to a server that is killed at a moment of it; no answer comes."""
    with subprocess.Popen(
        [
            sys.executable,
            "-m",
            "firstline.sync.tests.faults.killed_server",
            str(settings.FIRSTLINE_KEY_FOLDER),
            moment,
        ],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "firstline.config.test_settings"},
    ) as server:
        try:
            assert server.stdout
            connection = http.client.HTTPConnection("127.0.0.1", int(server.stdout.readline()), timeout=60)
            headers = phone.headers("POST", URL, body) | {"Content-Type": "application/json"}
            connection.request("POST", URL, body, headers=headers)
            assert server.stdout.readline() == "in the middle\n"
        finally:
            server.kill()
        with pytest.raises((http.client.HTTPException, ConnectionError)):
            connection.getresponse()


@pytest.mark.parametrize("moment", ["working", "before", "during", "after"])
def test_the_same_batch_again_is_each_thing_once(cast: Cast, moment: str) -> None:
    phone = phone_of(cast.worker.person_id, cast.compound.place.path)
    made = shift(cast)
    said = batch(*(one for one, _first in made))
    killed(phone, json.dumps(said).encode(), moment)

    answers = send(phone, *said["commands"]).statuses
    first = [status for _one, status in made]
    second = [status if status in KEPT else "duplicate" for status in first]
    expected = {"after": [second], "during": [first, second]}.get(moment, [first])
    assert answers in expected
    assert send(phone, *said["commands"]).statuses == second

    with scope.enter(cast.director):
        visits = {one["id"] for one, status in made if "record" in one["kind"] and status == "accepted"}
        assert {str(pk) for pk in Attempt.objects.values_list("pk", flat=True)} == visits
        assert Mention.objects.count() == 2
        assert AttemptVoid.objects.count() == 1
        assert DoorState.objects.get(door=cast.door).attempts == 1
        assert sorted(Kept.objects.values_list("state", flat=True)) == sorted(KEPT)
    assert Door.objects.filter(building=cast.building, label="1-1-901").count() == 1
    assert Compound.objects.get(pk=cast.compound.pk).address == "东门"
    assert not list(rebuild(cast.director, cast.campaign.pk, subtree(COMMUNITY), write=False))
