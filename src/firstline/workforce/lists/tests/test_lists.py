"""A list of people from the file to who answers: read, asked about, accepted, changed by a newer one, taken back."""

from typing import Any

import pytest

from firstline.accounts.models import Person
from firstline.accounts.selectors import details_of
from firstline.kernel import scope
from firstline.kernel.actors import console
from firstline.kernel.errors import Forbidden, NotFound
from firstline.places.actions import enter_villages
from firstline.places.models import Post
from firstline.response.models import Duty, Responsibility, Tier
from firstline.testing.cast import COMMUNITY, COUNTY, OTHER_COUNTY, OTHER_TOWNSHIP, Cast
from firstline.workforce.lists import actions
from firstline.workforce.lists.errors import ListUnread, MovedAlready, NothingReady, PeopleListOver
from firstline.workforce.lists.selectors import opened
from firstline.workforce.lists.tests.lists import CHECKPOINTS, SECRETARIES, SECRETARIES_NEWER, STAFF
from firstline.workforce.models import PeopleList, RowFix, StaffMember, Team, TeamMember


@pytest.fixture
def villages(cast: Cast) -> None:
    enter_villages(console(), township_path=OTHER_TOWNSHIP, names=["解家湾", "穆家岭"])


def brought(cast: Cast, content: bytes, name: str = "list.csv") -> PeopleList:
    return actions.bring_people(cast.other_county_officer, path=OTHER_COUNTY, name=name, content=content, year=2020)


def accepted(cast: Cast, content: bytes, **how: Any) -> PeopleList:
    people_list = brought(cast, content)
    actions.accept_people(cast.other_county_officer, list_id=people_list.pk, **how)
    return people_list


def answering(cast: Cast, duty: Duty) -> dict[str, tuple[str, str]]:
    with scope.enter(cast.other_county_officer):
        lines = Responsibility.objects.filter(duty=duty, valid_until=None).select_related("person")
        return {line.path: (details_of(line.person).name, details_of(line.person).phone) for line in lines}


@pytest.mark.usefixtures("villages")
def test_secretaries_answer_for_their_villages_since_their_day(cast: Cast) -> None:
    accepted(cast, SECRETARIES)
    assert sorted(answering(cast, Duty.FIRST_SECRETARY).values()) == [
        ("张宏军", "15797404367"),
        ("李杰", "18033997318"),
    ]
    days = {str(line.valid_from.astimezone().date()) for line in Responsibility.objects.all()}
    assert days == {"2015-07-14", "2016-02-03"}


@pytest.mark.usefixtures("villages")
def test_checkpoints_have_a_head_and_a_team(cast: Cast) -> None:
    accepted(cast, CHECKPOINTS)
    with scope.enter(cast.other_county_officer):
        teams = {
            team.name: [(details_of(one.person).name, one.role) for one in team.members.order_by("id")]
            for team in Team.objects.all()
        }
    assert teams == {
        "解家湾村桥头": [("令狐志刚", "村支部成员"), ("何嘉龙", "村医")],
        "穆家岭村口": [("申瑞华", "村医"), ("张亚飞", "民警")],
    }
    assert sorted(answering(cast, Duty.IN_CHARGE).values()) == [("梁林华", "18600142987"), ("薛晨", "15707986726")]


def test_staff_keep_the_words_of_their_days(cast: Cast) -> None:
    people_list = actions.bring_people(cast.director, path=COMMUNITY, name="staff.csv", content=STAFF, year=2020)
    actions.accept_people(cast.director, list_id=people_list.pk)
    with scope.enter(cast.director):
        members = {details_of(one.person).name: one for one in StaffMember.objects.select_related("person")}
        assert members["李斌"].open().begins == "2020-01-28"
        assert members["靳芳"].open().nights
        assert members["靳芳"].open().words == "每天(晚上值班)"
        assert (members["李斌"].party_member, members["靳芳"].party_member) == (True, False)


@pytest.mark.usefixtures("villages")
def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    first = accepted(cast, SECRETARIES)
    people = Person.objects.count()
    assert brought(cast, SECRETARIES, "other name.csv").pk == first.pk
    with pytest.raises(NothingReady):
        actions.accept_people(cast.other_county_officer, list_id=first.pk)
    again = accepted(cast, SECRETARIES + b"\n\n")
    assert again.pk != first.pk
    assert (Person.objects.count(), Responsibility.objects.count()) == (people, 2)


@pytest.mark.usefixtures("villages")
def test_a_newer_list_hands_over_and_ends_only_what_is_ticked(cast: Cast) -> None:
    accepted(cast, SECRETARIES)
    newer = brought(cast, SECRETARIES_NEWER)
    with scope.enter(cast.other_county_officer):
        compared = opened(newer).compared
        assert [row.state for row in compared.rows] == ["moved"]
        assert [details_of(line.person).name for line in compared.gone] == ["李杰"]
    actions.accept_people(cast.other_county_officer, list_id=newer.pk)
    assert sorted(name for name, _phone in answering(cast, Duty.FIRST_SECRETARY).values()) == ["李杰", "杨瑞艳"]
    actions.accept_people(cast.other_county_officer, list_id=newer.pk, end_gone=True)
    assert [name for name, _phone in answering(cast, Duty.FIRST_SECRETARY).values()] == ["杨瑞艳"]
    actions.take_back_people(cast.other_county_officer, list_id=newer.pk)
    assert sorted(name for name, _phone in answering(cast, Duty.FIRST_SECRETARY).values()) == ["张宏军", "李杰"]


@pytest.mark.usefixtures("villages")
def test_a_list_taken_back_leaves_no_checkpoint_and_no_team(cast: Cast) -> None:
    people_list = accepted(cast, CHECKPOINTS)
    actions.take_back_people(cast.other_county_officer, list_id=people_list.pk)
    with scope.enter(cast.other_county_officer):
        assert not Post.objects.filter(path__startswith=OTHER_TOWNSHIP, closed_at=None).exists()
        assert not TeamMember.objects.filter(valid_until=None).exists()
        assert TeamMember.objects.count() == 4
    with pytest.raises(PeopleListOver):
        actions.take_back_people(cast.other_county_officer, list_id=people_list.pk)
    actions.accept_people(cast.other_county_officer, list_id=people_list.pk)
    assert len(answering(cast, Duty.IN_CHARGE)) == 2


def test_what_is_not_known_is_asked_and_put_right(cast: Cast) -> None:
    wrong = SECRETARIES.replace(b"1579740 4367", b"1579740")
    people_list = brought(cast, wrong)
    with scope.enter(cast.other_county_officer):
        asked = {code.code for row in opened(people_list).compared.rows for code in row.problems}
    assert asked == {"village_unknown", "phone_wrong"}
    with pytest.raises(NothingReady):
        actions.accept_people(cast.other_county_officer, list_id=people_list.pk)
    enter_villages(console(), township_path=OTHER_TOWNSHIP, names=["解家湾", "穆家岭"])
    fix = {"1:2": RowFix(fields={"phone": "15797404367"}), "1:3": RowFix(left_out=True)}
    actions.fix_rows(cast.other_county_officer, list_id=people_list.pk, rows=fix)
    actions.accept_people(cast.other_county_officer, list_id=people_list.pk)
    assert list(answering(cast, Duty.FIRST_SECRETARY).values()) == [("张宏军", "15797404367")]


@pytest.mark.usefixtures("villages")
def test_namesakes_are_two_and_one_phone_with_two_names_is_asked(cast: Cast) -> None:
    namesakes = SECRETARIES.replace("李杰".encode(), "张宏军".encode())
    with scope.enter(cast.other_county_officer):
        assert all(row.ready for row in opened(brought(cast, namesakes)).compared.rows)
        shared = SECRETARIES.replace(b"18033997318", b"15797404367")
        rows = opened(brought(cast, shared)).compared.rows
    assert [[one.code for one in row.problems] for row in rows] == [["phone_of_another"], ["phone_of_another"]]


@pytest.mark.usefixtures("villages")
def test_a_member_moves_to_another_team_and_was_in_the_first(cast: Cast) -> None:
    accepted(cast, CHECKPOINTS)
    with scope.enter(cast.other_county_officer):
        member = TeamMember.objects.filter(role="民警").get()
        other = Team.objects.exclude(pk=member.team_id).get()
    moved = actions.regroup(cast.other_county_officer, member_id=member.pk, team_id=other.pk)
    assert (moved.team_id, moved.follows_id, moved.role) == (other.pk, member.pk, "民警")
    with pytest.raises(MovedAlready):
        actions.regroup(cast.other_county_officer, member_id=member.pk, team_id=other.pk)
    with pytest.raises(NotFound):
        actions.regroup(cast.county_officer, member_id=moved.pk, team_id=member.team_id)


def test_who_may_not_is_refused(cast: Cast) -> None:
    people_list = brought(cast, SECRETARIES)
    with pytest.raises(NotFound):
        actions.accept_people(cast.county_officer, list_id=people_list.pk)
    with pytest.raises(NotFound):
        actions.bring_people(cast.county_officer, path=OTHER_COUNTY, name="a.csv", content=SECRETARIES)
    for who in (cast.worker, cast.lapsed, cast.typist):
        with pytest.raises(Forbidden):
            actions.bring_people(who, path=COUNTY, name="a.csv", content=SECRETARIES)
    with pytest.raises(ListUnread):
        brought(cast, "今天开会\n明天也开会\n".encode())


def test_levels_of_checkpoints_are_those_of_their_sheets(cast: Cast) -> None:
    head = "乡镇,检查点,地点,负责人,电话,人员组成\n灵泉镇,东口检查点,东口,韩志生,13657023724,民警马嘉豪 村医成俊珍\n"
    accepted(cast, head.encode())
    line = Responsibility.objects.get(duty=Duty.IN_CHARGE)
    assert (line.tier, line.path[:9]) == (Tier.TOWNSHIP, OTHER_TOWNSHIP)
