"""What columns say is chosen by a person, and kept for lists that look alike."""

import html

import pytest
from django.urls import reverse

from firstline.kernel import scope
from firstline.places.models import Compound
from firstline.registry import actions, background, intake, progress
from firstline.registry.errors import ListDecided
from firstline.registry.meanings import MEANINGS, NOT_READ
from firstline.registry.models import ChosenColumns, ColumnChoice, RowKind, SourceFile
from firstline.registry.progress import progress_of
from firstline.registry.reading import Meaning
from firstline.registry.selectors import FileState, states_of
from firstline.registry.tests.lists import encoded, staged
from firstline.registry.upload import Upload
from firstline.testing.cast import Cast
from firstline.testing.queue import Ended, work_off

# Headings nobody can be sure of: the door stands under 甲, the name under 乙.
ODD = "甲,乙,丙\n1-1-101,王建国,13912345678\n1-1-102,李秀珍,13700001111\n"
CHOSEN = ChosenColumns(1, {1: Meaning.DOOR, 2: Meaning.NAME}, ["甲", "乙", "丙"])


def _names(file: SourceFile) -> list[str]:
    return sorted(mention.open().name for mention in file.mentions.all())


def _chosen(cast: Cast, content: bytes | None = None) -> tuple[SourceFile, SourceFile]:
    file = staged(cast.director, cast.compound, content or encoded(ODD), "怪.csv")
    return file, intake.read_again(cast.director, file.pk, {1: CHOSEN})


def test_it_is_read_again_as_was_chosen_and_the_first_reading_stays_on_record(cast: Cast) -> None:
    first, again = _chosen(cast)
    with scope.enter(cast.director):
        first, again = SourceFile.objects.get(pk=first.pk), SourceFile.objects.get(pk=again.pk)
        assert states_of([first, again]) == {first.pk: FileState.READ_AGAIN, again.pk: FileState.REVIEW}
        assert _names(again) == ["李秀珍", "王建国"]
        assert [row.door_label for row in again.rows.filter(kind=RowKind.RECORD).order_by("number")] == [
            "1-1-101",
            "1-1-102",
        ]
        phone = [mention.open().phones for mention in again.mentions.all()]
    assert phone == [[], []]


def _next_list(cast: Cast, compound: Compound) -> SourceFile:
    rows = ODD + "1-2-101,赵小军,13811112222\n"
    taken = intake.take_all(cast.typist, [Upload("下一份.csv", encoded(rows))], compound.pk)
    with scope.enter(cast.director):
        return SourceFile.objects.filter(pk__in=[one.file_id for one in taken if one.file_id]).get()


@pytest.mark.parametrize("elsewhere", [False, True], ids=["same compound", "another compound"])
def test_the_next_list_with_these_headings_is_read_so_by_itself(cast: Cast, elsewhere: bool) -> None:
    _chosen(cast)
    file = _next_list(cast, cast.compound_next if elsewhere else cast.compound)
    with scope.enter(cast.director):
        assert "赵小军" in _names(file)
        assert file.open().sheets[0].chosen.columns == {1: "door", 2: "name"}


def test_a_later_choice_for_the_compound_wins(cast: Cast) -> None:
    _first, again = _chosen(cast)
    swapped = ChosenColumns(1, {1: Meaning.DOOR, 3: Meaning.PHONE}, ["甲", "乙", "丙"])
    intake.read_again(cast.director, again.pk, {1: swapped})
    with scope.enter(cast.director):
        assert ColumnChoice.objects.count() == 2
    file = _next_list(cast, cast.compound)
    with scope.enter(cast.director):
        assert _names(file) == ["", "", ""]


def test_the_same_file_again_gives_the_list_that_was_read_again(cast: Cast) -> None:
    _first, again = _chosen(cast)
    taken = intake.take_all(cast.typist, [Upload("怪.csv", encoded(ODD))], cast.compound.pk)
    assert taken[0].file_id == again.pk


def test_a_list_that_counts_keeps_its_columns(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    actions.accept_file(cast.director, file_id=file.pk)
    with pytest.raises(ListDecided):
        intake.read_again(cast.director, file.pk, {1: CHOSEN})


def test_the_page_shows_a_select_above_each_column_and_takes_the_answer(cast: Cast) -> None:
    client = cast.director.client()
    file = staged(cast.director, cast.compound, encoded(ODD), "怪.csv")
    address = reverse("registry:columns", args=[file.pk])
    page = html.unescape(client.get(address).content.decode())
    assert page.count('name="column-1"') == 3
    assert "139****5678" in page and "13912345678" not in page
    form = {"sheet": "1", "header_row-1": "1", "header-1": ["甲", "乙", "丙"], "column-1": ["door", "name", "other"]}
    answer = client.post(address, form)
    assert answer.status_code == 303
    again = html.unescape(client.get(answer["Location"]).content.decode())
    assert "王建国" in again


def test_a_long_list_is_read_again_in_the_background(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "LONG_ROWS", 2)
    file = staged(cast.director, cast.compound, encoded(ODD), "怪.csv")
    later = background.read_again(cast.director, file.pk, {1: CHOSEN})
    assert later
    assert background.read_again(cast.director, file.pk, {1: CHOSEN}) == later
    assert work_off() == [Ended("registry.read_again", "succeeded")]
    with scope.enter(cast.director):
        first, again = SourceFile.objects.get(pk=file.pk), SourceFile.objects.get(pk=later)
        assert states_of([first, again]) == {first.pk: FileState.READ_AGAIN, again.pk: FileState.REVIEW}
        assert _names(again) == ["李秀珍", "王建国"]
        assert progress_of(cast.director, later).leads_to == later


def test_a_worker_killed_after_the_last_step_does_it_no_second_time(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "LONG_ROWS", 2)
    file = staged(cast.director, cast.compound, encoded(ODD), "怪.csv")
    later = background.read_again(cast.director, file.pk, {1: CHOSEN})
    with monkeypatch.context() as killing:
        killing.setattr(progress, "finish", _killed)
        assert work_off() == [Ended("registry.read_again", "todo")]
    assert work_off() == [Ended("registry.read_again", "succeeded")]
    with scope.enter(cast.director):
        assert later
        assert progress_of(cast.director, later).leads_to == later
        assert ColumnChoice.objects.count() == 1


def _killed(*_told: object) -> None:
    raise RuntimeError("pulled the plug")


def test_every_meaning_has_its_words() -> None:
    assert {*MEANINGS, *NOT_READ} == set(Meaning)
