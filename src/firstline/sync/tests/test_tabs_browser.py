"""Two tabs of one phone write and send at once, in a real browser: each command once, and both say the same."""

from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route, expect

from firstline.census.models import Attempt
from firstline.census.rebuild import rebuild
from firstline.config.testing.browser import Browse
from firstline.kernel import scope
from firstline.kernel.paths import subtree
from firstline.sync.models import Kept
from firstline.sync.tests.at_doors import all_knocked, begin_to_knock
from firstline.sync.tests.in_browser import PIN, enrol, outbox, press
from firstline.testing.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.fault, pytest.mark.django_db(transaction=True)]
COMMANDS = "**/sync/v1/commands"
MANY = 30


@pytest.fixture
def tabs(phone: Page, browse: Browse, cast: Cast) -> tuple[Page, Page]:
    """Each at a building of its own."""
    with phone.expect_response("**/sync/v1/changes?*"):
        enrol(phone, cast)
    other = phone.context.new_page()
    other.on("pageerror", lambda error: browse.complaints.append(str(error)))
    other.goto("/field/")
    press(other, PIN)
    expect(other.locator(".fl-place")).to_be_visible()
    for page, label in ((phone, "1"), (other, "2")):
        page.goto(f"/field/#/building/{cast.building_of(cast.compound, label).pk}")
        page.get_by_role("button", name="下一户：").click()
        expect(page.locator(".fl-outcome-dock")).to_be_visible()
    return phone, other


def require_truth(cast: Cast, tabs: tuple[Page, ...], many: int) -> None:
    """Each command is one fact, and every tab says that it is on the server, and how many doors that came to."""
    for page in tabs:
        page.goto("/field/#/sync")
        expect(page.locator(".fl-big b")).to_have_text("0", timeout=30_000)
        expect(page.get_by_text(f"今天传上去{many}条")).to_be_visible()
        expect(page.locator(".fl-offline, .fl-band.is-late")).to_have_count(0)
        kept = outbox(page)
        assert len(kept) == many
        with scope.enter(cast.director):
            assert sorted(str(pk) for pk in Attempt.objects.values_list("pk", flat=True)) == sorted(kept)
            assert not Kept.objects.exists()
            doors = Attempt.objects.values("door").distinct().count()
        page.goto("/field/#/doors")
        expect(page.locator(".fl-counter b")).to_have_text(str(doors))
    assert not list(rebuild(cast.director, cast.campaign.pk, subtree(cast.compound.place.path), write=False))


def test_both_write_and_send_at_once(tabs: tuple[Page, Page], cast: Cast) -> None:
    for page in tabs:
        begin_to_knock(page, MANY)
    for page in tabs:
        all_knocked(page)
    for page in tabs:
        page.goto("/field/#/sync")
    # The same moment, as near as two processes come.
    for page in tabs:
        page.evaluate(
            "() => void [...document.querySelectorAll('.fl-sync .fl-btn')]"
            ".filter((key) => key.textContent === '现在就传').forEach((key) => setTimeout(() => key.click(), 50))"
        )
    require_truth(cast, tabs, 2 * MANY)


def test_both_come_back_into_the_network_at_once(tabs: tuple[Page, Page], cast: Cast) -> None:
    tabs[0].context.set_offline(True)
    for page in tabs:
        begin_to_knock(page, MANY)
    for page in tabs:
        all_knocked(page)
    assert len(outbox(tabs[0])) == 2 * MANY
    with scope.enter(cast.director):
        known = Attempt.objects.count()
    assert known == 0
    tabs[0].context.set_offline(False)
    require_truth(cast, tabs, 2 * MANY)


def test_the_tab_that_sends_is_closed_before_it_hears_and_the_other_one_writes_on(
    tabs: tuple[Page, Page], cast: Cast
) -> None:
    sending, other = tabs
    sending.context.set_offline(True)
    begin_to_knock(sending, MANY)
    all_knocked(sending)
    taken: list[int] = []

    def hang_up(route: Route) -> None:
        taken.append(route.fetch().status)
        begin_to_knock(other, MANY)
        sending.close()

    sending.route(COMMANDS, hang_up)
    other.route(COMMANDS, lambda route: route.continue_() if taken else route.abort())
    sending.context.set_offline(False)
    # It may be closed while it is on its way there already.
    with suppress(Error):
        sending.goto("/field/#/sync")
    for _try in range(300):
        if sending.is_closed():
            break
        other.wait_for_timeout(100)
    assert sending.is_closed()
    assert taken == [200]
    all_knocked(other)
    other.goto("/field/#/sync")
    other.get_by_role("button", name="现在就传").click()
    require_truth(cast, (other,), 2 * MANY)
