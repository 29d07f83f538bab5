"""The backend itself, under the name that Django looks for."""

import select
from typing import Any

from django.db.backends.postgresql import base
from psycopg.pq import TransactionStatus

# In a transaction that failed nothing can be asked until it is rolled back.
_AT_REST = {TransactionStatus.IDLE, TransactionStatus.INTRANS}


class DatabaseWrapper(base.DatabaseWrapper):
    """Before its first statement, a request is sure of the session that it takes over from the one before."""

    def is_usable(self) -> bool:
        """Whether the session still stands; asked only where there may be doubt.

        PostgreSQL speaks unasked only to say goodbye, or something that is to be read first: where nothing waits to be
        read, Django's own ``SELECT 1`` would cost every request a way there and back to learn nothing.
        """
        raw: Any = self.connection
        if raw is None or raw.closed:
            return False
        silent = raw.info.transaction_status in _AT_REST and not _waits(raw.fileno())
        return silent or bool(super().is_usable())


def _waits(descriptor: int) -> bool:
    waiting = select.poll()
    waiting.register(descriptor, select.POLLIN)
    return bool(waiting.poll(0))
