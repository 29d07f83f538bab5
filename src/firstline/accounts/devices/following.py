"""What phones are given goes on where a division went over into others."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import Q

from firstline.accounts.models import DeviceGrant
from firstline.kernel import ledger
from firstline.kernel.actors import Actor


def give_beside(actor: Actor, *, predecessor: str, successors: Sequence[str], since: datetime) -> None:
    """Give the phones of a division for its successors as well, each with its hats and until its own end.

    The grant for the old path stays, since rows filed there stay; what it may follows from roles, too.
    One that is moved or revoked loses all of them.
    """
    lasting = Q(valid_until=None) | Q(valid_until__gt=since)
    found = DeviceGrant.objects.select_for_update(of=("self",)).filter(
        lasting, path=predecessor, device__revoked_at=None
    )
    for grant in found.select_related("device").order_by("valid_from", "id"):
        DeviceGrant.objects.bulk_create(
            DeviceGrant(
                device_id=grant.device_id,
                path=path,
                hats=grant.hats,
                valid_from=max(since, grant.valid_from),
                valid_until=grant.valid_until,
                given_by_id=actor.person_id,
            )
            for path in successors
        )
        ledger.record(path=predecessor, subject=grant.device, after={"places": [predecessor, *successors]})
