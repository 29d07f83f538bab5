"""What a device says of itself whenever it is heard of. No act of anybody, so it is not in the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from firstline.accounts.models import Device
from firstline.kernel import clock, prepared


@dataclass(frozen=True, slots=True)
class Report:
    """What a device holds unsent (``waiting`` commands, the oldest since ``oldest``), as it says with each batch.

    ``offset_ms`` is server minus device; ``storage`` in bytes, None where the browser does not tell.
    """

    waiting: int
    oldest: datetime | None
    client: str
    offset_ms: int | None
    storage_used: int | None
    storage_quota: int | None
    persistent: bool


def contact(device: Device, report: Report | None = None) -> None:
    """Keep that a device was heard of just now, and what it said of itself; one statement, no row read."""
    # By hand: it goes with every batch, and to put it together anew each time would cost the ORM more than it takes.
    values: list[Any] = [clock.now()]
    if report is not None:
        values += [getattr(report, name) for name in _TOLD.values()]
    with prepared.cursor() as cursor:
        cursor.execute(_HEARD if report is None else _TOLD_TOO, [*values, device.pk])


_TOLD = {
    "waiting": "waiting",
    "oldest_waiting_at": "oldest",
    "client": "client",
    "offset_ms": "offset_ms",
    "storage_used": "storage_used",
    "storage_quota": "storage_quota",
    "persistent": "persistent",
}
_TABLE = Device._meta.db_table
_HEARD = f"UPDATE {_TABLE} SET last_contact_at = %s WHERE id = %s"  # noqa: S608  # our own table
_TOLD_TOO = f"UPDATE {_TABLE} SET last_contact_at = %s, {', '.join(f'{name} = %s' for name in _TOLD)} WHERE id = %s"  # noqa: S608
