"""A server killed in the middle of accepting: the list waits as before, none of its doors stands, nothing is lost."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from firstline.kernel import scope
from firstline.places.models import Door
from firstline.registry import actions
from firstline.registry.mentions import mentions_at
from firstline.registry.models import FileDecision, SourceFile
from firstline.registry.tests.lists import long_list, staged
from firstline.testing.cast import Cast

ROWS = 40


@pytest.fixture
def killed(transactional_db: None, cast: Cast) -> SourceFile:
    """A list whose acceptance was killed (signal 9) with its doors written but not committed."""
    file = staged(cast.director, cast.compound, long_list(ROWS))
    arguments = [str(cast.director.person_id), str(file.pk), str(settings.FIRSTLINE_KEY_FOLDER)]
    process = subprocess.Popen(
        [sys.executable, "-m", "firstline.registry.tests.interrupted_accept", *arguments],
        stdout=subprocess.PIPE,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "firstline.config.test_settings"},
    )
    assert process.stdout is not None
    with process.stdout as said:
        assert f"{ROWS} doors written".encode() in said.readline()
        process.kill()
        process.wait()
    return file


@pytest.mark.fault
def test_nothing_of_it_counts_and_it_can_be_accepted_again(killed: SourceFile, cast: Cast) -> None:
    first = Door.id_for(cast.compound.pk, "9-1-101")
    assert not Door.objects.filter(building__label="9").exists()
    with scope.enter(cast.director):
        assert not FileDecision.objects.exists()
        assert mentions_at(first) == []
    actions.accept_file(cast.typist, file_id=killed.pk)
    assert Door.objects.filter(building__label="9").count() == ROWS
    with scope.enter(cast.director):
        assert len(mentions_at(first)) == 1
