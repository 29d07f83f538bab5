"""Rows set aside in the grid: kept while typed, checked, filed; one decision for many; taken back."""

import html
import re

import pytest
from django.test import Client
from django.urls import reverse

from firstline.audit.models import LedgerEntry
from firstline.kernel import scope
from firstline.places.models import Door
from firstline.registry import actions, standing
from firstline.registry.mentions import mentions_at
from firstline.registry.models import RowKind, SourceFile, TypingDraft
from firstline.registry.tests.lists import encoded, staged
from firstline.testing.cast import Cast

LIST = (
    "房号,姓名,电话,身份证号\n1-1-101,王建国,13912345678,\n"
    "看不清,陈志博,13811112222,142302197602226845\n看不清了,赵小军,,\n西头那家,李秀珍,,\n"
)


@pytest.fixture
def file(cast: Cast) -> SourceFile:
    return staged(cast.director, cast.compound, encoded(LIST))


@pytest.fixture
def client(cast: Cast) -> Client:
    return cast.typist.client()


def _address(file: SourceFile) -> str:
    return reverse("registry:aside", args=[file.pk])


def _text(response) -> str:  # type: ignore[no-untyped-def]
    return html.unescape(response.content.decode())


def _form(cast: Cast, file: SourceFile, step: str, *typed: tuple[str, str, str, str, str]) -> dict[str, object]:
    """What a browser posts: a line for each row set aside, the first of them as typed."""
    with scope.enter(cast.director):
        rows = list(file.rows.filter(kind=RowKind.PARKED).order_by("number").values_list("pk", flat=True))
    lines = [*typed, *[("", "", "", "", "")] * (len(rows) - len(typed))]
    columns = dict(zip(("what", "building", "unit", "room", "people"), zip(*lines, strict=True), strict=True))
    return {"step": step, "row": [str(pk) for pk in rows], **columns}


GOOD = ("typed", "3", "2", "501", "陈志博 户主；王小梅 女")


def test_the_page_shows_the_source_beside_the_fields_with_numbers_hidden(file: SourceFile, client: Client) -> None:
    page = _text(client.get(_address(file)))
    assert page.count('name="row"') == 3
    assert "看不清" in page and "陈志博" in page
    assert "138****2222" in page and "13811112222" not in page


def test_checking_says_how_it_is_read_and_files_nothing(cast: Cast, file: SourceFile, client: Client) -> None:
    page = _text(client.post(_address(file), _form(cast, file, "check", GOOD)))
    assert "3号楼2单元501" in page and "王小梅" in page
    assert 'value="file"' in page
    with scope.enter(cast.director):
        assert not standing.corrections().exists()


def test_filing_puts_people_and_their_numbers_at_the_door(cast: Cast, file: SourceFile, client: Client) -> None:
    actions.accept_file(cast.director, file_id=file.pk)
    assert client.post(_address(file), _form(cast, file, "file", GOOD, ("none", "", "", "", ""))).status_code == 303
    with scope.enter(cast.director):
        seen = mentions_at(Door.id_for(cast.compound.pk, "3-2-501"), in_clear=True)
        account = standing.accounts_of([file])[file.pk]
    assert [one.name for one in seen] == ["陈志博", "王小梅"]
    assert [number.text for number in seen[0].numbers] == ["13811112222", "142302197602226845"]
    assert (account.rows, account.placed, account.parked, account.no_data) == (5, 2, 1, 2)


def test_one_wrong_line_keeps_all_of_them(cast: Cast, file: SourceFile, client: Client) -> None:
    wrong = ("typed", "3", "", "", "赵小军")
    page = _text(client.post(_address(file), _form(cast, file, "file", GOOD, wrong)))
    assert 'role="alert"' in page
    assert re.search(r'name="building" value="3"[^>]*>', page), "what was typed stays"
    with scope.enter(cast.director):
        assert not standing.corrections().exists()


def test_what_is_typed_is_kept_for_this_person_alone_and_goes_when_it_is_filed(
    cast: Cast, file: SourceFile, client: Client
) -> None:
    form = _form(cast, file, "draft", GOOD)
    assert [client.post(_address(file), form).status_code for _twice in range(2)] == [204, 204]
    assert "王小梅" in _text(client.get(_address(file)))
    assert "王小梅" not in _text(cast.director.client().get(_address(file)))
    with scope.enter(cast.director):
        assert LedgerEntry.objects.filter(action="registry.keep_draft").count() == 1
        assert "王小梅".encode() not in bytes(TypingDraft.objects.get().sealed)
    client.post(_address(file), {**form, "step": "file"})
    with scope.enter(cast.director):
        assert not TypingDraft.objects.exists()


def test_one_decision_settles_all_rows_of_a_cause_and_is_taken_back_as_one(
    cast: Cast, file: SourceFile, client: Client
) -> None:
    with scope.enter(cast.director):
        (reason,) = set(file.rows.filter(kind=RowKind.PARKED).values_list("reason", flat=True))
    client.post(reverse("registry:settle", args=[file.pk]), {"cause": reason, "how": "none"})
    with scope.enter(cast.director):
        account = standing.accounts_of([file])[file.pk]
        (decision,) = set(standing.corrections().values_list("decision_id", flat=True))
    assert (account.parked, account.no_data) == (0, 4)
    page = _text(client.get(_address(file)))
    assert str(decision) in page
    client.post(reverse("registry:take_back", args=[file.pk]), {"decision": str(decision)})
    with scope.enter(cast.director):
        assert standing.accounts_of([file])[file.pk].parked == 3


def test_rows_without_a_building_all_belong_to_one(cast: Cast, client: Client) -> None:
    """Rooms alone, each with its unit: the building is said once."""
    file = staged(cast.director, cast.compound, encoded("房号,姓名\n5单元101,王建国\n5单元102,李秀珍\n"))
    with scope.enter(cast.director):
        reasons = set(file.rows.filter(kind=RowKind.PARKED).values_list("reason", flat=True))
    assert reasons == {"building_missing"}
    form = {"cause": "building_missing", "how": "building", "building": "8"}
    client.post(reverse("registry:settle", args=[file.pk]), form)
    with scope.enter(cast.director):
        assert set(standing.corrections().values_list("door_label", flat=True)) == {"8-5-101", "8-5-102"}
        names = sorted(mention.open().name for mention in file.mentions.all())
    assert names == ["李秀珍", "王建国"]


def test_a_decision_that_fits_no_row_says_so_and_settles_nothing(cast: Cast, client: Client) -> None:
    """A building alone makes no door of rows that name no room either."""
    file = staged(cast.director, cast.compound, encoded("门牌,姓名\n3-2-501,王建国\n,李秀珍\n,张伟\n"))
    with scope.enter(cast.director):
        (reason,) = set(file.rows.filter(kind=RowKind.PARKED).values_list("reason", flat=True))
    form = {"cause": reason, "how": "building", "building": "3"}
    page = client.post(reverse("registry:settle", args=[file.pk]), form, follow=True)
    assert "一行也对不上" in _text(page)
    with scope.enter(cast.director):
        assert not standing.corrections().exists()


def test_the_review_shows_the_row_at_its_new_door(cast: Cast, file: SourceFile, client: Client) -> None:
    client.post(_address(file), _form(cast, file, "file", GOOD))
    page = _text(client.get(reverse("registry:review", args=[file.pk])))
    assert "3-2-501" in page and "人改好的" in page


def test_rows_of_another_list_are_not_found(cast: Cast, file: SourceFile, client: Client) -> None:
    other = staged(cast.director, cast.compound_next, encoded(LIST))
    client.post(_address(other), _form(cast, file, "file", GOOD))
    with scope.enter(cast.director):
        assert not standing.corrections().exists()
