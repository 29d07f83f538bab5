"""Waiting until what was committed may be read: a suite beside this one has transactions in the same cluster."""

import time

from django.db import connection

from firstline.kernel import changes

_PATIENCE = 60


def settled() -> None:
    """Wait until every transaction that runs now has ended, also those in other databases of the cluster."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text")
        here = int(cursor.fetchone()[0])
    ends = time.monotonic() + _PATIENCE
    while changes.watermark().txid <= here:
        assert time.monotonic() < ends, "a transaction does not end"
        time.sleep(0.01)
