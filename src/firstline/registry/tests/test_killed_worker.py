"""A worker killed with signal 9 in the middle of a long list: the next one goes on, nothing twice and nothing lost."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.conf import settings

from firstline.kernel import scope
from firstline.registry import background, staging
from firstline.registry.models import Import, Mention, MentionToken, SourceFile, SourceRow, Stage
from firstline.registry.progress import Progress, progress_of
from firstline.registry.tests.lists import long_list
from firstline.testing.cast import Cast

pytestmark = [pytest.mark.fault, pytest.mark.django_db(transaction=True)]

ROWS = 3 * staging.CHUNK_ROWS
NEVER = 0


@contextmanager
def _worker(dead_in: int) -> Iterator["subprocess.Popen[bytes]"]:
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "firstline.registry.tests.killed_worker",
            str(settings.FIRSTLINE_KEY_FOLDER),
            str(dead_in),
        ],
        stdout=subprocess.PIPE,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "firstline.config.test_settings"},
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def _seen(cast: Cast, file_id: uuid.UUID) -> Progress:
    with scope.enter(cast.director):
        return progress_of(cast.director, file_id)


def _until(seen: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not seen():
        assert time.monotonic() < deadline
        time.sleep(0.2)


def _counts(cast: Cast) -> tuple[int, ...]:
    with scope.enter(cast.director):
        return tuple(model.objects.count() for model in (SourceFile, SourceRow, Mention))


@pytest.fixture
def killed(cast: Cast) -> uuid.UUID:
    """A list whose worker was killed with the second of four chunks written but not committed."""
    file_id = background.hand_in(cast.director, name="长.csv", content=long_list(ROWS), compound=cast.compound).file_id
    with _worker(dead_in=2) as worker:
        assert worker.stdout
        assert b"in the middle" in worker.stdout.readline()
        worker.kill()
    return file_id


def test_it_is_shown_as_far_as_it_really_came(cast: Cast, killed: uuid.UUID) -> None:
    seen = _seen(cast, killed)
    assert (seen.stage, seen.done, seen.total) == (Stage.STORING, staging.CHUNK_ROWS, ROWS + 1)
    assert _counts(cast) == (1, staging.CHUNK_ROWS, staging.CHUNK_ROWS - 1)


def test_the_next_worker_takes_it_up_and_nothing_is_there_twice(cast: Cast, killed: uuid.UUID) -> None:
    with _worker(NEVER):
        _until(lambda: _seen(cast, killed).stage == Stage.DONE)
    assert _counts(cast) == (1, ROWS + 1, ROWS)
    with scope.enter(cast.director):
        named = MentionToken.objects.values("mention_id").distinct().count()
        assert (named, Import.objects.count()) == (ROWS, 0)
