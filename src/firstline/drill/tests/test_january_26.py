"""The page's own days, played on a clock that is moved by hand: 石楼县 from 26 January 2020, 18:00.

Level I is declared and its measures hold; each level is given its names, and a few are forgotten; a day later these
holes are gaps, climb by the clock, are taken, and close by the name itself.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.urls import reverse

from firstline.accounts import actions as accounts
from firstline.accounts.models import RoleGrant
from firstline.drill.tests import shilou
from firstline.drill.tests.shilou import (
    COUNTY,
    LAW,
    LINGQUAN,
    LUOCUN,
    VILLAGES,
    WITHOUT_CADRE,
    WITHOUT_LEADER,
    WITHOUT_SECRETARY,
    Shilou,
    at,
    village,
)
from firstline.gaps import actions as gaps
from firstline.gaps.models import Gap, GapEvent, Reach, What
from firstline.gaps.selectors import open_gaps, story_of
from firstline.gaps.sweeping import sweep
from firstline.kernel import keys, scope
from firstline.kernel.actors import console
from firstline.kernel.errors import NotFound
from firstline.kernel.paths import subtree
from firstline.response.answering.selectors import answerers_at, line_above
from firstline.response.levels.actions import lower_level, raise_level
from firstline.response.levels.selectors import level_at
from firstline.response.measures import standing
from firstline.response.measures.in_force import measure_in_force, measures_at
from firstline.response.models import Duty, Level, Tier
from firstline.testing.cast import Member
from firstline.testing.time import Clock

pytestmark = pytest.mark.django_db
SIX = at(26, 18)
# What the catalogue switches on at level I; the page tells of closed hotels and restaurants, and of live poultry.
OF_LEVEL_ONE = {
    "pass_at_gates",
    "outsiders_held_back",
    "observation_days",
    "close_businesses",
    "live_poultry_stop",
    "reporting_hours",
    "disinfection_rhythm",
    "pass_quota",
}
IN_A_VILLAGE, AT_A_TOWNSHIP, AT_THE_COUNTY = (f"nobody_answers_{tier.value}" for tier in Tier)
HOLES = {IN_A_VILLAGE, AT_A_TOWNSHIP, AT_THE_COUNTY}


@pytest.fixture
def county(db: None, clock_at: Clock) -> Iterator[Shilou]:
    """The county at noon of the 26th: nothing is declared, nobody is named."""
    keys.forget_standing_key()
    standing.keep(None)
    clock_at.set(at(26, 12))
    yield shilou.enter()
    keys.forget_standing_key()
    standing.keep(None)


@pytest.fixture
def night(county: Shilou, clock_at: Clock) -> Shilou:
    """The same evening: declared at six, and all but a few are named by then."""
    clock_at.set(SIX)
    shilou.declare(county, SIX)
    shilou.name_everybody(county)
    return county


def swept(clock_at: Clock, day: int, hour: int, minute: int = 0) -> None:
    clock_at.set(at(day, hour, minute))
    sweep(console())


def holes() -> dict[str, set[str]]:
    """Where nobody answers, of the gaps that are open, by their kind."""
    found: dict[str, set[str]] = {kind: set() for kind in sorted(HOLES)}
    for kind, path in Gap.objects.filter(kind__in=HOLES, closed_at=None).values_list("kind", "path"):
        found[kind].add(path)
    return found


def hole(path: str, kind: str = IN_A_VILLAGE) -> Gap:
    return Gap.objects.get(kind=kind, path=path)


def on_home_page(who: Member) -> dict[str, tuple[str, int]]:
    """The holes as somebody's home page shows them: stage and count, by their kind."""
    rows = who.client().get("/?all=1").context["gaps"]
    return {row.kind: (row.stage, row.count) for row in rows if row.kind in HOLES}


def test_the_county_is_as_the_page_tells(county: Shilou) -> None:
    assert (len(VILLAGES), len({path[:9] for path in VILLAGES}), len(VILLAGES) - len(WITHOUT_SECRETARY)) == (
        116,
        9,
        113,
    )


def test_from_six_on_level_one_holds_in_every_village_and_not_a_minute_before(county: Shilou, clock_at: Clock) -> None:
    clock_at.set(SIX)
    shilou.declare(county, SIX)
    for path in VILLAGES:
        assert {one.kind for one in measures_at(path)} == OF_LEVEL_ONE
        assert all(measure_in_force(kind, path) is not None for kind in OF_LEVEL_ONE)
        assert measures_at(path, at(26, 17, 59)) == []
    assert (level_at(VILLAGES[0]), level_at(VILLAGES[0], at(26, 17, 59))) == (Level.I, None)
    closed = measure_in_force("close_businesses", VILLAGES[-1])
    assert closed is not None and {"hotel", "restaurant"} <= set(closed.parameters.categories)  # type: ignore[attr-defined]
    assert closed.why.startswith(LAW)
    assert level_at("141102") is None, "the next county declares for itself"


def test_declared_at_noon_for_six_it_begins_by_itself(county: Shilou, clock_at: Clock) -> None:
    shilou.declare(county, SIX)
    clock_at.set(at(26, 17, 59))
    assert measures_at(VILLAGES[0]) == []
    clock_at.move(minutes=1)
    assert {one.kind for one in measures_at(VILLAGES[0])} == OF_LEVEL_ONE


def test_holes_are_to_do_for_a_day_then_gaps(night: Shilou, clock_at: Clock) -> None:
    assert on_home_page(night.officer) == {
        IN_A_VILLAGE: ("todo", 3),
        AT_A_TOWNSHIP: ("todo", 1),
        AT_THE_COUNTY: ("todo", 1),
    }
    swept(clock_at, 27, 17, 59)
    assert not any(holes().values())
    swept(clock_at, 27, 18)
    assert holes() == {
        IN_A_VILLAGE: set(WITHOUT_SECRETARY),
        AT_A_TOWNSHIP: {WITHOUT_CADRE},
        AT_THE_COUNTY: {WITHOUT_LEADER},
    }
    assert set(on_home_page(night.officer).values()) == {("gap", 3), ("gap", 1)}
    assert not sweep(console()).changed, "a second sweep finds nothing more"


def test_they_climb_by_the_clock_each_from_the_level_that_can_close_it(night: Shilou, clock_at: Clock) -> None:
    tiers = {}
    for day, hour, minute in (
        (27, 18, 0),
        (27, 21, 59),
        (27, 22, 0),
        (28, 5, 59),
        (28, 6, 0),
        (28, 9, 59),
        (28, 10, 0),
    ):
        swept(clock_at, day, hour, minute)
        found = hole(WITHOUT_SECRETARY[0]), hole(WITHOUT_CADRE, AT_A_TOWNSHIP), hole(WITHOUT_LEADER, AT_THE_COUNTY)
        tiers[f"{day} {hour}:{minute:02}"] = tuple(gap.tier for gap in found)
    village_, township, above = Reach.VILLAGE, Reach.TOWNSHIP, Reach.COUNTY
    assert tiers == {
        "27 18:00": (village_, township, above),
        "27 21:59": (village_, township, above),
        # Four hours are the village's, twelve more the township's; over midnight as by day.
        "27 22:00": (township, township, above),
        "28 5:59": (township, township, above),
        "28 6:00": (township, above, above),
        "28 9:59": (township, above, above),
        "28 10:00": (above, above, above),
    }
    with scope.enter(night.officer):
        told = [(event.what, event.at, event.by_person_id) for event in story_of(hole(WITHOUT_SECRETARY[0]))]
    assert told == [
        (What.OPENED, at(27, 18), None),
        (What.CLIMBED, at(27, 22), None),
        (What.CLIMBED, at(28, 10), None),
    ]


def test_whoever_takes_one_stops_its_clock_and_the_name_closes_it(night: Shilou, clock_at: Clock) -> None:
    path = village(LUOCUN, -1)
    swept(clock_at, 27, 18)
    swept(clock_at, 27, 21)
    gaps.take(night.clerk_luocun, gap_id=hole(path).pk, until=at(28, 1), words="今晚定人")
    swept(clock_at, 28, 0, 59)
    others = [hole(one) for one in WITHOUT_SECRETARY if one != path]
    assert (hole(path).tier, {gap.tier for gap in others}) == (Reach.VILLAGE, {Reach.TOWNSHIP})
    assert hole(path).closed_at is None, "a word closes nothing"
    # One hour was left when it was taken.
    swept(clock_at, 28, 1, 59)
    assert hole(path).tier == Reach.VILLAGE
    swept(clock_at, 28, 2)
    assert hole(path).tier == Reach.TOWNSHIP
    clock_at.set(at(28, 8))
    named = shilou.name(night.clerk_luocun, "白春生", [path], Tier.VILLAGE, Duty.BRANCH_SECRETARY)
    assert hole(path).closed_at is None
    swept(clock_at, 28, 8, 1)
    assert hole(path).closed_at == at(28, 8, 1)
    assert holes()[IN_A_VILLAGE] == set(WITHOUT_SECRETARY) - {path}
    closed = GapEvent.objects.get(gap=hole(path), what=What.CLOSED)
    assert (closed.by_person_id, closed.seconds) == (None, 14 * 3600 + 60)
    assert answerers_at([path], Tier.VILLAGE)[path].person_id == named.pk


def test_every_hole_closes_by_a_name_and_every_village_has_its_line(night: Shilou, clock_at: Clock) -> None:
    swept(clock_at, 27, 18)
    for path in WITHOUT_SECRETARY:
        shilou.name(night.officer, f"第一书记{path}", [path], Tier.VILLAGE, Duty.FIRST_SECRETARY)
    shilou.name(night.clerk, "包村干部", [WITHOUT_CADRE], Tier.TOWNSHIP, Duty.TOWNSHIP_CADRE)
    shilou.name(night.officer, "县领导", [WITHOUT_LEADER], Tier.COUNTY, Duty.COUNTY_LEADER)
    swept(clock_at, 27, 18, 1)
    assert not any(holes().values())
    for tier in Tier:
        assert set(answerers_at(VILLAGES, tier)) == set(VILLAGES)
    assert [rung.tier for rung in line_above(WITHOUT_CADRE) if rung.answerer is None] == []
    # The past stays as it was.
    whole = [subtree(COUNTY)]
    assert open_gaps(whole, at(27, 18)).filter(kind__in=HOLES).count() == 5
    assert open_gaps(whole, at(27, 17, 59)).count() == 0


def test_a_secretary_who_leaves_leaves_a_gap_a_day_later_with_a_clock_of_its_own(
    night: Shilou, clock_at: Clock
) -> None:
    path = village(LINGQUAN, 2)
    # The grid worker there would answer in the secretary's stead.
    accounts.end_grant(console(), grant_id=RoleGrant.objects.get(person_id=night.villager.person_id).pk)
    secretary = answerers_at([path], Tier.VILLAGE)[path]
    clock_at.set(at(5, 10, month=2))
    accounts.say_left(night.officer, person_id=secretary.person_id)
    sweep(console())
    assert path not in holes()[IN_A_VILLAGE]
    clock_at.set(at(6, 10, month=2))
    sweep(console())
    assert (hole(path).opened_at, hole(path).tier) == (at(6, 10, month=2), Reach.VILLAGE)
    assert hole(WITHOUT_SECRETARY[0]).tier == Reach.COUNTY, "that one is ten days old"


def test_what_held_at_six_on_the_26th_is_said_afterwards(county: Shilou, clock_at: Clock) -> None:
    clock_at.set(SIX)
    emergency = shilou.declare(county, SIX)
    path, minute = VILLAGES[0], at(30, 9)
    clock_at.set(minute)
    lighter = shilou.measures_of(county, Level.II, minute)
    lower_level(county.officer, emergency_id=emergency.pk, level=Level.II, legal_basis=LAW, measures=lighter)
    assert (level_at(path), measure_in_force("pass_quota", path)) == (Level.II, None)
    graver = shilou.measures_of(county, Level.I, minute)
    raise_level(county.officer, emergency_id=emergency.pk, level=Level.I, legal_basis=LAW, measures=graver)
    # Lowered and raised in one minute: what was entered last holds, and nothing twice.
    assert level_at(path) == Level.I
    assert sorted(one.kind for one in measures_at(path)) == sorted(OF_LEVEL_ONE)
    clock_at.set(at(20, 9, month=2))
    lower_level(county.officer, emergency_id=emergency.pk, level=Level.III, legal_basis=LAW)
    assert (level_at(path), measures_at(path)) == (Level.III, [])
    assert (level_at(path, SIX), level_at(path, at(26, 17, 59))) == (Level.I, None)
    assert {one.kind for one in measures_at(path, SIX)} == OF_LEVEL_ONE
    for who in (county.officer, county.clerk, county.director, county.villager):
        then = who.client().get("/levels/", {"at": "2020-01-26T18:00", "place": village(LINGQUAN, 1)}).context["then"]
        if who is county.villager:
            assert then is None, "another village"
        else:
            assert (then.level, len(then.measures)) == ("一级响应", len(OF_LEVEL_ONE))


def test_what_nobody_renews_lapses_by_itself_at_midnight(county: Shilou, clock_at: Clock) -> None:
    clock_at.set(SIX)
    shilou.declare(county, SIX)
    midnight, path = at(9, 0, month=2), VILLAGES[0]
    clock_at.set(midnight - timedelta(days=3))
    assert ("measures_expiring", "todo") in _measures_due(county.officer)
    clock_at.set(midnight - timedelta(minutes=1))
    sweep(console())
    expiring = Gap.objects.get(kind="measures_expiring")
    assert (expiring.path, expiring.first_tier) == (COUNTY, Reach.COUNTY), "there is no village that could renew them"
    assert {one.kind for one in measures_at(path)} == OF_LEVEL_ONE
    clock_at.set(midnight)
    sweep(console())
    # What restricts nobody has no end.
    assert {one.kind for one in measures_at(path)} == {"reporting_hours", "disinfection_rhythm"}
    assert Gap.objects.get(kind="measures_expiring").closed_at == midnight
    assert Gap.objects.get(kind="measures_lapsed").closed_at is None
    assert "measures_lapsed" in {kind for kind, _stage in _measures_due(county.officer)}
    assert {one.kind for one in measures_at(path, midnight - timedelta(minutes=1))} == OF_LEVEL_ONE


def _measures_due(who: Member) -> set[tuple[str, str]]:
    rows = who.client().get("/?all=1").context["gaps"]
    return {(row.kind, str(row.stage)) for row in rows if row.kind.startswith("measures")}


def test_each_sees_what_is_theirs_and_nothing_else(night: Shilou, clock_at: Clock) -> None:
    swept(clock_at, 27, 18)
    assert on_home_page(night.officer)[IN_A_VILLAGE] == ("gap", 3)
    assert on_home_page(night.clerk) == {IN_A_VILLAGE: ("gap", 1), AT_A_TOWNSHIP: ("gap", 1)}
    assert on_home_page(night.clerk_luocun) == {IN_A_VILLAGE: ("gap", 1)}
    assert on_home_page(night.director) == {AT_A_TOWNSHIP: ("gap", 1)}
    assert on_home_page(night.villager) == {}
    sees = {
        hole(village(LINGQUAN, -1)).pk: (night.officer, night.clerk),
        hole(village(LUOCUN, -1)).pk: (night.officer, night.clerk_luocun),
        hole(WITHOUT_CADRE, AT_A_TOWNSHIP).pk: (night.officer, night.clerk, night.director),
        hole(WITHOUT_LEADER, AT_THE_COUNTY).pk: (night.officer,),
    }
    everybody = (night.officer, night.clerk, night.clerk_luocun, night.director, night.villager)
    for who in everybody:
        client = who.client()
        for gap_id, those in sees.items():
            expected = 200 if who in those else 404
            assert client.get(reverse("gaps:gap", args=[gap_id])).status_code == expected
            if who not in those:
                assert client.post(reverse("gaps:take", args=[gap_id]), {"hours": "2"}).status_code == 404
    with pytest.raises(NotFound):
        gaps.take(night.villager, gap_id=hole(WITHOUT_CADRE, AT_A_TOWNSHIP).pk, until=at(27, 20))


def test_tables_of_who_answers_end_where_somebodys_places_end(night: Shilou) -> None:
    table = reverse("response:answers")
    for who, here, elsewhere in (
        (night.officer, village(LUOCUN, 1), "141102"),
        (night.clerk, village(LINGQUAN, 3), village(LUOCUN, 1)),
        (night.director, village(LINGQUAN, 1), village(LINGQUAN, 2)),
        (night.villager, village(LINGQUAN, 2), village(LINGQUAN, 1)),
    ):
        client = who.client()
        assert f"第一书记{here}" in client.get(table, {"at": here}).text
        assert client.get(table, {"at": elsewhere}).status_code == 404
    # What holds is read by everybody, and by residents without a login; nobody below the county changes a level.
    for who in (night.clerk, night.director, night.villager):
        client = who.client()
        assert len(client.get(reverse("response:levels")).context["holding"]) == len(OF_LEVEL_ONE)
        assert client.get(reverse("response:change"), {"step": "lower", "level": "2"}).status_code == 403
    assert "一级响应" in client.get(reverse("response:here", args=[village(LINGQUAN, 2)])).text


def test_the_countys_board_counts_what_has_climbed_to_it(night: Shilou, clock_at: Clock) -> None:
    # Five holes, and one cadre who answers for nineteen villages, which nobody but the county can share out.
    for day, hour, at_county in ((27, 18, 2), (28, 10, 6)):
        swept(clock_at, day, hour)
        shown = night.officer.client().get(reverse("gaps:board")).context
        assert (shown["open"], shown["at_county"]) == (6, at_county)
    lingquan = next(group for group in shown["groups"] if group.path == LINGQUAN)
    assert {cell.path: cell.open for cell in lingquan.cells if cell.open} == {
        village(LINGQUAN, -1): 1,
        WITHOUT_CADRE: 1,
    }
    assert night.clerk.client().get(reverse("gaps:board")).context["open"] == 2
    assert night.clerk.client().get(reverse("gaps:board"), {"at": LUOCUN}).status_code == 404
