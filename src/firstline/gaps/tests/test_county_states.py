"""A sweep tells in which counties a board shows something else: whatever changed there, at the latest with the next."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connections, transaction

from firstline.accounts import actions as accounts
from firstline.accounts.details.actions import Correction, put_right
from firstline.accounts.models import RoleGrant
from firstline.census import actions as census
from firstline.gaps.models import CountyState
from firstline.gaps.sweeping import sweep
from firstline.kernel import changes, clock
from firstline.kernel.actors import console
from firstline.kernel.models import NOTHING_GONE
from firstline.kernel.tests.positions import settled
from firstline.places.actions import create_compound
from firstline.response.answering import actions as answering
from firstline.response.answering.selectors import was_named
from firstline.response.models import Duty, Tier
from firstline.testing.cast import COMMUNITY, COUNTY, OTHER_COUNTY, Cast
from firstline.testing.time import Clock

pytestmark = pytest.mark.django_db(transaction=True)

BOTH = {COUNTY, OTHER_COUNTY}


@pytest.fixture
def swept(transactional_db: None, cast: Cast, clock_at: Clock) -> None:
    clock_at.set(clock.now())
    settle(clock_at)
    assert changed(clock_at) == set()


def settle(clock_at: Clock) -> None:
    """What is told more than once, lest something committed late be left out, is told."""
    # Not before transactions that are older than what was touched have ended, whoever's they are.
    settled()
    for _time in range(2):
        sweep(console())
        clock_at.move(minutes=3)


def changed(clock_at: Clock) -> set[str]:
    """The counties in which the next sweep finds something changed."""
    clock_at.move(minutes=1 / 3)
    sweep(console())
    found = CountyState.objects.filter(changed_at=clock.now())
    assert set(CountyState.objects.filter(swept_at=clock.now()).values_list("path", flat=True)) == BOTH
    return set(found.values_list("path", flat=True))


def _visit(cast: Cast) -> None:
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="registered")


def _compound(cast: Cast) -> None:
    create_compound(cast.director, community_path=COMMUNITY, name="新华苑")


def _line(cast: Cast) -> None:
    someone = cast.director.person_id
    answering.assign(console(), person_id=someone, places=[COMMUNITY], tier=Tier.VILLAGE, duty=Duty.FIRST_SECRETARY)


def _grant_over(cast: Cast) -> None:
    accounts.end_grant(console(), grant_id=RoleGrant.objects.get(person_id=cast.worker.person_id).pk)


def _nothing(_cast: Cast) -> None:
    """Somebody only looks."""
    changes.watermark()


@pytest.mark.usefixtures("swept")
@pytest.mark.parametrize(
    ("act", "where"),
    [
        (_nothing, set()),
        (_visit, {COUNTY}),
        (_compound, {COUNTY}),
        (_line, {COUNTY}),
        (_grant_over, {COUNTY}),
    ],
)
def test_what_somebody_did_somewhere_changes_the_boards_there(
    cast: Cast, clock_at: Clock, act: Callable[[Cast], None], where: set[str]
) -> None:
    act(cast)
    assert changed(clock_at) == where
    settle(clock_at)
    assert changed(clock_at) == set()


@pytest.mark.usefixtures("swept")
def test_another_name_and_an_absence_change_boards_wherever_somebody_answers(cast: Cast, clock_at: Clock) -> None:
    put_right(cast.director, person_id=cast.worker.person_id, correction=Correction(name="吴秀英"))
    assert changed(clock_at) == BOTH
    settle(clock_at)
    begins = clock.now() + timedelta(minutes=20)
    answering.record_absence(
        cast.director, person_id=cast.worker.person_id, begins_at=begins, ends_at=begins + timedelta(hours=1)
    )
    assert changed(clock_at) == set(), "it is to come"
    clock_at.set(begins)
    assert changed(clock_at) == BOTH
    clock_at.set(begins + timedelta(hours=1))
    assert changed(clock_at) == BOTH


@pytest.mark.usefixtures("swept")
def test_what_ends_by_the_clock_changes_the_boards_when_it_does(cast: Cast, clock_at: Clock) -> None:
    _line(cast)
    (line,) = was_named(cast.director.person_id)
    line.valid_until = clock.now() + timedelta(minutes=30)
    line.save(update_fields=["valid_until"])
    assert changed(clock_at) == {COUNTY}
    settle(clock_at)
    assert changed(clock_at) == set()
    clock_at.set(line.valid_until)
    assert changed(clock_at) == {COUNTY}


@pytest.mark.usefixtures("swept")
def test_what_is_touched_for_long_is_told_once_it_is_committed(cast: Cast, clock_at: Clock) -> None:
    other = connections["default"].copy()
    try:
        with transaction.atomic(), other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute("INSERT INTO kernel_touched (path, gone_id) VALUES (%s, %s)", [cast.door.path, NOTHING_GONE])
            clock_at.move(minutes=30)
        assert changed(clock_at) == set()
        with other.cursor() as cursor:
            cursor.execute("COMMIT")
        assert changed(clock_at) == {COUNTY}
    finally:
        other.close()


@pytest.mark.usefixtures("swept")
def test_after_a_restore_every_board_is_made_anew(clock_at: Clock) -> None:
    CountyState.objects.update(seen_generation=0)
    assert changed(clock_at) == BOTH
