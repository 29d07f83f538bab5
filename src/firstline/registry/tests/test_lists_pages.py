"""The pages of lists: bring in, review, decide, find again."""

import html

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.urls import reverse
from django.utils.translation import gettext

from firstline.audit.models import LedgerEntry
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.registry import actions
from firstline.registry.models import LooseFile, SourceFile, Verdict
from firstline.registry.tests.lists import SMALL, encoded, long_list, staged
from firstline.testing.cast import Cast

START = reverse("registry:import_start")


def _upload(client: Client, content: bytes | None = None, compound: object = "", name: str = "枫林苑名单.csv"):  # type: ignore[no-untyped-def]
    file = SimpleUploadedFile(name, encoded() if content is None else content)
    return client.post(START, {"file": file, "compound": str(compound)})


def _text(response) -> str:  # type: ignore[no-untyped-def]
    return html.unescape(response.content.decode())


def test_an_upload_is_read_and_shown_for_review(cast: Cast) -> None:
    client = cast.typist.client()
    answer = _upload(client, compound=cast.compound.pk)
    assert answer.status_code == 303
    page = _text(client.get(answer["Location"]))
    assert "枫林苑名单.csv" in page
    assert "王建国" in page and "陈志博" in page
    assert "139****5678" in page
    assert "13912345678" not in page and "142302197602226845" not in page


def test_the_compound_is_recognised_by_name_or_title(cast: Cast) -> None:
    client = cast.director.client()
    assert _upload(client).status_code == 303
    assert _upload(client, name="名单(3).csv", content=encoded(SMALL + "\n7,9-1-101,甲乙,,,")).status_code == 303
    with scope.enter(cast.director):
        assert {file.compound_id for file in SourceFile.objects.all()} == {cast.compound.pk}


def test_a_file_that_does_not_say_whose_it_is_is_kept_and_asked_about(cast: Cast) -> None:
    client = cast.director.client()
    answer = _upload(client, name="x.csv", content=encoded(SMALL.replace("枫林苑", "某小区")))
    assert (answer.status_code, answer["Location"]) == (303, reverse("registry:lists"))
    page = _text(client.get(answer["Location"]))
    assert gettext("Whose list is it?") in page
    assert "x.csv" in page
    with scope.enter(cast.director):
        loose = LooseFile.objects.get()
    client.post(reverse("registry:file_loose"), {f"compound-{loose.pk}": str(cast.compound_next.pk)})
    with scope.enter(cast.director):
        assert SourceFile.objects.get().compound_id == cast.compound_next.pk
    assert gettext("Whose list is it?") not in _text(client.get(answer["Location"]))


def test_a_second_upload_leads_to_the_first_and_says_so(cast: Cast) -> None:
    client = cast.director.client()
    first, again = _upload(client), _upload(client)
    assert again["Location"] == first["Location"] + "?known"
    with scope.enter(cast.director):
        assert SourceFile.objects.count() == 1


def test_accepting_asks_first_with_the_consequence(cast: Cast) -> None:
    client = cast.director.client()
    review = _upload(client)["Location"]
    asked = _text(client.get(review, {"step": "accept"}))
    file_id = review.strip("/").split("/")[-1]
    assert reverse("registry:accept", args=[file_id]) in asked
    with scope.enter(cast.director):
        assert not hasattr(SourceFile.objects.get(), "decision")
    assert client.post(reverse("registry:accept", args=[file_id])).status_code == 303
    with scope.enter(cast.director):
        assert SourceFile.objects.get().decision.verdict == Verdict.ACCEPTED
    assert reverse("registry:accept", args=[file_id]) not in _text(client.get(review, {"step": "accept"}))


def test_discarding_leads_back_to_the_lists(cast: Cast) -> None:
    client = cast.director.client()
    file = staged(cast.director, cast.compound)
    answer = client.post(reverse("registry:discard", args=[file.pk]))
    assert (answer.status_code, answer["Location"]) == (303, reverse("registry:lists"))
    assert "枫林苑名单.csv" in _text(client.get(answer["Location"]))


def test_no_list_yet_says_what_to_do(cast: Cast) -> None:
    page = _text(cast.director.client().get(reverse("registry:lists")))
    assert START in page


def test_a_file_that_names_another_compound_says_so(cast: Cast) -> None:
    client = cast.director.client()
    right = _text(client.get(_upload(client, compound=cast.compound.pk)["Location"]))
    wrong = _text(client.get(_upload(client, compound=cast.compound_next.pk)["Location"]))
    question = gettext("Is it the right compound?")
    assert question in wrong
    assert question not in right


def test_pages_keep_to_their_statements(cast: Cast, statement_budget: Budget) -> None:
    client = cast.director.client()
    review = _upload(client, compound=cast.compound.pk)["Location"]
    with statement_budget("registry.review"):
        client.get(review)
    with statement_budget("registry.lists"):
        client.get(reverse("registry:lists"))
    with statement_budget("registry.import_start"):
        client.get(START)
    with statement_budget("registry.search"):
        client.post(reverse("registry:search"), {"q": "王建国"})
    with statement_budget("registry.numbers"):
        client.post(reverse("registry:numbers", args=[cast.door.pk]))


def test_pages_about_one_list_keep_to_their_statements(cast: Cast, statement_budget: Budget) -> None:
    client = cast.director.client()
    older, newer = staged(cast.director, cast.compound), staged(cast.director, cast.compound, long_list(20), "新.csv")
    with statement_budget("registry.columns"):
        client.get(reverse("registry:columns", args=[newer.pk]))
    with statement_budget("registry.accept_many"):
        client.get(reverse("registry:accept_many"), {"file": [str(newer.pk)]})
    actions.accept_file(cast.director, file_id=older.pk)
    with statement_budget("registry.review"):
        client.get(reverse("registry:review", args=[newer.pk]))
    with statement_budget("registry.changes"):
        client.get(reverse("registry:changes", args=[newer.pk]))
    with statement_budget("registry.aside"):
        client.get(reverse("registry:aside", args=[older.pk]))
    with statement_budget("registry.undo"):
        client.get(reverse("registry:undo", args=[older.pk]))
    with statement_budget("registry.typed"):
        client.get(reverse("registry:typed", args=[cast.compound.pk]))


def test_plain_runs_fold_and_unfold(cast: Cast) -> None:
    client = cast.director.client()
    review = _upload(client, long_list(60), cast.compound.pk)["Location"]
    folded = _text(client.get(review))
    assert "rows=6-61" in folded
    assert "9-1-150" not in folded
    assert "9-1-150" in _text(client.get(review, {"rows": "6-61"}))


def test_opening_a_list_is_on_record_and_so_are_its_numbers(cast: Cast) -> None:
    client = cast.director.client()
    file = staged(cast.director, cast.compound)
    client.get(reverse("registry:review", args=[file.pk]))
    shown = _text(client.post(reverse("registry:show_numbers", args=[file.pk])))
    assert "13912345678" in shown
    with scope.enter(cast.director):
        looks = LedgerEntry.objects.filter(is_look=True, subject_id=file.pk).order_by("at")
        assert [look.open().after["fields"] for look in looks] == [["name"], ["name", "phones", "id_number"]]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.csv"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "list.xlsx"),
        (b"PK\x03\x04 cut off", "list.xlsx"),
        (b"\xff\xfe\xff\x80\x81" * 40, "wrong.csv"),
    ],
)
def test_what_cannot_be_read_is_said_beside_the_form(cast: Cast, content: bytes, name: str) -> None:
    answer = _upload(cast.director.client(), content, cast.compound.pk, name)
    assert answer.status_code == 422
    assert 'role="alert"' in _text(answer)
    with scope.enter(cast.director):
        assert not SourceFile.objects.exists()


def test_too_large_a_file_is_refused_without_touching_the_disk(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.NamedTemporaryFile", _refused)
    with override_settings(FILE_UPLOAD_MAX_MEMORY_SIZE=2_000):
        answer = _upload(cast.director.client(), encoded() * 20, cast.compound.pk)
    assert answer.status_code == 413


def test_a_form_without_a_file(cast: Cast) -> None:
    assert cast.director.client().post(START, {"compound": str(cast.compound.pk)}).status_code == 422


def test_another_areas_compound_is_not_found(cast: Cast) -> None:
    client = cast.director.client()
    assert _upload(client, compound=cast.compound_elsewhere.pk).status_code == 404
    assert _upload(client, compound="not-an-id").status_code == 404
    with scope.enter(cast.county_officer):
        assert not SourceFile.objects.exists()


def test_without_a_csrf_token_nothing_is_taken(cast: Cast) -> None:
    client = cast.director.client(enforce_csrf_checks=True)
    assert _upload(client, compound=cast.compound.pk).status_code == 403


def test_who_may_open_what(cast: Cast) -> None:
    file = staged(cast.director, cast.compound_next)
    review = reverse("registry:review", args=[file.pk])
    assert cast.typist.client().get(review).status_code == 200
    assert cast.worker_next.client().get(review).status_code == 403
    assert cast.worker.client().get(reverse("registry:lists")).status_code == 403
    assert cast.worker.client().get(START).status_code == 403
    assert Client().get(review).status_code == 302


def _refused(*_args: object, **_kwargs: object) -> None:
    raise AssertionError("an upload must not reach a temporary file")
