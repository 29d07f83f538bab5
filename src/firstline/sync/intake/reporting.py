"""What a device says of itself with a batch, as it is kept for its supervisor. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime

from firstline.accounts.devices.contact import Report
from firstline.accounts.models import Device
from firstline.sync.intake.envelopes import Answer, Batch


def report_of(batch: Batch, answers: Sequence[Answer], received_at: int) -> Report:
    """What it holds once it has read the answers. Its clock is off by what this very batch tells, way included."""
    left = max(batch.waiting - len(answers), 0)
    return Report(
        waiting=left,
        oldest=datetime.fromtimestamp(batch.oldest / 1000, UTC) if left and batch.oldest is not None else None,
        client=batch.client,
        offset_ms=received_at - batch.sent_at,
        storage_used=batch.storage.used,
        storage_quota=batch.storage.quota,
        persistent=batch.storage.persistent,
    )


def wipe_due(device: Device, batch: Batch) -> bool:
    """Whether the device is to delete its store now: it was asked for, and nothing but this batch was waiting."""
    return device.wipe_asked_at is not None and device.wiped_at is None and batch.waiting == len(batch.commands)
