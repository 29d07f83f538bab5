"""The pages of levels: seen before it is in force, said again with all that was typed, and what held at a moment."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils.timezone import localtime

from firstline.config.testing.budget import Budget
from firstline.kernel import clock
from firstline.response.actions import declare, end
from firstline.response.levels.actions import lower_level
from firstline.response.levels.selectors import level_at
from firstline.response.measures.in_force import measure_in_force, measures_at
from firstline.response.measures.tests.drafts import LAW, ordered
from firstline.response.models import Emergency, Level
from firstline.testing.cast import COMMUNITY, TOWNSHIP, Cast


def filled(cast: Cast, context: Any, **typed: str) -> dict[str, str]:
    """What a browser posts of the page as it came, with what somebody typed."""
    data = {"step": context["step"], "level": str(context["level"].value), "legal_basis": LAW, "from_at": ""}
    if context["about"]:
        data["emergency"] = str(context["about"].pk)
    for row in context["rows"]:
        if row.on:
            data[f"{row.prefix}on"] = "1"
        data[f"{row.prefix}until"] = row.until
        data[f"{row.prefix}renewer"] = row.renewer
        for field in row.fields:
            if field.how == "ticks":
                data[field.name] = [value for value, _word, on in field.choices if on]
            elif field.how != "tick" or field.value:
                data[field.name] = str(field.value)
    return data | typed


def lowering(cast: Cast, level: Level = Level.II) -> Any:
    address = f"/levels/change/?step=lower&level={level.value}&emergency={cast.emergency.pk}"
    return cast.county_officer.client().get(address).context


def test_a_level_is_seen_with_its_measures_before_it_is_in_force(cast: Cast) -> None:
    context = lowering(cast)
    on = [row.kind for row in context["rows"] if row.on]
    assert "close_businesses" in on and "curfew" not in on
    assert level_at(COMMUNITY) == Level.I
    posted = cast.county_officer.client().post("/levels/change/", filled(cast, context))
    assert (posted.status_code, posted.headers["Location"]) == (303, "/levels/")
    assert level_at(COMMUNITY) == Level.II
    assert sorted(one.kind for one in measures_at(COMMUNITY)) == sorted(on)
    held = measure_in_force("pass_at_gates", COMMUNITY)
    assert held is not None and held.order.renewer_id == cast.county_officer.person_id


def test_what_is_taken_off_or_changed_on_the_page_is_so(cast: Cast) -> None:
    context = lowering(cast)
    rows = {row.kind: row for row in context["rows"]}
    data = filled(cast, context, **{f"{rows['observation_days'].prefix}days": "21"})
    del data[f"{rows['live_poultry_stop'].prefix}on"]
    data[f"{rows['curfew'].prefix}on"] = "1"
    data[f"{rows['curfew'].prefix}spans"] = "22：00至5:00"
    assert cast.county_officer.client().post("/levels/change/", data).status_code == 303
    assert measure_in_force("live_poultry_stop", COMMUNITY) is None
    days, curfew = measure_in_force("observation_days", COMMUNITY), measure_in_force("curfew", COMMUNITY)
    assert days is not None and days.parameters.days == 21  # type: ignore[attr-defined]
    assert curfew is not None and curfew.parameters.spans == ("22:00-05:00",)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"legal_basis": " "}, "例如依据的法律"),
        ({"from_at": "yesterday"}, "yesterday"),
        ({"until": "2020-01-01"}, "最后一天"),
        ({"renewer": ""}, "续期"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(cast: Cast, typed: dict[str, str], said: str) -> None:
    context = lowering(cast)
    prefix = next(row.prefix for row in context["rows"] if row.kind == "pass_at_gates")
    data = filled(cast, context, document_number="离防指〔2020〕9号")
    data |= {(f"{prefix}{name}" if name in ("until", "renewer") else name): value for name, value in typed.items()}
    answer = cast.county_officer.client().post("/levels/change/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page and "离防指〔2020〕9号" in page
    assert level_at(COMMUNITY) == Level.I and measures_at(COMMUNITY) == []


def test_an_emergency_is_declared_for_a_township(cast: Cast) -> None:
    client = cast.county_officer.client()
    context = client.get("/levels/change/?step=declare&level=3").context
    assert (TOWNSHIP, "莲花池街道") in context["areas"]
    data = filled(cast, context, name="洪水", path=TOWNSHIP)
    assert client.post("/levels/change/", data).status_code == 303
    flood = Emergency.objects.get(name="洪水")
    assert (flood.path, flood.leads_since) == (TOWNSHIP, None)
    page = client.get("/levels/").content.decode()
    assert "洪水" in page and reverse("response:lead", args=[flood.pk]) not in page


def test_it_is_let_lead_when_none_does(cast: Cast) -> None:
    flood = declare(cast.county_officer, path=TOWNSHIP, name="洪水", level=Level.II, legal_basis="《防洪法》")
    end(cast.county_officer, emergency_id=cast.emergency.pk)
    client, address = cast.county_officer.client(), reverse("response:lead", args=[flood.pk])
    assert address in client.get("/levels/").content.decode()
    assert client.post(address).status_code == 303
    assert Emergency.objects.get(pk=flood.pk).leads_since is not None


def test_a_slip_is_taken_back_on_the_page(cast: Cast) -> None:
    lower_level(cast.county_officer, emergency_id=cast.emergency.pk, level=Level.III, legal_basis=LAW)
    client = cast.county_officer.client()
    (shown,) = client.get("/levels/").context["emergencies"]
    assert shown.steps[0].what.endswith("三级响应")
    assert client.post(shown.steps[0].take_back_url).status_code == 303
    assert level_at(COMMUNITY) == Level.I


def test_what_held_at_a_moment(cast: Cast) -> None:
    lower_level(cast.county_officer, emergency_id=cast.emergency.pk, level=Level.III, legal_basis=LAW)
    yesterday = localtime(clock.now() - timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    then = cast.director.client().get("/levels/", {"at": yesterday, "place": COMMUNITY}).context["then"]
    assert (then.level, then.measures) == ("一级响应", [])
    elsewhere = cast.director.client().get("/levels/", {"at": yesterday, "place": TOWNSHIP}).context["then"]
    assert elsewhere is None
    assert cast.director.client().get("/levels/", {"at": "then", "place": COMMUNITY}).status_code == 422


def test_everybody_below_reads_what_holds_and_changes_nothing(cast: Cast) -> None:
    ordered(cast, cast.county_officer, "pass_at_gates")
    for who in (cast.director, cast.worker, cast.typist):
        answer = who.client().get("/levels/")
        assert [one.title for one in answer.context["holding"]] == ["凭证出入"]
        page = answer.content.decode()
        assert "/levels/change/" not in page and "/levels/measures/new/" not in page
    assert cast.other_county_officer.client().get("/levels/").context["holding"] == []


def test_what_lapses_soon_and_what_lapsed_stand_apart(cast: Cast) -> None:
    from firstline.response.measures.tests.test_renew_and_lift import lapse

    lapse(cast)
    context = cast.county_officer.client().get("/levels/").context
    assert [one.state for one in context["lapsed"]] == ["lapsed"]
    assert context["holding"] == []


def test_the_pages_keep_their_budget(cast: Cast, statement_budget: Budget) -> None:
    ordered(cast, cast.county_officer, "pass_at_gates")
    client = cast.county_officer.client()
    with statement_budget("response.levels"):
        assert client.get("/levels/").status_code == 200
    with statement_budget("response.change"):
        lower = f"/levels/change/?step=lower&level=2&emergency={cast.emergency.pk}"
        assert client.get(lower).status_code == 200


@pytest.mark.parametrize(
    "query", ["", "step=lower", "step=lower&level=2", "step=lower&level=9&emergency=x", "step=end&level=2"]
)
def test_an_address_that_names_nothing_is_a_404(cast: Cast, query: str) -> None:
    assert cast.county_officer.client().get(f"/levels/change/?{query}").status_code == 404
