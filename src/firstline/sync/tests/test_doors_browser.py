"""A shift at the doors without a network, in a real browser; in the evening everything is on the server, once."""

import re

import pytest
from playwright.sync_api import Page, expect

from firstline.census.models import Attempt, AttemptPhoto, AttemptVoid
from firstline.kernel import scope
from firstline.registry.models import Mention
from firstline.sync.tests.at_doors import EVENING, PICTURE, at, back_in_the_network, tap
from firstline.sync.tests.in_browser import enrol
from firstline.testing.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def shift(phone: Page, cast: Cast) -> Page:
    """A phone with the cast's doors on it, at the building of theirs, out of reach of any network."""
    with phone.expect_response("**/sync/v1/changes?*"):
        enrol(phone, cast)
    phone.goto(f"/field/#/building/{cast.building.pk}")
    expect(phone.locator(".fl-cell")).not_to_have_count(0)
    phone.context.set_offline(True)
    phone.get_by_role("button", name=re.compile("^下一户：")).click()
    return phone


def attempts(cast: Cast) -> list[Attempt]:
    with scope.enter(cast.director):
        return list(Attempt.objects.order_by("id"))


def test_a_shift_ends_on_the_server_with_each_thing_once(shift: Page, cast: Cast) -> None:
    tap(shift, "没人应")
    tap(shift, "不愿登记", "怕泄露隐私")
    tap(shift, "让晚些再来", EVENING)
    tap(shift, "塞了表", "没有编号")
    shift.get_by_role("button", name="开门了，登记").click()
    shift.get_by_label("一个人").fill("秦晓雨 女 1990 太原回来")
    expect(shift.locator(".fl-read")).to_contain_text("1990年")
    shift.set_input_files(".fl-photo-key input", {"name": "a.png", "mimeType": "image/png", "buffer": PICTURE})
    expect(shift.get_by_role("button", name="拍了")).to_be_visible()
    before = at(shift)
    shift.get_by_role("button", name="没别人了，下一户").click()
    expect(shift.locator("h1")).not_to_have_text(before)
    back_in_the_network(shift)

    made = attempts(cast)
    assert [one.result for one in made] == ["no_answer", "refused_privacy", "come_back", "form_slipped", "registered"]
    assert len({one.door_id for one in made}) == 5
    assert {one.by_person_id for one in made} == {cast.worker.person_id}
    assert all(one.minutes is not None for one in made)
    with scope.enter(cast.director):
        (mention,) = Mention.objects.filter(source_id=made[-1].pk)
        assert mention.open().name == "秦晓雨"
        assert AttemptPhoto.objects.filter(attempt=made[-1]).count() == 1


def test_what_is_taken_back_stays_on_record_and_counts_no_longer(shift: Page, cast: Cast) -> None:
    before = at(shift)
    tap(shift, "没人应")
    shift.get_by_role("button", name="撤回").click()
    expect(shift.locator("h1")).to_have_text(before)
    expect(shift.locator(".fl-tried")).to_contain_text("撤了")
    expect(shift.locator(".fl-head-state")).to_contain_text("没去过")
    back_in_the_network(shift)

    (attempt,) = attempts(cast)
    with scope.enter(cast.director):
        assert AttemptVoid.objects.get().attempt_id == attempt.pk


def test_a_door_on_no_list_is_added_and_knocked_at(shift: Page, cast: Cast) -> None:
    shift.goto(f"/field/#/new-door/{cast.building.pk}")
    shift.get_by_label("门牌号").fill("909")
    shift.get_by_role("button", name="加上，进门").click()
    expect(shift.locator("h1")).to_contain_text("909")
    tap(shift, "没人应")
    back_in_the_network(shift)

    (attempt,) = attempts(cast)
    assert attempt.door.room == "909"
    assert attempt.door.building_id == cast.building.pk


def test_a_household_without_a_name_is_not_registered(shift: Page, cast: Cast) -> None:
    shift.get_by_role("button", name="开门了，登记").click()
    shift.get_by_role("button", name="没别人了，下一户").click()
    expect(shift.get_by_text("至少记一个人")).to_be_visible()
    shift.get_by_label("一个人").fill("13912345678")
    shift.get_by_role("button", name="没别人了，下一户").click()
    expect(shift.get_by_text("这一行还没有姓名")).to_be_visible()
    back_in_the_network(shift)
    assert attempts(cast) == []
