"""The call sheet in a real browser: one key at the desk, one press on the phone, and the number that was dialled."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from firstline.census.actions import record_attempt
from firstline.census.channels.actions import choose_channels
from firstline.census.models import Attempt
from firstline.config.testing.browser import DESK, PHONE, Browse, session_of
from firstline.kernel import scope
from firstline.registry.person_line import PersonSaid
from firstline.testing.cast import Cast

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]
LI = PersonSaid(name="李秀英", phones=("13987654321", "03583312345"))


@pytest.fixture
def known(cast: Cast) -> Cast:
    with transaction.atomic():
        choose_channels(cast.director, compound_id=cast.compound.pk, channels=["phone"], chat_group=None)
        for room in ("101", "301"):
            door = cast.door_of(cast.compound, f"1-1-{room}")
            record_attempt(cast.director, door_id=door.pk, result="partial", people=[LI])
    return cast


def last_call(cast: Cast) -> tuple[str, str]:
    with scope.enter(cast.director):
        attempt = Attempt.objects.filter(channel="phone").latest("id")
        return attempt.result, attempt.open().note


def test_a_digit_at_the_desk_says_what_came_of_it(browse: Browse, known: Cast) -> None:
    page = browse.page(DESK, session=session_of(known.worker.login))
    page.goto("/calls/")
    page.get_by_role("button", name="开始打").click()
    expect(page.get_by_role("heading", name="1号楼1单元301")).to_be_visible()
    page.keyboard.press("4")
    expect(page.get_by_role("heading", name="1号楼1单元101")).to_be_visible()
    assert last_call(known) == ("busy", "139****4321")


def test_the_number_that_was_dialled_is_the_one_on_record(browse: Browse, known: Cast) -> None:
    page = browse.page(PHONE, session=session_of(known.worker.login))
    page.goto("/calls/")
    page.get_by_role("button", name="开始打").click()
    page.get_by_role("link", name="03583312345").click()
    page.get_by_role("button", name="关机").click()
    expect(page.get_by_role("heading", name="1号楼1单元101")).to_be_visible()
    assert last_call(known) == ("switched_off", "035****2345")
