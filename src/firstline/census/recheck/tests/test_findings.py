"""Walking a building again: what is written down, by whom, and that nothing of the first result is seen."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from firstline.census.actions import record_attempt
from firstline.census.models import Attempt, DoorState
from firstline.census.models.recheck import RecheckBuilding, RecheckDoor, RecheckFinding
from firstline.census.recheck.actions import close_recheck, record_finding
from firstline.census.recheck.errors import FindingIdTaken, FindingInvalid, NothingFound, RecheckClosed
from firstline.census.recheck.tests.setting import drawn, sample, sent
from firstline.census.results import Outcome
from firstline.config.testing.budget import Budget
from firstline.kernel import scope
from firstline.kernel.actors import Actor
from firstline.kernel.errors import Forbidden, NotFound
from firstline.kernel.ids import uuid7
from firstline.places.errors import DoorElsewhere, DoorNotUnderstood
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import Cast

NAMES = ("王建国", "李秀英")


@pytest.fixture
def row(cast: Cast) -> RecheckBuilding:
    """Building 1, in which the census has two named people, a refusal and an empty flat."""
    people = [PersonSaid(name) for name in NAMES]
    record_attempt(cast.worker, door_id=cast.door.pk, result="registered", people=people, note="钥匙在三楼老李家")
    for label, result in {"1-1-102": "vacant", "1-1-201": "refused", "1-1-202": "no_answer"}.items():
        record_attempt(cast.worker, door_id=cast.door_of(cast.compound, label).pk, result=result)
    return drawn(cast, sample(cast))


@pytest.fixture
def again(cast: Cast, row: RecheckBuilding) -> Actor:
    return sent(cast, row)


def found(cast: Cast) -> list[RecheckFinding]:
    with scope.enter(cast.director):
        return list(RecheckFinding.objects.order_by("recorded_at", "id"))


def test_a_finding_keeps_its_names_sealed_and_changes_no_door(cast: Cast, row: RecheckBuilding, again: Actor) -> None:
    with scope.enter(cast.director):
        before = list(DoorState.objects.order_by("door").values()), Attempt.objects.count()
    record_finding(again, building_id=row.pk, living="lived_in", label="1-1-102", names=["赵六", " "], persons=3)
    (finding,) = found(cast)
    assert (finding.label, finding.persons, finding.open().names) == ("1-1-102", 3, ["赵六"])
    assert "赵六".encode() not in bytes(finding.sealed)
    with scope.enter(cast.director):
        assert (list(DoorState.objects.order_by("door").values()), Attempt.objects.count()) == before


def test_nothing_of_the_first_result_is_on_their_pages(cast: Cast, row: RecheckBuilding, again: Actor) -> None:
    """Before they wrote anything, and after: no name, no outcome, no remark, no visitor of the first round."""
    record_finding(again, building_id=row.pk, living="nobody_met", label="1-1-301")
    client = cast.worker_next.client()
    pages = [
        reverse("census:my_rechecks"),
        reverse("census:recheck_building", args=[row.pk]),
        *(f"{reverse('census:recheck_finding', args=[row.pk])}?label={label}" for label in ("1-1-101", "1-1-102")),
    ]
    own = {Outcome.KNOCKED_ONCE.value}
    for address in pages:
        answer = client.get(address)
        assert answer.status_code == 200
        # The sheet of marks names them all, on every page; the buttons of a finding wear four.
        body = answer.content.decode()
        main = body[body.index('id="fl-main"') :]
        assert not [word for word in (*NAMES, "钥匙在三楼老李家", "王海燕") if word in main], address
        if "door/" not in address:
            worn = {outcome.value for outcome in Outcome if f"s-{outcome.value}" in main}
            assert worn <= own, address


def test_the_database_itself_keeps_the_first_result_from_them(cast: Cast, row: RecheckBuilding, again: Actor) -> None:
    """Whatever a page might ask one day: in their scope the building has no such row."""
    with scope.enter(again):
        assert not RecheckDoor.objects.filter(building=row).exists()
        assert RecheckBuilding.objects.filter(pk=row.pk).exists()
    with scope.enter(cast.director):
        assert RecheckDoor.objects.filter(building=row).count() == 12


def test_all_doors_look_alike_until_something_is_found(cast: Cast, row: RecheckBuilding, again: Actor) -> None:
    page: Any = cast.worker_next.client().get(reverse("census:recheck_building", args=[row.pk]))
    cells = [cell for floor in page.context["house"].floors for unit in floor.units for cell in unit]
    assert len(cells) == 12
    assert {(cell.outcome, cell.dim, cell.record_url) for cell in cells} == {("", False, "")}


def test_a_door_that_is_not_on_the_plan_stands_there_afterwards(cast: Cast, row: RecheckBuilding, again: Actor) -> None:
    record_finding(again, building_id=row.pk, living="lived_in", text="1-1-401", persons=2)
    page: Any = cast.worker_next.client().get(reverse("census:recheck_building", args=[row.pk]))
    assert page.context["more"] == 1
    assert [cell.room for cell in page.context["house"].floors[0].units[0] if cell] == ["401"]


def test_a_later_finding_replaces_and_a_mistake_is_struck_out(cast: Cast, row: RecheckBuilding, again: Actor) -> None:
    for living in ("vacant", "nobody_met", "struck"):
        record_finding(again, building_id=row.pk, living=living, label="1-1-101")
    page: Any = cast.worker_next.client().get(reverse("census:recheck_building", args=[row.pk]))
    assert (page.context["done"], page.context["left"]) == (0, 12)
    assert len(found(cast)) == 3


def test_pressed_twice_is_written_down_once(cast: Cast, row: RecheckBuilding, again: Actor) -> None:
    given: dict[str, Any] = {"building_id": row.pk, "living": "vacant", "label": "1-1-101", "finding_id": uuid7()}
    assert record_finding(again, **given) == record_finding(again, **given)
    assert len(found(cast)) == 1
    with pytest.raises(FindingIdTaken):
        record_finding(again, **given | {"label": "1-1-102"})


@pytest.mark.parametrize(
    "given",
    [
        {"living": "lived_in"},
        {"living": "somewhere"},
        {"living": "lived_in", "persons": 61},
        {"living": "lived_in", "names": ["长" * 41]},
    ],
)
def test_what_says_nothing_is_refused(row: RecheckBuilding, again: Actor, given: dict[str, Any]) -> None:
    with pytest.raises(FindingInvalid):
        record_finding(again, building_id=row.pk, label="1-1-101", **given)


@pytest.mark.parametrize(("text", "error"), [("哪" * 21, DoorNotUnderstood), ("9-1-101", DoorElsewhere)])
def test_a_door_that_is_none_or_elsewhere_is_refused(
    row: RecheckBuilding, again: Actor, text: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        record_finding(again, building_id=row.pk, living="vacant", text=text)


def test_a_cellar_is_kept_as_it_was_said(cast: Cast, row: RecheckBuilding, again: Actor) -> None:
    record_finding(again, building_id=row.pk, living="lived_in", text=" 楼顶加盖 ", persons=1)
    record_finding(again, building_id=row.pk, living="lived_in", label="1-楼顶加盖", persons=2)
    assert [(finding.label, finding.room, finding.persons) for finding in found(cast)] == [
        ("1-楼顶加盖", "楼顶加盖", 1),
        ("1-楼顶加盖", "楼顶加盖", 2),
    ]
    assert (
        "楼顶加盖" in cast.worker_next.client().get(reverse("census:recheck_building", args=[row.pk])).content.decode()
    )


def test_only_who_has_the_building_writes_in_it(cast: Cast, row: RecheckBuilding, again: Actor) -> None:
    given: dict[str, Any] = {"building_id": row.pk, "living": "vacant", "label": "1-1-101"}
    for other in (cast.worker, cast.director, cast.typist):
        with pytest.raises(Forbidden):
            record_finding(other, **given)
    sent(cast, row, cast.typist)
    with pytest.raises(NotFound):
        record_finding(again, **given)


def test_another_building_of_the_sample_is_not_theirs(cast: Cast, row: RecheckBuilding, again: Actor) -> None:
    with scope.enter(cast.director):
        other = RecheckBuilding.objects.filter(recheck=row.recheck, drawn=True).exclude(pk=row.pk).first()
    assert other is not None
    assert cast.worker_next.client().get(reverse("census:recheck_building", args=[other.pk])).status_code == 404


def test_a_closed_building_takes_no_more(cast: Cast, row: RecheckBuilding, again: Actor) -> None:
    with pytest.raises(NothingFound):
        close_recheck(again, building_id=row.pk)
    record_finding(again, building_id=row.pk, living="vacant", label="1-1-101")
    close_recheck(again, building_id=row.pk)
    with pytest.raises(RecheckClosed):
        record_finding(again, building_id=row.pk, living="vacant", label="1-1-102")
    with pytest.raises(RecheckClosed):
        close_recheck(again, building_id=row.pk)


class TestPages:
    """From the plan to the end, as a thumb goes."""

    @pytest.fixture
    def client(self, cast: Cast, again: Actor) -> Client:
        return cast.worker_next.client()

    def post(self, client: Client, row: RecheckBuilding, **form: str) -> Any:
        return client.post(reverse("census:recheck_finding", args=[row.pk]), form)

    def test_a_door_written_down_leads_back_to_the_plan(self, client: Client, cast: Cast, row: RecheckBuilding) -> None:
        answer = self.post(
            client, row, label="1-1-101", living="lived_in", persons="2", names="赵六、钱七", note="在家"
        )
        assert answer.url == reverse("census:recheck_building", args=[row.pk])
        assert found(cast)[0].open().names == ["赵六", "钱七"]
        assert found(cast)[0].open().note == "在家"

    def test_what_is_wrong_is_said_and_what_was_typed_stays(self, client: Client, row: RecheckBuilding) -> None:
        answer = self.post(client, row, label="1-1-101", living="lived_in", names="", note="在家")
        assert (answer.status_code, answer.context["note"]) == (422, "在家")
        assert answer.context["mistake"]

    def test_a_door_read_in_two_ways_is_asked(self, client: Client, cast: Cast, row: RecheckBuilding) -> None:
        answer = self.post(client, row, text="501", living="vacant")
        assert answer.status_code == 409
        assert answer.context["choices"] == ["1-1-501", "1-2-501"]
        self.post(client, row, text="501", label="1-2-501", living="vacant")
        assert found(cast)[0].label == "1-2-501"

    def test_closing_leads_back_to_the_list(self, client: Client, row: RecheckBuilding) -> None:
        self.post(client, row, label="1-1-101", living="vacant")
        answer: Any = client.post(reverse("census:recheck_close", args=[row.pk]), follow=True)
        assert answer.context["rows"] == []
        assert client.get(reverse("census:recheck_building", args=[row.pk])).context["closed"]

    def test_statements(self, client: Client, row: RecheckBuilding, statement_budget: Budget) -> None:
        with statement_budget("census.recheck_building"):
            client.get(reverse("census:recheck_building", args=[row.pk]))
        with statement_budget("census.recheck_finding"):
            client.get(reverse("census:recheck_finding", args=[row.pk]) + "?label=1-1-101")
        with statement_budget("census.my_rechecks"):
            client.get(reverse("census:my_rechecks"))
