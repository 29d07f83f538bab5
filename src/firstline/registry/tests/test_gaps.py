"""What lists are missing."""

from datetime import timedelta

import pytest
from django.urls import reverse

from firstline.kernel import clock, gap_sources, scope
from firstline.kernel.gap_sources import Cause, Stage
from firstline.places.selectors import names_at
from firstline.registry import actions
from firstline.registry.actions import PutRight
from firstline.registry.intake import take_all
from firstline.registry.models import LooseFile, RowKind
from firstline.registry.tests.lists import encoded, failed_work, staged
from firstline.registry.upload import Upload
from firstline.testing.cast import COMMUNITY, Cast, Member

DAY_LATER = timedelta(days=1, minutes=1)


def _causes(actor: Member) -> list[Cause]:
    with scope.enter(actor):
        found = gap_sources.causes(actor.ranges("gaps.read"), names_at)
        return [cause for cause in found if cause.kind.startswith(("lists_", "rows_"))]


def _later(monkeypatch: pytest.MonkeyPatch) -> None:
    then = clock.now() + DAY_LATER
    monkeypatch.setattr(clock, "now", lambda: then)


def test_a_list_that_waits_is_to_do_and_after_a_day_a_gap(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    file = staged(cast.director, cast.compound)
    (cause,) = _causes(cast.director)
    assert (cause.kind, cause.stage, cause.count) == ("lists_waiting", Stage.TO_DO, 1)
    assert str(file.pk) in cause.url
    _later(monkeypatch)
    assert [cause.stage for cause in _causes(cast.director)] == [Stage.GAP]


def test_a_list_that_could_not_be_brought_in_is_to_do_and_leads_to_the_lists(cast: Cast) -> None:
    file_id = failed_work(cast.director, cast.compound)
    (cause,) = _causes(cast.director)
    assert (cause.kind, cause.stage, cause.count) == ("lists_failed", Stage.TO_DO, 1)
    assert cause.url == reverse("registry:lists")
    actions.drop_import(cast.director, file_id=file_id)
    assert _causes(cast.director) == []


def test_rows_set_aside_are_to_do_and_after_a_day_a_gap(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    actions.accept_file(cast.director, file_id=staged(cast.director, cast.compound).pk)
    (cause,) = _causes(cast.director)
    assert (cause.kind, cause.stage, cause.count) == ("rows_parked", Stage.TO_DO, 1)
    assert [place.name for place in cause.places] == ["枫林苑"]
    _later(monkeypatch)
    assert [cause.stage for cause in _causes(cast.director)] == [Stage.GAP]


def test_putting_the_rows_right_closes_it_and_so_does_taking_the_list_back(cast: Cast) -> None:
    first, second = staged(cast.director, cast.compound), staged(cast.director, cast.compound_next)
    for file in (first, second):
        actions.accept_file(cast.director, file_id=file.pk)
    assert [cause.count for cause in _causes(cast.director)] == [2]
    with scope.enter(cast.director):
        row = first.rows.get(kind=RowKind.PARKED).pk
    actions.put_right(cast.director, file_id=first.pk, rows=[PutRight(row)])
    (cause,) = _causes(cast.director)
    assert (cause.count, cause.url) == (1, reverse("registry:aside", args=[second.pk]))
    actions.void_file(cast.director, file_id=second.pk)
    assert _causes(cast.director) == []


def test_a_file_that_names_no_compound_waits_too(cast: Cast) -> None:
    content = encoded("房号,姓名\n1-1-101,王建国\n")
    take_all(cast.typist, [Upload("x.csv", content)], None)
    (cause,) = _causes(cast.director)
    assert (cause.kind, cause.stage, [place.name for place in cause.places]) == (
        "lists_loose",
        Stage.TO_DO,
        ["丽景街社区"],
    )
    with scope.enter(cast.director):
        loose = LooseFile.objects.get().pk
        ranges = cast.director.ranges("gaps.read")
        assert gap_sources.waiting_at(ranges, "_loose") == {COMMUNITY: 1}
        assert gap_sources.waiting_at(ranges, "_parked") == {}
    with scope.enter(cast.worker):
        assert gap_sources.waiting_at(cast.worker.ranges("gaps.read"), "_loose") == {}
    actions.end_loose_file(cast.typist, loose_id=loose, compound_id=None)
    assert _causes(cast.director) == []


def test_nothing_is_missing_when_all_rows_stand_at_doors(cast: Cast) -> None:
    content = encoded("房号,姓名,电话\n1-1-101,王建国,13912345678\n1-1-102,李秀珍,\n")
    actions.accept_file(cast.director, file_id=staged(cast.director, cast.compound, content).pk)
    actions.discard_file(cast.director, file_id=staged(cast.director, cast.compound).pk)
    assert _causes(cast.director) == []


def test_only_for_whoever_may_open_lists(cast: Cast) -> None:
    staged(cast.director, cast.compound)
    assert _causes(cast.worker) == []
    assert _causes(cast.county_officer) == []
