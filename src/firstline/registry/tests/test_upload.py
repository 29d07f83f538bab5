"""Uploads are taken apart for those who may bring lists in, within a page's limits, one after the other."""

import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.multipartparser import MultiPartParser
from django.test import Client
from django.urls import reverse
from openpyxl import Workbook

from firstline.kernel import scope
from firstline.registry import staging, upload
from firstline.registry.errors import ListsBusy
from firstline.registry.models import SourceFile
from firstline.registry.tests.lists import encoded, long_list
from firstline.testing.cast import Cast

START = reverse("registry:import_start")


def send(client: Client, cast: Cast, content: bytes | None = None) -> Any:
    file = SimpleUploadedFile("枫林苑名单.csv", encoded() if content is None else content)
    return client.post(START, {"file": file, "compound": str(cast.compound.pk)})


def refuse_to_parse(*_args: object) -> None:
    raise AssertionError("the body was taken apart")


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MultiPartParser, "parse", refuse_to_parse)


@pytest.mark.usefixtures("unread")
def test_a_strangers_file_is_not_taken_apart(cast: Cast) -> None:
    answer = send(Client(enforce_csrf_checks=True), cast)
    assert (answer.status_code, answer["Location"]) == (302, f"{reverse('account_login')}?next={START}")


@pytest.mark.usefixtures("unread")
def test_nor_one_of_somebody_who_may_not_bring_lists_in(cast: Cast) -> None:
    assert send(cast.worker.client(enforce_csrf_checks=True), cast).status_code == 403


def test_a_second_list_waits_its_turn_and_is_told_so_beside_the_form(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = cast.director.client()
    monkeypatch.setattr(upload, "_PATIENCE_SECONDS", 0)
    with upload.one_at_a_time():
        busy = send(client, cast)
    assert (busy.status_code, busy.context["mistake"]) == (503, str(ListsBusy()))
    assert busy.context["chosen"] == str(cast.compound.pk)
    with scope.enter(cast.director):
        assert not SourceFile.objects.exists()
    assert send(client, cast).status_code == 303


def test_a_list_that_cannot_be_read_does_not_keep_its_turn(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = cast.director.client()
    monkeypatch.setattr(upload, "_PATIENCE_SECONDS", 0)
    assert send(client, cast, b"\x89PNG" + bytes(100)).status_code == 422
    assert send(client, cast).status_code == 303


@pytest.mark.parametrize("content", ["rows", "unpacked"])
def test_what_is_more_than_a_page_reads_is_left_to_the_worker(cast: Cast, content: str) -> None:
    answer = send(cast.director.client(), cast, {"rows": many_rows, "unpacked": unfolding}[content]())
    assert answer.status_code == 303
    assert answer["Location"].endswith("/progress/")
    with scope.enter(cast.director):
        assert not SourceFile.objects.exists()


def test_the_largest_compound_fits() -> None:
    assert staging.read(long_list(9_000), limits=upload.LIMITS).totals.rows == 9_001


def many_rows() -> bytes:
    return encoded("房号,姓名\n" + "1-1-101,王建国\n" * (upload.LIMITS.rows + 1))


def unfolding() -> bytes:
    """A small workbook that unfolds to more than a page takes: one long text, again and again."""
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("1")
    for number in range(2_100):
        sheet.append([f"{number}" + "空" * 10_000])
    packed = io.BytesIO()
    workbook.save(packed)
    return packed.getvalue()
