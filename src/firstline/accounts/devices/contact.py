"""What a device says of itself whenever it is heard of. No act of anybody, so it is not in the ledger."""

from dataclasses import dataclass
from datetime import datetime

from firstline.accounts.models import Device
from firstline.kernel import clock


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
    told = (
        {
            "waiting": report.waiting,
            "oldest_waiting_at": report.oldest,
            "client": report.client,
            "offset_ms": report.offset_ms,
            "storage_used": report.storage_used,
            "storage_quota": report.storage_quota,
            "persistent": report.persistent,
        }
        if report
        else {}
    )
    Device.objects.filter(pk=device.pk).update(last_contact_at=clock.now(), **told)
