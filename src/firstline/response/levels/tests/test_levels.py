"""Levels are dated facts: which one held at a moment, whatever was entered when; and what follows from each change."""

from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firstline.census.campaigns import campaign_at
from firstline.census.models import Campaign
from firstline.kernel import clock
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.ids import uuid7
from firstline.response.actions import declare, end
from firstline.response.errors import EmergencyInForce, EmergencyOver, LegalBasisMissing
from firstline.response.levels.actions import lead_with, lower_level, raise_level, take_back_level
from firstline.response.levels.errors import LevelHolds, LevelNotOther, LevelOutsideEmergency
from firstline.response.levels.history import Step, in_order, level_then
from firstline.response.levels.selectors import level_at, level_of, levels_of
from firstline.response.measures.errors import MeasureBasisMissing, MeasureEndMissing
from firstline.response.measures.in_force import measure_in_force, measures_at
from firstline.response.measures.ordering import Draft
from firstline.response.measures.tests.drafts import LAW, asked, draft, in_days, ordered
from firstline.response.models import Change, Emergency, Level, LevelDeclared, MeasureLifted
from firstline.response.selectors import emergency_at, find_emergency
from firstline.testing.cast import COMMUNITY, COUNTY, OTHER_COMMUNITY, TOWNSHIP, Cast

NEW = {"legal_basis": LAW, "document_number": "2号"}


def lowered(cast: Cast, level: Level = Level.II, **more: Any) -> LevelDeclared:
    return lower_level(cast.county_officer, emergency_id=cast.emergency.pk, level=level, **NEW | more)


def raised(cast: Cast, level: Level = Level.I, **more: Any) -> LevelDeclared:
    return raise_level(cast.county_officer, emergency_id=cast.emergency.pk, level=level, **NEW | more)


def test_which_level_held_at_a_moment(cast: Cast) -> None:
    began, now = cast.emergency.started_at, clock.now()
    lowered(cast, from_at=now - timedelta(hours=3))
    raised(cast, from_at=now + timedelta(days=1))
    moments = (
        (began - timedelta(minutes=1), None),
        (began, Level.I),
        (now - timedelta(hours=4), Level.I),
        (now - timedelta(hours=3), Level.II),
        (now, Level.II),
        (now + timedelta(days=1), Level.I),
    )
    assert [level_at(cast.door.path, at) for at, _level in moments] == [level for _at, level in moments]
    assert [step.change for step in levels_of(cast.emergency)] == [Change.DECLARED, Change.LOWERED, Change.RAISED]
    assert level_at(OTHER_COMMUNITY) == Level.I


def test_lowered_and_raised_in_one_minute_the_later_entered_counts(cast: Cast) -> None:
    minute = clock.now().replace(second=0, microsecond=0)
    lowered(cast, from_at=minute)
    raised(cast, from_at=minute)
    assert level_at(COMMUNITY) == Level.I
    assert [step.change for step in levels_of(cast.emergency)] == [Change.DECLARED, Change.LOWERED, Change.RAISED]
    # And the other way about: what holds in the minute is what was entered last.
    lowered(cast, Level.III, from_at=minute)
    assert (level_at(COMMUNITY, minute), level_at(COMMUNITY, minute - timedelta(seconds=1))) == (Level.III, Level.I)


@given(st.lists(st.tuples(st.integers(0, 3), st.sampled_from(Level)), min_size=1, max_size=8), st.randoms())
def test_what_holds_does_not_depend_on_the_order_of_reading(entered: list[tuple[int, Level]], chance: Any) -> None:
    now = clock.now()
    steps = [
        Step(uuid7(), uuid7(), COUNTY, Change.RAISED, level, now + timedelta(hours=hour), "", "", uuid7(), now)
        for hour, level in entered
    ]
    mixed = steps.copy()
    chance.shuffle(mixed)
    ordered_ = in_order(mixed)
    for hour in range(4):
        until = [level for begins, level in entered if begins <= hour]
        latest = max((begins for begins, _level in entered if begins <= hour), default=None)
        last = [level for begins, level in entered if begins == latest]
        assert level_then(ordered_, now + timedelta(hours=hour)) == (last[-1] if until else None)


@pytest.mark.parametrize("level", [Level.I, Level.II, Level.III])
def test_raised_is_graver_and_lowered_is_lighter(cast: Cast, level: Level) -> None:
    lowered(cast)
    if level >= Level.II:
        with pytest.raises(LevelNotOther, match="二级"):
            raised(cast, level)
    if level <= Level.II:
        with pytest.raises(LevelNotOther):
            lowered(cast, level)


def test_not_before_it_began_nor_after_its_end(cast: Cast) -> None:
    with pytest.raises(LevelOutsideEmergency):
        lowered(cast, from_at=cast.emergency.started_at - timedelta(days=1))
    end(cast.county_officer, emergency_id=cast.emergency.pk)
    with pytest.raises(LevelOutsideEmergency):
        lowered(cast)


def test_the_end_is_the_end_also_of_what_was_meant_for_later(cast: Cast) -> None:
    lowered(cast, from_at=clock.now() + timedelta(days=1))
    end(cast.county_officer, emergency_id=cast.emergency.pk)
    assert level_at(COMMUNITY) is None
    assert level_at(COMMUNITY, clock.now() + timedelta(days=2)) is None
    assert [step.change for step in levels_of(cast.emergency)][-1] == Change.LOWERED


def test_a_basis_is_said(cast: Cast) -> None:
    with pytest.raises(LegalBasisMissing):
        lowered(cast, legal_basis=" ")


def test_a_level_switches_measures_on_and_the_next_takes_them_back(cast: Cast) -> None:
    renewer = cast.county_officer.person_id
    own = ordered(cast, cast.clerk, "curfew", TOWNSHIP, spans=["22:00-05:00"])
    first = lowered(
        cast,
        measures=[
            Draft("observation_days", {"days": 14}, until=in_days(9), renewer_id=renewer),
            Draft("disinfection_rhythm", {"every_hours": 24}),
        ],
    )
    found = measure_in_force("observation_days", COMMUNITY)
    assert found is not None
    # Basis and document are those of the level.
    assert (found.order.level_id, found.order.legal_basis, found.order.document_number) == (first.pk, LAW, "2号")
    lowered(cast, Level.III, measures=[Draft("observation_days", {"days": 7}, until=in_days(9), renewer_id=renewer)])
    assert [one.kind for one in measures_at(COMMUNITY)] == ["observation_days", "curfew"]
    found = measure_in_force("observation_days", COMMUNITY)
    assert found is not None and asked(found) == {"days": 7}
    assert MeasureLifted.objects.filter(order=own.pk).count() == 0


def test_ending_takes_everything_back(cast: Cast) -> None:
    lowered(cast, measures=[draft("observation_days", cast.county_officer.person_id, days=14)])
    ordered(cast, cast.clerk, "curfew", TOWNSHIP, spans=["22:00-05:00"])
    before = clock.now()
    end(cast.county_officer, emergency_id=cast.emergency.pk)
    assert measures_at(COMMUNITY) == []
    assert {one.kind for one in measures_at(COMMUNITY, before)} == {"observation_days", "curfew"}


def test_it_starts_by_itself_with_its_measures(cast: Cast) -> None:
    then = clock.now() + timedelta(days=1)
    lowered(cast, from_at=then, measures=[draft("observation_days", cast.county_officer.person_id, days=14)])
    assert (level_at(COMMUNITY), level_at(COMMUNITY, then)) == (Level.I, Level.II)
    assert measures_at(COMMUNITY) == []
    assert [one.kind for one in measures_at(COMMUNITY, then)] == ["observation_days"]


@pytest.mark.parametrize(
    ("measure", "error"),
    [
        (Draft("curfew", {"spans": ["22:00-05:00"]}), MeasureEndMissing),
        (Draft("curfew", {"spans": ["22:00-05:00"]}, until=in_days(3)), Exception),
    ],
)
def test_a_wrong_measure_stops_the_level_too(cast: Cast, measure: Draft, error: type[Exception]) -> None:
    with pytest.raises(error):
        lowered(cast, measures=[measure])
    assert level_at(COMMUNITY) == Level.I


def test_a_slip_is_taken_back_with_all_that_followed(cast: Cast) -> None:
    renewer = cast.county_officer.person_id
    lowered(cast, measures=[draft("observation_days", renewer, days=14)], from_at=clock.now() - timedelta(hours=1))
    slip = lowered(cast, Level.IV)
    assert measures_at(COMMUNITY) == []
    take_back_level(cast.county_officer, change_id=slip.pk)
    assert level_at(COMMUNITY) == Level.II
    assert [one.kind for one in measures_at(COMMUNITY)] == ["observation_days"]
    with pytest.raises(NotFound):
        take_back_level(cast.county_officer, change_id=slip.pk)


def test_what_held_is_not_taken_back(cast: Cast) -> None:
    now = clock.now()
    declared = levels_of(cast.emergency)[0]
    with pytest.raises(LevelHolds):
        take_back_level(cast.county_officer, change_id=declared.id)
    old = LevelDeclared.objects.create(
        path=COUNTY,
        emergency=cast.emergency,
        change=Change.LOWERED,
        level=Level.II,
        from_at=now - timedelta(hours=2),
        recorded_at=now - timedelta(hours=2),
        by_person_id=cast.county_officer.person_id,
    )
    with pytest.raises(LevelHolds):
        take_back_level(cast.county_officer, change_id=old.pk)


def test_one_that_stands_beside_has_its_level_and_the_gravest_is_said(cast: Cast) -> None:
    lowered(cast, Level.III)
    flood = declare(cast.county_officer, path=TOWNSHIP, name="洪水", level=Level.II, legal_basis="《防洪法》")
    assert (level_at(COMMUNITY), level_at(COUNTY)) == (Level.II, Level.III)
    assert (level_of(flood), level_of(cast.emergency)) == (Level.II, Level.III)


def test_another_leads_when_the_one_before_has_ended(cast: Cast) -> None:
    flood = declare(cast.county_officer, path=COUNTY, name="洪水", level=Level.II, legal_basis="《防洪法》")
    with pytest.raises(EmergencyInForce, match="新冠肺炎"):
        lead_with(cast.county_officer, emergency_id=flood.pk)
    with pytest.raises(EmergencyInForce):
        lead_with(cast.county_officer, emergency_id=cast.emergency.pk)
    end(cast.county_officer, emergency_id=cast.emergency.pk)
    assert find_emergency(COMMUNITY) is None
    lead_with(cast.county_officer, emergency_id=flood.pk)
    assert emergency_at(COMMUNITY).pk == flood.pk
    campaign = campaign_at(COMMUNITY)
    leads_since = Emergency.objects.get(pk=flood.pk).leads_since
    assert (campaign.pk, campaign.started_at) == (flood.default_campaign_id, leads_since)
    assert Campaign.objects.filter(emergency=flood).count() == 1
    with pytest.raises(EmergencyOver):
        lead_with(cast.county_officer, emergency_id=cast.emergency.pk)


@pytest.mark.parametrize(
    ("who", "error"), [("clerk", Forbidden), ("director", Forbidden), ("other_county_officer", NotFound)]
)
def test_levels_are_the_countys(cast: Cast, who: str, error: type[Exception]) -> None:
    somebody = getattr(cast, who)
    slip = lowered(cast)
    for act in (
        lambda: raise_level(somebody, emergency_id=cast.emergency.pk, level=Level.I, legal_basis=LAW),
        lambda: lower_level(somebody, emergency_id=cast.emergency.pk, level=Level.III, legal_basis=LAW),
        lambda: take_back_level(somebody, change_id=slip.pk),
        lambda: lead_with(somebody, emergency_id=cast.emergency.pk),
    ):
        with pytest.raises(error):
            act()
    assert level_at(COMMUNITY) == Level.II


def test_a_restriction_of_a_level_has_the_basis_of_the_level(cast: Cast) -> None:
    flood = declare(
        cast.county_officer,
        path=TOWNSHIP,
        name="洪水",
        level=Level.II,
        legal_basis="《防洪法》",
        measures=[Draft("curfew", {"spans": ["22:00-05:00"]}, in_days(3), cast.county_officer.person_id)],
    )
    found = measure_in_force("curfew", COMMUNITY)
    assert found is not None and (found.emergency_id, found.why) == (flood.pk, "《防洪法》")
    assert issubclass(MeasureBasisMissing, Exception)
