"""What an operator can mend ends in one line that says how, never in a stack trace."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from firstline.config.env import SettingsError
from firstline.database.errors import DatabaseStartError
from firstline.operations.errors import OperationError


class ServeError(Exception):
    """The server, or a command, cannot go on; the message says why."""


def refusal_of_database(problem: Exception) -> ServeError:
    """What an operator is told when the database went away, or its disk is full, in the middle of a command."""
    from firstline.kernel.errors import DatabaseGone, StorageFull, is_disk_full

    return ServeError(str(StorageFull() if is_disk_full(problem) else DatabaseGone()))


@contextlib.contextmanager
def refusals_as_exit() -> Iterator[None]:
    try:
        yield
    except (SettingsError, DatabaseStartError, OperationError, ServeError) as refusal:
        raise SystemExit(f"firstline: {refusal}") from None
