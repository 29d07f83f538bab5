"""Whatever is named, handed over, ended or taken back: one lead a seat at any moment, no gap, and the past stands."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.accounts.models import Person
from firstline.kernel import clock
from firstline.kernel.errors import FirstlineError
from firstline.response.answering import actions
from firstline.response.answering.resolving import end_of_chain
from firstline.response.answering.standing import StandIn
from firstline.response.answering.tests.people import named, somebody
from firstline.response.models import Duty, Rank, Responsibility
from firstline.testing.cast import COMMUNITY, Cast

_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["assign", "deputy", "hand_over", "end", "take_back"]),
        st.integers(0, 2),
        st.integers(0, 5),
    ),
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=_STEPS)
def test_one_lead_a_seat_and_history_never_changes(
    cast: Cast, monkeypatch: pytest.MonkeyPatch, steps: list[tuple[str, int, int]]
) -> None:
    with transaction.atomic(), monkeypatch.context() as patched:
        people = [somebody(name) for name in ("石改梅", "高小平", "任志明")]
        moment = clock.now()
        patched.setattr(clock, "now", lambda: moment)
        told: dict[datetime, UUID | None] = {}
        for what, who, hours in steps:
            moment += timedelta(hours=hours + 1)
            try:
                with transaction.atomic():
                    _do(cast, what, people[who].pk)
            except FirstlineError:
                pass
            told[moment] = _lead(moment)
            for past, lead in told.items():
                assert _lead(past) == lead, "what was said of a past moment is said of it for ever"
        _assert_seamless()
        transaction.set_rollback(True)


def _do(cast: Cast, what: str, person_id: UUID) -> None:
    latest = Responsibility.objects.filter(rank=Rank.LEAD).order_by("-recorded_at", "-id").first()
    if what in {"assign", "deputy"}:
        rank = Rank.LEAD if what == "assign" else Rank.DEPUTY
        named(cast.director, Person.objects.get(pk=person_id), duty=Duty.GRID_HEAD, rank=rank)
    elif latest is None:
        return
    elif what == "hand_over":
        actions.hand_over(cast.director, responsibility_ids=[latest.pk], to_person_id=person_id)
    elif what == "end":
        actions.end_responsibility(cast.director, responsibility_ids=[latest.pk])
    else:
        actions.take_back(cast.director, responsibility_ids=[latest.pk])


def _lead(at: datetime) -> UUID | None:
    leads = [
        line.person_id
        for line in Responsibility.objects.filter(path=COMMUNITY, rank=Rank.LEAD)
        if line.valid_from <= at and (line.valid_until is None or at < line.valid_until)
    ]
    assert len(leads) <= 1
    return leads[0] if leads else None


def _assert_seamless() -> None:
    for line in Responsibility.objects.exclude(follows=None).select_related("follows"):
        assert line.follows is not None and line.follows.valid_until is not None
        assert line.follows.valid_until <= line.valid_from
        if line.person_id != line.follows.person_id:
            assert line.follows.valid_until == line.valid_from, "a hand-over has no gap and no overlap"


@given(st.dictionaries(st.integers(0, 5), st.tuples(st.integers(0, 5), st.booleans(), st.booleans()), max_size=6))
def test_a_chain_ends_with_somebody_who_is_there_or_nowhere(named_by: dict[int, tuple[int, bool, bool]]) -> None:
    ids = [UUID(int=number) for number in range(6)]
    chains = {
        ids[person]: StandIn(ids[person], ids[deputy], b"", gone, away)
        for person, (deputy, gone, away) in named_by.items()
    }
    for person in ids:
        end = end_of_chain(person, chains)
        assert end is None or (not end.away and not end.gone and end.deputy_id != person)
