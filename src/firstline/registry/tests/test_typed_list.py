"""A short list typed from paper: kept while typed, read and stored like a file."""

import html
from collections.abc import Sequence

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from firstline.kernel import scope
from firstline.places.models import Door
from firstline.registry import actions
from firstline.registry.grid.typed import FIELDS, MOST_LINES, carried_down
from firstline.registry.mentions import mentions_at
from firstline.registry.models import SourceFile, SourceKind, TypingDraft
from firstline.testing.cast import Cast

LINES = [
    ("3", "1", "101", "陈志博", "户主", "13812345678", "", ""),
    ("", "", "", "王小梅", "妻子", "", "", ""),
    ("", "", "102", "", "", "", "", "空房"),
]


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.typist.client()


def _form(step: str, lines: Sequence[tuple[str, ...]] = LINES, **more: str) -> dict[str, object]:
    blank = ("",) * len(FIELDS)
    return {"step": step, **dict(zip(FIELDS, zip(*lines, blank, strict=True), strict=True)), **more}


def _address(cast: Cast) -> str:
    return reverse("registry:typed", args=[cast.compound.pk])


def _text(response) -> str:  # type: ignore[no-untyped-def]
    return html.unescape(response.content.decode())


def test_it_is_stored_like_a_file_and_counts_once_accepted(cast: Cast, client: Client) -> None:
    answer = client.post(_address(cast), _form("file"))
    assert answer.status_code == 303
    assert "陈志博" in _text(client.get(answer["Location"]))
    with scope.enter(cast.director):
        file = SourceFile.objects.get()
        assert (file.kind, file.record_count, file.parked_count) == (SourceKind.TYPED, 3, 0)
    actions.accept_file(cast.director, file_id=file.pk)
    with scope.enter(cast.director):
        assert {seen.name for seen in mentions_at(Door.id_for(cast.compound.pk, "3-1-101"))} == {"陈志博", "王小梅"}
    assert Door.objects.filter(building__compound=cast.compound, label="3-1-102").exists()


def test_typing_it_twice_changes_nothing(cast: Cast, client: Client) -> None:
    answers = [client.post(_address(cast), _form("file"))["Location"] for _twice in range(2)]
    assert answers[0] == answers[1]


def test_checking_says_line_by_line_how_it_is_read(cast: Cast, client: Client) -> None:
    lines = [*LINES, ("看不懂", "", "", "赵小军", "", "", "", "")]
    page = _text(client.post(_address(cast), _form("check", lines)))
    assert "3-1-101" in page and 'value="file"' in page
    assert "is-parked" in page
    with scope.enter(cast.director):
        assert not SourceFile.objects.exists()
    assert 'value="赵小军"' in _text(client.get(_address(cast))), "what was checked is kept"


def test_what_was_pasted_as_text_becomes_lines(cast: Cast, client: Client) -> None:
    pasted = '5\t1\t101\t"王\n建国"\n5\t1\t102\t李秀珍\n'
    page = _text(client.post(_address(cast), _form("check", [], pasted=pasted)))
    assert 'value="李秀珍"' in page and "5-1-102" in page


def test_nothing_typed_is_said(cast: Cast, client: Client) -> None:
    answer = client.post(_address(cast), _form("file", []))
    assert answer.status_code == 422
    assert 'role="alert"' in _text(answer)


def test_a_draft_is_kept_sealed_for_one_person_until_it_is_filed(cast: Cast, client: Client) -> None:
    assert client.post(_address(cast), _form("draft")).status_code == 204
    assert 'value="王小梅"' in _text(client.get(_address(cast)))
    assert 'value="王小梅"' not in _text(cast.director.client().get(_address(cast)))
    with scope.enter(cast.director):
        assert "王小梅".encode() not in bytes(TypingDraft.objects.get().sealed)
    client.post(_address(cast), _form("file"))
    with scope.enter(cast.director):
        assert not TypingDraft.objects.exists()


def test_as_many_lines_as_a_list_may_have_are_kept(cast: Cast, client: Client) -> None:
    lines = [("3", "1", str(101 + at), "陈志博", "", "", "", "") for at in range(MOST_LINES)]
    assert client.post(_address(cast), _form("draft", lines)).status_code == 204
    with scope.enter(cast.typist):
        assert len(TypingDraft.objects.get().open().lines) == MOST_LINES


def test_emptying_the_grid_takes_the_draft_away(cast: Cast, client: Client) -> None:
    client.post(_address(cast), _form("draft"))
    client.post(_address(cast), _form("draft", []))
    with scope.enter(cast.director):
        assert not TypingDraft.objects.exists()


CELL = st.sampled_from(["", "1", "2", "101", "甲"])
LINE = st.lists(CELL, min_size=len(FIELDS), max_size=len(FIELDS))


@given(st.lists(LINE, max_size=12))
def test_carrying_down_only_fills_what_is_empty_about_the_door(lines: list[list[str]]) -> None:
    carried = carried_down(lines)
    assert len(carried) == len(lines)
    for typed, filled in zip(lines, carried, strict=True):
        assert filled[3:] == typed[3:]
        assert all(after == before for before, after in zip(typed[:3], filled[:3], strict=True) if before)
        if not any(typed):
            assert filled == typed
        if typed[0]:
            assert filled == typed, "a line that names its building takes nothing from above"
