"""The page of duty: who is on duty now, since when, how long today; and what is pressed on it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from firstline.kernel import clock, gap_sources, scope
from firstline.kernel.clock import Precision
from firstline.kernel.offline import Moment
from firstline.kernel.paths import subtree
from firstline.places.selectors import names_at
from firstline.testing.cast import COMMUNITY, Cast, Member
from firstline.workforce.actions import sign_in, sign_out
from firstline.workforce.models import DutySign, Step


def ago(**span: float) -> Moment:
    at = clock.now() - timedelta(**span)
    return Moment(at, Precision.MINUTE, at)


def page_of(person: Member) -> Any:
    return person.client().get("/duty/")


def names(response: Any, part: str) -> list[str]:
    return [row.name for row in response.context[part]]


def test_a_director_sees_everybody(cast: Cast) -> None:
    sign_in(cast.worker, path=cast.compound.place.path, note="北门", moment=ago(minutes=5))
    response = page_of(cast.director)
    assert names(response, "on") == [cast.worker.name]
    assert set(names(response, "off")) == {cast.worker_next.name, cast.director.name}
    assert "枫林苑" in response.content.decode()
    assert "北门" in response.content.decode()


def test_a_worker_sees_their_own_only(cast: Cast) -> None:
    sign_in(cast.director, path=cast.compound.place.path)
    response = page_of(cast.worker)
    assert (response.context["reads"], response.context["on"]) == (False, [])
    assert cast.director.name not in response.content.decode()


def test_another_community_is_not_seen(cast: Cast) -> None:
    sign_in(cast.worker_elsewhere, path=cast.compound_elsewhere.place.path)
    assert names(page_of(cast.director), "on") == []


def test_one_signs_in_and_out_by_button(cast: Cast) -> None:
    client, path = cast.worker.client(), cast.compound.place.path
    data = {"step": "in", "path": path, "sign": "0198f000-0000-7000-8000-000000000001"}
    assert client.post("/duty/sign/", data).status_code == 303
    assert client.post("/duty/sign/", data).status_code == 303
    assert page_of(cast.worker).context["mine"]["on"] is True
    assert client.post("/duty/sign/", {"step": "out", "path": path}).status_code == 303
    assert page_of(cast.worker).context["mine"]["on"] is False
    with scope.enter(cast.director):
        assert list(DutySign.objects.order_by("happened_at").values_list("step", flat=True)) == ["in", "out"]


def test_a_note_too_long_is_said_on_the_page(cast: Cast) -> None:
    data = {"step": "in", "path": cast.compound.place.path, "note": "x" * 300}
    response = cast.worker.client().post("/duty/sign/", data)
    assert response.status_code == 422
    assert "200" in response.context["mistake"]


def test_a_forgotten_sign_out_stands_first_and_a_director_ends_it(cast: Cast) -> None:
    sign_in(cast.worker, path=cast.compound.place.path, moment=ago(hours=17))
    response = page_of(cast.director)
    (row,) = response.context["forgotten"]
    assert (row.name, row.step) == (cast.worker.name, "out")
    data = {"person": str(row.person_id), "path": row.path, "step": row.step, "sign": str(row.sign_id)}
    assert cast.director.client().post("/duty/sign-for/", data).status_code == 303
    assert page_of(cast.director).context["forgotten"] == []


def test_hours_are_those_since_midnight(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    evening = datetime(clock.now().year + 1, 2, 12, 10, tzinfo=UTC)  # 18:00 there
    monkeypatch.setattr(clock, "now", lambda: evening)
    path = cast.compound.place.path
    sign_in(cast.worker, path=path, moment=ago(hours=20))
    sign_out(cast.worker, path=path, moment=ago(hours=17))
    sign_in(cast.worker, path=path, moment=ago(hours=2, minutes=20))
    (row,) = page_of(cast.director).context["on"]
    assert row.today == "3小时20分"


def missing(person: Member) -> dict[str, tuple[int, str]]:
    with scope.enter(person):
        found = gap_sources.causes([subtree(COMMUNITY)], names_at)
    return {one.kind: (one.count, one.stage.value) for one in found if one.kind.startswith("duty_")}


def test_signed_in_for_too_long_is_a_gap(cast: Cast) -> None:
    path = cast.compound.place.path
    sign_in(cast.worker_next, path=cast.compound_next.place.path, moment=ago(hours=15))
    assert missing(cast.director) == {}
    sign_in(cast.worker, path=path, moment=ago(hours=17))
    assert missing(cast.director) == {"duty_not_ended": (1, "gap")}
    assert missing(cast.worker) == {}
    sign_out(cast.worker, path=path)
    assert missing(cast.director) == {}


@pytest.mark.parametrize("step", list(Step))
def test_somebody_who_is_nobody_cannot_be_signed(cast: Cast, step: Step) -> None:
    data = {"person": "nobody", "path": cast.compound.place.path, "step": step.value}
    assert cast.director.client().post("/duty/sign-for/", data).status_code == 404
