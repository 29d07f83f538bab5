"""Keys that tests destroy."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from firstline.kernel import crypto
from firstline.testing.cast import Cast


@pytest.fixture
def own_keys(cast: Cast) -> Iterator[None]:
    """Keys of the cast are made once a run; what a test destroys is put back for the next one."""
    folder = Path(settings.FIRSTLINE_KEY_FOLDER)
    before = {file: file.read_bytes() for file in folder.glob("*.key")}
    yield
    for stone in folder.glob("*.destroyed"):
        stone.unlink()
    for file, content in before.items():
        file.write_bytes(content)
    crypto.forget_cached_keys()
