"""What an operator can mend ends in one line that says how, never in a stack trace."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from firstline.config.env import SettingsError
from firstline.database.errors import DatabaseStartError
from firstline.operations.errors import OperationError


class ServeError(Exception):
    """The server cannot run; the message says why."""


@contextlib.contextmanager
def refusals_as_exit() -> Iterator[None]:
    try:
        yield
    except (SettingsError, DatabaseStartError, OperationError, ServeError) as refusal:
        raise SystemExit(f"firstline: {refusal}") from None
