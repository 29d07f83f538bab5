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


@pytest.mark.parametrize("content", ["rows", "unpacked", "cells", "text"])
def test_what_is_more_than_a_page_reads_is_left_to_the_worker(cast: Cast, content: str) -> None:
    answer = send(cast.director.client(), cast, CONTENTS[content]())
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


def wide() -> bytes:
    """Few rows, reaching far to the right."""
    return encoded("房号,姓名\n" + f"1-1-101,王建国{',' * 200}\n" * (upload.LIMITS.cells // 200))


def wordy() -> bytes:
    """Few rows with much in each."""
    return encoded("房号,姓名\n" + f"1-1-101,{'王建国 ' * 6_000}\n" * (upload.LIMITS.text // 24_000 + 2))


CONTENTS = {"rows": many_rows, "unpacked": unfolding, "cells": wide, "text": wordy}

CHAT = """枫林苑接龙
1. 1-1-101 王建国 3人 13912345678
2. 1-1-102 李秀珍 2人 13700001111
"""


def paste(client: Client, text: str, compound: str = "") -> Any:
    return client.post(START, {"compound": compound, "pasted": text})


def test_text_pasted_out_of_a_chat_is_a_list_like_any_other(cast: Cast) -> None:
    answer = paste(cast.director.client(), CHAT, str(cast.compound.pk))
    with scope.enter(cast.director):
        file = SourceFile.objects.get()
        assert file.open_content().decode().split() == CHAT.split()
    assert (answer.status_code, answer["Location"]) == (303, reverse("registry:review", args=[file.pk]))
    assert (file.record_count, file.mention_count) == (2, 2)


def test_pasted_text_that_is_refused_stays_in_the_form(cast: Cast) -> None:
    answer = paste(cast.director.client(), "", str(cast.compound.pk))
    assert (answer.status_code, answer.context["pasted"]) == (422, "")
    answer = paste(cast.director.client(), "PK\x03\x04 王建国", str(cast.compound.pk))
    assert (answer.status_code, "王建国" in answer.content.decode()) == (422, True)


# What a browser would run if it were given it as it came.
HOSTILE = "<script>alert(1)</script>"


def test_what_was_brought_in_is_never_given_back_as_it_came(cast: Cast) -> None:
    client = cast.director.client()
    text = f"{HOSTILE},房号,姓名,备注\n1,1-1-101,{HOSTILE},{HOSTILE}\n2,{HOSTILE},王建国,\n"
    file = SimpleUploadedFile(f"{HOSTILE.replace('/', '')}.csv", text.encode(), content_type="text/html")
    client.post(START, {"file": file, "compound": str(cast.compound.pk)})
    with scope.enter(cast.director):
        about = SourceFile.objects.get().pk
    pages = [client.get(reverse("registry:lists"))]
    pages += [
        client.get(reverse(f"registry:{name}", args=[about])) for name in ("review", "aside", "columns", "changes")
    ]
    for page in pages:
        assert page.status_code == 200
        assert page["Content-Type"].startswith("text/html")
        assert page["X-Content-Type-Options"] == "nosniff"
        assert "Content-Disposition" not in page
        assert HOSTILE not in page.content.decode()
    assert "&lt;script&gt;" in pages[1].content.decode()
