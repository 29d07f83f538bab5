"""What a process keeps of measures is never older than the last change, made in whichever process, also one undone."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections, transaction
from pytest_django import DjangoAssertNumQueries

from firstline.kernel import scope
from firstline.response.measures import standing
from firstline.response.measures.actions import lift_measure
from firstline.response.measures.in_force import measure_in_force
from firstline.response.measures.tests.drafts import ordered
from firstline.testing.cast import COMMUNITY, Cast

KIND = "live_poultry_stop"


def holds() -> bool:
    return measure_in_force(KIND, COMMUNITY) is not None


def test_asked_often_it_costs_a_scope_no_statement(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ordered(cast, cast.county_officer, KIND)
    assert holds()
    with scope.enter(cast.worker), django_assert_num_queries(0):
        assert holds() and holds() and measure_in_force("curfew", COMMUNITY) is None


def test_seen_in_the_transaction_that_changes_it_and_not_after_it_was_undone(cast: Cast) -> None:
    assert not holds()
    with scope.enter(cast.county_officer):
        order = ordered(cast, cast.county_officer, KIND)
        assert holds()
        lift_measure(cast.county_officer, order_id=order.pk)
        assert not holds()
    with transaction.atomic():
        ordered(cast, cast.county_officer, KIND)
        assert holds()
        transaction.set_rollback(True)
    assert not holds()


def test_read_again_only_after_a_change(cast: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    ordered(cast, cast.county_officer, KIND)
    with django_assert_num_queries(3):  # the version, levels, orders
        assert holds()
    with django_assert_num_queries(1):
        assert holds()


@pytest.mark.django_db(transaction=True)
def test_what_another_connection_commits_is_seen_at_the_next_question_and_what_it_undoes_never(cast: Cast) -> None:
    with ThreadPoolExecutor(1) as other:
        assert not holds()
        assert not other.submit(holds).result()

        def change() -> None:
            with transaction.atomic():
                ordered(cast, cast.county_officer, KIND)
                assert holds()
                # The other one neither sees it yet, nor is what it reads now kept for this one.
                assert not other.submit(holds).result()

        change()
        assert other.submit(holds).result()
        assert holds()

        def undo() -> None:
            with transaction.atomic():
                lift_measure(cast.county_officer, order_id=measure_in_force(KIND, COMMUNITY).order.id)  # type: ignore[union-attr]
                assert not holds()
                transaction.set_rollback(True)

        undo()
        assert other.submit(holds).result()
        assert holds()
        other.submit(connections.close_all).result()


@pytest.mark.django_db(transaction=True)
def test_a_process_of_its_own_sees_the_change_too(cast: Cast) -> None:
    """What this process keeps stands for another's: it is put back as that one left it before the change."""
    assert not holds()
    theirs = standing.kept()
    ordered(cast, cast.county_officer, KIND)
    assert holds()
    standing.keep(theirs)
    assert holds()
