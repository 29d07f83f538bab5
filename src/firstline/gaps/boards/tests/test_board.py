"""The board of a place: sums, the tree, what has climbed, by person and kind; polled with an entity tag."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from firstline.census import actions as census
from firstline.config.testing.budget import Budget
from firstline.gaps import actions
from firstline.gaps.boards import board_page
from firstline.gaps.boards.board_page import BY_KIND, BY_PERSON, part
from firstline.gaps.boards.figures import county_state
from firstline.gaps.list_page import list_url
from firstline.gaps.models import Gap
from firstline.gaps.sweeping import sweep
from firstline.kernel import clock, scope
from firstline.kernel.actors import console
from firstline.testing.cast import COMMUNITY, COUNTY, Cast
from firstline.testing.time import Clock

BOARD, PART = reverse("gaps:board"), reverse("gaps:board_part")


@pytest.fixture
def gap(cast: Cast, clock_at: Clock) -> Gap:
    """A door of the worker's compound whose hour passed two days ago; it has reached the county."""
    again = clock.now() + timedelta(hours=1)
    census.record_attempt(cast.worker, door_id=cast.door.pk, result="come_back", again_at=again)
    clock_at.move(days=2, hours=2)
    sweep(console())
    return Gap.objects.get(kind="steps_overdue")


def test_the_county_sees_its_tree_and_what_has_reached_it(cast: Cast, gap: Gap) -> None:
    open_now = Gap.objects.filter(path__startswith=COUNTY, closed_at=None).count()
    in_community = Gap.objects.filter(path__startswith=COMMUNITY, closed_at=None).count()
    with scope.enter(cast.county_officer):
        shown = part(COUNTY, "place", county_state(COUNTY))
    assert shown["open"] == open_now == sum(group.open for group in shown["groups"]) + shown["here"]
    cell = next(cell for group in shown["groups"] for cell in group.cells if cell.path == COMMUNITY)
    # The door has been late for two days; that no cadre is named there, for three.
    assert (cell.open, cell.days) == (in_community, 3)
    assert shown["at_county"] >= 1
    assert str(gap.pk) in {row.url.rstrip("/").rpartition("/")[2] for row in shown["reached"]}
    assert not shown["stale"]


def test_it_opens_downwards_to_the_compounds(cast: Cast, gap: Gap) -> None:
    for at in (COMMUNITY[:9], COMMUNITY, cast.compound.place.path):
        page = cast.county_officer.client().get(BOARD, {"at": at})
        assert page.status_code == 200
        assert 'class="fl-num">1<' in page.text


def test_by_person_and_by_kind_one_cause_is_one_line(cast: Cast, gap: Gap) -> None:
    open_now = Gap.objects.filter(path__startswith=COMMUNITY, closed_at=None).count()
    with scope.enter(cast.director):
        people, kinds = (part(COMMUNITY, by, county_state(COMMUNITY))["rows"] for by in (BY_PERSON, BY_KIND))
    assert cast.worker.name in {row.name for row in people}
    assert sum(row.open for row in people) == sum(row.open for row in kinds) == open_now
    assert len({row.name for row in kinds}) == len(kinds)


@pytest.mark.parametrize("by", [BY_PERSON, BY_KIND])
@pytest.mark.parametrize("at", [COUNTY, COMMUNITY])
def test_a_line_leads_to_the_list_of_what_it_counts(cast: Cast, gap: Gap, by: str, at: str) -> None:
    with scope.enter(cast.county_officer):
        rows = part(at, by, county_state(at))["rows"]
    client = cast.county_officer.client()
    listed = [(row, client.get(row.url)) for row in rows]
    assert [page.context["count"] for _row, page in listed] == [row.open for row in rows]
    assert all(row.hole or row.name in page.text for row, page in listed)
    assert cast.other_county_officer.client().get(rows[0].url).status_code == 404


def test_whoever_answers_for_nothing_here_is_not_named(cast: Cast, gap: Gap) -> None:
    elsewhere = cast.other_county_officer
    page = cast.county_officer.client().get(list_url(COUNTY, who=str(elsewhere.person_id)))
    assert page.context["count"] == 0
    assert elsewhere.name not in page.text
    assert cast.county_officer.client().get(list_url(COUNTY, who="-")).context["count"] == 0


def test_of_very_many_people_those_with_most_are_named_and_the_others_counted(
    cast: Cast, gap: Gap, monkeypatch: pytest.MonkeyPatch
) -> None:
    with scope.enter(cast.county_officer):
        everybody = part(COUNTY, BY_PERSON, county_state(COUNTY))
        monkeypatch.setattr(board_page, "_PEOPLE", 1)
        few = part(COUNTY, BY_PERSON, county_state(COUNTY))
    assert everybody["more"] == everybody["more_open"] == 0
    assert few["rows"] == everybody["rows"][:1]
    assert few["more"] == len(everybody["rows"]) - 1 > 0
    assert few["more_open"] == sum(row.open for row in everybody["rows"][1:])


def test_an_unchanged_board_is_answered_in_one_word(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    client = cast.county_officer.client()
    first = client.get(PART)
    assert first.status_code == 200
    with CaptureQueriesContext(connection) as asked:
        again = client.get(PART, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert sum("gaps_" in (one["sql"] or "") for one in asked) == 1
    actions.take(cast.worker, gap_id=gap.pk, until=clock.now() + timedelta(hours=1))
    clock_at.move(minutes=0.1)
    sweep(console())
    assert client.get(PART, headers={"If-None-Match": first["ETag"]}).status_code == 200


def test_when_nobody_sweeps_it_says_so(cast: Cast, gap: Gap, clock_at: Clock) -> None:
    client = cast.county_officer.client()
    assert "fl-board-stale" not in client.get(BOARD).text
    clock_at.move(minutes=1.5)
    assert "fl-board-stale" in client.get(BOARD).text


def test_before_the_first_sweep_it_says_so(cast: Cast) -> None:
    page = cast.county_officer.client().get(BOARD, headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "Nobody has looked for what is late yet" in page.text


def test_nobody_opens_the_board_of_others(cast: Cast, gap: Gap) -> None:
    assert cast.director.client().get(BOARD, {"at": COUNTY}).status_code == 404
    assert cast.other_county_officer.client().get(PART, {"at": COMMUNITY}).status_code == 404
    assert cast.county_officer.client().get(BOARD, {"at": COUNTY[:4]}).status_code == 404
    assert cast.county_officer.client().get(BOARD, {"at": f"{COMMUNITY}/9999"}).status_code == 404
    assert cast.worker.client().get(BOARD).status_code == 403
    assert cast.lapsed.client().get(PART).status_code == 403


def test_a_board_is_few_statements(cast: Cast, gap: Gap, statement_budget: Budget) -> None:
    client = cast.county_officer.client()
    client.get(BOARD, headers={"accept-language": "zh-hans"})
    with statement_budget("gaps.board"):
        # Rendered for nobody yet in this language.
        assert client.get(BOARD, headers={"accept-language": "en"}).status_code == 200
    with statement_budget("gaps.board_part"):
        assert client.get(PART, {"by": "person"}).status_code == 200
