"""A gap that is open, without the sweep that would find it; and a sweep that finds what a test says."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from firstline.gaps.models import Gap, GapEvent, What
from firstline.kernel import clock, gap_sources
from firstline.kernel.gap_sources import Late


def gap_at(path: str, *, kind: str = "steps_overdue", severity: int = 60, count: int = 1) -> Gap:
    """Something at a place that fell due this moment, an hour after it began to wait."""
    now = clock.now()
    gap = Gap.objects.create(
        kind=kind,
        path=path,
        severity=severity,
        count=count,
        since=now - timedelta(hours=1),
        opened_at=now,
        climbs_at=now + timedelta(hours=4),
    )
    GapEvent.objects.create(gap=gap, path=path, what=What.OPENED, at=now, tier=gap.tier, count=count)
    return gap


def only_late(monkeypatch: pytest.MonkeyPatch, late: Sequence[Late]) -> None:
    """From now on this is what sources find late; the test may change the list."""
    monkeypatch.setattr(gap_sources, "write_late", lambda table: gap_sources.copy_late(table, late))
