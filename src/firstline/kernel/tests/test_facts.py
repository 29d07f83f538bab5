"""What every fact carries, and that neither facts nor the ledger can be changed or removed."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

from firstline.kernel import clock, ledger, scope
from firstline.kernel.actions import action
from firstline.kernel.actors import Actor
from firstline.kernel.models import AppendOnly, Fact, SealedRow
from firstline.places.models import Frame, FrameFact
from firstline.testing.cast import Cast


def ours() -> list[type[models.Model]]:
    return [model for model in apps.get_models() if model.__module__.startswith("firstline.")]


def walked(cast: Cast) -> FrameFact:
    building = cast.building
    return FrameFact.objects.create(
        building=building,
        path=building.place.path,
        how=Frame.WALKED,
        doors_found=12,
        by_person_id=cast.worker.person_id,
    )


def columns_of(fact: FrameFact) -> tuple[object, ...]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT txid::text, pg_current_xact_id()::text, generation, received_at IS NOT NULL"
            " FROM places_framefact WHERE id = %s",
            [fact.pk],
        )
        return tuple(cursor.fetchone())


def test_fact_knows_its_transaction_and_generation(cast: Cast) -> None:
    txid, current, generation, received = columns_of(walked(cast))
    assert txid == current
    assert (generation, received) == (1, True)


def test_restore_advances_the_generation(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('firstline.generation', '7', true)")
    assert columns_of(walked(cast))[2] == 7


def test_facts_committed_later_have_higher_positions(transactional_db: None, cast: Cast) -> None:
    first, second = walked(cast), walked(cast)
    assert int(str(columns_of(first)[0])) < int(str(columns_of(second)[0]))


def test_three_times_are_told_apart(cast: Cast) -> None:
    fact = FrameFact.objects.get(pk=walked(cast).pk)
    assert fact.happened_at <= clock.now()
    assert fact.recorded_at.tzinfo is not None
    assert fact.received_at.tzinfo is not None


def test_every_fact_is_append_only_and_so_is_the_ledger() -> None:
    append_only = {model._meta.label for model in ours() if issubclass(model, AppendOnly)}
    assert {model._meta.label for model in ours() if issubclass(model, Fact)} <= append_only
    assert {"audit.LedgerEntry", "registry.Mention", "registry.SourceRow", "census.Attempt"} <= append_only


@pytest.mark.parametrize("statement", ["UPDATE {} SET {} = NULL", "DELETE FROM {}", "TRUNCATE {}"])
def test_append_only_tables_refuse(cast: Cast, statement: str) -> None:
    for model in ours():
        if issubclass(model, AppendOnly):
            with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
                connection.cursor().execute(
                    statement.format(model._meta.db_table, model._meta.concrete_fields[0].column)
                )


def test_changing_a_fact_through_the_model_is_refused_too(cast: Cast) -> None:
    fact = walked(cast)
    fact.doors_found = 13
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        fact.save()


# Sealed rows without row-level security, each with its reason.
_OPEN_TO_ALL = {
    "accounts.Person": "one needs the name of whoever answers, also from the level above",
    "notify.Robot": "whatever is delivered to a group is posted by the worker, for places of all counties at once",
    "places.Company": "opened only through places.contacts, which records the look",
}


def test_sealed_tables_are_bound_to_the_scope(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        bound = {name for (name,) in cursor.fetchall()}
    unbound = {m._meta.label for m in ours() if issubclass(m, SealedRow) and m._meta.db_table not in bound}
    assert unbound == set(_OPEN_TO_ALL)
    assert {"registry_mentiontoken", "census_doorstate", "census_attemptvoid", "registry_filedecision"} <= bound


# What residents wrote, said or are typed about. The rest of the census says what came of a door; pictures show people
# and papers; and there is what a second enumerator must not see, though they may act in the building.
_OF_RESIDENTS = [
    "attemptphoto",
    "callback",
    "callbackstep",
    "callbackstepvoid",
    "checkedrow",
    "enteredrow",
    "entrycheck",
    "entrysheet",
    "entryverdict",
    "logfile",
    "logrow",
    "logstep",
    "recheckdecision",
    "recheckdoor",
    "reportdecision",
    "reportdecisionvoid",
    "rowsettled",
    "secondentry",
    "selfreport",
    "wordchoice",
]


def test_policies_let_nobody_of_ours_around_them(cast: Cast) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, cmd, coalesce(qual, '') || coalesce(with_check, '') FROM pg_policies")
        policies = cursor.fetchall()
    free = {(table, verb) for table, verb, condition in policies if ".lo'" not in condition}
    assert free == {("audit_ledgerentry", "INSERT")}
    residents = {table for table, _verb, condition in policies if "firstline_residents.lo" in condition}
    registry = {table for table in connection.introspection.table_names() if table.startswith("registry_")}
    key_households = {f"response_{name}" for name in ("householdreason", "keyhousehold", "keyhouseholdmember")}
    assert residents == registry | key_households | {f"census_{name}" for name in _OF_RESIDENTS}


def test_sealed_row_opens_as_what_it_was(cast: Cast) -> None:
    @action("census.record_attempt")
    def record(actor: Actor) -> None:
        ledger.record(path=cast.door.path, subject=cast.door, after={"list": [1, "二", None], "map": {"a": True}})

    record(cast.worker)
    with scope.enter(cast.director):
        entry = apps.get_model("audit", "LedgerEntry").objects.get()
    assert entry.open().after == {"list": [1, "二", None], "map": {"a": True}}
