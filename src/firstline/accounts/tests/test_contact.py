"""What a device says of itself is known from its last contact on, at the price of one statement."""

from datetime import timedelta
from typing import Any

from firstline.accounts.devices.contact import Report, contact
from firstline.accounts.models import Device
from firstline.kernel import clock
from firstline.testing.cast import Cast


def test_a_contact_is_one_statement_and_says_what_waits(cast: Cast, django_assert_num_queries: Any) -> None:
    before = clock.now() - timedelta(hours=1)
    device = Device.objects.create(
        person_id=cast.worker.person_id, path="", public_key=b"k", client="0.1.0", last_contact_at=before
    )
    with django_assert_num_queries(1):
        contact(device, Report(212, before, "0.2.0", -90_000, 5, 10, persistent=True))
    device.refresh_from_db()
    assert (device.waiting, device.oldest_waiting_at, device.client) == (212, before, "0.2.0")
    assert (device.offset_ms, device.storage_used, device.storage_quota) == (-90_000, 5, 10)
    assert device.persistent
    assert device.last_contact_at > before


def test_a_contact_without_a_report_leaves_what_was_known(cast: Cast) -> None:
    device = Device.objects.create(person_id=cast.worker.person_id, path="", public_key=b"k", client="1", waiting=7)
    contact(device)
    device.refresh_from_db()
    assert device.waiting == 7
