"""What is asked of an installation after a restore: do the keys open the rows, do the states follow from the facts."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

from django.apps import apps

from firstline.census.models import Campaign
from firstline.census.rebuild import rebuild
from firstline.kernel import crypto, keys, scope
from firstline.kernel.actors import console
from firstline.kernel.errors import FirstlineError
from firstline.kernel.models import DataKey, SealedRow
from firstline.kernel.paths import subtree
from firstline.operations.errors import OperationError
from firstline.operations.manifest import DataManifest
from firstline.response.actions import register_copies
from firstline.response.models import KeyCopy

# Enough rows of a table to meet every key in use; a table has as many keys as it has emergencies.
_TRIED = 200


def opened() -> int:
    """Open rows of every table with personal data; how many opened. Raises OperationError when one does not."""
    crypto.forget_cached_keys()
    keys.forget_standing_key()
    count = 0
    try:
        keys.check_all()
        destroyed = set(DataKey.objects.filter(destroyed_at__isnull=False).values_list("pk", flat=True))
        with scope.enter(console()):
            for row in _some_sealed_rows():
                if crypto.key_of(row.sealed) not in destroyed:
                    row.open()
                    count += 1
    except FirstlineError as problem:
        raise OperationError(f"A sealed row does not open: {problem}") from None
    return count


def underivable() -> list[str]:
    """Where stored states are not what the facts add up to; empty when all is well."""
    with scope.enter(console()):
        campaigns = list(Campaign.objects.values_list("pk", flat=True))
    return [
        f"{difference.path}: stored {difference.stored}, facts say {difference.derived}"
        for campaign_id in campaigns
        for difference in rebuild(console(), campaign_id, subtree(""), write=False)
    ]


def register_origin(said: DataManifest, here: str) -> None:
    """The key folder that was backed up is, seen from here, one more place where the keys lie."""
    if said.made_on != here and not KeyCopy.objects.filter(place=said.made_on, gone=None).exists():
        known = {uuid.UUID(key.id) for key in said.keys}
        there = DataKey.objects.filter(pk__in=known, destroyed_at=None).values_list("pk", flat=True)
        register_copies(console(), key_ids=list(there), place=said.made_on)


def _some_sealed_rows() -> Iterator[SealedRow]:
    for model in apps.get_models():
        if issubclass(model, SealedRow):
            yield from model._base_manager.order_by("-pk")[:_TRIED]
