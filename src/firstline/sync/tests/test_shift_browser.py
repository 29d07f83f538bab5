"""A whole shift in aeroplane mode, in a real browser: forty outcomes, in the evening all on the server, once."""

import re
from collections import Counter
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, expect

from firstline.accounts.models import Device
from firstline.census.models import Attempt, AttemptPhoto, AttemptVoid
from firstline.config.testing.browser import Browse, session_of
from firstline.kernel import scope
from firstline.places.models import Door
from firstline.registry.models import Mention
from firstline.sync.models import Kept
from firstline.sync.tests.at_doors import PICTURE, at, tap
from firstline.sync.tests.in_browser import PIN, controlled, enrol, outbox, press, send
from firstline.testing.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.fault, pytest.mark.django_db(transaction=True)]
OUTCOMES = 40
# What is pressed at one door after another, over and over, and what the server calls it.
ROUND = (
    ("no_answer", ("没人应",)),
    ("registered", ()),
    ("refused_privacy", ("不愿登记", "怕泄露隐私")),
    ("vacant", ("没人住",)),
    ("no_answer", ("没人应",)),
    ("form_slipped", ("塞了表", "没有编号")),
    ("registered", ()),
)


@dataclass
class Shift:
    """What was pressed: doors and results in their order, the names given, which visits were taken back."""

    page: Page
    made: list[tuple[str, str]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    taken_back: list[int] = field(default_factory=list)
    pictures: int = 0

    def to(self, building_id: object) -> None:
        """Open a building, and its first door that is left."""
        self.page.goto(f"/field/#/building/{building_id}")
        self.page.get_by_role("button", name=re.compile("^下一户：")).click()
        expect(self.page.locator(".fl-outcome-dock")).to_be_visible()

    def visit(self) -> None:
        """The next outcome, at the door that is open."""
        result, words = ROUND[len(self.made) % len(ROUND)]
        self.made.append((self.page.url.rpartition("/")[2], result))
        if result == "registered":
            self._register()
        else:
            tap(self.page, *words)

    def take_back(self) -> None:
        """The visit just now, whose door opens again."""
        self.page.get_by_role("button", name="撤回").click()
        door_id, _result = self.made[-1]
        self.page.wait_for_url(f"**/door/{door_id}")
        expect(self.page.locator(".fl-tried")).to_contain_text("撤了")
        self.taken_back.append(len(self.made) - 1)

    def _register(self) -> None:
        page, many = self.page, 1 + len(self.made) % 2
        page.get_by_role("button", name="开门了，登记").click()
        for part in range(many):
            self.names.append(f"王{'一二三四五六七八九十'[len(self.names) % 10]}{'甲乙丙'[len(self.names) // 10]}")
            page.get_by_label("一个人").fill(f"{self.names[-1]} 女 1990")
            if part < many - 1:
                page.get_by_role("button", name="再记一人").click()
        if not self.pictures:
            page.set_input_files(".fl-photo-key input", {"name": "a.png", "mimeType": "image/png", "buffer": PICTURE})
            expect(page.get_by_role("button", name="拍了")).to_be_visible()
            self.pictures += 1
        before = at(page)
        page.get_by_role("button", name="没别人了，下一户").click()
        expect(page.locator("h1")).not_to_have_text(before)

    @property
    def standing(self) -> dict[str, list[str]]:
        """What counts at each door, in its order."""
        found: dict[str, list[str]] = {}
        for number, (door_id, result) in enumerate(self.made):
            if number not in self.taken_back:
                found.setdefault(door_id, []).append(result)
        return found


def walk(page: Page, cast: Cast) -> Shift:
    """A building, the phone put away and taken out again, the other building, and a door that is on no list."""
    shift = Shift(page)
    shift.to(cast.building.pk)
    for _door in range(12):
        shift.visit()
    shift.take_back()
    for _door in range(8):
        shift.visit()
    page.reload()
    press(page, PIN)
    expect(page.locator(".fl-place, h1").first).to_be_visible()
    shift.to(cast.building_of(cast.compound, "2").pk)
    while len(shift.made) < OUTCOMES - 1:
        shift.visit()
    page.goto(f"/field/#/new-door/{cast.building.pk}")
    page.get_by_label("门牌号").fill("909")
    page.get_by_role("button", name="加上，进门").click()
    expect(page.locator("h1")).to_contain_text("909")
    shift.visit()
    return shift


def counts(page: Page, visits: int) -> None:
    """The counter of the shift says so, a second after the last press at the latest."""
    page.goto("/field/#/doors")
    expect(page.locator(".fl-counter b")).to_have_text(str(visits))


def test_forty_outcomes_in_one_flight(phone: Page, browse: Browse, cast: Cast) -> None:
    with phone.expect_response("**/sync/v1/changes?*"):
        enrol(phone, cast)
    controlled(phone)
    phone.goto(f"/field/#/building/{cast.building.pk}")
    expect(phone.locator(".fl-cell")).not_to_have_count(0)
    phone.context.set_offline(True)
    shift = walk(phone, cast)
    standing = shift.standing
    assert len(shift.made) == OUTCOMES
    commands = OUTCOMES + len(shift.taken_back) + shift.pictures + 1
    counts(phone, len(standing))
    kept = outbox(phone)
    assert len(kept) == commands
    with scope.enter(cast.director):
        assert not Attempt.objects.exists()

    phone.context.set_offline(False)
    send(phone, commands)
    assert outbox(phone) == kept
    counts(phone, len(standing))
    # The page says so too when it is opened anew, from what the server sent.
    send(phone, commands)

    with scope.enter(cast.director):
        made = list(Attempt.objects.order_by("id"))
        assert [(str(one.door_id), one.result) for one in made] == shift.made
        assert {one.by_person_id for one in made} == {cast.worker.person_id}
        assert [str(void.attempt_id) for void in AttemptVoid.objects.all()] == [
            str(made[number].pk) for number in shift.taken_back
        ]
        assert AttemptPhoto.objects.count() == shift.pictures
        assert Counter(one.open().name for one in Mention.objects.all()) == Counter(shift.names)
        assert not Kept.objects.exists()
    assert Door.objects.filter(building=cast.building, room="909").count() == 1
    assert Device.objects.get().waiting == 0
    seen_at_the_desk(browse, cast, shift)


def seen_at_the_desk(browse: Browse, cast: Cast, shift: Shift) -> None:
    """The director sees how many doors are left in each building, and at a door what came of it."""
    desk = browse.page(session=session_of(cast.director.login))
    for label in ("1", "2"):
        building = cast.building_of(cast.compound, label)
        doors = Door.objects.filter(building=building, ended_at=None)
        left = [door for door in doors if not done(shift.standing.get(str(door.pk), []))]
        desk.goto(f"/buildings/{building.pk}/")
        expect(desk.locator(".fl-account-say")).to_contain_text(f"{len(left)}户")
        expect(desk.locator(".fl-account-say b")).to_have_text(str(len(doors)))
    (first,) = [door_id for door_id, result in shift.made if result == "registered"][:1]
    desk.goto(f"/doors/{first}/")
    expect(desk.locator("main")).to_contain_text(shift.names[0])
    desk.goto("/devices/")
    expect(desk.locator(".fl-phones")).to_contain_text(cast.worker.name)
    expect(desk.locator(".fl-phones .is-num.is-strong")).to_have_count(0)


def done(results: list[str]) -> bool:
    return not {"registered", "vacant"}.isdisjoint(results)
