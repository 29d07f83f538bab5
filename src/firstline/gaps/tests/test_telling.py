"""Who is told of a gap: whoever answers where it has reached, once; who decides; nobody twice for one thing."""

from datetime import timedelta

import pytest

from firstline.census import actions as census
from firstline.gaps import actions
from firstline.gaps.models import Gap
from firstline.gaps.sweeping import sweep
from firstline.gaps.tests.open import gap_at, only_late
from firstline.kernel import clock, gap_sources, wording
from firstline.kernel.actors import console
from firstline.kernel.gap_sources import Late
from firstline.kernel.keys import organisation_key
from firstline.notify import kinds
from firstline.notify.models import Message, Receipt, Robot, RobotDetails
from firstline.testing.cast import COMMUNITY, COMMUNITY_ELSEWHERE, TOWNSHIP, Cast, Member
from firstline.testing.time import Clock


def told(member: Member) -> list[str]:
    received = Receipt.objects.filter(receiver_id=member.person_id, to_robot=False).values("message_id")
    return list(Message.objects.filter(pk__in=received).order_by("at", "id").values_list("kind", flat=True))


@pytest.fixture
def late(cast: Cast, clock_at: Clock) -> None:
    """A door of the worker's compound whose hour has passed."""
    census.record_attempt(
        cast.worker, door_id=cast.door.pk, result="come_back", again_at=clock.now() + timedelta(hours=1)
    )
    clock_at.move(hours=1, minutes=1)


@pytest.mark.usefixtures("late")
def test_each_level_is_told_once_as_a_gap_reaches_it(cast: Cast, clock_at: Clock) -> None:
    sweep(console())
    sweep(console())
    assert told(cast.worker) == ["gaps.late.steps_overdue"]
    gap = Gap.objects.get(kind="steps_overdue")
    message = Message.objects.get(kind="gaps.late.steps_overdue")
    assert (message.url, message.path, message.words) == (f"/gaps/{gap.pk}/", gap.path, {"count": 1})
    assert told(cast.clerk) == []
    clock_at.move(hours=5)
    sweep(console())
    sweep(console())
    assert told(cast.clerk) == ["gaps.climbed.steps_overdue"]
    assert told(cast.worker) == ["gaps.late.steps_overdue"]


def test_much_of_one_kind_in_one_community_is_one_message(
    cast: Cast, clock_at: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    due, place = clock_at.now() - timedelta(minutes=1), cast.compound.place.path
    late = [Late("steps_overdue", f"{place}/{number:05d}", 2, due, due) for number in range(10_001, 10_301)]
    only_late(monkeypatch, late)
    sweep(console())
    message = Message.objects.get(kind="gaps.late.steps_overdue")
    assert message.words == {"count": 600}
    assert message.path == place
    assert cast.worker.client().get(message.url).context["count"] == 300


def test_much_in_several_communities_is_one_message_unless_a_robot_listens_below(
    cast: Cast, clock_at: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    due = clock_at.now() - timedelta(minutes=1)
    only_late(
        monkeypatch,
        [Late("steps_overdue", f"{one}/0009", 1, due, due) for one in (COMMUNITY, COMMUNITY_ELSEWHERE)],
    )
    sweep(console())
    clock_at.move(hours=5)
    sweep(console())
    (climbed,) = Message.objects.filter(kind="gaps.climbed.steps_overdue")
    assert (climbed.path, climbed.words) == (TOWNSHIP, {"count": 2})
    assert cast.clerk.client().get(climbed.url).context["count"] == 2
    robot = Robot(path=COMMUNITY, kind="generic", added_by_id=cast.director.person_id)
    robot.seal(RobotDetails("网格群", "https://example.org/hook"), organisation_key())
    robot.save(force_insert=True)
    clock_at.move(days=1)
    sweep(console())
    heard = Message.objects.get(pk__in=Receipt.objects.filter(receiver_id=robot.pk).values("message_id"))
    assert (heard.path, heard.words) == (f"{COMMUNITY}/0009", {"count": 1})
    assert told(cast.county_officer) == ["gaps.climbed.steps_overdue"] * 2


def test_who_decides_is_told_that_something_is_said_to_be_wrong(cast: Cast) -> None:
    gap = gap_at(cast.compound.place.path)
    actions.dispute(cast.worker, gap_id=gap.pk, reason="王建国说都登记过了")
    message = Message.objects.get(kind="gaps.disputed.steps_overdue")
    assert message.words == {"count": 1}, "why it is wrong stands on the page only"
    receivers = set(Receipt.objects.filter(message_id=message.pk).values_list("receiver_id", flat=True))
    assert receivers & {cast.director.person_id, cast.clerk.person_id, cast.county_officer.person_id}
    assert cast.worker.person_id not in receivers


def test_every_kind_that_can_run_out_of_time_reads_as_a_sentence() -> None:
    for kind in gap_sources.kinds():
        for happened in ("late", "climbed", "disputed"):
            assert "3" in kinds.sentence(f"gaps.{happened}.{kind}", {"count": 3})
            assert "{" not in kinds.title_of(f"gaps.{happened}.{kind}")


def test_the_ledger_calls_every_kind_by_its_words() -> None:
    assert [kind for kind in gap_sources.kinds() if wording.value("kind", kind) == kind] == []
