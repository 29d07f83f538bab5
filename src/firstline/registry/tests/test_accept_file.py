"""Accepting and discarding: the one short last step."""

import pytest
from django.db.models import Q

from firstline.audit.models import LedgerEntry
from firstline.kernel import scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.models import Building, Door, Frame
from firstline.registry import actions, selectors, staging
from firstline.registry.errors import ListDecided, ListUnfinished
from firstline.registry.mentions import mentions_at
from firstline.registry.models import SourceFile, SourceRow
from firstline.registry.selectors import FileState
from firstline.registry.tests.lists import long_list, staged
from firstline.testing.cast import Cast


def test_doors_stand_and_names_count(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    actions.accept_file(cast.director, file_id=file.pk)
    new = Door.objects.get(pk=Door.id_for(cast.compound.pk, "3-1-101"))
    assert Building.objects.get(compound=cast.compound, label="3").frame == Frame.LISTED
    with scope.enter(cast.worker):
        assert [seen.name for seen in mentions_at(new.pk)] == ["陈志博"]
        assert [seen.name for seen in mentions_at(cast.door.pk)] == ["王建国"]
    with scope.enter(cast.director):
        assert selectors.states_of([selectors.file_for(cast.director, file.pk)]) == {file.pk: FileState.ACCEPTED}


def test_one_entry_for_staging_and_one_for_accepting(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    actions.accept_file(cast.director, file_id=file.pk)
    with scope.enter(cast.director):
        entries = LedgerEntry.objects.filter(subject_id=file.pk).order_by("at")
        assert [entry.action for entry in entries] == ["registry.stage_file", "registry.accept_file"]
        assert entries[1].open().after == {
            "doors_new": 1, "doors_known": 4, "rows": 9, "records": 5, "parked": 1, "no_data": 3
        }  # fmt: skip


def test_only_one_decision(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    actions.accept_file(cast.director, file_id=file.pk)
    with pytest.raises(ListDecided):
        actions.accept_file(cast.typist, file_id=file.pk)
    with pytest.raises(ListDecided):
        actions.discard_file(cast.director, file_id=file.pk)


def test_a_discarded_list_never_counts(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    actions.discard_file(cast.typist, file_id=file.pk)
    with pytest.raises(ListDecided):
        actions.accept_file(cast.director, file_id=file.pk)
    with scope.enter(cast.director):
        assert mentions_at(cast.door.pk) == []
        assert SourceRow.objects.filter(source_file=file).count() == 9


def test_an_unfinished_list_is_not_accepted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_chunks", lambda rows: [rows[:10]])
    file = staged(cast.director, cast.compound, long_list(20))
    with pytest.raises(ListUnfinished):
        actions.accept_file(cast.director, file_id=file.pk)
    assert not Door.objects.filter(building__compound=cast.compound, building__label="9").exists()


def test_who_may(cast: Cast) -> None:
    file = staged(cast.director, cast.compound)
    with pytest.raises(Forbidden):
        actions.accept_file(cast.worker, file_id=file.pk)
    with pytest.raises(Forbidden):
        actions.discard_file(cast.clerk, file_id=file.pk)
    elsewhere = _in_place_of(cast)
    with pytest.raises(NotFound):
        actions.accept_file(elsewhere, file_id=file.pk)


def test_the_database_holds_without_the_selector(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    file = staged(cast.director, cast.compound)
    monkeypatch.setattr(selectors, "in_ranges", lambda _ranges: Q())
    with pytest.raises(NotFound):
        actions.accept_file(_in_place_of(cast), file_id=file.pk)
    with scope.enter(_in_place_of(cast)):
        assert not SourceFile.objects.filter(pk=file.pk).exists()


def _in_place_of(cast: Cast):  # type: ignore[no-untyped-def]
    """A director of another community."""
    from dataclasses import replace

    grant = replace(cast.director.grants[0], path=cast.compound_elsewhere.place.path[:12])
    return replace(cast.director, grants=(grant,))
