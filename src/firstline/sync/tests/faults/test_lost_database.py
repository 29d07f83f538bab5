"""PostgreSQL is killed in the middle of a batch, or its disk is full: the phone keeps all, is told in words, sends
again, and every fact is there once. Against real processes, a real small disk, and a phone in real Chromium."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from django.core.cache import cache

from firstline.census.models import Attempt, AttemptPhoto, DoorState
from firstline.census.rebuild import rebuild
from firstline.config.testing.browser import PHONE
from firstline.kernel import scope
from firstline.kernel.paths import subtree
from firstline.registry.models import Mention
from firstline.sync.models import Kept
from firstline.sync.tests.commands import attempt
from firstline.sync.tests.faults.installed import Installation, installed
from firstline.sync.tests.faults.serving import asked, heard, served, statuses
from firstline.sync.tests.phones import Phone, phone_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page
    from pytest_django.plugin import DjangoDbBlocker

pytestmark = pytest.mark.fault
PEOPLE = 3


@pytest.fixture(scope="module")
def here(django_db_setup: None, django_db_blocker: "DjangoDbBlocker") -> Iterator[Installation]:
    with django_db_blocker.unblock(), installed() as here:
        yield here


@pytest.fixture
def phone(here: Installation) -> Phone:
    return phone_of(here.cast.worker.person_id, here.cast.compound.place.path)


def a_batch(here: Installation) -> list[dict[str, Any]]:
    """As many as go at once, at every door of building 2, over and over, with people."""
    doors = list(here.cast.building_of(here.cast.compound, "2").doors.all())
    people = [{"name": f"王建国{part}", "phones": ["13903580001"]} for part in range(PEOPLE)]
    return [attempt(doors[turn % len(doors)].pk, "registered", body={"people": people}) for turn in range(200)]


def handed_in(here: Installation, device_id: Any) -> set[str]:
    with scope.enter(here.cast.director):
        return {str(pk) for pk in Attempt.objects.filter(by_device_id=device_id).values_list("pk", flat=True)}


def require_once(here: Installation, device_id: Any, ids: list[str], people: int) -> None:
    """Each is one fact with its people, nothing is kept aside, and states are what facts add up to."""
    assert handed_in(here, device_id) == set(ids)
    with scope.enter(here.cast.director):
        assert Mention.objects.filter(source_id__in=ids).count() == people
        assert sum(DoorState.objects.values_list("attempts", flat=True)) == Attempt.objects.count()
        assert not Kept.objects.exists()
    campaign, path = here.cast.campaign.pk, here.cast.compound.place.path
    assert not list(rebuild(here.cast.director, campaign, subtree(path), write=False))


@pytest.mark.parametrize("where", ["during", "after"])
@pytest.mark.parametrize("how", ["kill", "stop_at_once"])
def test_postgresql_is_gone_in_mid_batch(
    here: Installation, phone: Phone, tmp_path: Path, how: str, where: str
) -> None:
    """Before the commit nothing of it stands, after it all does, whether or not anybody heard so."""
    made = a_batch(here)
    with served(where, tmp_path / "once") as server:
        way = asked(phone, server.port, *made)
        server.standing()
        getattr(here, how)()
        server.go_on()
        for told in (heard(way), heard(asked(phone, server.port, *made))):
            assert (told[0], told[1]["code"]) == (503, "database_gone")
            assert told[1]["said"]
        here.start()
        found = statuses(asked(phone, server.port, *made))
        assert set(found) == ({"accepted"} if where == "during" else {"duplicate"})
        assert set(statuses(asked(phone, server.port, *made))) == {"duplicate"}
    require_once(here, phone.device_id, [one["id"] for one in made], PEOPLE * len(made))


def test_the_disk_is_full_in_mid_batch(here: Installation, phone: Phone, tmp_path: Path) -> None:
    made = a_batch(here)
    with served("", tmp_path / "once") as server:
        here.fill(room=100_000)
        try:
            # More than once: that it is full leaves nothing behind that would let the next one through, or stop it.
            for _time in range(3):
                status, said = heard(asked(phone, server.port, *made))
                assert (status, said["code"]) == (507, "storage_full")
                assert said["said"]
                assert handed_in(here, phone.device_id) == set()
        finally:
            here.make_room()
        assert set(statuses(asked(phone, server.port, *made))) == {"accepted"}
        assert set(statuses(asked(phone, server.port, *made))) == {"duplicate"}
    require_once(here, phone.device_id, [one["id"] for one in made], PEOPLE * len(made))


@pytest.fixture
def no_wrong_codes(here: Installation) -> None:
    cache.clear()


@contextmanager
def held(browser: "Browser", url: str, here: Installation) -> Iterator["Page"]:
    """A phone in Chromium with eleven visits and a picture on it that are not sent, all in building 1; at its
    page of what waits."""
    from playwright.sync_api import expect

    from firstline.sync.tests.at_doors import all_knocked, at, begin_to_knock, with_picture
    from firstline.sync.tests.in_browser import enrol, grant_lasting_storage

    context = browser.new_context(
        viewport={"width": PHONE[0], "height": PHONE[1]}, locale="zh-CN", base_url=url, has_touch=True
    )
    page = context.new_page()
    grant_lasting_storage(context, url)
    with page.expect_response("**/sync/v1/changes?*"):
        enrol(page, here.cast)
    page.goto(f"/field/#/building/{here.cast.building.pk}")
    page.get_by_role("button", name="下一户：").click()
    context.set_offline(True)
    before = at(page)
    with_picture(page, "王建国")
    expect(page.locator("h1")).not_to_have_text(before)
    begin_to_knock(page, 10)
    all_knocked(page)
    page.goto("/field/#/sync")
    yield page
    context.close()


@pytest.mark.parametrize("fault", ["killed", "full"])
def test_a_phone_keeps_all_and_says_so(
    here: Installation, no_wrong_codes: None, browser: "Browser", tmp_path: Path, fault: str
) -> None:
    from playwright.sync_api import expect

    from firstline.accounts.models import Device
    from firstline.sync.tests.in_browser import outbox

    once = tmp_path / "once"
    once.touch()  # the server stops nowhere yet
    with served("during", once) as server, held(browser, server.url, here) as page:
        device_id = Device.objects.order_by("-enrolled_at").values_list("pk", flat=True)[0]
        kept = outbox(page)
        if fault == "full":
            here.fill(room=0)
        else:
            once.unlink()
        page.context.set_offline(False)
        if fault == "killed":
            server.standing()
            here.kill()
            server.go_on()
        expect(page.get_by_text("有东西没传成。手机里留着，过会儿再传。")).to_be_visible(timeout=30_000)
        expect(page.locator(".fl-big b")).to_have_text("12")
        assert outbox(page) == kept

        here.start() if fault == "killed" else here.make_room()
        page.get_by_role("button", name="现在就传").click()
        expect(page.locator(".fl-big b")).to_have_text("0", timeout=30_000)
        expect(page.get_by_text("今天传上去12条")).to_be_visible()
        expect(page.locator(".fl-band.is-late")).to_have_count(0)
    with scope.enter(here.cast.director):
        (picture,) = AttemptPhoto.objects.filter(attempt__by_device_id=device_id)
        assert str(picture.attempt_id) in kept
    visits = handed_in(here, device_id)
    assert len(visits) == 11
    require_once(here, device_id, [one for one in kept if one in visits], 1)
