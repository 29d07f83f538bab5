"""The cast itself: everybody is where their name says."""

from firstline.audit.models import LedgerEntry
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.testing.cast import COMMUNITY, Cast


def test_people_stand_where_their_names_say(cast: Cast) -> None:
    door = cast.door.path
    assert cast.worker.may("census.record_attempt", door)
    assert not cast.worker.may("census.record_attempt", cast.door_next.path)
    assert not cast.worker_elsewhere.may("census.record_attempt", door)
    assert cast.director.may("census.record_attempt", cast.door_next.path)
    assert not cast.director.may("census.record_attempt", cast.door_elsewhere.path)
    assert cast.county_officer.may("audit.read_ledger", COMMUNITY)
    assert not cast.other_county_officer.may("audit.read_ledger", COMMUNITY)
    assert not cast.lapsed.may("census.record_attempt", door)


def test_frame_of_the_compound(cast: Cast) -> None:
    assert cast.building.door_count == 12
    assert cast.building.doors.count() == 12
    assert cast.compound.buildings.count() == 2


def test_ledger_begins_empty(cast: Cast) -> None:
    with scope.enter(console()):
        assert LedgerEntry.objects.count() == 0


def test_second_test_is_cheap(cast: Cast) -> None:
    assert cast.campaign.emergency_id == cast.emergency.pk
