"""What the canary sings: marked names and numbers, put in through the pages of the census (see ``test_canary``)."""

import random
import re
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from firstline.census.models import RecheckBuilding, SelfReport
from firstline.census.online.actions import open_links
from firstline.census.online.intake import new_token
from firstline.census.paper.actions import print_sheets
from firstline.census.paper.numbers import number_of
from firstline.census.questions.actions import choose_questions
from firstline.census.questions.tests.sheets import a_set
from firstline.census.questions.tests.test_pictures import photograph
from firstline.census.questions.tests.test_question_sets import uploaded
from firstline.kernel import clock, scope
from firstline.kernel.actors import console
from firstline.notify.actions import Telling, tell_many
from firstline.notify.delivering import deliver_all
from firstline.notify.models import Delivery, Preference, Result, Robot
from firstline.notify.robots import TEST
from firstline.places.models import Door
from firstline.testing.cast import COMMUNITY, COUNTY, Cast

_RARE = "骉羴猋麤鱻焱垚淼犇掱囍喆嚞"


class Marks:
    """One run's marks, each of them new, so that nothing left by an earlier run is found."""

    def __init__(self) -> None:
        dice = random.SystemRandom()

        def name() -> str:
            return "".join(dice.sample(_RARE, 3))

        def digits(count: int) -> str:
            return "".join(dice.choices("0123456789", k=count))

        self.listed, self.visited, self.staff, self.contact = name(), name(), name(), name()
        self.note, self.remark, self.file, self.typed = (f"{name()}{name()}" for _ in range(4))
        self.loose, self.heading, self.drafted, self.put_right, self.on_paper, self.compared = (
            name() for _ in range(6)
        )
        self.queued, self.queued_file, self.queued_phone = name(), f"{name()}{name()}", f"135{digits(8)}"
        self.listed_phone, self.visited_phone = f"139{digits(8)}", f"138{digits(8)}"
        self.staff_phone, self.contact_phone = f"137{digits(8)}", f"136{digits(8)}"
        self.document = f"142302{digits(12)}"
        self.pasted, self.registered, self.commanded, self.commanded_file = (name() for _ in range(4))
        self.on_form, self.form_note, self.called, self.caller_phone = name(), name(), name(), f"134{digits(8)}"
        self.found_again, self.found_note, self.decided = (name() for _ in range(3))
        self.reported, self.reported_note, self.reported_door = name(), f"{name()}{name()}", f"{name()}{name()}"
        self.reported_phone = f"139{digits(8)}"
        self.answered, self.pictured = name(), f"MARK{digits(8)}"
        self.group, self.robot_key, self.robot_secret = name(), f"key{digits(12)}", f"SEC{digits(12)}"
        self.staff_email = f"mark{digits(8)}@example.org"
        self.control = name()

    @property
    def secret(self) -> list[str]:
        return [value for key, value in vars(self).items() if key != "control"]


def type_a_form_in(director: Client, cast: Cast, marks: Marks) -> None:
    """A form, once with a line that says nothing and is shown again, then as it is filed."""
    batch = print_sheets(
        cast.director, kind="form", path=cast.compound.place.path, door_ids=[cast.door_of(cast.compound, "1-2-101").pk]
    )
    form = {"number": number_of(batch.first), "note": marks.form_note, "result": "form_returned"}
    director.post(reverse("census:paper-pile"), {**form, "lines": f"{marks.on_form} 男\n56 男"})
    ok(director.post(reverse("census:paper-reading"), {"lines": marks.on_form}))
    ok(director.post(reverse("census:paper-pile"), {**form, "lines": f"{marks.on_form} 男 56"}, follow=True))


def take_a_call(director: Client, cast: Cast, marks: Marks) -> None:
    """A call, looked for by number and name, then written down."""
    taken = director.post(reverse("census:callback-log"), {"number": marks.caller_phone, "how": "taken"})
    for text in (marks.on_form, marks.caller_phone):
        ok(director.post(taken["Location"], {"q": text, "find": "1"}))
    door = str(cast.door_of(cast.compound, "1-2-102").pk)
    said = {"door": door, "lines": f"{marks.called} 女 33", "note": marks.form_note, "result": "registered"}
    ok(director.post(taken["Location"], said, follow=True))
    missed = director.post(reverse("census:callback-log"), {"number": marks.caller_phone, "how": "missed"}, follow=True)
    ok(missed)


def walk_again(director: Client, cast: Cast, marks: Marks) -> None:
    """A building drawn, enumerated again by somebody else, compared, and a difference decided."""
    ok(director.post(reverse("census:recheck"), {"half": "0.02", "by": "management"}))
    with scope.enter(cast.director):
        drawn = RecheckBuilding.objects.get(building=cast.building, drawn=True)
    given = {f"person-{drawn.pk}": str(cast.worker_next.person_id), "due": timezone.localdate(clock.now()).isoformat()}
    ok(director.post(reverse("census:recheck_assign", args=[drawn.recheck_id]), given))
    again = cast.worker_next.client()
    found = {"living": "lived_in", "names": marks.found_again, "note": marks.found_note}
    ok(again.post(reverse("census:recheck_finding", args=[drawn.pk]), {"text": "1-1-901", **found}))
    ok(again.post(reverse("census:recheck_finding", args=[drawn.pk]), {"label": cast.door.label, **found}))
    ok(again.get(reverse("census:recheck_finding", args=[drawn.pk]), {"label": cast.door.label}))
    ok(again.post(reverse("census:recheck_close", args=[drawn.pk])))
    differences: Any = director.get(reverse("census:recheck_differences", args=[drawn.pk]))
    for line in differences.context["undecided"]:
        decision = {
            "kind": line.kind,
            "label": line.label,
            "name": line.name,
            "verdict": "recheck",
            "why": marks.decided,
        }
        ok(director.post(reverse("census:recheck_decide", args=[drawn.pk]), decision))
    ok(director.get(reverse("census:recheck_figures", args=[drawn.recheck_id])))


def report_online(director: Client, cast: Cast, marks: Marks) -> None:
    """From the public page: placed at once, parked, corrected by code, and a clerk's look at it."""
    (link,) = open_links(cast.director, place_ids=[cast.compound.pk])
    page, household = reverse("census:report", args=[link.code]), Client()
    said = {
        "1-name": marks.reported,
        "1-phone": marks.reported_phone,
        "1-id": marks.document,
        "note": marks.reported_note,
    }
    for door in ({"building": "1", "unit": "1", "room": "102"}, {"address": marks.reported_door}):
        for step in ({"step": "more"}, {"confirmed": "1"}):
            answer = household.post(page, {"token": new_token(link.code), **said, **door, **step})
            ok(answer)
    (code,) = re.findall(r'class="fl-code">([^<]+)<', answer.content.decode())
    ok(household.post(reverse("census:report_back", args=[link.code]), {"household_code": code}))
    for url in ("census:reports", "census:online"):
        ok(director.get(reverse(url)))
    with scope.enter(cast.director):
        parked = SelfReport.objects.exclude(parked_for="").get().pk
    ok(director.post(reverse("census:report_numbers", args=[parked])))
    ok(director.post(reverse("census:report_place", args=[parked]), {"text": "1-1-201"}))


def answer_questions(director: Client, cast: Cast, marks: Marks) -> None:
    """An answer, and a picture whose camera wrote beside it."""
    asked = uploaded(cast.county_officer, a_set(("text", "who", "谁照看")), COUNTY)
    choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=asked.pk)
    door = Door.id_for(cast.compound.pk, "1-1-101")
    picture = photograph((60, 40)).replace(b"MARKED-MAKER", marks.pictured.encode())
    visit = {"result": "partial", "line": marks.visited, "step": "done", "questions": str(asked.pk)}
    taken = SimpleUploadedFile(f"{marks.pictured}.jpg", picture)
    ok(director.post(reverse("census:record", args=[door]), {**visit, "q.who": marks.answered, "picture": taken}))
    page = director.get(reverse("census:door", args=[door])).content.decode()
    assert marks.answered in page
    ok(director.get(re.findall(r'href="(/photos/[^"]+)"', page)[0]))


def ok(response: object) -> None:
    """Asked for and answered; what an error page would hide is not what this test is about."""
    status = getattr(response, "status_code", 0)
    assert status < 400, f"{status} for {getattr(response, 'request', {}).get('PATH_INFO')}"


def tell_a_group(director: Client, staff_id: uuid.UUID, marks: Marks) -> None:
    """A robot that is added and paused; and a text to somebody of ours, written to a file by the adapter of tests."""
    url = f"https://oapi.dingtalk.com/robot/send?access_token={marks.robot_key}"
    form = {"kind": "dingtalk", "label": marks.group, "url": url, "secret": marks.robot_secret, "path": COMMUNITY}
    ok(director.post(reverse("notify:robots"), {**form, "min_severity": "0"}))
    ok(director.get(reverse("notify:robots")))
    ok(director.post(reverse("notify:pause_robot", args=[Robot.objects.get().pk]), {"pause": "1"}))
    Preference.objects.create(person_id=staff_id, sms=True)
    tell_many(console(), [Telling(TEST, COMMUNITY, [staff_id], {}, "/", 90)])
    deliver_all()
    assert Delivery.objects.get().result == Result.SENT
