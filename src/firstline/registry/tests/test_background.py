"""Long lists: kept at once, read in the background, shown as far as they have come, and never lost half way."""

import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse
from django.utils import translation
from psycopg.errors import DiskFull

from firstline.accounts import actions as accounts
from firstline.accounts.models import RoleGrant
from firstline.config.testing.budget import Budget
from firstline.kernel import jobs as kernel_jobs
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.kernel.errors import NotFound, StorageFull
from firstline.places.models import Door
from firstline.registry import actions, background, mentions, progress, selectors, staging
from firstline.registry.errors import ListUnderWay
from firstline.registry.models import Import, Mention, MentionToken, SourceFile, SourceRow, Stage
from firstline.registry.progress import progress_of
from firstline.registry.selectors import FileState
from firstline.registry.tests.lists import encoded, long_list, staged
from firstline.testing.cast import Cast, Member
from firstline.testing.queue import Ended, waiting, work_off

NOT_A_TABLE = b"\x89PNG\r\n" * 5


@pytest.fixture(autouse=True)
def _long_is_short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "LONG_ROWS", 3)
    monkeypatch.setattr(staging, "CHUNK_ROWS", 10)


def _hand_in(cast: Cast, content: bytes | None = None, by: Member | None = None, name: str = "长.csv") -> uuid.UUID:
    content = long_list(25) if content is None else content
    return background.hand_in(by or cast.director, name=name, content=content, compound=cast.compound).file_id


def _seen(by: Member, file_id: uuid.UUID) -> progress.Progress:
    with scope.enter(by):
        return progress_of(by, file_id)


def _counts(cast: Cast) -> tuple[int, ...]:
    with scope.enter(cast.director):
        return tuple(model.objects.count() for model in (SourceFile, SourceRow, Mention, MentionToken))


@contextmanager
def _full_disk(table: str) -> Iterator[None]:
    """The driver says that the disk is full when a row of ``table`` is to be written.

    Raised at the driver's edge: a disk that is really full cannot be had without being root.
    """

    def refuse(execute: Callable[..., Any], statement: str, *rest: Any) -> Any:
        if statement.startswith(f"INSERT INTO {table}"):
            raise OperationalError from DiskFull("could not extend file: No space left on device")
        return execute(statement, *rest)

    with connection.execute_wrapper(refuse):
        yield


def test_from_the_upload_to_the_review(cast: Cast) -> None:
    client = cast.director.client()
    upload = SimpleUploadedFile("长.csv", long_list(25))
    answer = client.post(reverse("registry:import_start"), {"file": upload, "compound": str(cast.compound.pk)})
    page = answer["Location"]
    assert (answer.status_code, "progress" in page) == (303, True)
    assert "长.csv" in client.get(reverse("registry:lists")).content.decode()
    shown = client.get(page).content.decode()
    assert "等着轮到它" in shown
    assert 'hx-trigger="every 2s"' in shown
    assert work_off() == [Ended("registry.bring_in", "succeeded")]
    assert client.get(page)["Location"] == page.replace("progress/", "")
    assert client.get(page, headers={"HX-Request": "true"})["HX-Redirect"] == page.replace("progress/", "")
    assert client.get(page.replace("progress/", "")).status_code == 200
    with scope.enter(cast.director):
        assert selectors.states_of([SourceFile.objects.get()]) == {SourceFile.objects.get().pk: FileState.REVIEW}
        assert not Import.objects.exists()


def test_a_page_that_asks_again_hears_nothing_until_something_changed(cast: Cast) -> None:
    file_id = _hand_in(cast)
    client, url = cast.typist.client(), reverse("registry:progress", args=[file_id])
    seen = _seen(cast.director, file_id).version
    htmx = {"HX-Request": "true"}
    assert client.get(url, {"seen": seen}, headers=htmx).status_code == 204
    with scope.enter(cast.director):
        progress.note(file_id, Stage.STORING, 10, 26)
    answer = client.get(url, {"seen": seen}, headers=htmx)
    assert "10 行，共 26 行" in answer.content.decode()


def test_asking_again_is_cheap(cast: Cast, statement_budget: Budget) -> None:
    file_id = _hand_in(cast)
    client = cast.director.client()
    with statement_budget("registry.progress"):
        client.get(reverse("registry:progress", args=[file_id]), headers={"HX-Request": "true"})


def test_what_is_said_is_what_is_stored(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    told, note = [], progress.note

    def listening(file_id: uuid.UUID, stage: Stage, done: int = 0, total: int = 0) -> None:
        note(file_id, stage, done, total)
        seen = progress_of(cast.director, file_id)
        told.append((seen.stage, seen.done, seen.total))
        assert seen.done == SourceRow.objects.count()

    monkeypatch.setattr(progress, "note", listening)
    _hand_in(cast)
    work_off()
    storing = [(Stage.STORING, done, 26) for done in (10, 20, 26)]
    assert told == [(Stage.READING, 0, 0), *storing]


def test_a_fault_is_shown_tried_again_and_leaves_nothing_twice(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    file_id, store, chunks = _hand_in(cast), mentions.store, []

    def pulling_the_plug(*args: Any, **kwargs: Any) -> Any:
        chunks.append(1)
        if len(chunks) == 2:
            raise RuntimeError("pulled the plug")
        return store(*args, **kwargs)

    monkeypatch.setattr(staging, "store", pulling_the_plug)
    assert work_off() == [Ended("registry.bring_in", "todo")]
    seen = _seen(cast.director, file_id)
    assert (seen.stage, seen.done, bool(seen.problem)) == (Stage.WAITING, 10, True)
    assert _counts(cast)[1] == 10
    assert work_off() == [Ended("registry.bring_in", "succeeded")]
    assert _counts(cast)[:3] == (1, 26, 25)
    assert _seen(cast.director, file_id).stage == Stage.DONE
    tokens = _counts(cast)[3]
    with scope.enter(cast.director):
        assert MentionToken.objects.values("token", "mention_id").distinct().count() == tokens


@pytest.mark.fault
def test_a_full_disk_is_said_and_nothing_is_half_done(cast: Cast) -> None:
    file_id = _hand_in(cast)
    with _full_disk("registry_mention "):
        for _attempt in range(kernel_jobs.MOST_ATTEMPTS - 1):
            assert work_off() == [Ended("registry.bring_in", "todo")]
        assert _seen(cast.director, file_id).problem == str(StorageFull())
        assert work_off() == [Ended("registry.bring_in", "failed")]
    seen = _seen(cast.director, file_id)
    assert (seen.stage, seen.problem) == (Stage.FAILED, str(StorageFull()))
    assert _counts(cast) == (1, 0, 0, 0)
    assert _hand_in(cast) == file_id
    assert work_off() == [Ended("registry.bring_in", "succeeded")]
    assert _counts(cast)[:3] == (1, 26, 25)


@pytest.mark.fault
def test_a_short_list_on_a_full_disk_is_refused_with_a_page_that_says_so(cast: Cast) -> None:
    upload = SimpleUploadedFile("短.csv", encoded("房号,姓名\n1-1-101,王建国\n"))
    with _full_disk("registry_sourcerow"):
        answer = cast.director.client().post(
            reverse("registry:import_start"), {"file": upload, "compound": str(cast.compound.pk)}
        )
    assert answer.status_code == 507
    assert "硬盘满了" in answer.content.decode()


def test_what_is_no_list_is_shown_with_its_reason_and_can_be_taken_away(cast: Cast) -> None:
    file_id = _hand_in(cast, NOT_A_TABLE, name="照片.xlsx")
    assert work_off() == [Ended("registry.bring_in", "failed")]
    seen = _seen(cast.director, file_id)
    assert (seen.stage, seen.name) == (Stage.FAILED, "照片.xlsx")
    assert "图片" in seen.problem
    with translation.override("en"):
        assert "a picture" in _seen(cast.director, file_id).problem
    page = reverse("registry:progress", args=[file_id])
    drop = reverse("registry:drop", args=[file_id])
    assert drop in cast.director.client().get(page).content.decode()
    assert cast.director.client().post(drop)["Location"] == reverse("registry:lists")
    assert cast.director.client().get(page).status_code == 404


def test_what_is_being_worked_on_is_not_taken_away(cast: Cast) -> None:
    file_id = _hand_in(cast)
    with pytest.raises(ListUnderWay):
        actions.drop_import(cast.director, file_id=file_id)
    with pytest.raises(NotFound):
        actions.drop_import(_of_another_county(cast), file_id=file_id)


def test_whoever_lost_the_grant_brings_nothing_in_and_the_others_see_why(cast: Cast) -> None:
    file_id = _hand_in(cast, by=cast.typist)
    accounts.end_grant(console(), grant_id=RoleGrant.objects.get(person_id=cast.typist.person_id).pk)
    assert work_off() == [Ended("registry.bring_in", "failed")]
    seen = _seen(cast.director, file_id)
    assert (seen.stage, bool(seen.problem)) == (Stage.FAILED, True)
    assert _counts(cast) == (0, 0, 0, 0)


def test_the_same_file_again_is_the_first(cast: Cast) -> None:
    first = _hand_in(cast)
    assert _hand_in(cast, by=cast.typist) == first
    assert len(waiting()) == 1
    work_off()
    assert _hand_in(cast) == first
    assert waiting() == []


def test_what_was_interrupted_while_somebody_waited_is_finished_in_the_background(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_chunks", lambda rows: [rows[:10]])
    file = staged(cast.director, cast.compound, long_list(25))
    assert _seen(cast.director, file.pk).stage == Stage.FAILED
    monkeypatch.undo()
    monkeypatch.setattr(background, "LONG_ROWS", 3)
    assert cast.director.client().post(reverse("registry:finish", args=[file.pk]))["Location"].endswith("progress/")
    assert _seen(cast.director, file.pk).total == 26
    assert work_off() == [Ended("registry.bring_in", "succeeded")]
    assert _counts(cast)[:3] == (1, 26, 25)


def test_a_long_list_is_accepted_in_the_background(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(background, "ACCEPTED_AT_ONCE", 3)
    file = staged(cast.director, cast.compound, long_list(25))
    answer = cast.director.client().post(reverse("registry:accept", args=[file.pk]))
    assert answer["Location"].endswith("progress/")
    assert _seen(cast.director, file.pk).stage == Stage.ACCEPTING
    assert not Door.objects.filter(building__label="9").exists()
    assert work_off() == [Ended("registry.accept", "succeeded")]
    assert Door.objects.filter(building__label="9").count() == 25
    assert _seen(cast.director, file.pk).stage == Stage.DONE


def test_a_long_list_says_whose_it_is_by_its_name_or_waits_unread(cast: Cast) -> None:
    client, named = cast.director.client(), SimpleUploadedFile("枫林苑.csv", long_list(25))
    assert "progress" in client.post(reverse("registry:import_start"), {"file": named})["Location"]
    nameless = SimpleUploadedFile("名单.csv", long_list(26))
    assert client.post(reverse("registry:import_start"), {"file": nameless})["Location"] == reverse("registry:lists")
    with scope.enter(cast.director):
        [loose] = selectors.loose_files(cast.director)
    client.post(reverse("registry:file_loose"), {f"compound-{loose.id}": str(cast.compound.pk)})
    assert len(waiting()) == 2
    with scope.enter(cast.director):
        assert not selectors.loose_files(cast.director)


def test_a_file_that_came_before_leads_to_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Known only once it is read: the one before was read with columns that somebody chose."""
    before = staged(cast.director, cast.compound, long_list(25))
    monkeypatch.setattr(staging, "recognise", lambda *_args: b"another")
    file_id = _hand_in(cast)
    monkeypatch.undo()
    assert work_off() == [Ended("registry.bring_in", "succeeded")]
    assert _seen(cast.director, file_id).leads_to == before.pk
    page = cast.director.client().get(reverse("registry:progress", args=[file_id]))
    assert page["Location"] == reverse("registry:review", args=[before.pk])
    with scope.enter(cast.director):
        assert progress.under_way(cast.director) == []


def test_the_queue_holds_no_name(cast: Cast) -> None:
    file_id = _hand_in(cast)
    [job] = waiting()
    assert job["args"] == {"person": str(cast.director.person_id), "subject": str(file_id)}


def test_nobody_elsewhere_sees_it(cast: Cast) -> None:
    file_id = _hand_in(cast)
    with pytest.raises(NotFound):
        _seen(_of_another_county(cast), file_id)
    with scope.enter(_of_another_county(cast)):
        assert not Import.objects.exists()


def _of_another_county(cast: Cast) -> Member:
    from dataclasses import replace

    grant = replace(cast.director.grants[0], path=cast.compound_other_county.place.path[:12])
    return replace(cast.director, grants=(grant,))
