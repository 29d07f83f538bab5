"""The pages of single measures, the catalogue, and the one for residents."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from firstline.config.testing.budget import Budget
from firstline.kernel import clock
from firstline.kernel.errors import Forbidden, NotFound
from firstline.response.levels.actions import lower_level
from firstline.response.measures.actions import change_catalogue, order_measure
from firstline.response.measures.catalogue import catalogue_at, switched_on
from firstline.response.measures.errors import MeasureEndMissing, MeasureNotUnderstood
from firstline.response.measures.in_force import measure_in_force
from firstline.response.measures.ordering import Draft
from firstline.response.measures.tests.drafts import LAW, draft, in_days, ordered
from firstline.response.measures.tests.test_renew_and_lift import lapse
from firstline.response.models import Level, MeasureOrdered
from firstline.testing.cast import COMMUNITY, COUNTY, OTHER_COMMUNITY, TOWNSHIP, Cast, Member


def typed(cast: Cast, by: Member, **more: Any) -> dict[str, Any]:
    return {
        "kind": "pass_quota",
        "emergency": str(cast.emergency.pk),
        "path": TOWNSHIP,
        "people": "1",
        "days": "2",
        "until": in_days(5).isoformat(),
        "renewer": str(by.person_id),
        "legal_basis": LAW,
    } | more


def test_a_township_orders_for_itself(cast: Cast) -> None:
    client = cast.clerk.client()
    assert client.get("/levels/measures/new/").context["kinds"]
    context = client.get("/levels/measures/new/?kind=pass_quota").context
    assert next(path for path, _name in context["areas"]) == TOWNSHIP
    answer = client.post("/levels/measures/new/", typed(cast, cast.clerk))
    order = MeasureOrdered.objects.get()
    assert (answer.status_code, answer.headers["Location"]) == (303, reverse("response:measure", args=[order.pk]))
    assert (order.path, order.authority, order.parameters) == (TOWNSHIP, TOWNSHIP, {"people": 1, "days": 2})


@pytest.mark.parametrize(("begins", "said"), [("", "从现在起执行"), ("2099-01-01T08:00", "开始前解除")])
def test_it_says_whether_it_holds_already(cast: Cast, begins: str, said: str) -> None:
    wanted = typed(cast, cast.clerk, from_at=begins, until="2099-02-01" if begins else in_days(5).isoformat())
    answer = cast.clerk.client().post("/levels/measures/new/", wanted, follow=True)
    assert said in answer.content.decode()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"legal_basis": ""}, "没有法律依据不能下达"),
        ({"until": in_days(-3).isoformat()}, "最后一天"),
        ({"until": "soon"}, "soon"),
        ({"people": "many"}, "看不懂"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast: Cast, wrong: dict[str, str], said: str) -> None:
    answer = cast.clerk.client().post("/levels/measures/new/", typed(cast, cast.clerk, document_number="7号", **wrong))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page and "7号" in page
    assert not MeasureOrdered.objects.exists()


def test_it_is_renewed_and_lifted_on_its_page(cast: Cast) -> None:
    order = ordered(cast, cast.county_officer, "pass_at_gates")
    client, page = cast.county_officer.client(), reverse("response:measure", args=[order.pk])
    until = {"until": in_days(20).isoformat(), "renewer": str(cast.second_officer.person_id)}
    assert client.post(f"{page}renew/", until).status_code == 303
    context = client.get(page).context
    assert (context["renewer"], context["until"], len(context["story"])) == ("张爱民", in_days(20), 2)
    assert client.post(f"{page}renew/", {"until": in_days(1).isoformat()}).status_code == 422
    assert client.post(f"{page}lift/").status_code == 303
    assert client.get(page).context["state"] == "lifted"
    assert client.post(f"{page}lift/").status_code == 409


def test_who_may_not_change_it_reads_it(cast: Cast) -> None:
    order = ordered(cast, cast.county_officer, "pass_at_gates", TOWNSHIP)
    page = reverse("response:measure", args=[order.pk])
    for who in (cast.clerk, cast.director, cast.worker):
        answer = who.client().get(page)
        assert answer.status_code == 200 and f"{page}lift/" not in answer.content.decode()
    assert cast.clerk.client().post(f"{page}lift/").status_code == 404
    assert cast.other_county_officer.client().get(page).status_code == 404


def test_what_lapsed_can_be_ordered_anew_on_its_page(cast: Cast) -> None:
    late = lapse(cast)
    client = cast.county_officer.client()
    context = client.get(f"/levels/measures/new/?instead_of={late.pk}").context
    assert context["kind"] == "pass_at_gates"
    data = typed(cast, cast.county_officer, kind="pass_at_gates", path=COUNTY, instead_of=str(late.pk))
    assert client.post("/levels/measures/new/", data).status_code == 303
    assert client.get("/levels/").context["lapsed"] == []
    assert measure_in_force("pass_at_gates", COMMUNITY) is not None


def test_a_gap_before_it_lapses_and_after(cast: Cast) -> None:
    client = cast.county_officer.client()

    def kinds() -> set[tuple[str, str]]:
        return {(one.kind, str(one.stage)) for one in client.get("/?all=1").context["gaps"]}

    assert not {kind for kind, _stage in kinds() if kind.startswith("measures")}
    for days, stage in ((3, "todo"), (0, "gap")):
        soon = Draft("pass_at_gates", {}, in_days(days), cast.county_officer.person_id, LAW)
        order = order_measure(cast.county_officer, emergency_id=cast.emergency.pk, draft=soon)
        assert ("measures_expiring", stage) in kinds()
        client.post(reverse("response:lift", args=[order.pk]))
        assert "measures_expiring" not in {kind for kind, _stage in kinds()}
    lapse(cast)
    assert ("measures_lapsed", "gap") in kinds()


class TestCatalogue:
    def change(self, by: Member, **more: Any) -> None:
        given: dict[str, Any] = {
            "path": COUNTY,
            "switched_on": True,
            "level": Level.IV,
            "kind": "curfew",
            "parameters": {"spans": ["23:00-05:00"]},
            "days": 7,
        }
        change_catalogue(by, **(given | more))

    def test_every_level_has_every_kind_and_what_is_shipped_can_be_ordered(self, cast: Cast) -> None:
        for level, entries in catalogue_at(COMMUNITY).items():
            assert len(entries) == 9, level
            assert all(
                entry.days or not entry.switched_on or entry.kind in ("reporting_hours", "disinfection_rhythm")
                for entry in entries
            )

    def test_a_graver_level_never_asks_less_than_a_lighter_one_as_shipped(self, cast: Cast) -> None:
        from firstline.response.measures.kinds import as_strict

        for lighter, graver in ((Level.IV, Level.III), (Level.III, Level.II), (Level.II, Level.I)):
            more = {entry.kind: entry for entry in switched_on(COUNTY, graver)}
            for entry in switched_on(COUNTY, lighter):
                stricter = more[entry.kind].parameters
                # Level II names other businesses than level I, which closes those already with the rest of its notice.
                assert entry.kind == "close_businesses" or as_strict(entry.kind, stricter, entry.parameters)

    def test_the_county_words_it_from_then_on(self, cast: Cast) -> None:
        self.change(cast.county_officer)
        (curfew,) = [entry for entry in switched_on(COMMUNITY, Level.IV) if entry.kind == "curfew"]
        assert (curfew.days, curfew.own) == (7, True)
        assert not [entry for entry in switched_on(OTHER_COMMUNITY, Level.IV) if entry.kind == "curfew"]
        self.change(cast.county_officer, switched_on=False)
        assert not [entry for entry in switched_on(COMMUNITY, Level.IV) if entry.kind == "curfew"]

    def test_in_free_words_too(self, cast: Cast) -> None:
        words = {"title": "戴口罩", "text": "出门戴口罩。"}
        self.change(cast.county_officer, kind="free", parameters=words)
        self.change(cast.county_officer, kind="free", parameters=words | {"title": "少聚餐"})
        assert [entry.kind for entry in switched_on(COUNTY, Level.IV)].count("free") == 2

    @pytest.mark.parametrize(
        ("wrong", "error"),
        [
            ({"days": 0}, MeasureEndMissing),
            ({"parameters": {"spans": ["x"]}}, MeasureNotUnderstood),
            ({"path": TOWNSHIP}, NotFound),
            ({"path": "141126"}, NotFound),
        ],
    )
    def test_what_is_wrong(self, cast: Cast, wrong: dict[str, Any], error: type[Exception]) -> None:
        with pytest.raises(error):
            self.change(cast.county_officer, **wrong)

    def test_it_is_the_countys(self, cast: Cast) -> None:
        with pytest.raises(Forbidden):
            self.change(cast.clerk)
        with pytest.raises(NotFound):
            self.change(cast.other_county_officer)

    def test_on_its_page(self, cast: Cast, statement_budget: Budget) -> None:
        client = cast.county_officer.client()
        with statement_budget("response.catalogue"):
            assert client.get("/levels/catalogue/").context["may_change"]
        data = {"path": COUNTY, "level": "4", "kind": "curfew", "spans": "23:00-5:00", "on": "1", "days": "7"}
        assert client.post("/levels/catalogue/", data).status_code == 303
        assert client.post("/levels/catalogue/", data | {"days": "x"}).status_code == 422
        assert not cast.director.client().get("/levels/catalogue/").context["may_change"]
        assert cast.director.client().post("/levels/catalogue/", data).status_code == 403


class TestHere:
    def test_in_plain_words_without_login(self, cast: Cast, statement_budget: Budget) -> None:
        ordered(cast, cast.county_officer, "curfew", spans=["22:00-05:00"])
        Client().get(f"/here/{COMMUNITY}/")
        with statement_budget("response.here"):
            answer = Client().get(f"/here/{COMMUNITY}/")
        page = answer.content.decode()
        assert "22:00" in page and LAW in page and "丽景街社区" in page and "<svg" in page
        assert not answer.cookies
        assert cast.county_officer.name not in page

    def test_kept_by_whoever_asks_until_something_changes(self, cast: Cast) -> None:
        client, address = Client(), f"/here/{COMMUNITY}/"
        first = client.get(address)
        etag = first.headers["ETag"]
        assert "public" in first.headers["Cache-Control"]
        again = client.get(address, headers={"if-none-match": etag})
        assert (again.status_code, again.content) == (304, b"")
        ordered(cast, cast.county_officer, "live_poultry_stop")
        changed = client.get(address, headers={"if-none-match": etag})
        assert changed.status_code == 200 and changed.headers["ETag"] != etag

    def test_each_place_has_its_own(self, cast: Cast) -> None:
        ordered(cast, cast.clerk, "pass_quota", TOWNSHIP, people=1, days=3)
        assert len(Client().get(f"/here/{COMMUNITY}/").context["measures"]) == 1
        assert len(Client().get(f"/here/{TOWNSHIP}/").context["measures"]) == 1
        assert Client().get(f"/here/{COUNTY}/").context["measures"] == []

    def test_what_is_asked_of_offices_is_not_said_to_residents(self, cast: Cast) -> None:
        lower_level(
            cast.county_officer,
            emergency_id=cast.emergency.pk,
            level=Level.II,
            legal_basis=LAW,
            measures=[Draft("reporting_hours", {}), Draft("disinfection_rhythm", {"every_hours": 24})],
        )
        context = Client().get(f"/here/{COMMUNITY}/").context
        assert (context["measures"], len(context["others"]), context["level"]) == ([], 1, "二级响应")

    @pytest.mark.parametrize("code", ["141102003999", "14110200", "141102003005-0001", "x"])
    def test_no_such_place(self, cast: Cast, code: str) -> None:
        assert Client().get(f"/here/{code}/").status_code == 404

    def test_nothing_is_said_of_what_begins_tomorrow(self, cast: Cast) -> None:
        given = draft("curfew", cast.county_officer.person_id, spans=["22:00-05:00"])
        tomorrow = clock.now() + timedelta(days=1)
        order_measure(cast.county_officer, emergency_id=cast.emergency.pk, draft=given, from_at=tomorrow)
        assert Client().get(f"/here/{COMMUNITY}/").context["measures"] == []


def test_the_pages_keep_their_budget(cast: Cast, statement_budget: Budget) -> None:
    order = ordered(cast, cast.county_officer, "pass_quota")
    client = cast.county_officer.client()
    # What stands is read once after a change, by whichever page comes first.
    client.get("/levels/")
    with statement_budget("response.measure"):
        assert client.get(reverse("response:measure", args=[order.pk])).status_code == 200
    with statement_budget("response.order"):
        assert client.get("/levels/measures/new/?kind=pass_quota").status_code == 200
