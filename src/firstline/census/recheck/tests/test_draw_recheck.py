"""Drawing a sample: on record, to be drawn again, with the census kept as it stood."""

import pytest

from firstline.audit.models import LedgerEntry
from firstline.census.actions import record_attempt
from firstline.census.models import DoorState
from firstline.census.models.recheck import RecheckBuilding, RecheckDoor
from firstline.census.recheck import selectors
from firstline.census.recheck.actions import draw_recheck
from firstline.census.recheck.errors import NothingToDraw, PrecisionImpossible
from firstline.census.recheck.sampling import draw
from firstline.census.recheck.tests.setting import drawn, sample
from firstline.kernel import scope
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.actions import create_compound
from firstline.places.models import Compound
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, Cast


def test_anybody_draws_the_same_buildings_from_what_is_on_record(cast: Cast) -> None:
    recheck = draw_recheck(cast.director, path=COMMUNITY, half_width=0.05, strata_by="compound")
    with scope.enter(cast.director):
        rows = RecheckBuilding.objects.filter(recheck=recheck)
        taken = {row.stratum: rows.filter(stratum=row.stratum, drawn=True).count() for row in rows}
        again = draw(selectors.clusters_of(recheck), taken, recheck.seed)
        assert again == sorted(str(row.building_id) for row in rows if row.drawn)
    assert set(taken) == {cast.compound.place.path, cast.compound_next.place.path}


def test_the_first_result_is_kept_as_it_stood(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="registered", people=[PersonSaid("王建国")])
    record_attempt(cast.worker, door_id=cast.door_of(cast.compound, "1-1-102").pk, result="vacant")
    recheck = sample(cast)
    record_attempt(cast.worker, door_id=cast.door_of(cast.compound, "1-1-201").pk, result="vacant")

    with scope.enter(cast.director):
        row = drawn(cast, recheck)
        first = selectors.first_of([row.pk])[row.pk]
    assert (first["1-1-101"].outcome, first["1-1-101"].names) == ("registered", ("王建国",))
    assert (first["1-1-102"].outcome, first["1-1-201"].outcome) == ("vacant", "untried")
    assert len(first) == 12


def test_names_lie_sealed(cast: Cast) -> None:
    record_attempt(cast.worker, door_id=cast.door.pk, result="registered", people=[PersonSaid("王建国")])
    sample(cast)
    with scope.enter(cast.director):
        assert not any("王建国".encode() in bytes(row.sealed) for row in RecheckDoor.objects.all())


def test_drawing_changes_no_door(cast: Cast) -> None:
    sample(cast)
    with scope.enter(cast.director):
        assert not DoorState.objects.exists()


def test_a_second_sample_leaves_the_first_on_record(cast: Cast) -> None:
    first, second = sample(cast), sample(cast)
    with scope.enter(cast.director):
        assert selectors.rechecks_at(cast.director, cast.campaign.pk, COMMUNITY) == [second, first]
        assert LedgerEntry.objects.filter(action="census.draw_recheck").count() == 2


@pytest.mark.parametrize("half", [0, -1, 1, 7])
def test_a_precision_that_is_none_is_refused(cast: Cast, half: float) -> None:
    with pytest.raises(PrecisionImpossible):
        draw_recheck(cast.director, path=COMMUNITY, half_width=half)


def test_strata_nobody_knows_are_refused(cast: Cast) -> None:
    with pytest.raises(PrecisionImpossible):
        draw_recheck(cast.director, path=COMMUNITY, half_width=0.03, strata_by="weather")


def test_without_a_building_there_is_nothing_to_draw(cast: Cast) -> None:
    empty = create_compound(cast.director, community_path=COMMUNITY, name="空小区")
    with pytest.raises(NothingToDraw):
        draw_recheck(cast.director, path=Compound.objects.get(pk=empty.pk).place.path, half_width=0.03)


@pytest.mark.parametrize("path", [COMMUNITY_ELSEWHERE, "141102", "nowhere"])
def test_elsewhere_is_not_there(cast: Cast, path: str) -> None:
    with pytest.raises(NotFound):
        draw_recheck(cast.director, path=path, half_width=0.03)


@pytest.mark.parametrize("who", ["worker", "typist", "clerk", "county_officer", "lapsed"])
def test_only_the_director_draws(cast: Cast, who: str) -> None:
    with pytest.raises(Forbidden):
        draw_recheck(getattr(cast, who), path=COMMUNITY, half_width=0.03)
