"""Whatever is put right, taken back, accepted and undone, in any order: no row is lost and every account closes."""

import uuid

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firstline.kernel import scope
from firstline.kernel.errors import FirstlineError
from firstline.places.frames import DoorProposal
from firstline.places.models import Building, Door, FrameFact
from firstline.registry import actions, selectors, standing
from firstline.registry.actions import PutRight
from firstline.registry.models import Mention, RowKind, SourceFile
from firstline.registry.person_line import PersonSaid
from firstline.registry.selectors import FileState, counted
from firstline.registry.tests.lists import encoded, staged
from firstline.testing.cast import Cast

ASIDE = 4
LIST = "房号,姓名,电话\n1-1-101,王建国,\n9-1-101,陈志博,\n9-1-102,陈志文,\n" + "".join(
    f"看不清{at}处,张无门{at},1381111222{at}\n" for at in range(ASIDE)
)
DOORS = [DoorProposal("1", "1", "101", "1-1-101", 1), DoorProposal("8", "1", "101", "8-1-101", 1)]
STEP = st.one_of(
    st.tuples(st.just("place"), st.sets(st.integers(0, ASIDE - 1), min_size=1), st.integers(0, 1)),
    st.tuples(st.just("no rows"), st.sets(st.integers(0, ASIDE - 1), min_size=1), st.just(0)),
    st.tuples(st.just("take back"), st.sets(st.integers(0, ASIDE - 1), min_size=1), st.just(0)),
    st.tuples(st.sampled_from(["accept", "undo"]), st.just(set[int]()), st.just(0)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=st.lists(STEP, max_size=9))
def test_every_history_leaves_a_closed_account(cast: Cast, history: list[tuple[str, set[int], int]]) -> None:
    with transaction.atomic():
        file = staged(cast.director, cast.compound, encoded(LIST))
        with scope.enter(cast.director):
            aside = list(file.rows.filter(kind=RowKind.PARKED).order_by("number").values_list("pk", flat=True))
        for step in history:
            _take(cast, file, aside, step)
        _check(cast, file)
        transaction.set_rollback(True)


def _take(cast: Cast, file: SourceFile, aside: list[uuid.UUID], step: tuple[str, set[int], int]) -> None:
    """One step; what is refused must have changed nothing, which the account at the end tells."""
    what, rows, door = step
    ids = [aside[at] for at in sorted(rows)]
    try:
        if what == "accept":
            actions.accept_file(cast.director, file_id=file.pk)
        elif what == "undo":
            actions.void_file(cast.director, file_id=file.pk)
        elif what == "take back":
            actions.take_back(cast.typist, file_id=file.pk, row_ids=ids)
        else:
            placed = DOORS[door] if what == "place" else None
            people = (PersonSaid("张无门"),) if placed else ()
            told = [PutRight(pk, placed, people) for pk in ids]
            actions.put_right(cast.typist, file_id=file.pk, rows=told)
    except FirstlineError:
        return


def _check(cast: Cast, file: SourceFile) -> None:
    with scope.enter(cast.director):
        file = selectors.file_for(cast.director, file.pk)
        account = standing.accounts_of([file])[file.pk]
        assert account.rows == account.placed + account.parked + account.no_data == 8
        assert min(account.records, account.put_right, account.parked, account.no_data) >= 0
        names = Mention.objects.filter(counted(), source_file=file).count()
        counts = selectors.state_of(file, 0) == FileState.ACCEPTED
        assert names == (account.placed if counts else 0)
        expected = standing.labels_of(file) if counts else set()
    # The doors are those of the plan and those the list names, no more and no less; and each building counts its own.
    declared = {f"{b}-{u}-{f}0{r}" for b in (1, 2) for u in (1, 2) for f in (1, 2, 3) for r in (1, 2)}
    standing_doors = Door.objects.filter(building__compound=cast.compound)
    assert set(standing_doors.values_list("label", flat=True)) == declared | expected
    for building in Building.objects.filter(compound=cast.compound):
        assert building.door_count == building.doors.count() > 0
        assert FrameFact.objects.filter(building=building, void=None).exists()
