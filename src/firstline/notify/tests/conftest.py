"""Kinds of messages that only the tests tell."""

from collections.abc import Iterator

import pytest

from firstline.notify import kinds

GUARD, SALARY = "test.guard_missing", "test.export_ready"


@pytest.fixture(autouse=True)
def told_kinds() -> Iterator[None]:
    before = dict(kinds._kinds)
    kinds.register(GUARD, "Post without a guard", "Post without a guard: %(count)d")
    kinds.register(SALARY, "Your export is ready", "Your export is ready", group=False)
    yield
    kinds._kinds.clear()
    kinds._kinds.update(before)
