"""The end of a shift hands on what its holder had: to who is on duty there, else back to whoever answers."""

from datetime import timedelta

import pytest
from django.utils import translation

from firstline.accounts import actions as accounts
from firstline.accounts.models import RoleGrant
from firstline.accounts.roles import Role
from firstline.gaps import actions
from firstline.gaps.gap_page import gap_page
from firstline.gaps.models import Gap, GapEvent, Sweep, What
from firstline.gaps.sweeping import sweep
from firstline.gaps.tests.open import only_late
from firstline.kernel import clock, ports, scope
from firstline.kernel.actors import Actor, console
from firstline.kernel.gap_sources import Late
from firstline.notify.models import Message, Receipt
from firstline.response.models import Absence
from firstline.testing.cast import COMMUNITY, Cast
from firstline.testing.time import Clock
from firstline.workforce.actions import sign_in, sign_out


@pytest.fixture
def gap(cast: Cast, clock_at: Clock, monkeypatch: pytest.MonkeyPatch) -> Gap:
    """Something late at the worker's compound, which they have while they are on duty there."""
    due = clock_at.now() - timedelta(minutes=1)
    only_late(monkeypatch, [Late("steps_overdue", cast.compound.place.path, 1, due, due)])
    sign_in(cast.worker, path=cast.compound.place.path)
    sweep(console())
    found = Gap.objects.get()
    clock_at.move(minutes=5)
    actions.take(cast.worker, gap_id=found.pk, until=clock.now() + timedelta(hours=8))
    return found


@pytest.fixture
def relief(cast: Cast) -> Actor:
    """Another grid worker of the same compound."""
    person = accounts.enrol_person(console(), name="任志明", home_path=COMMUNITY)
    accounts.grant_role(console(), person_id=person.pk, role=Role.GRID_WORKER, path=cast.compound.place.path)
    return ports.actor_of_person(person.pk)


def told(kind: str) -> set[object]:
    return set(Receipt.objects.filter(message__kind=kind).values_list("receiver_id", flat=True))


def story(cast: Cast, gap: Gap) -> list[str]:
    with scope.enter(cast.director), translation.override("en"):
        return [str(event.text) for event in gap_page(cast.director, Gap.objects.get(pk=gap.pk))["story"]]


def test_it_goes_on_to_who_signed_in_there(cast: Cast, gap: Gap, relief: Actor, clock_at: Clock) -> None:
    before = Gap.objects.get()
    clock_at.move(hours=1)
    sign_in(relief, path=cast.compound.place.path)
    sign_out(cast.worker, path=cast.compound.place.path)
    clock_at.move(minutes=1)
    assert sweep(console()).handed_on == 1
    after = Gap.objects.get()
    assert (after.taken_by_id, after.taken_until, after.climbs_at) == (
        relief.person_id,
        before.taken_until,
        before.climbs_at,
    )
    assert told("gaps.handed_over") == {relief.person_id}
    assert "shift was over" in story(cast, gap)[0]
    assert Sweep.objects.latest("at").handed_on == 1
    assert not sweep(console()).changed, "once is enough"


def test_with_nobody_there_it_is_given_back_and_the_clock_goes_on(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    climbs_at = gap.climbs_at
    assert climbs_at is not None
    clock_at.move(hours=1)
    sign_out(cast.worker, path=cast.compound.place.path)
    assert sweep(console()).handed_on == 1
    after = Gap.objects.get()
    assert (after.taken_by_id, after.taken_until) == (None, None)
    assert after.climbs_at == climbs_at + timedelta(hours=1)
    assert told("gaps.given_back") == {cast.worker.person_id}, "they still answer there"
    assert GapEvent.objects.get(what=What.GIVEN_BACK).by_person_id is None
    assert "nobody was there" in story(cast, gap)[0]


def test_who_is_away_keeps_nothing_either(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    clock_at.move(hours=1)
    now = clock.now()
    Absence.objects.create(person_id=cast.worker.person_id, begins_at=now, recorded_by_id=cast.director.person_id)
    assert sweep(console()).handed_on == 1
    assert Gap.objects.get().taken_by_id is None
    assert cast.worker.person_id not in told("gaps.given_back")


def test_what_is_taken_after_the_shift_or_without_one_stays(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    clock_at.move(hours=1)
    actions.give_back(cast.worker, gap_id=gap.pk)
    sign_out(cast.worker, path=cast.compound.place.path)
    clock_at.move(minutes=1)
    actions.take(cast.worker, gap_id=gap.pk, until=clock.now() + timedelta(hours=2))
    assert sweep(console()).handed_on == 0
    actions.give_back(cast.worker, gap_id=gap.pk)
    actions.take(cast.director, gap_id=gap.pk, until=clock.now() + timedelta(hours=2))
    assert sweep(console()).handed_on == 0
    assert Gap.objects.get().taken_by_id == cast.director.person_id
    assert not Message.objects.filter(kind="gaps.given_back").exists()


def test_who_signed_in_there_but_may_not_take_it_does_not_get_it(
    cast: Cast, gap: Gap, relief: Actor, clock_at: Clock
) -> None:
    clock_at.move(hours=1)
    sign_in(relief, path=cast.compound.place.path)
    accounts.end_grant(console(), grant_id=RoleGrant.objects.get(person_id=relief.person_id).pk)
    sign_out(cast.worker, path=cast.compound.place.path)
    clock_at.move(minutes=1)
    assert sweep(console()).handed_on == 1
    assert Gap.objects.get().taken_by_id is None
