"""One absence as pages show it."""

from typing import Any

from django.urls import reverse

from firstline.accounts.selectors import details_of
from firstline.kernel import clock
from firstline.response.models import Absence


def is_over(one: Absence) -> bool:
    """Whether an absence has ended."""
    return one.ends_at is not None and one.ends_at <= clock.now()


def shown_absence(one: Absence, reason: str) -> dict[str, Any]:
    """From when until when, who stands in; ``reason`` is shown only while it lasts."""
    over = is_over(one)
    return {
        "id": one.pk,
        "begins_at": one.begins_at,
        "ends_at": one.ends_at,
        "deputy": details_of(one.deputy).name if one.deputy is not None else "",
        "deputy_url": reverse("response:answering_person", args=[one.deputy_id]) if one.deputy_id else "",
        "reason": "" if over else reason,
        "over": over,
    }
