"""Two sweeps at once are as one, and a sweep that is cut short has not been."""

import threading

import pytest
from django.db import connection

from firstline.gaps import sweeping
from firstline.gaps.models import Gap, GapEvent, Sweep
from firstline.gaps.sweeping import sweep
from firstline.gaps.tests.open import only_late
from firstline.kernel import clock, gap_sources
from firstline.kernel.actors import Actor, console
from firstline.kernel.gap_sources import Late
from firstline.notify.models import Message
from firstline.testing.cast import COMMUNITY, Cast

LATE = [Late("steps_overdue", f"{COMMUNITY}/{number:04}", 1, clock.now(), clock.now()) for number in range(1, 301)]


@pytest.mark.django_db(transaction=True)
def test_one_that_begins_while_another_runs_leaves_it_to_the_other(
    transactional_db: None, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    within, over = threading.Event(), threading.Event()

    def slowly(table: str) -> None:
        within.set()
        assert over.wait(timeout=60)
        gap_sources.copy_late(table, LATE)

    def the_other() -> None:
        try:
            sweep(console())
        finally:
            connection.close()

    monkeypatch.setattr(gap_sources, "write_late", slowly)
    other = threading.Thread(target=the_other)
    other.start()
    assert within.wait(timeout=60)
    assert not sweep(console()).changed
    over.set()
    other.join(timeout=60)
    assert (Gap.objects.count(), GapEvent.objects.count(), Sweep.objects.count()) == (300, 300, 1)
    assert not sweep(console()).changed


def test_cut_short_before_its_end_it_has_done_nothing_and_the_next_does_all(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(_actor: Actor) -> None:
        raise InterruptedError

    only_late(monkeypatch, LATE)
    with monkeypatch.context() as patched:
        patched.setattr(sweeping, "tell_raised", cut)
        with pytest.raises(InterruptedError):
            sweep(console())
    assert (Gap.objects.count(), GapEvent.objects.count(), Sweep.objects.count()) == (0, 0, 0)
    assert sweep(console()).opened == len(LATE)
    assert Sweep.objects.count() == 1
    said = Message.objects.filter(kind="gaps.late.steps_overdue")
    assert sum(int(message.words["count"]) for message in said) == len(LATE)
