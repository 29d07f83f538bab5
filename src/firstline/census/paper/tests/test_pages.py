"""The pages of sheets: by number, a pile by keyboard, printing; what they say when something is wrong."""

import pytest
from django.urls import reverse

from firstline.census.models import Attempt, SheetBatch
from firstline.census.paper.actions import fetch, hand_out
from firstline.census.paper.tests.sheets import printed, sheet
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.kernel.ids import uuid7
from firstline.testing.cast import Cast

PAPER, STEP, UNDO = reverse("census:paper"), reverse("census:paper-step"), reverse("census:paper-undo")
PILE, PRINT = reverse("census:paper-pile"), reverse("census:paper-print")


def test_by_number_a_form_is_handed_out_and_taken_back(cast: Cast) -> None:
    (number,), client = printed(cast), cast.worker.client()

    page = client.post(STEP, {"numbers": number, "do": "hand_out"}, follow=True)

    shown = page.content.decode()
    assert number in shown
    assert sheet(cast, number).state == "handed_out"
    with scope.enter(cast.director):
        step = sheet(cast, number).steps.get(kind="handed_out")
    client.post(UNDO, {"steps": str(step.pk)})
    assert sheet(cast, number).state == "printed"


def test_many_are_handed_out_at_once_or_none(cast: Cast) -> None:
    good, notice = printed(cast)[0], printed(cast, blank=1)[0]

    page = cast.worker.client().post(STEP, {"numbers": f"{good} {notice}", "do": "hand_out"})

    assert page.status_code == 422
    assert f"{good} {notice}" in page.content.decode()
    assert sheet(cast, good).state == "printed"


def test_a_blank_sheet_is_given_a_door_as_it_is_spoken(cast: Cast) -> None:
    (number,) = printed(cast, blank=1)

    cast.worker.client().post(STEP, {"numbers": number, "door": "1-1-101", "do": "hand_out"})

    assert sheet(cast, number).door_id == cast.door.pk


@pytest.mark.parametrize("door", ["9-9-999", "王建国"])
def test_a_door_that_is_none_is_said_so(cast: Cast, door: str) -> None:
    (number,) = printed(cast, blank=1)

    page = cast.worker.client().post(STEP, {"numbers": number, "door": door, "do": "hand_out"})

    assert page.status_code == 422
    assert door in page.content.decode()


def test_a_reload_of_the_answer_records_once(cast: Cast) -> None:
    (number,), client, page_id = printed(cast), cast.worker.client(), str(uuid7())
    for _ in range(2):
        client.post(STEP, {"numbers": number, "do": "hand_out", "page": page_id})

    with scope.enter(cast.director):
        assert Attempt.objects.count() == 1


def test_a_pile_is_typed_in_by_number(cast: Cast) -> None:
    (number,), client = printed(cast), cast.typist.client()
    hand_out(cast.worker, number=number)
    fetch(cast.worker, numbers=[number])
    assert "枫林苑" in client.get(PILE, {"number": number}).content.decode()

    said = {"number": number, "lines": "王建国 男 56 户主\n李秀英 女 54 配偶\n", "result": "form_returned"}
    page = client.post(PILE, said, follow=True)

    assert page.status_code == 200
    assert sheet(cast, number).state == "entered"
    with scope.enter(cast.director):
        assert Attempt.objects.get(result="form_returned").persons_met == 2


@pytest.mark.parametrize(("lines", "status"), [("", 422), ("男 56\n", 422)])
def test_what_names_nobody_is_not_saved_and_not_lost(cast: Cast, lines: str, status: int) -> None:
    (number,) = printed(cast)

    page = cast.typist.client().post(PILE, {"number": number, "lines": lines, "result": "form_returned"})

    assert page.status_code == status
    assert lines.strip() in page.content.decode()
    assert sheet(cast, number).state == "printed"


def test_a_number_typed_wrong_says_so(cast: Cast) -> None:
    assert "0001-2" in cast.typist.client().get(PILE, {"number": "0001-2"}).content.decode()


def test_sheets_are_printed_for_the_doors_left(cast: Cast) -> None:
    client = cast.director.client()
    said = {"kind": "notice", "compound": cast.compound.pk, "building": "1", "which": "left", "by": "2030-02-14"}

    page = client.post(PRINT, said, follow=True)

    with scope.enter(cast.director):
        batch = SheetBatch.objects.get()
        assert batch.last - batch.first + 1 == 12
    assert "1号楼1单元101" in page.content.decode()
    answer = client.get(reverse("census:paper-pdf", args=[batch.pk]))
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


def test_nobody_is_due_a_notice_before_anybody_knocked(cast: Cast) -> None:
    said = {"kind": "notice", "compound": cast.compound.pk, "which": "due"}

    assert cast.director.client().post(PRINT, said).status_code == 422


def test_what_was_left_over_is_spoilt(cast: Cast) -> None:
    used, left = printed(cast, doors=[cast.door, cast.door_of(cast.compound, "1-1-102")])
    hand_out(cast.worker, number=used)
    with scope.enter(cast.director):
        batch = SheetBatch.objects.get()

    cast.director.client().post(reverse("census:paper-spoil", args=[batch.pk]))

    assert [sheet(cast, number).state for number in (used, left)] == ["handed_out", "void"]


def test_the_pages_keep_their_budget(cast: Cast, statement_budget: Budget) -> None:
    (number,) = printed(cast)
    hand_out(cast.worker, number=number)
    client = cast.director.client()
    for name, url in {"paper": PAPER, "paper-pile": f"{PILE}?number={number}", "paper-print": PRINT}.items():
        client.get(url)
        with statement_budget(f"census.{name}"):
            assert client.get(url).status_code == 200
