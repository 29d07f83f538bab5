"""Staging: a file is kept as it came, its rows in idempotent chunks, and nothing of it counts."""

import pytest

from firstline.audit.models import LedgerEntry
from firstline.kernel import scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.models import Door
from firstline.registry import actions, selectors, staging
from firstline.registry.models import Mention, RowKind, SourceFile, SourceRow
from firstline.registry.selectors import FileState
from firstline.registry.tests.lists import encoded, long_list, staged
from firstline.testing.cast import Cast


def test_every_row_is_stored_once_and_the_account_adds_up(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    with scope.enter(cast.director):
        kinds = [row.kind for row in file.rows.order_by("number")]
        assert selectors.is_complete(file)
    assert kinds == ["no_data"] * 2 + ["record"] * 5 + ["parked", "no_data"]
    assert file.row_count == 9 == file.record_count + file.parked_count + file.no_data_count


def test_cells_and_file_are_kept_as_they_came(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    with scope.enter(cast.director):
        parked = SourceRow.objects.get(source_file=file, kind=RowKind.PARKED)
        assert parked.open().cells == ["6", "", "张无门", "13811112222", "", ""]
        kept = SourceFile.objects.get(pk=file.pk)
        assert kept.open_content() == encoded()
        assert kept.open().name == "枫林苑名单.csv"


def test_a_document_number_fills_birth_and_sex_and_a_broken_one_does_not(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    with scope.enter(cast.director):
        said = {mention.open().name: mention for mention in Mention.objects.filter(source_file=file)}
    assert (said["王建国"].birth_year, said["王建国"].sex, said["王建国"].origin_division) == (1976, "female", "142302")
    assert (said["赵小军"].birth_year, said["赵小军"].open().id_problem) == (None, "check_digit")
    assert "张无门" not in said


def test_nothing_staged_counts_anywhere(cast: Cast) -> None:
    doors = Door.objects.count()
    file = staged(cast.director, cast.compound)
    with scope.enter(cast.director):
        assert not Mention.objects.filter(selectors.counted(), source_file=file).exists()
        assert selectors.states_of([file]) == {file.pk: FileState.REVIEW}
    assert Door.objects.count() == doors


def test_the_same_file_again_leads_to_the_first(cast: Cast) -> None:
    first = staged(cast.director, cast.compound)
    again = staged(cast.typist, cast.compound, name="另存为.csv")
    assert again.pk == first.pk
    with scope.enter(cast.director):
        assert SourceRow.objects.count() == 9
        assert LedgerEntry.objects.filter(action="registry.stage_file").count() == 1


def test_the_same_file_of_another_compound_is_another_list(cast: Cast) -> None:
    assert staged(cast.director, cast.compound).pk != staged(cast.director, cast.compound_next).pk


def test_a_discarded_file_can_be_brought_in_again(cast: Cast) -> None:
    first = staged(cast.director, cast.compound)
    actions.discard_file(cast.director, file_id=first.pk)
    again = staged(cast.director, cast.compound)
    assert again.pk != first.pk
    assert staged(cast.director, cast.compound).pk == again.pk


def test_what_an_interrupted_attempt_left_out_is_finished_and_nothing_stored_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = long_list(25)
    monkeypatch.setattr(staging, "CHUNK_ROWS", 10)
    with pytest.raises(RuntimeError, match="pulled the plug"):
        staging.stage(
            cast.director, compound=cast.compound, named=actions.Named("长.csv"), content=content,
            reading=staging.read(content), progress=_plug_pulled_after(20),
        )  # fmt: skip
    with scope.enter(cast.director):
        file = SourceFile.objects.get()
        before = set(SourceRow.objects.values_list("pk", flat=True))
        assert selectors.states_of([file]) == {file.pk: FileState.UNFINISHED}
    assert len(before) == 10
    staging.finish(cast.typist, file.pk)
    with scope.enter(cast.director):
        assert selectors.is_complete(file)
        assert before < set(SourceRow.objects.values_list("pk", flat=True))
        assert (SourceRow.objects.count(), Mention.objects.count()) == (26, 25)


def test_only_who_holds_lists_of_that_place_may_stage(cast: Cast) -> None:
    with pytest.raises(Forbidden):
        staged(cast.worker, cast.compound)
    with pytest.raises(NotFound):
        staged(cast.director, cast.compound_elsewhere)
    with scope.enter(cast.county_officer):
        assert not SourceFile.objects.exists()


def _plug_pulled_after(rows: int):  # type: ignore[no-untyped-def]
    def progress(done: int, _all: int) -> None:
        if done >= rows:
            raise RuntimeError("pulled the plug")

    return progress
