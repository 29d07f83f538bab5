"""A server killed in the middle of an import: nothing counts, it is shown as unfinished, nothing comes twice."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from firstline.kernel import scope
from firstline.places.models import Door
from firstline.registry import actions, selectors, staging
from firstline.registry.errors import ListUnfinished, ReadingChanged
from firstline.registry.models import Mention, MentionToken, SourceFile, SourceRow
from firstline.registry.selectors import FileState
from firstline.registry.tests.lists import encoded, long_list, staged
from firstline.testing.cast import Cast

ROWS = staging.CHUNK_ROWS + 100


@pytest.fixture
def killed(transactional_db: None, cast: Cast, tmp_path: Path) -> tuple[Cast, bytes, SourceFile]:
    """A list of two chunks whose process was killed (signal 9) with the second chunk written but not committed."""
    content = long_list(ROWS)
    path = tmp_path / "长.csv"
    path.write_bytes(content)
    arguments = [str(cast.director.person_id), str(cast.compound.pk), str(path), str(settings.FIRSTLINE_KEY_FOLDER)]
    process = subprocess.Popen(
        [sys.executable, "-m", "firstline.registry.tests.interrupted_import", *arguments],
        stdout=subprocess.PIPE,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "firstline.config.test_settings"},
    )
    assert process.stdout is not None
    with process.stdout as said:
        assert b"in the middle" in said.readline()
        process.kill()
        process.wait()
    with scope.enter(cast.director):
        return cast, content, SourceFile.objects.get()


def _counts() -> tuple[int, int, int]:
    return SourceRow.objects.count(), Mention.objects.count(), MentionToken.objects.count()


@pytest.mark.fault
def test_it_counts_nowhere_and_is_shown_as_unfinished(killed: tuple[Cast, bytes, SourceFile]) -> None:
    cast, _content, file = killed
    with scope.enter(cast.director):
        assert _counts()[0] == staging.CHUNK_ROWS
        assert selectors.states_of([file]) == {file.pk: FileState.UNFINISHED}
    with pytest.raises(ListUnfinished):
        actions.accept_file(cast.director, file_id=file.pk)
    assert not Door.objects.filter(building__label="9").exists()
    page = cast.director.client().get(reverse("registry:review", args=[file.pk])).content.decode()
    assert reverse("registry:finish", args=[file.pk]) in page
    assert "is-unfinished" in cast.director.client().get(reverse("registry:lists")).content.decode()


@pytest.mark.fault
def test_the_button_finishes_it_and_nothing_is_there_twice(killed: tuple[Cast, bytes, SourceFile]) -> None:
    cast, content, file = killed
    client = cast.typist.client()
    assert client.post(reverse("registry:finish", args=[file.pk])).status_code == 303
    with scope.enter(cast.director):
        whole = _counts()
        assert whole[:2] == (ROWS + 1, ROWS)
    assert staged(cast.director, cast.compound, content, name="长.csv").pk == file.pk
    with scope.enter(cast.director):
        assert _counts() == whole
    actions.accept_file(cast.director, file_id=file.pk)
    assert Door.objects.filter(building__label="9").count() == ROWS


def test_a_program_that_reads_it_differently_says_so(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "_chunks", lambda _rows: [])
    file = staged(cast.director, cast.compound)
    differently = staging.read(encoded("房号,姓名\n1-1-101,王建国\n"))
    monkeypatch.setattr(staging, "read", lambda *_asked, **_how: differently)
    with pytest.raises(ReadingChanged):
        staging.finish(cast.director, file.pk)


def test_an_upload_is_held_in_memory_only() -> None:
    assert settings.FILE_UPLOAD_HANDLERS == ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
