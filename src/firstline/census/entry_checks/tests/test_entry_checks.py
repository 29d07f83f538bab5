"""Lines typed twice: drawn, typed again blind by another person, compared, decided by the paper."""

import html
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from firstline.audit.models import LedgerEntry
from firstline.census.actions import void_attempt
from firstline.census.entry_checks import actions, selectors
from firstline.census.entry_checks.checks_page import compared_cells
from firstline.census.entry_checks.selectors import rates_within
from firstline.census.errors import NothingToCheck, OwnRows
from firstline.census.models import Attempt, CheckedRow, EntryCheck, SecondEntry
from firstline.census.night.cells import Cells
from firstline.census.night.tests.sheets import typed
from firstline.config.testing.budget import Budget
from firstline.kernel import clock, scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Forbidden, NotFound
from firstline.testing.cast import Cast

DOORS = ("1-1-101", "1-1-102", "1-1-201", "1-1-202")


def _today() -> date:
    return timezone.localdate(clock.now())


@pytest.fixture
def check(cast: Cast) -> EntryCheck:
    """All four lines of the typist, drawn."""
    typed(
        cast.typist,
        cast.compound,
        *(Cells(door, "d", f"王建国 男 {at}", paper="17") for at, door in enumerate(DOORS, 50)),
    )
    return actions.draw_check(cast.director, compound_id=cast.compound.pk, day=_today(), percent=100)


def _drawn(cast: Cast, check: EntryCheck) -> list[CheckedRow]:
    with scope.enter(cast.director):
        return list(check.drawn.order_by("position"))


def _again(actor: Actor, check: EntryCheck, row: CheckedRow, **changed: str) -> SecondEntry:
    with scope.enter(actor):
        first = compared_cells(row.entered.open())
    cells = Cells(**{**{name: getattr(first, name) for name in first.__struct_fields__}, **changed})
    return actions.enter_again(actor, drawn_id=row.pk, check_id=check.pk, cells=cells)


def test_so_many_in_a_hundred_are_drawn_and_at_least_one(cast: Cast) -> None:
    typed(cast.typist, cast.compound, *(Cells(door, "w") for door in DOORS))
    typed(cast.worker, cast.compound, Cells("2-1-101", "w", channel="d"))
    draws = [
        actions.draw_check(cast.director, compound_id=cast.compound.pk, day=_today(), **how)
        for how in (
            {"percent": 40},
            {"percent": 1},
            {"count": 3},
            {"percent": 100, "clerk_id": cast.worker.person_id},
            {"percent": 100, "channel": "door"},
        )
    ]
    assert [(len(_drawn(cast, one)), one.population) for one in draws] == [(2, 5), (1, 5), (3, 5), (1, 1), (4, 4)]


def test_where_nothing_was_typed_nothing_is_drawn(cast: Cast) -> None:
    with pytest.raises(NothingToCheck):
        actions.draw_check(cast.director, compound_id=cast.compound.pk, day=_today(), percent=5)
    (attempt,) = typed(cast.typist, cast.compound, Cells(DOORS[0], "w"))
    void_attempt(cast.typist, attempt_id=attempt)
    with pytest.raises(NothingToCheck):
        actions.draw_check(cast.director, compound_id=cast.compound.pk, day=_today(), percent=5)


def test_only_the_director_draws_and_only_within(cast: Cast) -> None:
    for person, error in ((cast.typist, Forbidden), (cast.director, NotFound)):
        with pytest.raises(error):
            actions.draw_check(person, compound_id=cast.compound_elsewhere.pk, day=_today(), percent=5)


def test_nobody_types_or_judges_their_own_lines(cast: Cast, check: EntryCheck) -> None:
    row = _drawn(cast, check)[0]
    with pytest.raises(OwnRows):
        _again(cast.typist, check, row)
    own = typed(cast.director, cast.compound, Cells("2-1-101", "w"))
    assert own
    other = actions.draw_check(
        cast.director, compound_id=cast.compound.pk, day=_today(), percent=100, clerk_id=cast.director.person_id
    )
    second = _again(cast.typist, other, _drawn(cast, other)[0], outcome="j")
    with pytest.raises(OwnRows):
        actions.decide_difference(cast.director, second_id=second.pk, wrong=["outcome"])


def test_the_same_twice_agrees_and_counts(cast: Cast, check: EntryCheck) -> None:
    row = _drawn(cast, check)[0]
    first, again = _again(cast.worker, check, row), _again(cast.worker, check, row, outcome="j")
    assert first.pk == again.pk and first.differing == [], "typed again once is typed again"
    with scope.enter(cast.director):
        (rate,) = rates_within(cast.director.ranges("census.read")).by_clerk
    assert (rate.source, rate.lines.wrong, rate.lines.of, rate.undecided) == (str(cast.typist.person_id), 0, 1, 0)


def test_a_difference_is_decided_by_the_paper_and_put_right(cast: Cast, check: EntryCheck) -> None:
    rows = _drawn(cast, check)
    wrong = _again(cast.worker, check, rows[0], people="王建国 男 65", outcome="b")
    slip = _again(cast.worker, check, rows[1], note="看错了")
    assert wrong.differing == ["outcome", "people"] and slip.differing == ["note"]
    with scope.enter(cast.director):
        assert rates_within(cast.director.ranges("census.read")).by_channel[0].undecided == 2
    verdict = actions.decide_difference(cast.director, second_id=wrong.pk, wrong=["people"])
    assert actions.decide_difference(cast.director, second_id=slip.pk, wrong=[]).replaced_by_id is None
    assert verdict.replaced_by_id
    with scope.enter(cast.director):
        before, after = Attempt.objects.get(pk=rows[0].entered_id), Attempt.objects.get(pk=verdict.replaced_by_id)
        assert hasattr(before, "void") and not hasattr(after, "void")
        assert (after.result, after.persons_met, after.door_id) == ("registered", 1, before.door_id)
        (rate,) = rates_within(cast.director.ranges("census.read")).by_clerk
    assert (rate.lines.wrong, rate.lines.of, rate.cells.wrong, rate.undecided) == (1, 2, 1, 0)
    assert actions.decide_difference(cast.director, second_id=wrong.pk, wrong=["outcome"]).pk == verdict.pk


def test_a_line_taken_back_meanwhile_is_asked_for_no_more(cast: Cast, check: EntryCheck) -> None:
    row = _drawn(cast, check)[0]
    void_attempt(cast.typist, attempt_id=row.entered_id)
    with scope.enter(cast.director):
        assert len(selectors.to_type(check)) == 3
        ((_check, progress),) = selectors.checks_for(cast.director)
    assert (progress.drawn, progress.left) == (3, 3)


def test_the_page_shows_door_and_sheet_and_nothing_of_the_first_typing(cast: Cast, check: EntryCheck) -> None:
    page = html.unescape(cast.worker.client().get(reverse("census:enter_again", args=[check.pk])).content.decode())
    assert "1号楼1单元101" in page and "17" in page
    assert "王建国" not in page
    assert cast.typist.client().get(reverse("census:enter_again", args=[check.pk])).status_code == 403
    assert cast.worker_next.client().get(reverse("census:enter_again", args=[check.pk])).status_code == 404


def test_from_the_draw_to_the_rate_on_its_pages(cast: Cast) -> None:
    typed(cast.typist, cast.compound, Cells(DOORS[0], "d", "王建国 男 56", paper="17"))
    director, worker = cast.director.client(), cast.worker.client()
    checks = reverse("census:entry_checks")
    form = {"compound": str(cast.compound.pk), "day": _today().isoformat(), "percent": "100"}
    assert director.post(checks, form).status_code == 303
    with scope.enter(cast.director):
        check = EntryCheck.objects.get()
        row = check.drawn.get()
    again = reverse("census:enter_again", args=[check.pk])
    again_typed = {
        "line": str(row.pk),
        "outcome": "d",
        "people": "王建国 男 65",
        "note": "",
        "time": "",
        "channel": "",
        "visitor": "",
    }
    assert worker.post(again, {**again_typed, "step": "draft"}).status_code == 200
    assert "王建国 男 65" in worker.get(again).content.decode(), "kept while typed"
    assert worker.post(again, {**again_typed, "step": "save"})["Location"] == checks
    differences = reverse("census:entry_differences", args=[check.pk])
    page = html.unescape(director.get(differences).content.decode())
    assert "王建国 男 56" in page and "王建国 男 65" in page
    with scope.enter(cast.director):
        assert [one.subject_id for one in LedgerEntry.objects.filter(is_look=True)] == [check.pk]
    with scope.enter(cast.director):
        second = SecondEntry.objects.get()
    assert director.post(differences, {"second": str(second.pk), "right-people": "second"}).status_code == 303
    page = html.unescape(director.get(checks).content.decode())
    assert cast.typist.name in page and "100.0" in page
    assert worker.get(differences).status_code == 403


def test_few_statements_however_many_checks(cast: Cast, check: EntryCheck, statement_budget: Budget) -> None:
    for row in _drawn(cast, check):
        _again(cast.worker, check, row, outcome="b")
    actions.draw_check(cast.director, compound_id=cast.compound.pk, day=_today(), percent=50)
    client = cast.director.client()
    for name, arguments in (("entry_checks", []), ("enter_again", [check.pk]), ("entry_differences", [check.pk])):
        with statement_budget(f"census.{name}"):
            client.get(reverse(f"census:{name}", args=arguments))
