"""Pictures of visits: sealed, written anew, seen only by those who may know residents, each look on record."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import ProgrammingError, transaction
from django.urls import reverse
from PIL import Image

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt
from firstline.census.models import Attempt, AttemptPhoto
from firstline.census.questions.actions import choose_questions, keep_pictures
from firstline.census.questions.errors import PictureNotTaken
from firstline.census.questions.pictures import MOST_BYTES
from firstline.census.questions.tests.sheets import a_set
from firstline.census.questions.tests.test_pictures import photograph
from firstline.census.questions.tests.test_question_sets import uploaded
from firstline.kernel import scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.ids import uuid7
from firstline.testing.cast import COUNTY, Cast


def file(content: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("a.jpg", content or photograph((300, 200)), "image/jpeg")


def post(cast: Cast, **form: Any) -> Any:
    return cast.worker.client().post(reverse("census:record", args=[cast.door.pk]), form)


def photos(cast: Cast) -> list[AttemptPhoto]:
    with scope.enter(cast.director):
        return list(AttemptPhoto.objects.order_by("id"))


def test_a_picture_goes_with_any_visit(cast: Cast) -> None:
    form = {"result": "vacant", "attempt_id": str(uuid7())}
    assert post(cast, **form, picture=file()).status_code == 302

    (photo,) = photos(cast)
    jpeg = photo.open().jpeg
    assert Image.open(io.BytesIO(jpeg)).format == "JPEG" and jpeg[:60] not in bytes(photo.sealed)
    page: Any = cast.worker.client().get(reverse("census:door", args=[cast.door.pk]))
    (shown,) = page.context["attempts"][0]["shown"].pictures
    assert shown["url"] == reverse("census:photo", args=[photo.pk])


def test_pressed_twice_keeps_one(cast: Cast) -> None:
    form = {"result": "vacant", "attempt_id": str(uuid7())}
    assert (post(cast, **form, picture=file()).status_code, post(cast, **form, picture=file()).status_code) == (
        302,
        302,
    )
    assert len(photos(cast)) == 1


@pytest.mark.parametrize("content", [b"no picture", b"\xff\xd8\xff" + bytes(MOST_BYTES)], ids=["text", "large"])
def test_what_is_no_picture_keeps_the_visit_on_the_page(cast: Cast, content: bytes) -> None:
    answer = post(cast, result="vacant", note="灯灭着", picture=file(content))

    assert answer.status_code == 200 and answer.context["mistake"]
    assert "灯灭着" in answer.content.decode()
    with scope.enter(cast.director):
        assert (Attempt.objects.count(), AttemptPhoto.objects.count()) == (0, 0)


def test_a_question_may_ask_for_one(cast: Cast) -> None:
    said = a_set(("select_one yn", "water", "有积水", "yes"), ("photo", "where", "拍一张", "yes", "${water} = 'yes'"))
    kept = uploaded(cast.county_officer, said, COUNTY)
    choose_questions(cast.county_officer, campaign_id=cast.campaign.pk, set_id=kept.pk)
    form = {"result": "registered", "line": "王建国", "step": "done", "questions": kept.pk, "q.water": "yes"}

    missing = post(cast, **form)
    assert missing.status_code == 200
    assert [one.name for one in missing.context["entry"]["questions"]["fields"] if one.problem] == ["where"]
    assert post(cast, **form, **{"q.where": file()}).status_code == 302
    (photo,) = photos(cast)
    with scope.enter(cast.director):
        assert Attempt.objects.get().open().answers == {"water": "yes", "where": str(photo.pk)}
    assert photo.question == "where"


def test_only_who_knows_the_residents_sees_it_and_each_look_is_on_record(cast: Cast) -> None:
    post(cast, result="vacant", picture=file())
    url = reverse("census:photo", args=[photos(cast)[0].pk])

    answers = {name: getattr(cast, name).client().get(url) for name in ("worker", "director", "typist")}
    assert {answer.status_code for answer in answers.values()} == {200}
    seen: Any = answers["worker"]
    assert seen["Content-Type"] == "image/jpeg" and "no-store" in seen["Cache-Control"]
    assert seen.content[:2] == b"\xff\xd8"
    for name in ("worker_next", "worker_elsewhere"):
        assert getattr(cast, name).client().get(url).status_code == 404
    for name in ("county_officer", "clerk", "lapsed"):
        assert getattr(cast, name).client().get(url).status_code == 403
    with scope.enter(cast.director):
        looks = [one.open().after["fields"] for one in LedgerEntry.objects.filter(is_look=True)]
    assert looks == [["picture"]] * 3


def test_the_action_refuses_elsewhere_the_lapsed_and_what_is_no_picture(cast: Cast) -> None:
    attempt = record_attempt(cast.worker, door_id=cast.door.pk, result="vacant")
    for who, refusal in ((cast.worker_next, NotFound), (cast.lapsed, Forbidden), (cast.clerk, Forbidden)):
        with pytest.raises(refusal):
            keep_pictures(who, attempt_id=attempt.pk, pictures={"": photograph((30, 20))})
    with pytest.raises(PictureNotTaken):
        keep_pictures(cast.worker, attempt_id=attempt.pk, pictures={"": b"x"})
    assert photos(cast) == []


def test_a_picture_once_kept_stays(cast: Cast) -> None:
    post(cast, result="vacant", picture=file())
    (photo,) = photos(cast)
    with scope.enter(cast.director), pytest.raises(ProgrammingError), transaction.atomic():
        photo.delete()
